using System.Globalization;
using System.Text;

namespace Metro.Library.Time;

/// <summary>What a calendar file is for (RFC 5546, section 1.4).</summary>
public enum CalendarMethod
{
    /// <summary>A feed or a download: take it or leave it.</summary>
    Publish,

    /// <summary>An appointment made or moved; the events name an organiser and an attendee.</summary>
    Request,

    /// <summary>An appointment that will not be kept.</summary>
    Cancel,
}

/// <summary>How sure an event is (RFC 5545, section 3.8.1.11).</summary>
public enum CalendarEventStatus
{
    /// <summary>It takes place.</summary>
    Confirmed,

    /// <summary>Somebody has still to agree.</summary>
    Tentative,

    /// <summary>It does not take place.</summary>
    Cancelled,
}

/// <summary>Somebody named in an event.</summary>
/// <param name="Email">The address, without <c>mailto:</c>.</param>
/// <param name="Name">What calendars show.</param>
public sealed record CalendarPerson(string Email, string Name);

/// <summary>
/// One appointment in a calendar file. What changes keeps its <see cref="Uid"/> and gets a higher <see cref="Sequence"/>
/// (DOMAIN.md rule 14), so that calendars move their entry instead of adding another.
/// </summary>
public sealed record CalendarEvent
{
    /// <summary>The same for as long as the appointment lives, and of no other.</summary>
    public required string Uid { get; init; }

    /// <summary>How often it was moved or cancelled.</summary>
    public int Sequence { get; init; }

    /// <summary>When, for what has hours; null for whole days.</summary>
    public Interval? When { get; init; }

    /// <summary>The first and the last day, for what lasts whole days; null for what has hours.</summary>
    public (DateOnly First, DateOnly Last)? Days { get; init; }

    /// <summary>When the appointment was last changed, in UTC.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>What it is called.</summary>
    public required string Summary { get; init; }

    /// <summary>More about it, perhaps on several lines; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Where; null where that is not said.</summary>
    public string? Location { get; init; }

    /// <summary>The page about it; null where there is none.</summary>
    public Uri? Url { get; init; }

    /// <summary>How sure it is.</summary>
    public CalendarEventStatus Status { get; init; }

    /// <summary>Under what people look for it.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Who invites; needed by requests and cancellations.</summary>
    public CalendarPerson? Organizer { get; init; }

    /// <summary>Who comes; needed by requests and cancellations.</summary>
    public CalendarPerson? Attendee { get; init; }
}

/// <summary>
/// Writes iCalendar files (RFC 5545, RFC 5546 for invitations, RFC 7986 for feeds): a feed of programs, a download for one
/// event, the attachment of a mail. Instants are written in UTC, which needs no zone definition and is the same moment
/// everywhere. Safe for several threads.
/// </summary>
public static class CalendarFile
{
    /// <summary>The media type; mails add the method as its parameter.</summary>
    public const string MediaType = "text/calendar";

    private const int LongestLine = 75;

    /// <summary>The file as text with CRLF line ends, to be sent as UTF-8.</summary>
    /// <param name="method">What it is for.</param>
    /// <param name="events">The appointments, in any order.</param>
    /// <param name="name">What a feed is called; null for a single appointment.</param>
    /// <param name="refresh">How often a feed should be asked again; null for what is not asked again.</param>
    /// <exception cref="ArgumentException">
    /// An event has neither or both of hours and days, or an invitation lacks its organiser or attendee.
    /// </exception>
    public static string Write(CalendarMethod method, IEnumerable<CalendarEvent> events, string? name = null, TimeSpan? refresh = null)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Write(text, method, events, name, refresh);
        return text.ToString();
    }

    /// <summary>As the other, for long feeds: writes each event as it comes.</summary>
    /// <inheritdoc cref="Write(CalendarMethod, IEnumerable{CalendarEvent}, string, TimeSpan?)"/>
    public static void Write(TextWriter to, CalendarMethod method, IEnumerable<CalendarEvent> events, string? name = null, TimeSpan? refresh = null)
    {
        Line(to, "BEGIN:VCALENDAR");
        Line(to, "VERSION:2.0");
        Line(to, "PRODID:-//Perpustakaan Kota Metro//Metro Portal//ID");
        Line(to, "CALSCALE:GREGORIAN");
        Line(to, "METHOD:" + method.ToString().ToUpperInvariant());
        if (name is not null)
        {
            Line(to, "NAME:" + Escaped(name));
            // What calendars looked for before RFC 7986, and some still do.
            Line(to, "X-WR-CALNAME:" + Escaped(name));
        }

        if (refresh is { } every)
        {
            Line(to, "REFRESH-INTERVAL;VALUE=DURATION:" + Duration(every));
            Line(to, "X-PUBLISHED-TTL:" + Duration(every));
        }

        foreach (var one in events) Write(to, method, one);
        Line(to, "END:VCALENDAR");
    }

    private static void Write(TextWriter to, CalendarMethod method, CalendarEvent one)
    {
        if (one.When is null == one.Days is null) throw new ArgumentException($"Event {one.Uid} has either hours or days.", nameof(one));
        if (method != CalendarMethod.Publish && (one.Organizer is null || one.Attendee is null))
            throw new ArgumentException($"Event {one.Uid} is an invitation and names no organiser or attendee (RFC 5546, 3.2.2).", nameof(one));

        Line(to, "BEGIN:VEVENT");
        Line(to, "UID:" + Escaped(one.Uid));
        Line(to, "SEQUENCE:" + one.Sequence.ToString(CultureInfo.InvariantCulture));
        Line(to, "DTSTAMP:" + Instant(one.UpdatedAt));
        Line(to, "LAST-MODIFIED:" + Instant(one.UpdatedAt));
        if (one.When is { } when)
        {
            Line(to, "DTSTART:" + Instant(when.Start));
            Line(to, "DTEND:" + Instant(when.End));
        }
        else if (one.Days is { } days)
        {
            // The end is the first day that no longer belongs to it (RFC 5545, 3.6.1).
            Line(to, "DTSTART;VALUE=DATE:" + Date(days.First));
            Line(to, "DTEND;VALUE=DATE:" + Date(days.Last.AddDays(1)));
            Line(to, "TRANSP:TRANSPARENT");
        }

        Line(to, "SUMMARY:" + Escaped(one.Summary));
        if (one.Description is { Length: > 0 } description) Line(to, "DESCRIPTION:" + Escaped(description));
        if (one.Location is { Length: > 0 } location) Line(to, "LOCATION:" + Escaped(location));
        if (one.Url is { } url) Line(to, "URL:" + url.AbsoluteUri);
        if (one.Categories.Count > 0) Line(to, "CATEGORIES:" + string.Join(',', one.Categories.Select(Escaped)));
        Line(to, "STATUS:" + (method == CalendarMethod.Cancel ? CalendarEventStatus.Cancelled : one.Status).ToString().ToUpperInvariant());
        if (one.Organizer is { } organizer) Line(to, $"ORGANIZER;CN={Parameter(organizer.Name)}:mailto:{Address(organizer.Email)}");
        if (one.Attendee is { } attendee)
            Line(to, $"ATTENDEE;CN={Parameter(attendee.Name)};ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{Address(attendee.Email)}");
        Line(to, "END:VEVENT");
    }

    /// <summary>RFC 5545, 3.1: a line has at most 75 octets, and is continued on one that begins with a space; no character is cut.</summary>
    private static void Line(TextWriter to, string content)
    {
        var octets = 0;
        foreach (var rune in content.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                to.Write("\r\n ");
                octets = 1;
            }

            to.Write(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        to.Write("\r\n");
    }

    /// <summary>RFC 5545, 3.3.11. Other control characters are not allowed anywhere.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var sign in text.ReplaceLineEndings("\n"))
            _ = sign switch
            {
                '\\' or ';' or ',' => escaped.Append('\\').Append(sign),
                '\n' => escaped.Append("\\n"),
                _ when char.IsControl(sign) => escaped.Append(' '),
                _ => escaped.Append(sign),
            };
        return escaped.ToString();
    }

    /// <summary>RFC 5545, 3.2: a quoted parameter holds no quotes; RFC 6868 says how to write them.</summary>
    private static string Parameter(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 8);
        foreach (var sign in text)
            _ = sign switch
            {
                '"' => quoted.Append("^'"),
                '^' => quoted.Append("^^"),
                _ when char.IsControl(sign) => quoted.Append(' '),
                _ => quoted.Append(sign),
            };
        return quoted.Append('"').ToString();
    }

    private static string Address(string email) => new([.. email.Where(sign => !char.IsControl(sign) && !char.IsWhiteSpace(sign))]);

    private static string Instant(DateTime instant) => instant.Kind == DateTimeKind.Utc
        ? instant.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)
        : throw new ArgumentException($"{instant:O} is not UTC.", nameof(instant));

    private static string Date(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan every) => string.Create(CultureInfo.InvariantCulture, $"PT{Math.Max(1, (long)every.TotalMinutes)}M");
}
