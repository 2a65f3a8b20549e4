using System.Globalization;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Caching;

/// <summary>For whom an answer may be kept.</summary>
public enum CacheControlScope
{
    /// <summary>For everybody.</summary>
    Public = 0,

    /// <summary>For the one who asked.</summary>
    Private = 1,
}

/// <summary>How long the answer of a field, or of every field of a type, holds: what <c>@cacheControl</c> says.</summary>
public sealed record CacheHint
{
    private const string Sdl = """
        "The scope of a cache hint."
        enum CacheControlScope { "For everybody." PUBLIC "For the one who asked." PRIVATE }

        "How long an answer holds, for caches between the client and the server."
        directive @cacheControl("How many seconds it may be kept." maxAge: Int "How many seconds a shared cache may keep it." sharedMaxAge: Int "Whether it takes its age from the field above." inheritMaxAge: Boolean "For whom it may be kept." scope: CacheControlScope "The request headers it depends on." vary: [String!]) on OBJECT | FIELD_DEFINITION | INTERFACE | UNION
        """;

    /// <summary>The directive and its enum, made anew for a schema to take in.</summary>
    public static DocumentNode Definitions => Parser.ParseDocument(new Source(Sdl, "cache control"), ParserOptions.Trusted);

    /// <summary>How many seconds it may be kept; null when nothing says so.</summary>
    public int? MaxAge { get; init; }

    /// <summary>How many seconds a shared cache may keep it; null for <see cref="MaxAge"/>.</summary>
    public int? SharedMaxAge { get; init; }

    /// <summary>Whether it takes its age from the field above.</summary>
    public bool InheritMaxAge { get; init; }

    /// <summary>For whom it may be kept; null when nothing says so.</summary>
    public CacheControlScope? Scope { get; init; }

    /// <summary>The request headers it depends on.</summary>
    public IReadOnlyList<string> Vary { get; init; } = [];

    /// <summary>The directive that says this.</summary>
    public DirectiveNode ToDirective()
    {
        List<ArgumentNode> arguments = [];
        if (MaxAge is { } age) arguments.Add(new() { Name = "maxAge", Value = Number(age) });
        if (SharedMaxAge is { } shared) arguments.Add(new() { Name = "sharedMaxAge", Value = Number(shared) });
        if (InheritMaxAge) arguments.Add(new() { Name = "inheritMaxAge", Value = new BooleanValueNode { Value = true } });
        if (Scope is { } scope) arguments.Add(new() { Name = "scope", Value = new EnumValueNode { Value = scope is CacheControlScope.Private ? "PRIVATE" : "PUBLIC" } });
        if (Vary.Count > 0)
        {
            arguments.Add(new()
            {
                Name = "vary",
                Value = new ListValueNode { Items = [.. Vary.Select(header => new StringValueNode { Value = header })] },
            });
        }

        return new() { Name = "cacheControl", Arguments = [.. arguments] };
    }

    /// <summary>What is said of a field: by itself, else by its type; null when nothing is.</summary>
    internal static CacheHint? Of(FieldDefinition field) => Of(field.Directives) ?? Of(field.Type.Named.Directives);

    private static CacheHint? Of(IReadOnlyList<DirectiveNode> directives)
    {
        var directive = directives.FirstOrDefault(each => each.Name is "cacheControl");
        if (directive is null) return null;

        var hint = new CacheHint();
        foreach (var argument in directive.Arguments)
        {
            hint = (argument.Name, argument.Value) switch
            {
                ("maxAge", IntValueNode number) => hint with { MaxAge = ToInt(number) },
                ("sharedMaxAge", IntValueNode number) => hint with { SharedMaxAge = ToInt(number) },
                ("inheritMaxAge", BooleanValueNode truth) => hint with { InheritMaxAge = truth.Value },
                ("scope", EnumValueNode scope) => hint with { Scope = scope.Value is "PRIVATE" ? CacheControlScope.Private : CacheControlScope.Public },
                ("vary", ListValueNode headers) => hint with { Vary = [.. headers.Items.OfType<StringValueNode>().Select(header => header.Value)] },
                _ => hint,
            };
        }

        return hint;
    }

    private static IntValueNode Number(int value) => new() { Value = value.ToString(CultureInfo.InvariantCulture) };

    private static int? ToInt(IntValueNode number) =>
        int.TryParse(number.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
