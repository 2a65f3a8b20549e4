using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>
/// Spec 5.2.4.1: a subscription selects one root field, no introspection, and says so without <c>@skip</c> or
/// <c>@include</c>.
/// </summary>
internal sealed class SingleFieldSubscriptions : ValidationRule
{
    public override string Section => "sec-Single-Root-Field";

    public override void Operation(OperationDefinitionNode operation)
    {
        if (operation.Operation is not OperationKind.Subscription || Context.Schema.SubscriptionType is not { } root) return;

        var subject = operation.Name is null ? "Anonymous Subscription" : $"Subscription \"{operation.Name}\"";
        var collected = new RootFields(Context, root);
        collected.Collect(operation.SelectionSet);

        if (collected.Conditions.Count > 0)
        {
            Report(
                $"{subject} must not use `@skip` or `@include` directives in the top level selection.",
                [.. collected.Conditions.Select(directive => directive.Span)]);
            return;
        }

        var groups = collected.Fields.GroupBy(field => field.ResponseName, StringComparer.Ordinal).ToList();
        if (groups.Count == 0)
        {
            Report($"{subject} must select one top level field.", operation.SelectionSet.Span);
        }
        else if (groups.Count > 1)
        {
            Report(
                $"{subject} must select only one top level field.",
                [.. groups.Skip(1).SelectMany(group => group).Select(field => field.Span)]);
        }

        foreach (var group in groups.Where(group => group.First().Name.StartsWith("__", StringComparison.Ordinal)))
        {
            Report(
                $"{subject} must not select an introspection top level field.",
                [.. group.Select(field => field.Span)]);
        }
    }

    private sealed class RootFields(ValidationContext context, ObjectType root)
    {
        private readonly HashSet<string> visited = new(StringComparer.Ordinal);

        public List<FieldNode> Fields { get; } = [];

        public List<DirectiveNode> Conditions { get; } = [];

        public void Collect(SelectionSetNode selectionSet)
        {
            foreach (var selection in selectionSet.Selections)
            {
                Conditions.AddRange(selection.Directives.Where(directive => directive.Name is "skip" or "include"));
                switch (selection)
                {
                    case FieldNode field:
                        Fields.Add(field);
                        break;
                    case InlineFragmentNode inline when Applies(inline.TypeCondition):
                        Collect(inline.SelectionSet);
                        break;
                    case FragmentSpreadNode spread when visited.Add(spread.Name):
                        if (context.FindFragment(spread.Name) is { } fragment && Applies(fragment.TypeCondition))
                            Collect(fragment.SelectionSet);
                        break;
                }
            }
        }

        private bool Applies(NamedTypeNode? condition) =>
            condition is null
            || (context.Schema.TryGetType(condition.Name, out var type)
                && (type == root || (type.IsAbstract && context.Schema.IsPossibleType(type, root))));
    }
}
