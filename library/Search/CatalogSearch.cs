using Metro.Library.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Search;

/// <summary>
/// Finds titles by words. What was committed before a search is found by it, on every node. Not
/// thread-safe, as the context is not; the index behind it is.
/// </summary>
public sealed class CatalogSearch(LibraryDbContext db, CatalogIndex index, FruitlessSearches fruitless)
{
    /// <summary>Answers a query. Every text has an answer; time and size are bounded.</summary>
    public async Task<SearchResult> SearchAsync(CatalogQuery query, CancellationToken stop = default)
    {
        var result = SearchRun.Answer(await index.UpToDateAsync(db, stop), query);
        if (result.Total == 0 && !query.AsYouType && query.After is null && HasNoFilter(query))
        {
            fruitless.Note(SearchQuery.Parse(query.Text));
            await fruitless.WriteNowAndThenAsync(db, stop);
        }

        return result;
    }

    /// <summary>The titles of a result with their parts, untracked, in the result's order; those withdrawn meanwhile are left out.</summary>
    public async Task<IReadOnlyList<Title>> TitlesOfAsync(SearchResult result, CancellationToken stop = default)
    {
        var ids = result.TitleIds;
        var titles = await db.Titles.AsNoTracking().InCatalogue().Where(title => ids.Contains(title.Id)).Whole().ToDictionaryAsync(title => title.Id, stop);
        return [.. ids.Where(titles.ContainsKey).Select(id => titles[id])];
    }

    /// <summary>What a reader who has typed so far may be looking for: titles, then contributors, then subjects.</summary>
    /// <param name="text">What is typed so far.</param>
    /// <param name="most">How many suggestions, from 1 to 20.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<IReadOnlyList<Suggestion>> SuggestAsync(string? text, int most = 8, CancellationToken stop = default)
    {
        most = Math.Clamp(most, 1, 20);
        var words = WordBreaker.Words(text is { Length: > SearchQuery.LongestText } ? text[..SearchQuery.LongestText] : text ?? "");
        if (words.Count == 0) return [];

        var now = await index.UpToDateAsync(db, stop);
        var typed = new CatalogQuery { AsYouType = true, WithFacets = false, Size = most };
        var titles = SearchRun.Answer(now, typed with { Text = text });
        var authored = SearchRun.Answer(now, typed with { Text = InField("author:", words) });
        var about = SearchRun.Answer(now, typed with { Text = InField("subject:", words) });

        var ids = titles.TitleIds.Concat(authored.TitleIds).Concat(about.TitleIds).ToHashSet();
        var found = await db.Titles.AsNoTracking().InCatalogue().Where(title => ids.Contains(title.Id)).Whole().ToDictionaryAsync(title => title.Id, stop);

        var suggestions = new List<Suggestion>();
        suggestions.AddRange(In(titles).Select(title => new Suggestion(SuggestionKind.Title, title.Name, title.Id)).DistinctBy(one => CatalogText.KeyOf(one.Text)));
        var people = In(authored).SelectMany(title => title.Contributors).Where(one => Has(one.Name)).DistinctBy(one => one.NameKey)
            .Select(one => new Suggestion(SuggestionKind.Contributor, PersonName.InReadingOrder(one.Name), null)).ToList();
        var subjects = In(about).SelectMany(title => title.Subjects).Where(one => Has(one.Text)).DistinctBy(one => one.Key)
            .Select(one => new Suggestion(SuggestionKind.Subject, one.Text, null)).ToList();

        // A fair share for each kind; what one leaves free another takes.
        var share = Math.Max(1, most / 4);
        var (forPeople, forSubjects) = (Math.Min(people.Count, share), Math.Min(subjects.Count, share));
        var forTitles = Math.Min(suggestions.Count, Math.Max(1, most - forPeople - forSubjects));
        return [.. suggestions.Take(forTitles).Concat(people.Take(most - forTitles - forSubjects)).Concat(subjects.Take(forSubjects)).Take(most)];

        IEnumerable<Title> In(SearchResult result) => result.TitleIds.Where(found.ContainsKey).Select(id => found[id]);

        bool Has(string name)
        {
            var own = WordBreaker.Words(name);
            return words.TrueForAll(word => own.Exists(one => one.StartsWith(word, StringComparison.Ordinal)));
        }
    }

    private static string InField(string field, List<string> words) => string.Join(' ', words.Select(word => field + word));

    private static bool HasNoFilter(CatalogQuery query) =>
        query is { Formats.Count: 0, Languages.Count: 0, Audiences.Count: 0, Subjects.Count: 0, Branches.Count: 0, YearFrom: null, YearTo: null, Ddc: null, AvailableNow: false };
}
