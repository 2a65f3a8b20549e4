using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Metro.GraphQL.Execution.Coercion;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Execution.Planning;

/// <summary>
/// One operation of a validated document, ready to be executed again and again: what can be known without the
/// variables is known. Immutable to its users and thread-safe.
/// </summary>
public sealed class OperationPlan
{
    // Beyond these choices of what is skipped, a choice is planned anew each time: rare, and bounded in memory.
    private const int MaxKeptChoices = 64;
    private const int MaxKeptFields = 2048;

    private readonly Schema _schema;
    private readonly FrozenDictionary<string, FragmentDefinitionNode> _fragments;
    private readonly string[] _conditions;
    private readonly int _keptChoices;
    private readonly ConcurrentDictionary<ulong, SelectionSet> _choices = new();
    private SelectionSet? _withoutConditions;

    internal OperationPlan(
        Schema schema, DocumentNode document, FrozenDictionary<string, FragmentDefinitionNode> fragments,
        OperationDefinitionNode definition, ObjectType rootType)
    {
        _schema = schema;
        _fragments = fragments;
        Document = document;
        Definition = definition;
        RootType = rootType;
        Variables = [.. definition.VariableDefinitions.Select(variable => new VariablePlan(schema, variable))];
        _conditions = ConditionsOf(definition, fragments);
        _keptChoices = Math.Clamp(MaxKeptFields / Math.Max(document.FieldCount, 1), 1, MaxKeptChoices);
    }

    /// <summary>The whole document.</summary>
    public DocumentNode Document { get; }

    /// <summary>The operation in the document.</summary>
    public OperationDefinitionNode Definition { get; }

    /// <summary>Query, mutation or subscription.</summary>
    public OperationKind Kind => Definition.Operation;

    /// <summary>The operation's name; null when it is anonymous.</summary>
    public string? Name => Definition.Name;

    /// <summary>The schema's root type for the operation.</summary>
    public ObjectType RootType { get; }

    internal ImmutableArray<VariablePlan> Variables { get; }

    /// <summary>The root fields under these variables' choice of what is skipped.</summary>
    /// <param name="variables">The operation's coerced variables.</param>
    /// <exception cref="GraphQLException">A variable that decides what is skipped is null.</exception>
    public SelectionSet RootSelections(VariableValues variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        if (_conditions.Length == 0) return _withoutConditions ??= Collect(FrozenSet<string>.Empty);

        if (_conditions.Length > 64) return Collect(TrueOnes(variables));
        var key = 0ul;
        for (var i = 0; i < _conditions.Length; i++)
        {
            if (IsTrue(variables, _conditions[i])) key |= 1ul << i;
        }

        if (_choices.TryGetValue(key, out var known)) return known;
        var selections = Collect(TrueOnes(variables));
        if (_choices.Count < _keptChoices) _choices.TryAdd(key, selections);
        return selections;
    }

    private SelectionSet Collect(FrozenSet<string> trueVariables) =>
        new FieldCollector(_schema, _fragments, trueVariables).Collect(RootType, Definition.SelectionSet);

    private FrozenSet<string> TrueOnes(VariableValues variables) =>
        _conditions.Where(name => IsTrue(variables, name)).ToFrozenSet(StringComparer.Ordinal);

    // A nullable variable may stand in "if" when it has a default, and may still be given as null (specification 5.8.5).
    private static bool IsTrue(VariableValues variables, string name) => !variables.TryGetValue(name, out var value)
        ? false
        : value is bool truth
            ? truth
            : throw new GraphQLException(ErrorBuilder.New()
                .SetMessage($"Argument \"if\" of non-null type \"Boolean!\" was provided the variable \"${name}\", which must not be null.")
                .SetCode(ErrorCodes.InvalidVariableValue)
                .SetExtension("variable", name)
                .Build());

    // The variables that skip or include something anywhere below the operation.
    private static string[] ConditionsOf(
        OperationDefinitionNode operation, FrozenDictionary<string, FragmentDefinitionNode> fragments)
    {
        if (operation.VariableDefinitions.IsEmpty) return [];

        var found = new HashSet<string>(StringComparer.Ordinal);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<SelectionSetNode>([operation.SelectionSet]);
        while (open.TryPop(out var selectionSet))
        {
            foreach (var selection in selectionSet.Selections)
            {
                foreach (var directive in selection.Directives)
                {
                    if (directive.Name is not ("skip" or "include")) continue;
                    foreach (var argument in directive.Arguments)
                    {
                        if (argument.Value is VariableNode variable) found.Add(variable.Name);
                    }
                }

                var below = selection switch
                {
                    FieldNode field => field.SelectionSet,
                    InlineFragmentNode inline => inline.SelectionSet,
                    FragmentSpreadNode spread when visited.Add(spread.Name) && fragments.TryGetValue(spread.Name, out var fragment) =>
                        fragment.SelectionSet,
                    _ => null,
                };
                if (below is not null) open.Push(below);
            }
        }

        return [.. found];
    }
}
