using System.Globalization;
using Metro.Content;
using Metro.Library.Programs;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Programs;

/// <summary>Everything that is on, filtered by kind, topic, audience, dates and what people need; exhibitions and reading programs also by themselves.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Programs | Matters.Spaces)]
internal sealed class ProgramsModel(WhatsOn whatsOn, ContentReader reader, MediaLibrary media, Dates dates, SiteChrome chrome) : PageModel
{
    private const int PageSize = 24;

    [FromRoute(Name = "section")]
    public string Section { get; set; } = "programs";

    [BindProperty(SupportsGet = true, Name = "kind")]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = "topic")]
    public string? Topic { get; set; }

    [BindProperty(SupportsGet = true, Name = "audience")]
    public string? Audience { get; set; }

    [BindProperty(SupportsGet = true, Name = "access")]
    public string? Access { get; set; }

    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    public IReadOnlyList<Card> Shown { get; private set; } = [];

    public IReadOnlyList<TaxonomyTerm> Topics { get; private set; } = [];

    public IReadOnlyList<TaxonomyTerm> Audiences { get; private set; } = [];

    public static IReadOnlyList<AccommodationKind> Accesses { get; } = [.. Enum.GetValues<AccommodationKind>().Where(kind => kind != AccommodationKind.Other)];

    public static IReadOnlyList<ProgramKind> Kinds { get; } = Enum.GetValues<ProgramKind>();

    public Pager Pager { get; private set; } = new(null, null);

    /// <summary>The kind to which the section keeps; null where all are shown.</summary>
    public ProgramKind? OnlyKind => Section switch
    {
        "exhibitions" => ProgramKind.Exhibition,
        "reading-programs" => ProgramKind.ReadingProgram,
        _ => null,
    };

    public string Title => ProgramsText.Get($"Title.{Section}");

    public string Lead => ProgramsText.Get($"Lead.{Section}");

    public string Here => PortalChrome.InLanguage("/" + Section);

    public bool IsFiltered => (OnlyKind is null && Kind is not null) || Topic is not null || Audience is not null || Access is not null || From is not null || To is not null;

    public async Task OnGetAsync([FromQuery(Name = "page")] int page, CancellationToken stop)
    {
        Topics = await reader.TermsAsync("topic", ContentCards.Culture, stop);
        Audiences = await reader.TermsAsync("audience", ContentCards.Culture, stop);

        // What is not offered is not asked for.
        Topic = Topics.Any(term => term.TermId == Topic) ? Topic : null;
        Audience = Audiences.Any(term => term.TermId == Audience) ? Audience : null;
        var kind = OnlyKind ?? Read<ProgramKind>(Kind);
        var access = Read<AccommodationKind>(Access);
        var (from, to) = (Day(From), Day(To));
        (Kind, Access) = (kind?.ToString(), access?.ToString());
        (From, To) = (from is { } first ? dates.Machine(first) : null, to is { } last ? dates.Machine(last) : null);

        var all = (await whatsOn.ToComeAsync(dates, stop)).Where(one =>
            (kind is null || one.Kind == kind)
            && (Topic is null || one.Content?.Terms("Topics").Contains(Topic) == true)
            && (Audience is null || one.Content?.Terms("Audience").Contains(Audience) == true)
            && (access is not { } need || one.Program?.Accommodations.Contains(need) == true)
            && IsWithin(one, from, to)).ToList();
        var pages = Math.Max(1, (all.Count + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var cards = new List<Card>();
        var shown = all.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        var files = await media.FilesOfAsync(shown.Select(one => one.Content).OfType<ContentItem>(), "Image", stop);
        foreach (var one in shown) cards.Add(await CardAsync(one, files, stop));
        Shown = cards;
        Pager = new Pager(page > 1 ? Address(page - 1) : null, page < pages ? Address(page + 1) : null)
        {
            Place = pages > 1 ? ProgramsText.Get("Pager.Place", page, pages) : null,
        };

        var head = chrome.Head;
        head.Description = Lead;
        head.IsIndexed = !IsFiltered && page == 1;
        head.Next = Pager.Next;
        head.Feeds.Add(new FeedLink(PortalChrome.InLanguage("/programs.ics"), "text/calendar", ProgramsText.Get("Title.programs")));
        head.Feeds.Add(new FeedLink(PortalChrome.InLanguage("/programs.atom"), "application/atom+xml", ProgramsText.Get("Title.programs")));
    }

    private bool IsWithin(Happening one, DateOnly? from, DateOnly? to)
    {
        if (from is null && to is null) return true;
        var (first, last) = (from ?? DateOnly.MinValue, to ?? DateOnly.MaxValue);
        return one.Sessions.Count > 0
            ? one.Sessions.Any(session => dates.DateOf(session.StartsAt) <= last && dates.DateOf(session.EndsAt.AddTicks(-1)) >= first)
            : one.Days(dates) is { } days && days.First <= last && days.Last >= first;
    }

    private async Task<Card> CardAsync(Happening one, IReadOnlyDictionary<string, MediaAsset> files, CancellationToken stop)
    {
        var picture = one.Content is { } item ? MediaLibrary.Pictures(item, "Image", files).FirstOrDefault() : null;
        var days = one.Days(dates)!.Value;
        return new Card(one.Title, one.Address!)
        {
            Picture = picture is null ? null : new CardPicture($"/media/{picture.Asset.Path}", picture.Alt, picture.Asset.Width, picture.Asset.Height),
            Kicker = SiteText.Get($"Kind.{one.Kind}"),
            Leaf = dates.Leaf(days.First < dates.Today ? dates.Today : days.First),
            Text = one.Summary,
            Mark = one.Sessions.Count > 0 ? Seats.MarkOf(one.Sessions[0]) : days.First <= dates.Today ? new Mark(ProgramsText.Get("Now"), Tone.Good) : null,
            Facts = [.. await FactsAsync(one, days, stop)],
            Language = one.Language,
            HeadingLevel = 2,
        };
    }

    private async Task<IReadOnlyList<string>> FactsAsync(Happening one, (DateOnly First, DateOnly Last) days, CancellationToken stop)
    {
        var facts = new List<string>();
        if (one.Sessions.Count == 0)
        {
            facts.Add(days.First == days.Last ? dates.ShortDay(days.First) : $"{dates.ShortDay(days.First)} – {dates.ShortDay(days.Last)}");
            if (one.Content?.Text("Place") is { Length: > 0 } place) facts.Add(place);
            return facts;
        }

        facts.Add(dates.ShortSpan(one.Sessions[0].StartsAt, one.Sessions[0].EndsAt));
        if (one.Sessions.Count > 1)
            facts.Add(ProgramsText.Get(one.Program!.Enrolment == Enrolment.WholeSeries ? "Sessions.Series" : "Sessions.More", one.Program.Enrolment == Enrolment.WholeSeries ? one.Sessions.Count : one.Sessions.Count - 1));
        if (await whatsOn.PlaceAsync(one.Sessions[0], stop) is { } where) facts.Add(where);
        return facts;
    }

    private static T? Read<T>(string? text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !int.TryParse(text, out _) ? value : null;

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private string Address(int page)
    {
        var query = QueryString.Empty;
        foreach (var (name, value) in ((string, string?)[])[("kind", OnlyKind is null ? Kind : null), ("topic", Topic), ("audience", Audience), ("access", Access), ("from", From), ("to", To)])
            if (value is not null) query = query.Add(name, value);
        if (page > 1) query = query.Add("page", page.ToString(CultureInfo.InvariantCulture));
        return Here + query.ToUriComponent();
    }
}

/// <summary>Whether a session has seats, in a word.</summary>
internal static class Seats
{
    /// <summary>Cancelled, full, few, or how many are left.</summary>
    public static Mark MarkOf(Session session) => session switch
    {
        { Status: SessionStatus.Cancelled } => new Mark(ProgramsText.Get("Cancelled"), Tone.Bad),
        { SeatsLeft: <= 0 } => new Mark(SiteText.Get("Seats.Full"), Tone.Bad),
        { SeatsLeft: var left, Capacity: var all } when left * 4 <= all => new Mark(SiteText.Get("Seats.Few", left), Tone.Caution),
        _ => new Mark(SiteText.Get("Seats.Left", session.SeatsLeft), Tone.Good),
    };
}
