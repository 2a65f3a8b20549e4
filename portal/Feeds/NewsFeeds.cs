using System.Globalization;
using Metro.Content;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Time;
using Metro.Portal.Pages;
using Metro.Portal.Pages.Hours;
using Metro.Portal.Pages.News;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;

namespace Metro.Portal.Feeds;

/// <summary>What feed readers and calendars follow: news and new books as Atom, closing days as iCalendar.</summary>
internal static class NewsFeeds
{
    private const string Atom = "application/atom+xml";
    private const int MostPosts = 30;

    public static void MapNewsFeeds(this WebApplication app)
    {
        app.MapGet("/news.atom", NewsAsync).AllowAnonymous().KeptForVisitors(Matters.Content);
        app.MapGet("/catalog/new.atom", NewBooksAsync).AllowAnonymous().KeptForVisitors(Matters.Catalogue);
        app.MapGet("/hours.ics", ClosingDaysAsync).AllowAnonymous().KeptForVisitors(Matters.Hours);
    }

    private static async Task<IResult> NewsAsync(ContentReader reader, LibrarySettings library, HttpContext context, CancellationToken stop)
    {
        var posts = (await reader.NewsAsync(MostPosts, null, stop)).Items.Select(each => each.Item).Where(item => item.Path is not null).ToList();
        using var feed = Begin(context, library, SiteText.Get("Nav.News"), "/news.atom", "/news", posts.Select(post => post.ModifiedUtc));
        foreach (var post in posts)
        {
            var address = Origin(context) + ContentCards.AddressOf(post);
            feed.Entry(address, post.DisplayText, post.ModifiedUtc, () =>
            {
                if (post.PublishedUtc is { } published) feed.Published(published);
                feed.Link("alternate", address, "text/html");
                if (post.Text("Summary") is { Length: > 0 } summary) feed.Summary(summary);
                feed.Html(MarkdownText.ToHtml(post.Markdown));
            });
        }

        return feed.Answer(Atom);
    }

    private static async Task<IResult> NewBooksAsync(Publications publications, LibrarySettings library, HttpContext context, CancellationToken stop)
    {
        var books = (await publications.NewAsync(null, stop)).Items;
        using var feed = Begin(context, library, SiteText.Get("Home.NewBooks"), "/catalog/new.atom", "/catalog?sort=Newest", books.Select(book => book.Updated));
        foreach (var book in books)
        {
            feed.Entry(book.Id, book.Title, book.Updated, () =>
            {
                foreach (var author in book.Authors) feed.Person(author);
                feed.Link("alternate", book.Id, "text/html");
                foreach (var subject in book.Subjects) feed.Category(subject);
                feed.Summary(book.Summary ?? book.Title);
            });
        }

        return feed.Answer(Atom);
    }

    /// <summary>The days on which other hours hold, each as whole days. An exception is never changed, only put in place of another.</summary>
    private static async Task<IResult> ClosingDaysAsync(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings library, Dates dates, HttpContext context, CancellationToken stop)
    {
        var name = ContentCards.Culture == "en" ? library.NameEnglish : library.Name;
        var days = (await HoursModel.ComingExceptionsAsync(db, calendar.Today, stop)).Select(exception => new CalendarEvent
        {
            Uid = $"closing-{exception.Id}@{context.Request.Host.Host}",
            Days = (exception.From, exception.To),
            UpdatedAt = calendar.StartOf(exception.From < calendar.Today ? exception.From : calendar.Today),
            Summary = exception.Week.Equals(WeeklyHours.Closed)
                ? $"{name}: {SiteText.Get("Hours.Closed")} ({exception.LocalName.Explain(CultureInfo.CurrentUICulture)})"
                : $"{name}: {SiteText.Get("Hours.Other", dates.Hours(exception.Week[exception.From.DayOfWeek]))} ({exception.LocalName.Explain(CultureInfo.CurrentUICulture)})",
            Url = new Uri(Origin(context) + PortalChrome.InLanguage("/hours")),
        });
        return FeedAnswer.Of(CalendarFile.Write(CalendarMethod.Publish, days, SiteText.Get("Hours.Exceptions"), TimeSpan.FromHours(12)), $"{CalendarFile.MediaType}; charset=utf-8");
    }

    private static AtomFeed Begin(HttpContext context, LibrarySettings library, string title, string path, string page, IEnumerable<DateTime> changes)
    {
        var name = ContentCards.Culture == "en" ? library.NameEnglish : library.Name;
        var address = Origin(context) + PortalChrome.InLanguage(path);
        var feed = new AtomFeed(address, $"{title} – {name}", changes.DefaultIfEmpty(DateTime.UnixEpoch).Max(), name);
        feed.Link("self", address, Atom);
        feed.Link("alternate", Origin(context) + PortalChrome.InLanguage(page), "text/html");
        return feed;
    }

    private static string Origin(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
