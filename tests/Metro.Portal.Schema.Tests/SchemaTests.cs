using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;
using Metro.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Schema.Tests;

/// <summary>The schema as clients see it: a committed file, every part of it described.</summary>
public sealed class SchemaTests : IAsyncLifetime
{
    private static readonly string Committed = Path.Combine(Repository.Root, "graphql", "schema", "schema.graphql");
    private readonly ApiUnderTest api = new();

    private GraphQL.Types.Schema Served => api.Services.GetRequiredService<RequestExecutor>().Schema;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => api.DisposeAsync();

    /// <summary>To write the file anew after an intended change: METRO_WRITE_SCHEMA=1 in the environment of this test.</summary>
    [Fact]
    public async Task The_schema_is_the_committed_file()
    {
        using var answer = await api.CreateClient().GetAsync("/graphql/schema.graphql", ApiUnderTest.Stop);
        var printed = await answer.Content.ReadAsStringAsync(ApiUnderTest.Stop);
        if (Environment.GetEnvironmentVariable("METRO_WRITE_SCHEMA") is "1") await File.WriteAllTextAsync(Committed, printed, ApiUnderTest.Stop);

        var committed = await File.ReadAllTextAsync(Committed, ApiUnderTest.Stop);
        Assert.True(committed == printed, "The schema has changed. If that is intended, run this test with METRO_WRITE_SCHEMA=1 and commit graphql/schema/schema.graphql.");
    }

    [Fact]
    public void Every_type_field_argument_and_value_is_described()
    {
        var silent = new List<string>();
        foreach (var type in Served.Types.Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal)))
        {
            Look(type.Name, type.Description);
            switch (type)
            {
                case ComplexType complex:
                    foreach (var field in complex.Fields)
                    {
                        Look($"{type.Name}.{field.Name}", field.Description);
                        foreach (var argument in field.Arguments) Look($"{type.Name}.{field.Name}({argument.Name}:)", argument.Description);
                    }

                    break;
                case InputObjectType input:
                    foreach (var field in input.Fields) Look($"{type.Name}.{field.Name}", field.Description);
                    break;
                case EnumType choice:
                    foreach (var value in choice.Values) Look($"{type.Name}.{value.Name}", value.Description);
                    break;
            }
        }

        Assert.True(silent.Count == 0, string.Join('\n', silent));

        void Look(string what, string? description)
        {
            if (string.IsNullOrWhiteSpace(description)) silent.Add(what);
        }
    }
}
