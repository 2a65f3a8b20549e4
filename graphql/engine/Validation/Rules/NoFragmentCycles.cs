using Metro.GraphQL.Language;

namespace Metro.GraphQL.Validation;

/// <summary>
/// Spec 5.5.2.2: no fragment reaches itself. A depth-first search with a stack of its own, because a document can chain
/// more fragments than the thread's stack could hold.
/// </summary>
internal sealed class NoFragmentCycles : ValidationRule
{
    /// <summary>How many fragments of a cycle a message names.</summary>
    private const int LongestTold = 50;

    private readonly HashSet<string> visited = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);
    private readonly List<FragmentSpreadNode> path = [];

    public override string Section => "sec-Fragment-Spreads-Must-Not-Form-Cycles";

    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var fragment in document.Fragments)
        {
            if (Context.IsFull) return;
            Search(fragment);
        }
    }

    private void Search(FragmentDefinitionNode start)
    {
        if (!visited.Add(start.Name)) return;

        var open = new Stack<(FragmentDefinitionNode Fragment, int Next)>();
        positions[start.Name] = 0;
        open.Push((start, 0));
        while (open.TryPop(out var at) && !Context.IsFull)
        {
            var spreads = Context.SpreadsOf(at.Fragment);
            if (at.Next == spreads.Count)
            {
                positions.Remove(at.Fragment.Name);
                if (path.Count > 0) path.RemoveAt(path.Count - 1);
                continue;
            }

            open.Push((at.Fragment, at.Next + 1));
            var spread = spreads[at.Next];
            if (positions.TryGetValue(spread.Name, out var position))
            {
                Report(spread, path[position..]);
            }
            else if (Context.FindFragment(spread.Name) is { } fragment && visited.Add(fragment.Name))
            {
                path.Add(spread);
                positions[fragment.Name] = path.Count;
                open.Push((fragment, 0));
            }
        }
    }

    private void Report(FragmentSpreadNode last, List<FragmentSpreadNode> cycle)
    {
        var names = cycle.Take(LongestTold).Select(spread => $"\"{spread.Name}\"");
        if (cycle.Count > LongestTold) names = names.Append("…");
        var via = cycle.Count == 0 ? "." : $" via {string.Join(", ", names)}.";
        Report(
            $"Cannot spread fragment \"{last.Name}\" within itself{via}",
            [new("fragment", last.Name)],
            [.. cycle.Take(LongestTold).Select(spread => spread.Span), last.Span]);
    }
}
