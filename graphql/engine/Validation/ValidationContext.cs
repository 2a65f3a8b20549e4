using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>A use of a variable, with what its place expects.</summary>
/// <param name="Node">The use.</param>
/// <param name="Type">The input type expected, or null when unknown.</param>
/// <param name="HasDefault">Whether the argument or input field has a default.</param>
/// <param name="OneOf">The OneOf input object whose field it fills, or null.</param>
public readonly record struct VariableUsage(VariableNode Node, GraphQLType? Type, bool HasDefault, InputObjectType? OneOf);

/// <summary>A document under validation, and what its rules find. Serves one thread.</summary>
public sealed class ValidationContext
{
    private const int LongestText = 4_000;

    private readonly Dictionary<string, FragmentDefinitionNode> fragments = new(StringComparer.Ordinal);
    private readonly Dictionary<ExecutableDefinitionNode, IReadOnlyList<FragmentSpreadNode>> spreads = [];
    private readonly Dictionary<ExecutableDefinitionNode, UsageList> usages = [];
    private readonly Dictionary<OperationDefinitionNode, IReadOnlyList<FragmentDefinitionNode>> reachable = [];
    private readonly List<(string Rule, IError Error)> faults = [];

    internal ValidationContext(Schema schema, DocumentNode document, ValidationOptions options)
    {
        Schema = schema;
        Document = document;
        Options = options;
        foreach (var definition in document.Definitions)
        {
            if (definition is not ExecutableDefinitionNode executable) continue;
            if (executable is FragmentDefinitionNode fragment) fragments[fragment.Name] = fragment;
            spreads.Add(executable, CollectSpreads(executable.SelectionSet));
        }
    }

    /// <summary>The schema.</summary>
    public Schema Schema { get; }

    /// <summary>The document.</summary>
    public DocumentNode Document { get; }

    /// <summary>The limits.</summary>
    public ValidationOptions Options { get; }

    /// <summary>Whether as many errors were found as are wanted; rules stop then.</summary>
    public bool IsFull => faults.Count >= Options.MaxErrors;

    internal IReadOnlyList<(string Rule, IError Error)> Faults => faults;

    /// <summary>The fragment of this name, or null. Of several, which is a fault of its own, the last.</summary>
    public FragmentDefinitionNode? FindFragment(string name) => fragments.GetValueOrDefault(name);

    /// <summary>The spreads within a definition, the outer ones first.</summary>
    public IReadOnlyList<FragmentSpreadNode> SpreadsOf(ExecutableDefinitionNode definition) => spreads[definition];

    /// <summary>
    /// The uses of variables within a definition, without those of the fragments it spreads. Of a hundred uses and more,
    /// those that repeat an earlier one word for word are left out.
    /// </summary>
    public IReadOnlyList<VariableUsage> UsagesOf(ExecutableDefinitionNode definition) =>
        usages.TryGetValue(definition, out var found) ? found.Told : [];

    /// <summary>The fragments that an operation reaches, each once.</summary>
    public IReadOnlyList<FragmentDefinitionNode> ReachableFragments(OperationDefinitionNode operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (reachable.TryGetValue(operation, out var known)) return known;

        if (spreads[operation].Count == 0) return [];
        var found = new List<FragmentDefinitionNode>();
        var seen = new HashSet<FragmentDefinitionNode>();
        var pending = new Queue<ExecutableDefinitionNode>([operation]);
        while (pending.TryDequeue(out var definition))
        {
            foreach (var spread in spreads[definition])
            {
                if (FindFragment(spread.Name) is not { } fragment || !seen.Add(fragment)) continue;
                found.Add(fragment);
                pending.Enqueue(fragment);
            }
        }

        reachable.Add(operation, found);
        return found;
    }

    /// <summary>The uses of variables that an operation reaches, its own first.</summary>
    public IEnumerable<VariableUsage> ReachableUsages(OperationDefinitionNode operation) =>
        UsagesOf(operation).Concat(ReachableFragments(operation).SelectMany(UsagesOf));

    internal void Use(ExecutableDefinitionNode definition, in VariableUsage usage)
    {
        if (!usages.TryGetValue(definition, out var found)) usages.Add(definition, found = new UsageList());
        found.Add(usage);
    }

    internal void Report(
        ValidationRule rule,
        string message,
        IEnumerable<KeyValuePair<string, object?>>? extensions,
        ReadOnlySpan<SourceSpan> places) =>
        Report(rule.Name, rule.Section, null, message, extensions, places);

    internal void Report(
        string rule,
        string? section,
        string? code,
        string message,
        IEnumerable<KeyValuePair<string, object?>>? extensions,
        ReadOnlySpan<SourceSpan> places)
    {
        if (IsFull) return;

        var error = ErrorBuilder.New().SetMessage(Shorten(message)).SetCode(code);
        foreach (var place in places[..Math.Min(places.Length, Options.MaxLocationsPerError)])
        {
            if (place.Location is { } location) error.AddLocation(location.Line, location.Column);
        }

        foreach (var (key, value) in extensions ?? []) error.SetExtension(key, value is string text ? Shorten(text) : value);
        if (section is not null) error.SetExtension("specifiedBy", $"https://spec.graphql.org/September2025/#{section}");
        faults.Add((rule, error.Build()));
    }

    // A name can be megabytes long, and whoever sent it knows it already.
    private static string Shorten(string text) => text.Length <= LongestText ? text : $"{text.AsSpan(0, LongestText)}…";

    // Those selected directly before those beneath, as graphql-js has them: cycles are told from the first one found.
    private static IReadOnlyList<FragmentSpreadNode> CollectSpreads(SelectionSetNode root)
    {
        List<FragmentSpreadNode>? found = null;
        var pending = new Stack<SelectionSetNode>([root]);
        while (pending.TryPop(out var selectionSet))
        {
            foreach (var selection in selectionSet.Selections)
            {
                switch (selection)
                {
                    case FieldNode { SelectionSet: { } beneath }: pending.Push(beneath); break;
                    case InlineFragmentNode inline: pending.Push(inline.SelectionSet); break;
                    case FragmentSpreadNode spread: (found ??= []).Add(spread); break;
                }
            }
        }

        return found ?? (IReadOnlyList<FragmentSpreadNode>)[];
    }

    /// <summary>
    /// Every operation looks at the uses in every fragment it reaches, so a document could make that a product of two large
    /// numbers; but whoever looks a hundred times at the same use learns nothing new.
    /// </summary>
    private sealed class UsageList
    {
        private const int ToldInFull = 100;

        private HashSet<(string, GraphQLType?, bool, InputObjectType?)>? seen;

        public List<VariableUsage> Told { get; } = [];

        public void Add(in VariableUsage usage)
        {
            if (Told.Count >= ToldInFull)
            {
                seen ??= [.. Told.Select(Key)];
                if (!seen.Add(Key(usage))) return;
            }

            Told.Add(usage);
        }

        private static (string, GraphQLType?, bool, InputObjectType?) Key(VariableUsage usage) =>
            (usage.Node.Name, usage.Type, usage.HasDefault, usage.OneOf);
    }
}
