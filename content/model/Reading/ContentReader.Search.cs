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

public sealed partial class ContentReader
{
    /// <summary>
    /// Searches the published text: every word must occur, as the beginning of a word or in another form of
    /// it. What is in the reader's language comes before what is only in another.
    /// </summary>
    /// <param name="words">What the visitor typed; only letters and digits count.</param>
    /// <param name="culture">The reader's language.</param>
    /// <param name="contentTypes">Only these types; all when empty.</param>
    /// <param name="skip">How many hits to pass over, at most 1,000.</param>
    /// <param name="take">How many hits to give, at most 50.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<SearchHit>> SearchAsync(
        string words, string culture, IReadOnlyList<string>? contentTypes = null, int skip = 0, int take = 20, CancellationToken stop = default)
    {
        var sought = SearchWords.Of(words.Length > 300 ? words[..300] : words).Distinct().Take(12)
            .Select(word => (Word: word, Stems: settings.Cultures.Select(language => SearchWords.Stem(word, language)).Distinct().ToArray())).ToList();
        if (sought.Count == 0) return [];

        var list = contentTypes is { Count: > 0 } ? $" {string.Join(' ', contentTypes)} " : "";
        (skip, take) = (Math.Clamp(skip, 0, 1_000), Math.Clamp(take, 1, 50));
        var hits = db.Database.IsSqlite()
            ? await SqliteHits(sought, culture, list, skip, take).ToListAsync(stop)
            : await PostgreSqlHits(sought, culture, list, skip, take).ToListAsync(stop);
        if (hits.Count == 0) return [];

        var ids = hits.Select(hit => hit.ItemId).ToArray();
        var paths = await db.Index.Where(row => row.Scope == Scope.Published && !row.IsFallback && ids.Contains(row.ItemId))
            .Select(row => new { row.ItemId, row.Path }).ToDictionaryAsync(row => row.ItemId, row => row.Path, stop);
        return [.. hits.Select(hit => new SearchHit(hit.ItemId, hit.Type, hit.Culture, hit.Title, paths.GetValueOrDefault(hit.ItemId), Excerpt(hit.Body, sought)))];
    }

    private IQueryable<Hit> SqliteHits(List<(string Word, string[] Stems)> sought, string culture, string list, int skip, int take)
    {
        // Words hold letters and digits only, and stand in quotes: nothing of FTS5's own language comes from outside.
        var match = string.Join(" AND ", sought.Select(each => $"(\"{each.Word}\"* OR {string.Join(" OR ", each.Stems.Select(stem => $"stems : \"{stem}\""))})"));
        return db.Database.SqlQuery<Hit>($"""
            SELECT s.item_id AS "ItemId", s.type AS "Type", s.culture AS "Culture", s.title AS "Title", s.body AS "Body"
            FROM content_search_fts f JOIN content_search s ON s.id = f.rowid
            WHERE content_search_fts MATCH {match} AND ({list} = '' OR instr({list}, ' ' || s.type || ' ') > 0)
            ORDER BY s.culture NOT IN ({culture}, ''), bm25(content_search_fts, 8.0, 1.0, 2.0), s.item_id
            LIMIT {take} OFFSET {skip}
            """);
    }

    private IQueryable<Hit> PostgreSqlHits(List<(string Word, string[] Stems)> sought, string culture, string list, int skip, int take)
    {
        var match = string.Join(" & ", sought.Select(each => $"('{each.Word}':* | {string.Join(" | ", each.Stems.Select(stem => $"'{stem}':B"))})"));
        return db.Database.SqlQuery<Hit>($"""
            SELECT s.item_id AS "ItemId", s.type AS "Type", s.culture AS "Culture", s.title AS "Title", s.body AS "Body"
            FROM content_search s, to_tsquery('simple', {match}) q
            WHERE s.vector @@ q AND ({list} = '' OR position(' ' || s.type || ' ' in {list}) > 0)
            ORDER BY s.culture NOT IN ({culture}, ''), ts_rank_cd(s.vector, q) DESC, s.item_id
            LIMIT {take} OFFSET {skip}
            """);
    }

    /// <summary>Some 30 words around the first that was sought.</summary>
    private static IReadOnlyList<ExcerptPiece> Excerpt(string body, List<(string Word, string[] Stems)> sought)
    {
        var words = body.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool IsSought(string word) => SearchWords.Of(word).Any(each => sought.Exists(one =>
            each.StartsWith(one.Word, StringComparison.Ordinal) || one.Stems.Contains(SearchWords.Stem(each, "id")) || one.Stems.Contains(SearchWords.Stem(each, "en"))));

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
