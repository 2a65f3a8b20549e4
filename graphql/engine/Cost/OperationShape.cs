using System.Collections.Immutable;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Cost;

/// <summary>
/// What an operation looks like with every fragment in every place. Each fragment is looked at once, so the work grows
/// with the document's length, whatever its fragments multiply to.
/// </summary>
internal sealed class OperationShape
{
    private const long Saturated = int.MaxValue;

    private readonly Dictionary<FieldDefinition, int> _onOnePath = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _responseNames = new(StringComparer.Ordinal);

    /// <summary>How many fields deep, those of introspection left out.</summary>
    public int Depth { get; private set; }

    /// <summary>How deep selection sets nest, whether in fields, fragments or spreads.</summary>
    public int Nesting { get; private set; }

    public long Aliases { get; private set; }

    public long Directives { get; private set; }

    /// <summary>How many different names the fields at the top have in the answer.</summary>
    public int RootFields => _responseNames.Count;

    /// <summary>How often each field stands on the path that has it most often.</summary>
    public IReadOnlyDictionary<FieldDefinition, int> OnOnePath => _onOnePath;

    /// <summary>The shapes of a valid document's operations.</summary>
    public static IReadOnlyDictionary<OperationDefinitionNode, OperationShape> Of(Schema schema, PreparedDocument document)
    {
        var fragments = new Dictionary<string, OperationShape>(StringComparer.Ordinal);
        foreach (var fragment in InnermostFirst(document))
            fragments[fragment.Name] = Of(schema, Named(schema, fragment.TypeCondition), fragment.SelectionSet, fragment.Directives, fragments);
        return document.Operations.ToDictionary(
            operation => operation,
            operation => schema.RootType(operation.Operation) is { } root
                ? Of(schema, root, operation.SelectionSet, operation.Directives, fragments)
                : new OperationShape());
    }

    private static OperationShape Of(
        Schema schema, NamedType? type, SelectionSetNode selectionSet, ImmutableArray<DirectiveNode> directives,
        Dictionary<string, OperationShape> fragments)
    {
        var shape = new OperationShape { Directives = directives.Length };
        shape.Add(schema, type, selectionSet, fragments, new(StringComparer.Ordinal), 1);
        return shape;
    }

    private void Add(
        Schema schema, NamedType? type, SelectionSetNode selectionSet, Dictionary<string, OperationShape> fragments,
        HashSet<string> spread, int nesting)
    {
        Nesting = Math.Max(Nesting, nesting);
        foreach (var selection in selectionSet.Selections)
        {
            Directives = Sum(Directives, selection.Directives.Length);
            switch (selection)
            {
                case FieldNode field:
                    _responseNames.Add(field.ResponseName);
                    if (field.Alias is not null) Aliases = Sum(Aliases, 1);
                    AddField(schema, type is null ? null : schema.FindField(type, field.Name), field, fragments, nesting);
                    break;
                case InlineFragmentNode inline:
                    var condition = inline.TypeCondition is { } named ? Named(schema, named) : type;
                    Add(schema, condition, inline.SelectionSet, fragments, spread, nesting + 1);
                    break;
                case FragmentSpreadNode use when spread.Add(use.Name) && fragments.TryGetValue(use.Name, out var fragment):
                    Take(fragment, nesting);
                    _responseNames.UnionWith(fragment._responseNames);
                    Depth = Math.Max(Depth, fragment.Depth);
                    foreach (var (each, count) in fragment._onOnePath) Raise(each, count);
                    break;
            }
        }
    }

    private void AddField(
        Schema schema, FieldDefinition? definition, FieldNode field, Dictionary<string, OperationShape> fragments, int nesting)
    {
        var isIntrospection = definition is null || definition.Name.StartsWith("__", StringComparison.Ordinal) || definition.DeclaringType is { IsIntrospection: true };
        if (!isIntrospection) Depth = Math.Max(Depth, 1);
        if (field.SelectionSet is not { } selectionSet)
        {
            if (definition is not null) Raise(definition, 1);
            return;
        }

        var below = new OperationShape();
        below.Add(schema, definition?.Type.Named, selectionSet, fragments, new(StringComparer.Ordinal), 1);
        Take(below, nesting);
        if (!isIntrospection) Depth = Math.Max(Depth, below.Depth + 1);
        if (definition is null) return;

        Raise(definition, 1 + below._onOnePath.GetValueOrDefault(definition));
        foreach (var (each, count) in below._onOnePath)
        {
            if (!ReferenceEquals(each, definition)) Raise(each, count);
        }
    }

    private void Take(OperationShape below, int nesting)
    {
        Aliases = Sum(Aliases, below.Aliases);
        Directives = Sum(Directives, below.Directives);
        Nesting = Math.Max(Nesting, nesting + below.Nesting);
    }

    private void Raise(FieldDefinition field, int count)
    {
        if (_onOnePath.GetValueOrDefault(field) < count) _onOnePath[field] = count;
    }

    private static NamedType? Named(Schema schema, NamedTypeNode node) => schema.TryGetType(node.Name, out var type) ? type : null;

    private static long Sum(long one, long other) => Math.Min(one + other, Saturated);

    // Fragments can hang on one another in a chain as long as the document, so the walk keeps its own stack.
    private static List<FragmentDefinitionNode> InnermostFirst(PreparedDocument document)
    {
        var order = new List<FragmentDefinitionNode>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<(FragmentDefinitionNode Fragment, bool IsExpanded)>();
        foreach (var each in document.Fragments.Values) open.Push((each, false));
        while (open.TryPop(out var at))
        {
            if (at.IsExpanded)
            {
                order.Add(at.Fragment);
                continue;
            }

            if (!seen.Add(at.Fragment.Name)) continue;
            open.Push((at.Fragment, true));
            foreach (var name in SpreadsIn(at.Fragment.SelectionSet))
            {
                if (!seen.Contains(name) && document.Fragments.TryGetValue(name, out var inner)) open.Push((inner, false));
            }
        }

        return order;
    }

    private static HashSet<string> SpreadsIn(SelectionSetNode selectionSet)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<SelectionSetNode>([selectionSet]);
        while (open.TryPop(out var at))
        {
            foreach (var selection in at.Selections)
            {
                switch (selection)
                {
                    case FragmentSpreadNode spread: found.Add(spread.Name); break;
                    case FieldNode { SelectionSet: { } below }: open.Push(below); break;
                    case InlineFragmentNode inline: open.Push(inline.SelectionSet); break;
                }
            }
        }

        return found;
    }
}
