using System.Collections.Frozen;

namespace Metro.GraphQL.Types;

/// <summary>Where a directive may stand (spec 3.13).</summary>
[Flags]
public enum DirectiveLocations
{
#pragma warning disable CS1591 // Each member is the specification's location of its name.
    None = 0,
    Query = 1 << 0,
    Mutation = 1 << 1,
    Subscription = 1 << 2,
    Field = 1 << 3,
    FragmentDefinition = 1 << 4,
    FragmentSpread = 1 << 5,
    InlineFragment = 1 << 6,
    VariableDefinition = 1 << 7,
    Schema = 1 << 8,
    Scalar = 1 << 9,
    Object = 1 << 10,
    FieldDefinition = 1 << 11,
    ArgumentDefinition = 1 << 12,
    Interface = 1 << 13,
    Union = 1 << 14,
    Enum = 1 << 15,
    EnumValue = 1 << 16,
    InputObject = 1 << 17,
    InputFieldDefinition = 1 << 18,
    DirectiveDefinition = 1 << 19,
#pragma warning restore CS1591
}

/// <summary>A directive that documents or schemas may apply (spec 3.13).</summary>
public sealed class DirectiveDefinition : SchemaMember
{
    /// <summary>Begins a directive without arguments.</summary>
    public DirectiveDefinition() =>
        Arguments = new MemberList<ArgumentDefinition>(argument => argument.DeclaringDirective = this);

    /// <summary>The arguments in order.</summary>
    public MemberList<ArgumentDefinition> Arguments { get; }

    /// <summary>Whether it may stand more than once at one location.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Where it may stand.</summary>
    public required DirectiveLocations Locations { get; init; }

    /// <summary>Whether it serves the server only and is left out of introspection and of the printed schema.</summary>
    public bool IsInternal { get; init; }

    /// <inheritdoc/>
    public override string Coordinate => $"@{Name}";
}

/// <summary>The specification's names of the locations.</summary>
internal static class DirectiveLocationText
{
    private static readonly (DirectiveLocations Location, string Name)[] All =
    [
        .. Enum.GetValues<DirectiveLocations>()
            .Where(location => location is not DirectiveLocations.None)
            .Select(location => (location, ScreamingSnake(location.ToString()))),
    ];

    private static readonly FrozenDictionary<string, DirectiveLocations> ByName =
        All.ToFrozenDictionary(each => each.Name, each => each.Location, StringComparer.Ordinal);

    private static readonly FrozenDictionary<DirectiveLocations, string> ByLocation =
        All.ToFrozenDictionary(each => each.Location, each => each.Name);

    public static DirectiveLocations Parse(string name) => ByName[name];

    /// <summary>The name of a single location.</summary>
    public static string NameOf(DirectiveLocations location) => ByLocation[location];

    public static IEnumerable<string> NamesOf(DirectiveLocations locations) =>
        All.Where(each => locations.HasFlag(each.Location)).Select(each => each.Name);

    private static string ScreamingSnake(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
