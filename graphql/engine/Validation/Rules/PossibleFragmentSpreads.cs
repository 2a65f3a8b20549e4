using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.5.2.3: a fragment stands where its type can occur.</summary>
internal sealed class PossibleFragmentSpreads : ValidationRule
{
    public override string Section => "sec-Fragment-Spread-Is-Possible";

    public override void InlineFragment(InlineFragmentNode fragment, NamedType? parent, NamedType? type)
    {
        if (parent is null || type is not { IsComposite: true } || Context.Schema.Overlap(type, parent)) return;
        Report(
            $"Fragment cannot be spread here as objects of type \"{parent}\" can never be of type \"{type}\".",
            [new("type", parent.Name), new("typeCondition", type.Name)],
            fragment.Span);
    }

    public override void FragmentSpread(FragmentSpreadNode spread, NamedType? parent)
    {
        if (parent is null
            || Context.FindFragment(spread.Name) is not { } fragment
            || !Context.Schema.TryGetType(fragment.TypeCondition.Name, out var type)
            || !type.IsComposite
            || Context.Schema.Overlap(type, parent))
        {
            return;
        }

        Report(
            $"Fragment \"{spread.Name}\" cannot be spread here as objects of type \"{parent}\" can never be of type \"{type}\".",
            [new("type", parent.Name), new("typeCondition", type.Name), new("fragment", spread.Name)],
            spread.Span);
    }
}
