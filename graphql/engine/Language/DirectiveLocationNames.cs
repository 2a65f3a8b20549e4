using System.Collections.Frozen;

namespace Metro.GraphQL.Language;

/// <summary>
/// Where a directive may stand (spec 3.13), by the specification's names. <c>DIRECTIVE_DEFINITION</c> is newer than the
/// September 2025 edition and read for the sake of other tools' schemas.
/// </summary>
internal static class DirectiveLocationNames
{
    private static readonly FrozenSet<string> All = FrozenSet.Create(
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE",
        "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION", "DIRECTIVE_DEFINITION");

    public static bool Contains(string name) => All.Contains(name);
}
