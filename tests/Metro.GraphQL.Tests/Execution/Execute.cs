using System.Text.Json;
using System.Text.Json.Nodes;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Execution;

/// <summary>Query in, answer out.</summary>
internal static class Execute
{
    public static Task<string> JsonAsync(
        Schema schema, string document, object? variables = null, string? operationName = null, RequestOptions? options = null) =>
        JsonAsync(new RequestExecutor(schema, options), document, variables, operationName);

    public static async Task<string> JsonAsync(
        this RequestExecutor executor, string document, object? variables = null, string? operationName = null)
    {
        var request = GraphQLRequest.For(document, variables) with { OperationName = operationName };
        await using var result = await executor.ExecuteAsync(request);
        return Assert.IsType<OperationResult>(result).ToJson();
    }

    /// <summary>A schema whose root fields answer with these values, under the name of the field.</summary>
    public static Schema Schema(string sdl, params (string Coordinate, Func<IResolverContext, object?> Resolve)[] resolvers) =>
        Metro.GraphQL.Types.Schema.FromSdl(sdl, builder =>
        {
            foreach (var (coordinate, resolve) in resolvers) Field(builder, coordinate).PureResolver = resolve;
        });

    /// <summary>The same, but every resolver answers only after it has waited.</summary>
    public static Schema AsyncSchema(string sdl, params (string Coordinate, Func<IResolverContext, object?> Resolve)[] resolvers) =>
        Metro.GraphQL.Types.Schema.FromSdl(sdl, builder =>
        {
            foreach (var (coordinate, resolve) in resolvers)
            {
                Field(builder, coordinate).Resolver = async context =>
                {
                    await Task.Yield();
                    return resolve(context);
                };
            }
        });

    public static void Same(string expected, string actual) =>
        Assert.Equal(Indented(expected), Indented(actual));

    private static string Indented(string json) =>
        JsonNode.Parse(json)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    private static FieldDefinition Field(SchemaBuilder builder, string coordinate)
    {
        var (type, field) = (coordinate.Split('.')[0], coordinate.Split('.')[1]);
        return ((ComplexType)builder.Types.First(each => each.Name == type)).Fields[field];
    }
}
