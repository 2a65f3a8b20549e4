using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.5.2.1: the fragments that are spread exist.</summary>
internal sealed class KnownFragmentNames : ValidationRule
{
    public override string Section => "sec-Fragment-Spread-Target-Defined";

    public override void FragmentSpread(FragmentSpreadNode spread, NamedType? parent)
    {
        if (Context.FindFragment(spread.Name) is null)
            Report($"Unknown fragment \"{spread.Name}\".", [new("fragment", spread.Name)], spread.NameSpan);
    }
}
