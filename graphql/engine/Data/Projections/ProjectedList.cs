using System.Runtime.CompilerServices;
using Metro.GraphQL.Execution.Planning;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Data.Projections;

/// <summary>
/// The items of a nested list as a projection read them: filtered, ordered and cut to what the page needs. A list that
/// is selected several times with different arguments holds one variant for each.
/// </summary>
internal sealed class ProjectedList<T> : List<T>
{
    private readonly List<(string Arguments, List<T> Items, int Total)> _variants = [];

    public void Add(string arguments, List<T> items, int total)
    {
        if (_variants.Count == 0) AddRange(items);
        _variants.Add((arguments, items, total));
    }

    /// <summary>The variant of these arguments.</summary>
    public (List<T> Items, int? Total) Variant(string arguments)
    {
        foreach (var (own, items, total) in _variants)
        {
            if (string.Equals(own, arguments, StringComparison.Ordinal)) return (items, total < 0 ? null : total);
        }

        throw new InvalidOperationException("The projection did not read this list.");
    }
}

/// <summary>What compiled projections call for each row.</summary>
internal static class ProjectedLists
{
    private static readonly ConditionalWeakTable<Selection, string> Texts = [];

    public static ProjectedList<T> Add<T>(ProjectedList<T>? list, string arguments, List<T> items, int total)
    {
        list ??= [];
        list.Add(arguments, items, total);
        return list;
    }

    /// <summary>The arguments as the document writes them: within one operation, the same text means the same items.</summary>
    public static string ArgumentsOf(Selection selection) => Texts.GetValue(
        selection, static each => string.Join(',', each.Nodes[0].Arguments.Select(argument => Printer.Print(argument))));
}
