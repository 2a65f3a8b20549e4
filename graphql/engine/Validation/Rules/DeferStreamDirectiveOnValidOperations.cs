using Metro.GraphQL.Language;

namespace Metro.GraphQL.Validation;

/// <summary>Incremental-delivery draft: subscriptions neither defer nor stream, unless a condition can turn it off.</summary>
internal sealed class DeferStreamDirectiveOnValidOperations : ValidationRule
{
    public override string? Section => null;

    public override void Operation(OperationDefinitionNode operation)
    {
        if (operation.Operation is OperationKind.Subscription)
            Check(operation.SelectionSet, new HashSet<string>(StringComparer.Ordinal));
    }

    private void Check(SelectionSetNode start, HashSet<string> visited)
    {
        var pending = new Stack<SelectionSetNode>([start]);
        while (pending.TryPop(out var selectionSet))
        {
            foreach (var selection in selectionSet.Selections)
            {
                if (CanBeLeftOut(selection)) continue;
                foreach (var directive in selection.Directives) CheckDirective(directive);
                switch (selection)
                {
                    case FieldNode { SelectionSet: { } beneath }:
                        pending.Push(beneath);
                        break;
                    case InlineFragmentNode inline:
                        pending.Push(inline.SelectionSet);
                        break;
                    case FragmentSpreadNode spread when visited.Add(spread.Name):
                        if (Context.FindFragment(spread.Name) is { } fragment) pending.Push(fragment.SelectionSet);
                        break;
                }
            }
        }
    }

    private void CheckDirective(DirectiveNode directive)
    {
        var (name, label) = directive.Name switch
        {
            "defer" => ("Defer", "@defer"),
            "stream" => ("Stream", "@stream"),
            _ => (null, null),
        };
        if (name is null || If(directive) is VariableNode or BooleanValueNode { Value: false }) return;
        Report(
            $"{name} directive not supported on subscription operations. Disable `{label}` by setting the `if` argument to `false`.",
            directive.Span);
    }

    private static bool CanBeLeftOut(SelectionNode selection)
    {
        foreach (var directive in selection.Directives)
        {
            switch (directive.Name)
            {
                case "skip" when If(directive) is not BooleanValueNode { Value: false }:
                case "include" when If(directive) is not (null or BooleanValueNode { Value: true }):
                    return true;
            }
        }

        return false;
    }

    private static ValueNode? If(DirectiveNode directive)
    {
        foreach (var argument in directive.Arguments)
            if (argument.Name == "if") return argument.Value;
        return null;
    }
}
