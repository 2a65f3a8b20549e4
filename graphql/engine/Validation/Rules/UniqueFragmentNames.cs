using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.5.1.1: no two fragments of a document have the same name.</summary>
internal sealed class UniqueFragmentNames : ValidationRule
{
    public override string Section => "sec-Fragment-Name-Uniqueness";

    private readonly Dictionary<string, SourceSpan> known = new(StringComparer.Ordinal);

    public override void Fragment(FragmentDefinitionNode fragment, NamedType? type)
    {
        if (known.TryAdd(fragment.Name, fragment.NameSpan)) return;
        Report($"There can be only one fragment named \"{fragment.Name}\".", known[fragment.Name], fragment.NameSpan);
    }
}
