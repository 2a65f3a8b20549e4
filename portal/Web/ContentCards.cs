using System.Globalization;
using Metro.Content;
using Metro.Theme;

namespace Metro.Portal.Web;

/// <summary>Shows published content as cards: with its picture, its topic, and its own language where it is not the reader's.</summary>
internal sealed class ContentCards(ContentReader reader, MediaLibrary media, Dates dates)
{
    private const string PictureField = "Image";

    private IReadOnlyDictionary<string, string>? topics;

    /// <summary>The reader's language, as content knows it.</summary>
    public static string Culture => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "id";

    /// <summary>Where an item is read; null where it has no address.</summary>
    public static string? AddressOf(ContentItem item) => item.Path is { Length: > 0 } path ? "/" + path : null;

    /// <summary>The content types that present programs of the library.</summary>
    public static IReadOnlyList<string> ProgramTypes { get; } = ["Workshop", "Exhibition", "ReadingProgram", "CommunityEvent"];

    /// <summary>The pictures on the pages that present programs, by the programs' codes in content; without those that have no such page, or no picture on it.</summary>
    /// <param name="codes">The programs' codes in content, a few.</param>
    /// <param name="stop">Stops the queries.</param>
    public async Task<IReadOnlyDictionary<string, CardPicture>> PicturesOfProgramsAsync(IReadOnlyList<string> codes, CancellationToken stop)
    {
        if (codes.Count == 0) return new Dictionary<string, CardPicture>();

        var query = new ContentQuery(Culture, ProgramTypes) { Where = [new FieldCondition("ProgramCode", FieldComparison.Equal, codes)], PageSize = ContentQuery.MaxPageSize };
        var pages = (await reader.ListAsync(query, stop)).Items.Select(page => page.Item).DistinctBy(item => item.Text("ProgramCode")).ToList();
        var files = await media.FilesOfAsync(pages, PictureField, stop);
        return pages.Select(item => (Code: item.Text("ProgramCode")!, Picture: PictureOf(item, files))).Where(one => one.Picture is not null)
            .ToDictionary(one => one.Code, one => one.Picture!, StringComparer.Ordinal);
    }

    /// <summary>Cards for items, in their order; those without an address are left out.</summary>
    public async Task<IReadOnlyList<Card>> OfAsync(IEnumerable<OfferedItem> items, CancellationToken stop, int headingLevel = 3)
    {
        topics ??= (await reader.TermsAsync("topic", Culture, stop)).ToDictionary(term => term.TermId, term => term.Text);
        var shown = items.ToList();
        var files = await media.FilesOfAsync(shown.Select(each => each.Item), PictureField, stop);
        var cards = new List<Card>();
        foreach (var (item, isFallback) in shown.Select(each => (each.Item, each.IsFallback)))
        {
            if (AddressOf(item) is not { } address) continue;

            cards.Add(new Card(item.DisplayText, address)
            {
                Picture = PictureOf(item, files),
                Kicker = item.Terms("Topics").Select(term => topics.GetValueOrDefault(term)).FirstOrDefault(name => name is not null),
                Text = item.Text("Summary"),
                Leaf = item.Instant("StartsAt") is { } starts ? dates.Leaf(starts) : item.Day("StartsOn") is { } on ? dates.Leaf(on) : null,
                Facts = [.. FactsOf(item)],
                Language = isFallback ? item.Culture : null,
                HeadingLevel = headingLevel,
            });
        }

        return cards;
    }

    private static CardPicture? PictureOf(ContentItem item, IReadOnlyDictionary<string, MediaAsset> files) =>
        MediaLibrary.Pictures(item, PictureField, files).FirstOrDefault() is { } picture ? new CardPicture(picture.Asset.CardAddressAt(640), picture.Alt) : null;

    private IEnumerable<string> FactsOf(ContentItem item)
    {
        if (item.Instant("StartsAt") is { } starts) yield return item.Instant("EndsAt") is { } ends ? dates.ShortSpan(starts, ends) : $"{dates.ShortDay(starts)}, {dates.Time(starts)}";
        if (item.Day("StartsOn") is { } first && item.Day("EndsOn") is { } last) yield return $"{dates.ShortDay(first)} – {dates.ShortDay(last)}";
        if (item.Type == "NewsPost" && item.PublishedUtc is { } published) yield return dates.Day(published);
        if (item.Text("Place") is { Length: > 0 } place) yield return place;
        if (item.Type == "EResource" && item.Text("Provider") is { Length: > 0 } provider) yield return provider;
    }
}
