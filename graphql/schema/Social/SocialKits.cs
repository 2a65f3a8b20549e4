using System.Globalization;
using Metro.Content;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Programs;
using Metro.Portal.Schema.Content;
using Metro.Portal.Schema.Programs;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Schema.Social;

/// <summary>Makes kits of what can be posted about.</summary>
internal static class SocialKits
{
    private static readonly Language[] Both = [Language.Id, Language.En];

    /// <summary>The words and pictures of a published item, and of its translation.</summary>
    public static async ValueTask<object?> OfContentAsync(ContentEntry entry, IResolverContext resolved) =>
        new SocialKit(await SourceOfAsync(entry.Item, resolved));

    /// <summary>A kit for a program, about one of its sessions or the next one.</summary>
    public static async Task<SocialKit> OfProgramAsync(LibraryProgram program, Session? session, Branch? branch, IResolverContext resolved)
    {
        var calendar = resolved.Services.GetRequiredService<LibraryCalendar>();
        var portal = resolved.Services.GetRequiredService<PortalAddress>();
        var presented = program.ContentKey is { } key ? await resolved.DataLoader<IDataLoader<PresentationKey, OfferedItem>>("ProgramPresentationDataLoader").LoadAsync(new PresentationKey(key, "id"), resolved.RequestAborted) : null;
        var content = presented is null ? null : await SourceOfAsync(presented.Item, resolved);

        var words = Both.Select(language => (content?.In(language) ?? new SocialWords(language.Culture, program.LocalTitle.In(language))) with
        {
            Culture = language.Culture,
            Title = program.LocalTitle.In(language),
            Summary = (program.Summary is { } summary ? new LocalText(summary, program.SummaryEnglish).In(language) : null) ?? content?.In(language).Summary,
            Facts = FactsOf(session, branch, language, calendar),
            Link = content?.In(language).Link ?? portal.Of($"/programs/{program.Id}", language),
        }).ToArray();
        return new(new SocialSource(words[0], words[1])
        {
            IsCancelled = session?.Status == SessionStatus.Cancelled,
            Pictures = content?.Pictures ?? [],
            Hashtags = content?.Hashtags is { Count: > 0 } tags ? tags : [Hashtag(program.Kind.ToString())],
        });
    }

    /// <summary>A kit for a book.</summary>
    public static SocialKit OfBook(Title title, PortalAddress portal)
    {
        var authors = title.Contributors.OrderBy(one => one.Position).Take(2).Select(one => PersonName.InReadingOrder(one.Name));
        var words = Both.Select(language => new SocialWords(language.Culture, title.Subtitle is null ? title.Name : $"{title.Name}: {title.Subtitle}")
        {
            Facts = title.Contributors.Count == 0 ? [] : [SocialText.Get("By", language.Culture, string.Join(", ", authors))],
            Summary = title.Summary,
            Link = portal.Of($"/catalog/{title.Id}", language),
        }).ToArray();
        return new(new SocialSource(words[0], words[1])
        {
            Pictures = BookPictures.Of(title, portal),
            Hashtags = [.. title.Subjects.OrderBy(one => one.Position).Take(5).Select(one => Hashtag(one.Text.Split("--")[0])).Where(tag => tag.Length > 1).Distinct()],
        });
    }

    private static async Task<SocialSource> SourceOfAsync(ContentItem item, IResolverContext resolved)
    {
        var (reader, stop) = (resolved.Services.GetRequiredService<ContentReader>(), resolved.RequestAborted);
        var other = item.Culture == "en" ? "id" : "en";
        var translated = item.LocalizationSet is { } set && await reader.InLanguageAsync(set, other, stop) is { IsFallback: false } found ? found.Item : null;
        var (indonesian, english) = item.Culture == "en" ? (translated ?? item, item) : (item, translated);
        var topics = await resolved.DataLoader<IDataLoader<TaxonomyKey, IReadOnlyList<TaxonomyTerm>>>(null).LoadAsync(new TaxonomyKey("topic", "id"), stop) ?? [];
        return new SocialSource(WordsOf(indonesian, Language.Id, resolved), english is null ? null : WordsOf(english, Language.En, resolved))
        {
            Pictures = await Content.Pictures.OfAsync(item, "Image", resolved),
            Hashtags = [.. item.Terms("Topics").Select(id => topics.FirstOrDefault(term => term.TermId == id)?.Text).OfType<string>().Select(Hashtag).Where(tag => tag.Length > 1).Distinct()],
        };
    }

    private static SocialWords WordsOf(ContentItem item, Language language, IResolverContext resolved)
    {
        var calendar = resolved.Services.GetRequiredService<LibraryCalendar>();
        var facts = new List<string>();
        if (item.Instant("StartsAt") is { } starts) facts.Add(When(starts, item.Instant("EndsAt"), language, calendar));
        else if (item.Day("StartsOn") is { } first) facts.Add(item.Day("EndsOn") is { } last ? SocialText.Get("Days", language.Culture, first, last) : SocialText.Get("Day", language.Culture, first));
        if (item.Text("Place") is { Length: > 0 } place) facts.Add(SocialText.Get("Where", language.Culture, place));
        return new(language.Culture, item.DisplayText)
        {
            Facts = facts,
            Summary = item.Text("Summary"),
            Link = item.Path is { Length: > 0 } path ? resolved.Services.GetRequiredService<PortalAddress>().File("/" + path) : null,
        };
    }

    private static IReadOnlyList<string> FactsOf(Session? session, Branch? branch, Language language, LibraryCalendar calendar)
    {
        if (session is null) return [];
        var where = session.PlaceWords ?? branch?.LocalName.In(language);
        var when = When(session.StartsAt, session.EndsAt, language, calendar);
        return where is null ? [when] : [when, SocialText.Get("Where", language.Culture, where)];
    }

    private static string When(DateTime starts, DateTime? ends, Language language, LibraryCalendar calendar)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(starts, calendar.Zone);
        if (ends is not { } end) return SocialText.Get("Day", language.Culture, DateOnly.FromDateTime(local));
        var until = TimeZoneInfo.ConvertTimeFromUtc(end, calendar.Zone);
        if (until.Date != local.Date) return SocialText.Get("Days", language.Culture, DateOnly.FromDateTime(local), DateOnly.FromDateTime(until.AddTicks(-1)));
        var zone = calendar.Zone.BaseUtcOffset.TotalHours switch { 7 => "WIB", 8 => "WITA", 9 => "WIT", _ => "" };
        return SocialText.Get("When", language.Culture, local, until, zone).TrimEnd();
    }

    /// <summary>Words as one hashtag: letters and digits, each word with a capital.</summary>
    internal static string Hashtag(string words) => "#" + string.Concat(words.Split(' ', '-', '/', '&', ',', '.')
        .Select(word => new string([.. word.Where(char.IsLetterOrDigit)])).Where(word => word.Length > 0)
        .Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]));
}

/// <summary>A key of the library and the language in which its presentation is read.</summary>
internal readonly record struct PresentationKey(string Key, string Culture);

/// <summary>How programs and spaces are joined with what presents them, many at once.</summary>
internal static class PresentationLoaders
{
    [DataLoader]
    internal static async Task<IReadOnlyDictionary<PresentationKey, OfferedItem>> GetProgramPresentationAsync(IReadOnlyList<PresentationKey> keys, ContentReader reader, CancellationToken stop)
    {
        var found = new Dictionary<PresentationKey, OfferedItem>();
        foreach (var culture in keys.GroupBy(key => key.Culture))
            foreach (var (key, item) in await reader.PresentingProgramsAsync([.. culture.Select(one => one.Key)], culture.Key, stop)) found[new(key, culture.Key)] = item;
        return found;
    }

    [DataLoader]
    internal static async Task<IReadOnlyDictionary<PresentationKey, OfferedItem>> GetSpacePresentationAsync(IReadOnlyList<PresentationKey> keys, ContentReader reader, CancellationToken stop)
    {
        var found = new Dictionary<PresentationKey, OfferedItem>();
        foreach (var culture in keys.GroupBy(key => key.Culture))
            foreach (var (key, item) in await reader.PresentingSpacesAsync([.. culture.Select(one => one.Key)], culture.Key, stop)) found[new(key, culture.Key)] = item;
        return found;
    }
}

/// <summary>The pictures of a book, which the portal weaves from its title: the collection has no photographs of covers.</summary>
internal static class BookPictures
{
    /// <summary>The cover, upright, and a wide one for posts.</summary>
    public static IReadOnlyList<Picture> Of(Title title, PortalAddress portal) => [Cover(title, portal), Of(title, "share.png", 1200, 630, portal)];

    public static Picture Cover(Title title, PortalAddress portal) => Of(title, "cover.png", 600, 900, portal);

    private static Picture Of(Title title, string file, int width, int height, PortalAddress portal) =>
        new(portal.File(string.Create(CultureInfo.InvariantCulture, $"/b/{title.Id}/{file}")), SocialText.Get("Cloth", CultureInfo.CurrentUICulture, title.Name), width, height);
}
