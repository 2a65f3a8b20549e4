using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.5.1.3: fragments select on objects, interfaces and unions.</summary>
internal sealed class FragmentsOnCompositeTypes : ValidationRule
{
    public override string Section => "sec-Fragments-on-Object-Interface-or-Union-Types";

    public override void InlineFragment(InlineFragmentNode fragment, NamedType? parent, NamedType? type)
    {
        if (fragment.TypeCondition is null || type is null or { IsComposite: true }) return;
        Report(
            $"Fragment cannot condition on non composite type \"{type}\".",
            [new("typeCondition", type.Name)],
            fragment.TypeCondition.Span);
    }

    public override void Fragment(FragmentDefinitionNode fragment, NamedType? type)
    {
        if (type is null or { IsComposite: true }) return;
        Report(
            $"Fragment \"{fragment.Name}\" cannot condition on non composite type \"{type}\".",
            [new("fragment", fragment.Name), new("typeCondition", type.Name)],
            fragment.TypeCondition.Span);
    }
}
