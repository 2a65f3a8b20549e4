using System.Globalization;
using System.Text.Json.Nodes;
using Metro.Content;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Library.Catalog;
using Metro.Portal.Pages.Catalog;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages;

/// <summary>The door: whether the library is open, what is on, what is new, and a search over everything.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Catalogue | Matters.Programs)]
internal sealed class HomeModel(
    LibraryDbContext db, LibraryCalendar calendar, ContentReader content, ContentCards cards, DoorHours door, Dates dates, SiteChrome chrome) : PageModel
{
    private const int MostSessions = 3;
    private const int MostBooks = 6;
    private const int MostCards = 3;

    public (Branch Branch, BranchCalendar Hours)? Main { get; private set; }

    public IReadOnlyList<Card> Events { get; private set; } = [];

    public IReadOnlyList<BookLine> NewBooks { get; private set; } = [];

    public IReadOnlyList<Card> EResources { get; private set; } = [];

    public IReadOnlyList<Card> News { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        Main = await door.MainAsync(stop);
        Events = await EventsAsync(stop);
        NewBooks = await NewBooksAsync(stop);
        EResources = await CardsAsync("EResource", stop);
        News = await CardsAsync("NewsPost", stop);
        Describe();
    }

    private async Task<IReadOnlyList<Card>> EventsAsync(CancellationToken stop)
    {
        var sessions = await db.Sessions.AsNoTracking().ForThePublic().ToCome(calendar.Now).Include(session => session.Program).Take(MostSessions).ToListAsync(stop);
        if (sessions.Count > 0)
        {
            var pictures = await cards.PicturesOfProgramsAsync([.. sessions.Select(session => session.Program.ContentKey).OfType<string>().Distinct()], stop);
            return [.. sessions.Select(session => SessionCard(session) with { Picture = session.Program.ContentKey is { } code ? pictures.GetValueOrDefault(code) : null })];
        }

        var announced = await content.ListAsync(new ContentQuery(ContentCards.Culture, ContentCards.ProgramTypes) { StartsFrom = calendar.Now, Order = ContentOrder.Starts, PageSize = MostSessions }, stop);
        return await cards.OfAsync(announced.Items, stop);
    }

    private Card SessionCard(Session session) => new(
        session.Program.LocalTitle.Explain(CultureInfo.CurrentUICulture),
        PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/programs/{session.ProgramId}")))
    {
        Kicker = SiteText.Get($"Kind.{session.Program.Kind}"),
        Leaf = dates.Leaf(session.StartsAt),
        Facts = [dates.Times(session.StartsAt, session.EndsAt), .. session.PlaceKind == PlaceKind.Online || session.PlaceWords is null ? [] : (string[])[session.PlaceWords]],
        Mark = session.SeatsLeft switch
        {
            <= 0 => new Mark(SiteText.Get("Seats.Full"), Tone.Bad),
            var left when left * 4 <= session.Capacity => new Mark(SiteText.Get("Seats.Few", left), Tone.Caution),
            var left => new Mark(SiteText.Get("Seats.Left", left), Tone.Good),
        },
    };

    /// <summary>Read from the table and not by the search, whose index a portal that has just started still builds.</summary>
    private async Task<IReadOnlyList<BookLine>> NewBooksAsync(CancellationToken stop) =>
        await db.BookLinesAsync(await db.Titles.AsNoTracking().InCatalogue().Newest().Take(MostBooks).Whole().ToListAsync(stop), stop);

    private async Task<IReadOnlyList<Card>> CardsAsync(string type, CancellationToken stop) =>
        await cards.OfAsync((await content.ListAsync(new ContentQuery(ContentCards.Culture, type) { PageSize = MostCards }, stop)).Items, stop);

    private void Describe()
    {
        var head = chrome.Head;
        head.HasSearchBox = false;
        head.Description = SiteText.Get("Home.Lead");
        head.Canonical = PortalChrome.InLanguage("/");
        head.Feeds.Add(new FeedLink(PortalChrome.InLanguage("/news.atom"), "application/atom+xml", SiteText.Get("Nav.News")));
        head.Feeds.Add(new FeedLink(PortalChrome.InLanguage("/catalog/new.atom"), "application/atom+xml", SiteText.Get("Home.NewBooks")));
        var document = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Library",
            ["@id"] = chrome.Origin + "/#library",
            ["name"] = chrome.SiteName,
            ["url"] = chrome.Origin + PortalChrome.InLanguage("/"),
            ["address"] = chrome.Address,
            ["isAccessibleForFree"] = true,
            ["potentialAction"] = new JsonObject
            {
                ["@type"] = "SearchAction",
                ["target"] = chrome.Origin + chrome.SearchAddress + "?q={words}",
                ["query-input"] = "required name=words",
            },
        };
        if (Main is var (_, hours)) document["openingHoursSpecification"] = Hours.HoursData.Of(hours, dates.Today);
        head.Describe(document);
    }
}
