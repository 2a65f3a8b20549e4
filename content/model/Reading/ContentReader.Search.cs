using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>A published item that holds the words sought.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Type">Its content type.</param>
/// <param name="Culture">Its language; empty when it has none. It may differ from the reader's: mark it then.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Path">Its address, without a slash in front; null when it has none.</param>
/// <param name="Excerpt">A passage of it, in pieces; those that were sought are marked.</param>
public sealed record SearchHit(string ItemId, string Type, string Culture, string Title, string? Path, IReadOnlyList<ExcerptPiece> Excerpt);

/// <summary>A piece of an excerpt.</summary>
/// <param name="Text">Its plain text.</param>
/// <param name="IsSought">Whether it is one of the words sought.</param>
public sealed record ExcerptPiece(string Text, bool IsSought);

/// <summary>What is sought in the published text.</summary>
/// <param name="Words">What the visitor typed; only letters and digits count, and at most twelve words.</param>
/// <param name="Culture">The reader's language: what is in it comes before what is only in another.</param>
public sealed record ContentSearch(string Words, string Culture)
{
    /// <summary>Only these types; all when empty.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The ids of terms: only what is sorted under each of them, or under a term below it. At most five.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>How many hits to pass over, at most 1,000.</summary>
    public int Skip { get; init; }

    /// <summary>How many hits to give, at most 50.</summary>
    public int Take { get; init; } = 20;
}

public sealed partial class ContentReader
{
    /// <summary>Searches the published text as <see cref="SearchAsync(ContentSearch, CancellationToken)"/> does.</summary>
    /// <param name="words">What the visitor typed.</param>
    /// <param name="culture">The reader's language.</param>
    /// <param name="contentTypes">Only these types; all when empty.</param>
    /// <param name="skip">How many hits to pass over.</param>
    /// <param name="take">How many hits to give.</param>
    /// <param name="stop">Stops the query.</param>
    public Task<IReadOnlyList<SearchHit>> SearchAsync(
        string words, string culture, IReadOnlyList<string>? contentTypes = null, int skip = 0, int take = 20, CancellationToken stop = default) =>
        SearchAsync(new ContentSearch(words, culture) { Types = contentTypes ?? [], Skip = skip, Take = take }, stop);

    /// <summary>
    /// Searches the published text: every word must occur, as the beginning of a word or in another form of it. A word of four
    /// letters or more that occurs nowhere is taken for the words that it resembles: one letter too many, too few, another or
    /// two exchanged, from eight letters on two such slips.
    /// </summary>
    /// <param name="search">What is sought.</param>
    /// <param name="stop">Stops the queries.</param>
    public async Task<IReadOnlyList<SearchHit>> SearchAsync(ContentSearch search, CancellationToken stop = default)
    {
        var words = SearchWords.Of(search.Words.Length > 300 ? search.Words[..300] : search.Words).Distinct().Take(12).ToList();
        if (words.Count == 0) return [];

        var sought = new List<SoughtWord>();
        foreach (var word in words) sought.Add(await MendedAsync(word, mends: sought.Count(each => each.IsMended) < MostMended, stop));
        var branches = await BranchesAsync([.. search.Terms.Take(5)], stop);
        var hits = await db.Database.SqlQuery<Hit>(Matching(sought, branches, search)).ToListAsync(stop);
        if (hits.Count == 0) return [];

        var ids = hits.Select(hit => hit.ItemId).ToArray();
        var paths = await db.Index.Where(row => row.Scope == Scope.Published && !row.IsFallback && ids.Contains(row.ItemId))
            .Select(row => new { row.ItemId, row.Path }).ToDictionaryAsync(row => row.ItemId, row => row.Path, stop);
        return [.. hits.Select(hit => new SearchHit(hit.ItemId, hit.Type, hit.Culture, hit.Title, paths.GetValueOrDefault(hit.ItemId), Excerpt(hit.Body, sought)))];
    }

    private FormattableString Matching(List<SoughtWord> sought, IReadOnlyList<string[]> branches, ContentSearch search)
    {
        // Words hold letters and digits only, and stand in quotes: nothing of either database's own language comes from outside.
        var isSqlite = db.Database.IsSqlite();
        var match = isSqlite
            ? string.Join(" AND ", sought.Select(each => $"({string.Join(" OR ", [.. each.Beginnings.Select(word => $"\"{word}\"*"), .. each.Stems.Select(stem => $"stems : \"{stem}\"")])})"))
            : string.Join(" & ", sought.Select(each => $"({string.Join(" | ", [.. each.Beginnings.Select(word => $"'{word}':*"), .. each.Stems.Select(stem => $"'{stem}':B")])})"));
        var (from, position, rank) = isSqlite
            ? ("content_search_fts f JOIN content_search s ON s.id = f.rowid WHERE content_search_fts MATCH {0}", "instr({1}, ' ' || s.type || ' ')", "bm25(content_search_fts, 8.0, 1.0, 2.0)")
            : ("content_search s, to_tsquery('simple', {0}) q WHERE s.vector @@ q", "position(' ' || s.type || ' ' in {1})", "ts_rank_cd(s.vector, q) DESC");
        var arguments = new List<object> { match, search.Types.Count > 0 ? $" {string.Join(' ', search.Types)} " : "", search.Culture, Math.Clamp(search.Take, 1, 50), Math.Clamp(search.Skip, 0, 1_000) };
        var sorted = new System.Text.StringBuilder();
        foreach (var branch in branches)
        {
            var place = isSqlite ? $"instr({{{arguments.Count}}}, ' ' || t.term_id || ' ')" : $"position(' ' || t.term_id || ' ' in {{{arguments.Count}}})";
            sorted.Append(System.Globalization.CultureInfo.InvariantCulture, $" AND EXISTS (SELECT 1 FROM content_term t WHERE t.item_id = s.item_id AND t.scope = 1 AND {place} > 0)");
            arguments.Add($" {string.Join(' ', branch)} ");
        }

        return System.Runtime.CompilerServices.FormattableStringFactory.Create($$"""
            SELECT s.item_id AS "ItemId", s.type AS "Type", s.culture AS "Culture", s.title AS "Title", s.body AS "Body"
            FROM {{from}} AND ({1} = '' OR {{position}} > 0){{sorted}}
            ORDER BY s.culture NOT IN ({2}, ''), {{rank}}, s.item_id
            LIMIT {3} OFFSET {4}
            """, [.. arguments]);
    }

    /// <summary>Some 30 words around the first that was sought.</summary>
    private static IReadOnlyList<ExcerptPiece> Excerpt(string body, List<SoughtWord> sought)
    {
        var words = body.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool IsSought(string word) => SearchWords.Of(word).Any(each => sought.Exists(one =>
            one.Beginnings.Any(word => each.StartsWith(word, StringComparison.Ordinal)) || one.Stems.Contains(SearchWords.Stem(each, "id")) || one.Stems.Contains(SearchWords.Stem(each, "en"))));

        var first = Math.Max(0, Array.FindIndex(words, IsSought));
        var from = Math.Max(0, first - 8);
        var pieces = new List<ExcerptPiece>();
        foreach (var word in words.Skip(from).Take(30))
        {
            var isSought = IsSought(word);
            if (pieces.Count > 0 && pieces[^1].IsSought == isSought) pieces[^1] = new ExcerptPiece($"{pieces[^1].Text} {word}", isSought);
            else pieces.Add(new ExcerptPiece(word, isSought));
        }

        return pieces;
    }

    private sealed class Hit
    {
        public required string ItemId { get; init; }
        public required string Type { get; init; }
        public required string Culture { get; init; }
        public required string Title { get; init; }
        public required string Body { get; init; }
    }
}
