using System.Text;
using Metro.Library;
using Metro.Library.Members;
using Metro.Library.Time;
using Metro.Portal.Web;

namespace Metro.Portal.Pages.PersonalCalendar;

/// <summary>
/// A member's calendar under its secret address, for calendar programs, which cannot sign in. Nobody keeps a copy on the way, and
/// no search engine hears of it; a wrong address is simply not there.
/// </summary>
internal static class PersonalCalendarFeed
{
    public static void MapPersonalCalendars(this WebApplication app) => app.MapGet("/calendar/{secret:length(20,100)}.ics", ReadAsync).AllowAnonymous();

    /// <summary>The address of a calendar in the reader's language, as calendar programs take it.</summary>
    public static string AddressOf(HttpRequest request, string secret) => $"{SiteOf(request).AbsoluteUri.TrimEnd('/')}/calendar/{secret}.ics";

    private static async Task<IResult> ReadAsync(string secret, CalendarSecrets secrets, PersonalDates dates, LibrarySettings library, HttpContext context, CancellationToken stop)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers["Referrer-Policy"] = "no-referrer";
        if (await secrets.FindAsync(secret, stop) is not { } member) return Results.NotFound();

        var name = PersonalCalendarText.Get("Name", member.Name, new LocalText(library.Name, library.NameEnglish).Explain(System.Globalization.CultureInfo.CurrentUICulture));
        var events = await dates.OfAsync(member, SiteOf(context.Request), stop);
        return Results.Text(CalendarFile.Write(CalendarMethod.Publish, events, name, TimeSpan.FromHours(1)), CalendarFile.MediaType, Encoding.UTF8);
    }

    private static Uri SiteOf(HttpRequest request) => new($"{request.Scheme}://{request.Host}{PortalChrome.InLanguage("/")}");
}
