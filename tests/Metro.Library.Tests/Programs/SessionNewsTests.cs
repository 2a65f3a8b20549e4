using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Programs;

/// <summary>What staff write to the people of a session, and who they are. The clock stands at Monday 5 January 2026, 09:00 WIB.</summary>
public sealed class SessionNewsTests
{
    [Fact]
    public async Task A_message_goes_once_to_everybody_with_a_seat_however_often_it_is_sent()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(1);
        var (seated, waiting) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"));
        var written = library.Calendar.Now;

        foreach (var _ in (int[])[1, 2]) Assert.Equal(1, (await TellAsync(library, session, NewsAudience.WithSeats, written)).Value);
        Assert.Equal(1, (await TellAsync(library, session, NewsAudience.WithSeats, written.AddMilliseconds(-1))).Value);

        Assert.Equal(2, (await library.ToldAsync(seated.Subject)).Count(kind => kind == "programs.news"));
        Assert.DoesNotContain("programs.news", await library.ToldAsync(waiting.Subject));
    }

    [Fact]
    public async Task A_message_needs_both_languages_somebody_to_read_it_and_a_moment_of_today()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(5);

        Assert.Equal("input.missing", (await TellAsync(library, session, NewsAudience.Everybody, library.Calendar.Now, english: " ")).Refusal?.Code);
        Assert.Equal(ProgramRefusals.NobodyToTell, (await TellAsync(library, session, NewsAudience.Everybody, library.Calendar.Now)).Refusal);
        Assert.Equal(ProgramRefusals.MessageTooOld, (await TellAsync(library, session, NewsAudience.Everybody, library.Calendar.Now.AddDays(-2))).Refusal);
        Assert.Equal(ProgramRefusals.MessageTooOld, (await TellAsync(library, session, NewsAudience.Everybody, library.Calendar.Now.AddMinutes(1))).Refusal);
    }

    [Fact]
    public async Task A_roster_has_those_with_seats_by_name_then_the_queue_and_leaves_a_line()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(2);
        foreach (var name in (string[])["Zahra", "Ani", "Wati", "Budi"]) await library.SomebodyAsync(session, name);

        await using var desk = library.OpenDesk();
        var rows = await desk.The<SessionRoster>().OfAsync(session.Id, TestLibrary.Librarian);

        Assert.Equal(["Ani", "Zahra", "Wati", "Budi"], rows.Select(row => row.Name));
        Assert.True(await desk.Db.AuditLines.AnyAsync(line => line.Action == "session.registrants_viewed" && line.Subject == $"session:{session.Id}"));
    }

    private static async Task<Outcome<int>> TellAsync(TestLibrary library, Session session, NewsAudience to, DateTime writtenAt, string english = "Bring a pencil.")
    {
        await using var desk = library.OpenDesk();
        return await desk.The<SessionNews>().TellAsync(session.Id, "Bawa pensil.", english, to, writtenAt, TestLibrary.Librarian);
    }
}
