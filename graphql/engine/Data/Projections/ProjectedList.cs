using System.Runtime.CompilerServices;
using Metro.GraphQL.Execution.Planning;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Data.Projections;

/// <summary>
/// The items of a nested list as a projection read them: filtered, ordered and cut to what the page needs. A list that
/// is selected several times with different arguments holds one variant for each; the first of them is the list itself.
/// </summary>
internal sealed class ProjectedList<T> : List<T>
{
    private string? _arguments;
    private int _total;
    private List<(string Arguments, List<T> Items, int Total)>? _others;

    /// <summary>A variant, to be filled.</summary>
    /// <param name="arguments">What it is asked for by.</param>
    /// <param name="total">How many items there are without the page; -1 when nobody asks.</param>
    public List<T> Begin(string arguments, int total = -1)
    {
        if (_arguments is null)
        {
            (_arguments, _total) = (arguments, total);
            return this;
        }

        var items = new List<T>();
        (_others ??= []).Add((arguments, items, total));
        return items;
    }

    /// <summary>The variant of these arguments.</summary>
    public (List<T> Items, int? Total) Variant(string arguments)
    {
        if (string.Equals(_arguments, arguments, StringComparison.Ordinal)) return (this, _total < 0 ? null : _total);
        foreach (var (own, items, total) in _others ?? [])
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
        list.Begin(arguments, total).AddRange(items);
        return list;
    }

    /// <summary>The arguments as the document writes them: within one operation, the same text means the same items.</summary>
    public static string ArgumentsOf(Selection selection) => Texts.GetValue(
        selection, static each => string.Join(',', each.Nodes[0].Arguments.Select(argument => Printer.Print(argument))));
}
