using System.Collections.Frozen;
using System.Collections.Immutable;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Execution.Planning;

/// <summary>
/// Collects the fields of one operation under one choice of what is skipped (specification 6.3.2). Because the choice is
/// known beforehand, executing tests no directive at all, and keys stand in the order of their first occurrence that
/// is not skipped. Immutable and thread-safe.
/// </summary>
internal sealed class FieldCollector(
    Schema schema, FrozenDictionary<string, FragmentDefinitionNode> fragments, FrozenSet<string> trueVariables)
{
    public SelectionSet Collect(ObjectType type, SelectionSetNode selectionSet)
    {
        var groups = new OrderedDictionary<string, List<FieldNode>>(StringComparer.Ordinal);
        Collect(type, selectionSet, groups, []);
        return Plan(type, groups);
    }

    /// <summary>Everything selected below the occurrences of one field, merged (specification 6.4.3, CollectSubfields).</summary>
    public SelectionSet Collect(ObjectType type, ImmutableArray<FieldNode> fields)
    {
        var groups = new OrderedDictionary<string, List<FieldNode>>(StringComparer.Ordinal);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (field.SelectionSet is { } selectionSet) Collect(type, selectionSet, groups, visited);
        }

        return Plan(type, groups);
    }

    private SelectionSet Plan(ObjectType type, OrderedDictionary<string, List<FieldNode>> groups)
    {
        var selections = new List<Selection>(groups.Count);
        foreach (var nodes in groups.Values)
        {
            // Validation made sure that the field is there (specification 5.3.1).
            if (schema.FindField(type, nodes[0].Name) is { } field) selections.Add(new(this, type, field, [.. nodes]));
        }

        return new(type, [.. selections]);
    }

    private void Collect(
        ObjectType type, SelectionSetNode selectionSet, OrderedDictionary<string, List<FieldNode>> groups, HashSet<string> visited)
    {
        foreach (var selection in selectionSet.Selections)
        {
            if (IsSkipped(selection.Directives)) continue;
            switch (selection)
            {
                case FieldNode field:
                    if (!groups.TryGetValue(field.ResponseName, out var nodes)) groups.Add(field.ResponseName, nodes = []);
                    nodes.Add(field);
                    break;
                case FragmentSpreadNode spread:
                    if (visited.Add(spread.Name)
                        && fragments.TryGetValue(spread.Name, out var fragment)
                        && Applies(fragment.TypeCondition, type))
                    {
                        Collect(type, fragment.SelectionSet, groups, visited);
                    }

                    break;
                case InlineFragmentNode inline:
                    if (inline.TypeCondition is null || Applies(inline.TypeCondition, type))
                        Collect(type, inline.SelectionSet, groups, visited);
                    break;
            }
        }
    }

    private bool Applies(NamedTypeNode condition, ObjectType type) =>
        string.Equals(condition.Name, type.Name, StringComparison.Ordinal)
        || (schema.TryGetType(condition.Name, out var named) && named.IsAbstract && schema.IsPossibleType(named, type));

    private bool IsSkipped(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            if ((directive.Name is "skip" && Condition(directive)) || (directive.Name is "include" && !Condition(directive)))
                return true;
        }

        return false;
    }

    private bool Condition(DirectiveNode directive)
    {
        foreach (var argument in directive.Arguments)
        {
            if (argument.Name is not "if") continue;
            return argument.Value switch
            {
                BooleanValueNode constant => constant.Value,
                VariableNode variable => trueVariables.Contains(variable.Name),
                _ => false,
            };
        }

        return false;
    }
}
