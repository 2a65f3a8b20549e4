using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>
/// Spec 5.3.2, FieldsInSetCanMerge: fields of one response name give one answer.
/// <para>
/// Instead of comparing fields pair by pair, whole selection sets that the answer merges are looked at together: all
/// fields of a name must have one shape, and those that can meet on one object must be the same field with the same
/// arguments. Being the same is transitive, so each is compared with the first only, and a merged set that was seen
/// before is not looked at again. The work is close to linear in ordinary documents and bounded in all others
/// (the method is Simon Adameit's, first used by Sangria).
/// </para>
/// </summary>
internal sealed class OverlappingFieldsCanBeMerged : ValidationRule
{
    /// <summary>How many levels of subfields a message names.</summary>
    private const int DeepestTold = 20;

    private readonly Dictionary<SelectionSetNode, int> numbers = [];
    private readonly List<(SelectionSetNode Node, NamedType? Parent)> selectionSets = [];
    private readonly HashSet<MergedSet> seen = [];
    private readonly Queue<(MergedSet Set, Merge? Within)> pending = new();
    private readonly HashSet<(FieldNode, FieldNode)> told = [];
    private readonly List<Conflict> conflicts = [];

    // What the selection sets at hand select, in order and by response name; used again for every merged set.
    private readonly List<MergedField> collected = [];
    private readonly Dictionary<string, (int First, int Last)> groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> visited = new(StringComparer.Ordinal);
    private readonly Queue<(FragmentSpreadNode Spread, int Origin)> spreads = new();
    private int budget;

    public override string Section => "sec-Field-Selection-Merging";

    public override void LeaveDocument(DocumentNode document)
    {
        budget = Context.Options.MaxMergeComparisons;
        foreach (var operation in document.Operations)
            Enqueue([Number(operation.SelectionSet, Context.Schema.RootType(operation.Operation))], sameShapeOnly: false, null);
        Work();

        // Those that operations reach were seen within them; this finds conflicts in the rest.
        foreach (var fragment in document.Fragments)
            Enqueue([Number(fragment.SelectionSet, CompositeType(fragment.TypeCondition))], sameShapeOnly: false, null);
        Work();

        ReportConflicts();
        if (budget < 0)
        {
            Context.Report(
                Name,
                Section,
                MergeBudgetExceeded,
                $"The document takes more than {Context.Options.MaxMergeComparisons} comparisons to merge its fields.",
                null,
                [document.Span]);
        }
    }

    /// <summary>HotChocolate's code for a document whose fields or fragments are too many to merge.</summary>
    internal const string MergeBudgetExceeded = "HC0107";

    // A queue of its own instead of recursion: nesting through fragments can be deeper than any stack.
    private void Work()
    {
        while (budget >= 0 && conflicts.Count < Context.Options.MaxErrors && pending.TryDequeue(out var next))
        {
            Collect(next.Set);
            foreach (var (name, (first, last)) in groups)
            {
                if (first == last) Descend(collected[first], next.Set.SameShapeOnly);
                else Compare(name, Group(first), next.Set.SameShapeOnly, next.Within);
            }
        }

        pending.Clear();
    }

    private void Compare(string name, List<MergedField> fields, bool sameShapeOnly, Merge? within)
    {
        var merge = new Merge(within, name, fields);
        var before = conflicts.Count;
        if (sameShapeOnly)
        {
            CompareShapes(merge, fields);
            if (conflicts.Count == before) Descend(fields, sameShapeOnly: true, merge);
            return;
        }

        var objects = fields.Select(field => field.Parent).OfType<ObjectType>().Distinct().ToList();
        if (objects.Count <= 1)
        {
            CompareFields(merge, fields);
            CompareShapes(merge, fields);
            if (conflicts.Count == before) Descend(fields, sameShapeOnly: false, merge);
            return;
        }

        // Fields on different object types never meet, but each meets those on interfaces and unions.
        foreach (var type in objects)
        {
            var meeting = fields.FindAll(field => field.Parent == type || field.Parent is not ObjectType);
            Spend(fields.Count);
            if (budget < 0) return;
            var merging = meeting.Count == 1 ? null : new Merge(within, name, meeting);
            if (merging is not null) CompareFields(merging, meeting);
            if (conflicts.Count == before) Descend(meeting, sameShapeOnly: false, merging);
        }

        CompareShapes(merge, fields);
        if (conflicts.Count == before) Descend(fields, sameShapeOnly: true, merge);
    }

    private void CompareFields(Merge merge, List<MergedField> fields)
    {
        var first = fields[0];
        for (var i = 1; i < fields.Count && budget >= 0; i++)
        {
            var other = fields[i];
            Spend(1);
            if (first.Node.Name != other.Node.Name)
                Add(merge, first, other, $"\"{first.Node.Name}\" and \"{other.Node.Name}\" are different fields");
            else if (!SameArguments(first.Node.Arguments, other.Node.Arguments))
                Add(merge, first, other, "they have differing arguments");
        }
    }

    // SameResponseShape(fieldA, fieldB)
    private void CompareShapes(Merge merge, List<MergedField> fields)
    {
        MergedField? first = null;
        foreach (var field in fields)
        {
            Spend(1);
            if (field.Definition is not { } definition) continue;
            if (first is not { Definition: { } expected })
            {
                first = field;
                continue;
            }

            if (!SameShape(expected.Type, definition.Type))
            {
                Add(
                    merge,
                    first.Value,
                    field,
                    $"they return conflicting types \"{expected.Type}\" and \"{definition.Type}\"");
            }
        }

        CompareStreams(merge, fields);
    }

    // Incremental-delivery draft: two streams of one list cannot be told apart.
    private void CompareStreams(Merge merge, List<MergedField> fields)
    {
        var streaming = fields.FindIndex(field => StreamOf(field.Node) is not null);
        if (streaming < 0) return;

        var (one, two) = streaming == 0 ? (fields[0], fields[1]) : (fields[0], fields[streaming]);
        var reason = StreamOf(one.Node) is { } first
            && StreamOf(two.Node) is { } second
            && SameArguments(first.Arguments, second.Arguments)
                ? "they have overlapping stream directives. See https://github.com/graphql/defer-stream-wg/discussions/100"
                : "they have overlapping stream directives";
        Add(merge, one, two, reason);
    }

    private static DirectiveNode? StreamOf(FieldNode field)
    {
        foreach (var directive in field.Directives)
            if (directive.Name == "stream") return directive;
        return null;
    }

    private static bool SameShape(GraphQLType one, GraphQLType two)
    {
        while (true)
        {
            if (one == two) return true;
            switch (one, two)
            {
                case (NonNullType a, NonNullType b):
                    (one, two) = (a.Nullable, b.Nullable);
                    break;
                case (ListType a, ListType b):
                    (one, two) = (a.Item, b.Item);
                    break;
                case (NamedType a, NamedType b):
                    return a.IsComposite && b.IsComposite;
                default:
                    return false;
            }
        }
    }

    private bool SameArguments(ImmutableArray<ArgumentNode> one, ImmutableArray<ArgumentNode> two)
    {
        if (one.Length != two.Length) return false;
        foreach (var argument in one)
        {
            var other = two.FirstOrDefault(each => each.Name == argument.Name);
            if (other is null || !SameValue(argument.Value, other.Value)) return false;
        }

        return true;
    }

    private bool SameValue(ValueNode one, ValueNode two)
    {
        Spend(1);
        if (budget < 0) return false;
        switch (one, two)
        {
            case (VariableNode a, VariableNode b): return a.Name == b.Name;
            case (IntValueNode a, IntValueNode b): return a.Value == b.Value;
            case (FloatValueNode a, FloatValueNode b): return a.Value == b.Value;
            case (StringValueNode a, StringValueNode b): return a.Value == b.Value;
            case (BooleanValueNode a, BooleanValueNode b): return a.Value == b.Value;
            case (EnumValueNode a, EnumValueNode b): return a.Value == b.Value;
            case (NullValueNode, NullValueNode): return true;
            case (ListValueNode a, ListValueNode b):
                if (a.Items.Length != b.Items.Length) return false;
                for (var i = 0; i < a.Items.Length; i++)
                    if (!SameValue(a.Items[i], b.Items[i])) return false;
                return true;
            case (ObjectValueNode a, ObjectValueNode b): return SameFields(a.Fields, b.Fields);
            default: return false;
        }
    }

    // The order of an input object's fields means nothing (spec 2.10.8).
    private bool SameFields(ImmutableArray<ObjectFieldNode> one, ImmutableArray<ObjectFieldNode> two)
    {
        if (one.Length != two.Length) return false;
        var ones = one.Sort(ByName);
        var twos = two.Sort(ByName);
        for (var i = 0; i < ones.Length; i++)
            if (ones[i].Name != twos[i].Name || !SameValue(ones[i].Value, twos[i].Value)) return false;
        return true;

        static int ByName(ObjectFieldNode a, ObjectFieldNode b) => string.CompareOrdinal(a.Name, b.Name);
    }

    // CollectFields over all selection sets that are merged, without regard to @skip and @include. Spreads come behind
    // what is selected directly, so that messages name fields in the order in which graphql-js does.
    private void Collect(MergedSet set)
    {
        collected.Clear();
        groups.Clear();
        visited.Clear();
        foreach (var number in set.Members)
        {
            var (node, parent) = selectionSets[number];
            CollectDirect(node, parent, number);
        }

        while (spreads.TryDequeue(out var next) && budget >= 0)
        {
            if (!visited.Add(next.Spread.Name) || Context.FindFragment(next.Spread.Name) is not { } fragment) continue;
            CollectDirect(fragment.SelectionSet, CompositeType(fragment.TypeCondition), next.Origin);
        }

        if (budget < 0) groups.Clear();
    }

    private void CollectDirect(SelectionSetNode selectionSet, NamedType? parent, int origin)
    {
        Spend(selectionSet.Selections.Length);
        foreach (var selection in selectionSet.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    var definition = parent is null ? null : Context.Schema.FindField(parent, field.Name);
                    Add(new MergedField(field, parent, definition, origin));
                    break;
                case InlineFragmentNode inline:
                    var type = inline.TypeCondition is null ? parent : CompositeType(inline.TypeCondition);
                    CollectDirect(inline.SelectionSet, type, origin);
                    break;
                case FragmentSpreadNode spread:
                    spreads.Enqueue((spread, origin));
                    break;
            }
        }
    }

    private void Add(in MergedField field)
    {
        var at = collected.Count;
        collected.Add(field);
        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, field.Node.ResponseName, out var exists);
        if (exists) CollectionsMarshal.AsSpan(collected)[group.Last].Next = at;
        group = (exists ? group.First : at, at);
    }

    private List<MergedField> Group(int first)
    {
        var fields = new List<MergedField>();
        for (var at = first; at > 0 || fields.Count == 0; at = collected[at].Next) fields.Add(collected[at]);
        return fields;
    }

    private void Descend(in MergedField field, bool sameShapeOnly)
    {
        if (field.Node.SelectionSet is { } beneath)
            Enqueue([Number(beneath, CompositeType(field.Definition))], sameShapeOnly, null);
    }

    private void Descend(List<MergedField> fields, bool sameShapeOnly, Merge? within)
    {
        var members = new List<int>(fields.Count);
        foreach (var field in fields)
        {
            if (field.Node.SelectionSet is { } beneath)
                members.Add(Number(beneath, CompositeType(field.Definition)));
        }

        if (members.Count > 0) Enqueue(members, sameShapeOnly, within);
    }

    private void Enqueue(IReadOnlyList<int> members, bool sameShapeOnly, Merge? within)
    {
        var set = new MergedSet(members.Count == 1 ? [members[0]] : [.. members.Distinct()], sameShapeOnly);
        // Whoever was checked in full was checked for its shape as well.
        if ((sameShapeOnly && seen.Contains(set with { SameShapeOnly = false })) || !seen.Add(set)) return;
        pending.Enqueue((set, within));
    }

    private int Number(SelectionSetNode selectionSet, NamedType? parent)
    {
        if (numbers.TryGetValue(selectionSet, out var number)) return number;
        numbers.Add(selectionSet, number = selectionSets.Count);
        selectionSets.Add((selectionSet, parent));
        return number;
    }

    private static NamedType? CompositeType(FieldDefinition? field) =>
        field?.Type.Named is { IsComposite: true } type ? type : null;

    private NamedType? CompositeType(NamedTypeNode reference) =>
        Context.Schema.TryGetType(reference.Name, out var type) && type.IsComposite ? type : null;

    private void Spend(int comparisons) => budget -= comparisons;

    private void Add(Merge merge, in MergedField one, in MergedField two, string reason)
    {
        // Without a budget left nothing was compared to its end.
        if (budget < 0) return;
        if (!told.Contains((two.Node, one.Node)) && told.Add((one.Node, two.Node))) conflicts.Add(new Conflict(merge, reason, one, two));
    }

    // Conflicts beneath the same two fields are told together.
    private void ReportConflicts()
    {
        var roots = new List<ToldConflict>();
        foreach (var conflict in conflicts)
        {
            var level = roots;
            foreach (var (name, one, two) in Climb(conflict))
            {
                var same = level.Find(each => (each.One == one && each.Two == two) || (each.One == two && each.Two == one));
                if (same is null) level.Add(same = new ToldConflict(name, one, two));
                if (one == conflict.One.Node && two == conflict.Two.Node) same.Reason = conflict.Reason;
                level = same.Beneath;
            }
        }

        foreach (var root in roots)
        {
            Report(
                $"Fields \"{root.ResponseName}\" conflict because {root.Why()}. Use different aliases on the fields to fetch both if this was intentional.",
                [new("responseName", root.ResponseName)],
                [.. root.Places(side: 1), .. root.Places(side: 2)]);
        }
    }

    /// <summary>From the nearest fields that two conflicting ones do not have in common down to the two themselves.</summary>
    private List<(string ResponseName, FieldNode One, FieldNode Two)> Climb(Conflict conflict)
    {
        var levels = new List<(string ResponseName, FieldNode One, FieldNode Two)>();
        var (merge, one, two) = (conflict.Merge, conflict.One, conflict.Two);
        while (true)
        {
            levels.Add((merge.ResponseName, one.Node, two.Node));
            if (one.Origin == two.Origin || merge.Within is null || levels.Count == DeepestTold) break;

            var (above, originOne, originTwo) = (merge.Within, one.Origin, two.Origin);
            one = above.Fields.Find(field => IsOrigin(field, originOne));
            two = above.Fields.Find(field => IsOrigin(field, originTwo));
            if (one.Node is null || two.Node is null) break;
            merge = above;
        }

        levels.Reverse();
        return levels;
    }

    private bool IsOrigin(in MergedField field, int origin) =>
        field.Node.SelectionSet is { } beneath && numbers.TryGetValue(beneath, out var number) && number == origin;

    /// <summary>A field with what is known of its place, and the merged selection set (by number) that it came by.</summary>
    private record struct MergedField(FieldNode Node, NamedType? Parent, FieldDefinition? Definition, int Origin)
    {
        /// <summary>The position of the next field of the same response name among those collected; 0 behind the last.</summary>
        public int Next { get; set; }
    }

    /// <summary>Several fields of one response name, within the merge that brought their parents together.</summary>
    private sealed record Merge(Merge? Within, string ResponseName, List<MergedField> Fields);

    private sealed record Conflict(Merge Merge, string Reason, MergedField One, MergedField Two);

    /// <summary>A conflict as it is told: its own reason, or those of the subfields beneath.</summary>
    private sealed class ToldConflict(string responseName, FieldNode one, FieldNode two)
    {
        public string ResponseName { get; } = responseName;

        public FieldNode One { get; } = one;

        public FieldNode Two { get; } = two;

        public string? Reason { get; set; }

        public List<ToldConflict> Beneath { get; } = [];

        public string Why() => Reason ?? string.Join(
            " and ", Beneath.Select(each => $"subfields \"{each.ResponseName}\" conflict because {each.Why()}"));

        public IEnumerable<SourceSpan> Places(int side) =>
            Beneath.SelectMany(each => each.Places(side)).Prepend((side == 1 ? One : Two).Span);
    }

    /// <summary>Selection sets that one answer merges, by their numbers; equal whatever their order.</summary>
    private readonly record struct MergedSet(ImmutableArray<int> Members, bool SameShapeOnly)
    {
        private readonly ImmutableArray<int> sorted = Members.Length == 1 ? Members : Members.Sort();

        public bool Equals(MergedSet other) =>
            SameShapeOnly == other.SameShapeOnly && sorted.AsSpan().SequenceEqual(other.sorted.AsSpan());

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(SameShapeOnly);
            foreach (var member in sorted) hash.Add(member);
            return hash.ToHashCode();
        }
    }
}
