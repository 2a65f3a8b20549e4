using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.5.1.2 and 5.8.2: the types that fragments and variables name exist.</summary>
internal sealed class KnownTypeNames : ValidationRule
{
    public override string Section => "sec-Fragment-Spread-Type-Existence";

    public override void TypeReference(NamedTypeNode reference)
    {
        if (Context.Schema.TryGetType(reference.Name, out _)) return;
        var suggestion = Context.Options.SuggestsNames
            ? Suggestions.DidYouMean(null, Suggestions.For(reference.Name, Context.Schema.Types.Select(type => type.Name)))
            : "";
        Report($"Unknown type \"{reference.Name}\".{suggestion}", [new("type", reference.Name)], reference.Span);
    }
}
