using Metro.GraphQL.Authorization;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Schema.Tests;

/// <summary>Asks each root field of the schema for everything that it offers, a few objects deep, a part at a time so that no part costs too much.</summary>
internal static class EveryQuery
{
    private const int Deep = 1;

    /// <param name="api">The portal.</param>
    /// <param name="argument">The value of a required argument by its name, where it matters; null for a plausible one.</param>
    public static IEnumerable<(string Field, string Document)> Of(ApiUnderTest api, Func<string, string?> argument)
    {
        var schema = api.Services.GetRequiredService<RequestExecutor>().Schema;
        foreach (var field in schema.QueryType!.Fields.Where(field => !field.Name.StartsWith("node", StringComparison.Ordinal)))
        {
            var arguments = Arguments(field, argument);
            if (field.Type.Named is not ComplexType complex)
            {
                yield return (field.Name, $"{{ {field.Name}{arguments} }}");
                continue;
            }

            // What is refused as a whole needs no depth.
            var deep = field.Features.Get<AuthorizationRules>() is null ? Deep : 0;
            foreach (var part in complex.Fields)
                yield return (field.Name, $"{{ {field.Name}{arguments} {{ {part.Name}{Arguments(part, argument)}{Selection(schema, part.Type.Named, deep, argument)} }} }}");
        }
    }

    private static string Selection(GraphQL.Types.Schema schema, NamedType type, int left, Func<string, string?> argument)
    {
        if (type is not ComplexType complex) return type is UnionType ? " { __typename }" : "";
        var fields = complex.Fields
            .Where(field => field.Name is not "edges" && (left > 0 || field.Type.Named is ScalarType or EnumType))
            .Select(field => field.Name + Arguments(field, argument) + Selection(schema, field.Type.Named, left - 1, argument));
        return $" {{ __typename {string.Join(' ', fields)} }}";
    }

    private static string Arguments(FieldDefinition field, Func<string, string?> argument)
    {
        var given = field.Arguments.Where(one => one.Type is NonNullType && one.DefaultValue is null)
            .Select(one => $"{one.Name}: {argument(one.Name) ?? Plausible(one.Type)}")
            .Concat(field.Arguments.Where(one => one.Name is "first").Select(_ => "first: 1"));
        return string.Join(", ", given) is { Length: > 0 } written ? $"({written})" : "";
    }

    private static string Plausible(GraphQLType type) => type.Named switch
    {
        InputObjectType input => $"{{ {string.Join(", ", input.Fields.Where(field => field.Type is NonNullType && field.DefaultValue is null).Select(field => $"{field.Name}: {Plausible(field.Type)}"))} }}",
        EnumType choice => choice.Values[0].Name,
        { Name: "Int" } => "1",
        { Name: "DateTime" } => "\"2026-01-06T02:00:00Z\"",
        { Name: "LocalDate" } => "\"2026-01-06\"",
        { Name: "ID" } => $"\"{ApiUnderTest.Id("Space", 1)}\"",
        _ => "\"Rahasia\"",
    };
}
