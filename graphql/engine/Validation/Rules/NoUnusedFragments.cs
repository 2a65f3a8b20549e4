using Metro.GraphQL.Language;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.5.1.4: every fragment is reached by an operation.</summary>
internal sealed class NoUnusedFragments : ValidationRule
{
    public override string Section => "sec-Fragments-Must-Be-Used";

    public override void LeaveDocument(DocumentNode document)
    {
        if (!document.Fragments.Any()) return;

        // By name, as of two fragments of one name only one can be meant.
        var used = document.Operations
            .SelectMany(Context.ReachableFragments)
            .Select(fragment => fragment.Name)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var fragment in document.Fragments)
        {
            if (!used.Contains(fragment.Name))
                Report($"Fragment \"{fragment.Name}\" is never used.", [new("fragment", fragment.Name)], fragment.Span);
        }
    }
}
