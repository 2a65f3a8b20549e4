using System.Text;
using Metro.Library.Time;

namespace Metro.Library.Tests.Time;

/// <summary>Calendar files as RFC 5545, 5546 and 7986 want them; the scheduler's tests read them with another's parser.</summary>
public sealed class CalendarFileTests
{
    private static readonly DateTime Start = new(2026, 1, 10, 2, 0, 0, DateTimeKind.Utc);

    private static CalendarEvent Storytelling => new()
    {
        Uid = "0197f0a2-story", When = new Interval(Start, Start.AddHours(2)), UpdatedAt = Start.AddDays(-3), Summary = "Mendongeng",
        Organizer = new CalendarPerson("perpustakaan@example.org", "Perpustakaan Kota Metro"), Attendee = new CalendarPerson("siti@example.org", "Siti"),
    };

    [Fact]
    public void Instants_are_written_in_utc()
    {
        var lines = Lines(CalendarFile.Write(CalendarMethod.Publish, [Storytelling]));

        Assert.Contains("DTSTART:20260110T020000Z", lines);
        Assert.Contains("DTEND:20260110T040000Z", lines);
        Assert.Contains("DTSTAMP:20260107T020000Z", lines);
    }

    [Fact]
    public void Whole_days_end_with_the_day_after_the_last()
    {
        var lines = Lines(CalendarFile.Write(CalendarMethod.Publish, [Storytelling with { When = null, Days = (new(2026, 1, 5), new(2026, 1, 7)) }]));

        Assert.Contains("DTSTART;VALUE=DATE:20260105", lines);
        Assert.Contains("DTEND;VALUE=DATE:20260108", lines);
    }

    [Fact]
    public void No_line_has_more_than_75_octets_and_no_character_is_cut()
    {
        var summary = string.Concat(Enumerable.Repeat("Membaca 📚 di kafé; lalu, menulis ", 20));

        var file = CalendarFile.Write(CalendarMethod.Publish, [Storytelling with { Summary = summary }]);

        Assert.All(file.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(file)));
        Assert.Contains("SUMMARY:" + summary.Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal), Lines(file));
    }

    [Theory]
    [InlineData("a;b,c\\d", "SUMMARY:a\\;b\\,c\\\\d")]
    [InlineData("one\r\nBEGIN:VEVENT", "SUMMARY:one\\nBEGIN:VEVENT")]
    [InlineData("bell\u0007", "SUMMARY:bell ")]
    public void Text_cannot_break_out_of_its_property(string summary, string expected) =>
        Assert.Contains(expected, Lines(CalendarFile.Write(CalendarMethod.Publish, [Storytelling with { Summary = summary }])));

    [Fact]
    public void A_name_cannot_break_out_of_its_parameter()
    {
        var person = new CalendarPerson("a@example.org\r\nX-EVIL:1", "Siti \"X\":mailto:evil@example.org\r\nATTENDEE:x");

        var lines = Lines(CalendarFile.Write(CalendarMethod.Request, [Storytelling with { Attendee = person }]));

        Assert.Single(lines, line => line.StartsWith("ATTENDEE", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("X-EVIL", StringComparison.Ordinal));
        Assert.Contains("CN=\"Siti ^'X^':mailto:evil@example.org  ATTENDEE:x\"", string.Join('\n', lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancellation_keeps_the_uid_with_a_higher_sequence_and_says_that_it_is_one()
    {
        var lines = Lines(CalendarFile.Write(CalendarMethod.Cancel, [Storytelling with { Sequence = 2 }]));

        Assert.Contains("METHOD:CANCEL", lines);
        Assert.Contains("UID:0197f0a2-story", lines);
        Assert.Contains("SEQUENCE:2", lines);
        Assert.Contains("STATUS:CANCELLED", lines);
    }

    [Fact]
    public void An_invitation_names_who_invites_and_who_comes() =>
        Assert.Throws<ArgumentException>(() => CalendarFile.Write(CalendarMethod.Request, [Storytelling with { Attendee = null }]));

    [Fact]
    public void A_feed_says_its_name_and_when_to_ask_again()
    {
        var lines = Lines(CalendarFile.Write(CalendarMethod.Publish, [Storytelling], "Kegiatan", TimeSpan.FromHours(4)));

        Assert.Contains("NAME:Kegiatan", lines);
        Assert.Contains("REFRESH-INTERVAL;VALUE=DURATION:PT240M", lines);
        Assert.Equal("END:VCALENDAR", lines[^2]);
    }

    private static string[] Lines(string file) => file.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
}
