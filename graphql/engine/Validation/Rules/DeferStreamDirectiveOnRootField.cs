using Metro.GraphQL.Language;

namespace Metro.GraphQL.Validation;

/// <summary>
/// Incremental-delivery draft: nothing is deferred or streamed at the root of a mutation or subscription, where order
/// is part of the meaning.
/// </summary>
internal sealed class DeferStreamDirectiveOnRootField : ValidationRule
{
    public override string? Section => null;

    public override void Operation(OperationDefinitionNode operation)
    {
        if (operation.Operation is OperationKind.Query || Context.Schema.RootType(operation.Operation) is not { } root) return;

        var visited = new HashSet<string>(StringComparer.Ordinal);
        var place = $"root {operation.Operation.ToString().ToLowerInvariant()} type \"{root}\"";
        Check(operation.SelectionSet, place, visited);
    }

    private void Check(SelectionSetNode selectionSet, string place, HashSet<string> visited)
    {
        foreach (var selection in selectionSet.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    if (Find(field, "stream") is { } stream)
                        Report($"Stream directive cannot be used on {place}.", stream.Span);
                    break;
                case InlineFragmentNode inline:
                    ReportDefer(inline, place);
                    Check(inline.SelectionSet, place, visited);
                    break;
                case FragmentSpreadNode spread when visited.Add(spread.Name):
                    if (Context.FindFragment(spread.Name) is { } fragment)
                    {
                        ReportDefer(spread, place);
                        Check(fragment.SelectionSet, place, visited);
                    }

                    break;
            }
        }
    }

    private void ReportDefer(SelectionNode selection, string place)
    {
        if (Find(selection, "defer") is { } defer) Report($"Defer directive cannot be used on {place}.", defer.Span);
    }

    private static DirectiveNode? Find(SelectionNode selection, string name)
    {
        foreach (var directive in selection.Directives)
            if (directive.Name == name) return directive;
        return null;
    }
}
