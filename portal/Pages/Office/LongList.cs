using System.Globalization;
using Metro.Theme;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office;

/// <summary>A list that is walked part by part, and of which nobody can ask for more than a part at once.</summary>
/// <param name="Rows">What the part shows, in the order of the question.</param>
/// <param name="Pager">The ways to the parts before and after.</param>
internal sealed record LongList<T>(IReadOnlyList<T> Rows, Pager Pager)
{
    /// <summary>Nothing yet.</summary>
    public static LongList<T> Empty { get; } = new([], new Pager(null, null));
}

/// <summary>Reads the part of a list that the address names with <c>part</c>.</summary>
internal static class LongLists
{
    private const int Size = 50;
    private const int Last = 400;

    /// <summary>The part that the request asks for; the question has to have an order.</summary>
    public static async Task<LongList<T>> PartAsync<T>(this IQueryable<T> question, HttpRequest request, CancellationToken stop)
    {
        var part = int.TryParse(request.Query["part"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, Last) : 1;
        // One more than is shown tells whether the list goes on, without counting it.
        var rows = await question.Skip((part - 1) * Size).Take(Size + 1).ToListAsync(stop);
        var goesOn = rows.Count > Size && part < Last;
        return new LongList<T>([.. rows.Take(Size)], new Pager(part > 1 ? AddressOf(request, part - 1) : null, goesOn ? AddressOf(request, part + 1) : null));
    }

    private static string AddressOf(HttpRequest request, int part)
    {
        var query = request.Query.Where(pair => pair.Key != "part").SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        var path = request.PathBase.Add(request.Path).ToUriComponent();
        return QueryHelpers.AddQueryString(path, part == 1 ? query : query.Append(KeyValuePair.Create("part", (string?)part.ToString(CultureInfo.InvariantCulture))));
    }
}
