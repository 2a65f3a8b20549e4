using System.Net;
using System.Text.RegularExpressions;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Office;

/// <summary>Programs as staff plan them, their people, and the door. The clock stands at Monday 5 January 2026, 09:00 WIB.</summary>
public sealed partial class ProgramPagesTests(OfficeUnderTest office) : IClassFixture<OfficeUnderTest>
{
    private static readonly Actor Clerk = Actor.System("test");
    private static int people;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/desk/programs")]
    [InlineData("/desk/programs/new")]
    [InlineData("/desk/programs/1")]
    [InlineData("/desk/programs/1/edit")]
    [InlineData("/desk/sessions/1")]
    [InlineData("/desk/sessions/1/sheet")]
    [InlineData("/desk/sessions/1/message")]
    [InlineData("/desk/door")]
    public async Task Only_staff_plan_programs_in_both_languages(string path)
    {
        await office.AssertForStaffOnlyAsync(path);

        var librarian = await office.LibrarianAsync();
        Assert.Contains("<h1", await librarian.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await librarian.ReadAsync("/en" + path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_is_drafted_published_and_given_a_series_that_leaves_out_closed_days()
    {
        var librarian = await office.LibrarianAsync();
        (string, string)[] details =
        [
            ("Kind", "Workshop"), ("TitleEnglish", "Weaving"), ("Companions", "0"), ("GroupSize", "0"), ("Enrolment", "PerSession"), ("OfferHours", "48"),
            ("CheckInOpensMinutes", "60"), ("CheckInClosesMinutes", "15"), ("OpenToNonMembers", "true"), ("ChecksIn", "true"),
        ];

        using (var nameless = await librarian.SendAsync("/desk/programs/new", [.. details, ("Title", "")]))
        {
            var page = await nameless.RefusedAsync();
            Assert.Contains("id=\"Title-fault\"", page, StringComparison.Ordinal);
            Assert.Contains("value=\"Weaving\"", page, StringComparison.Ordinal);
        }

        string path;
        using (var made = await librarian.SendAsync("/desk/programs/new", [.. details, ("Title", "Menenun bersama")])) path = made.Accepted();
        using (var stranger = await office.Portal.Visitor().GetAsync(path.Replace("/desk", "", StringComparison.Ordinal), Stop)) Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        using (var published = await librarian.SendAsync(path, path + "?handler=Publish")) published.Accepted();
        using (var stranger = await office.Portal.Visitor().GetAsync(path.Replace("/desk", "", StringComparison.Ordinal), Stop)) Assert.Equal(HttpStatusCode.OK, stranger.StatusCode);

        // Thursday 8 January is closed in the furnished portal.
        using (var series = await librarian.SendAsync(path, path + "?handler=Plan",
            ("Date", "2026-01-08"), ("From", "14:00"), ("Minutes", "90"), ("Place", "branch:1"), ("Capacity", "12"), ("EveryWeeks", "1"), ("Times", "3"))) series.Accepted();
        var planned = await librarian.ReadAsync(path);
        Assert.Contains("2 dari 3 sesi dijadwalkan.", planned, StringComparison.Ordinal);
        Assert.Contains("Tanggal berikut tidak dijadwalkan", planned, StringComparison.Ordinal);
        Assert.Contains("Kamis, 15 Januari 2026, 14.00–15.30 WIB", planned, StringComparison.Ordinal);

        using var nowhere = await librarian.SendAsync(path, path + "?handler=Plan", ("From", "14:00"), ("Minutes", "90"), ("Place", "online"), ("Where", "bukan alamat"), ("Capacity", "12"));
        Assert.Contains("id=\"Date-fault\"", await nowhere.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_space_that_is_taken_is_not_planned_twice()
    {
        var librarian = await office.LibrarianAsync();
        var page = $"/desk/programs/{office.Offering.Workshop}";
        (string, string)[] plan = [("Date", "2026-02-03"), ("From", "10:00"), ("Minutes", "60"), ("Place", $"space:{office.Offering.Room}"), ("Capacity", "10")];

        using (var first = await librarian.SendAsync(page, page + "?handler=Plan", plan)) first.Accepted();
        using var second = await librarian.SendAsync($"/desk/programs/{office.Offering.Storytelling}", $"/desk/programs/{office.Offering.Storytelling}?handler=Plan", plan);
        Assert.Contains("id=\"From-fault\"", await second.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_is_registered_at_the_desk_once_and_the_full_session_puts_the_next_on_the_waitlist()
    {
        var (session, librarian) = (await ASessionAsync(seats: 1), await office.LibrarianAsync());
        (string, string)[] somebody = [("Name", "Budi"), ("Email", "budi@example.id"), ("Companions", "0")];

        using (var registered = await PressAsync(session, "Register", somebody)) registered.Accepted();
        using (var twice = await PressAsync(session, "Register", somebody)) Assert.Contains("id=\"Email-fault\"", await twice.RefusedAsync(), StringComparison.Ordinal);
        using (var waits = await PressAsync(session, "Register", ("Name", "Citra"), ("Email", "citra@example.id"), ("Companions", "0"))) waits.Accepted();
        Assert.Contains("1 menunggu", await librarian.ReadAsync($"/desk/sessions/{session}"), StringComparison.Ordinal);

        using (var more = await PressAsync(session, "Capacity", ("Capacity", "2"))) more.Accepted();
        Assert.Contains("Ditawari kursi", await librarian.ReadAsync($"/desk/sessions/{session}"), StringComparison.Ordinal);
        using var fewer = await PressAsync(session, "Capacity", ("Capacity", "1"));
        Assert.Contains("id=\"Capacity-fault\"", await fewer.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Needs_are_answered_and_the_person_is_told()
    {
        var session = await ASessionAsync();
        var registered = await RegisterAsync(session, "Dewi", new AccommodationWish(AccommodationKind.SignLanguage));
        var need = await office.DoAsync<LibraryDbContext, long>(db => db.Set<AccommodationRequest>().Where(one => one.RegistrationId == registered.Id).Select(one => one.Id).SingleAsync(Stop));

        using (var answered = await PressAsync(session, "Answer", ("need", $"{need}"), ("answer", "Arranged"))) answered.Accepted();

        Assert.Contains("Akan disediakan", await (await office.LibrarianAsync()).ReadAsync($"/desk/sessions/{session}"), StringComparison.Ordinal);
        Assert.Equal(1, await ToldAsync(registered, "programs.need_answered"));
    }

    [Fact]
    public async Task A_message_is_looked_at_in_both_languages_and_sent_once_however_often_it_is_pressed()
    {
        var session = await ASessionAsync();
        var registered = await RegisterAsync(session, "Eka");
        var (page, librarian) = ($"/desk/sessions/{session}/message", await office.LibrarianAsync());

        using (var onlyOne = await librarian.SendAsync(page, ("Message", "Bawa pensil."), ("MessageEnglish", ""), ("To", "WithSeats")))
            Assert.Contains("id=\"MessageEnglish-fault\"", await onlyOne.RefusedAsync(), StringComparison.Ordinal);
        (string, string)[] typed = [("Message", "Bawa pensil <b>merah</b>."), ("MessageEnglish", "Bring a red pencil."), ("To", "WithSeats")];
        using var preview = await librarian.SendAsync(page, typed);
        var shown = await preview.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        Assert.Contains("Bring a red pencil.", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>merah</b>", shown, StringComparison.Ordinal);
        Assert.Equal(0, await ToldAsync(registered, "programs.news"));

        var moment = Moment().Match(shown).Groups["moment"].Value;
        foreach (var _ in (int[])[1, 2])
            using (var sent = await librarian.SendAsync(page, page + "?handler=Send", [.. typed, ("WrittenAt", moment)])) sent.Accepted();
        Assert.Equal(1, await ToldAsync(registered, "programs.news"));

        using var nobody = await librarian.SendAsync(page, page + "?handler=Send", [typed[0], typed[1], ("To", "Waiting"), ("WrittenAt", moment)]);
        Assert.Contains("id=\"To-fault\"", await nobody.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_for_spreadsheets_keeps_formulas_from_running()
    {
        var session = await ASessionAsync();
        await RegisterAsync(session, "=HYPERLINK(\"http://jahat.example\";\"klik\")");

        using var answer = await (await office.LibrarianAsync()).OpenAsync($"/desk/sessions/{session}?handler=List");
        var csv = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"'=HYPERLINK(\"\"http://jahat.example\"\";\"\"klik\"\")\"", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_looks_at_the_people_of_a_session_leaves_a_line()
    {
        var session = await ASessionAsync();
        await RegisterAsync(session, "Fajar");

        Assert.Contains("Fajar", await (await office.LibrarianAsync()).ReadAsync($"/desk/sessions/{session}/sheet"), StringComparison.Ordinal);

        Assert.True(await office.DoAsync<LibraryDbContext, bool>(db => db.AuditLines.AnyAsync(line => line.Action == "session.registrants_viewed" && line.Subject == $"session:{session}", Stop)));
    }

    [Fact]
    public async Task At_the_door_a_ticket_opens_once_and_the_answer_is_large()
    {
        var (session, librarian) = (await ASessionAsync(startsInMinutes: 30), await office.LibrarianAsync());
        var ticket = TicketCode.Display((await RegisterAsync(session, "Gita", new AccommodationWish(AccommodationKind.Wheelchair))).TicketCode);

        using (var unknown = await librarian.SendAsync("/desk/door", ("Ticket", "K7PM-3XQA"))) Assert.Contains("Belum bisa masuk", await unknown.RefusedAsync(), StringComparison.Ordinal);
        using (var let = await librarian.SendAsync("/desk/door", ("Ticket", $" {ticket.ToLowerInvariant()} "))) let.Accepted();
        var page = await librarian.ReadAsync("/desk/door");
        Assert.Contains("Silakan masuk", page, StringComparison.Ordinal);
        Assert.Contains("Kursi roda", page, StringComparison.Ordinal);
        Assert.Contains("1 dari 1 sudah datang", page, StringComparison.Ordinal);

        using var again = await librarian.SendAsync("/desk/door", ("Ticket", ticket));
        Assert.Contains("Tiket ini sudah dipakai.", await again.RefusedAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Silakan masuk", await librarian.ReadAsync("/desk/door"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_moved_and_cancelled_and_everybody_is_told()
    {
        var session = await ASessionAsync();
        var registered = await RegisterAsync(session, "Hadi");

        using (var moved = await PressAsync(session, "Move", ("Date", "2026-03-04"), ("From", "09:00"), ("Minutes", "60"), ("Place", "branch:1"), ("MoveReason", "Pemateri sakit"))) moved.Accepted();
        using (var cancelled = await PressAsync(session, "Cancel", ("CancelReason", "Banjir"))) cancelled.Accepted();

        Assert.Equal((1, 1), (await ToldAsync(registered, "programs.session_moved"), await ToldAsync(registered, "programs.session_cancelled")));
        Assert.Contains("Banjir", await (await office.LibrarianAsync()).ReadAsync($"/desk/sessions/{session}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/desk/programs/999999")]
    [InlineData("/desk/programs/999999/edit")]
    [InlineData("/desk/sessions/999999")]
    [InlineData("/desk/sessions/999999/sheet")]
    [InlineData("/desk/sessions/999999/message")]
    [InlineData("/desk/sessions/999999?handler=List")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var answer = await (await office.LibrarianAsync()).OpenAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> PressAsync(long session, string act, params (string Name, string Value)[] typed) =>
        await (await office.LibrarianAsync()).SendAsync($"/desk/sessions/{session}", $"/desk/sessions/{session}?handler={act}", typed);

    private Task<long> ASessionAsync(int seats = 10, int? startsInMinutes = null) => office.DoAsync<ProgramPlanning, long>(async planning =>
    {
        var program = (await planning.CreateAsync(new ProgramDetails { Title = "Kelas menulis", OpenToNonMembers = true, NeedsGuardianConsent = false }, Clerk, Stop)).Value.Id;
        Assert.Null(await planning.PublishAsync(program, Clerk, Stop));
        var now = await office.DoAsync<LibraryCalendar, DateTime>(calendar => Task.FromResult(calendar.Now));
        var starts = startsInMinutes is { } minutes ? now.AddMinutes(minutes) : now.AddDays(20);
        return (await planning.ScheduleAsync(program, new SessionPlan(starts, starts.AddHours(1), SessionPlace.Elsewhere($"Balai {program}"), seats), Clerk, Stop)).Value.Id;
    });

    private async Task<Registration> RegisterAsync(long session, string name, params AccommodationWish[] needs)
    {
        var registered = await office.DoAsync<SessionRegistrations, Outcome<Registration>>(all => all.RegisterAsync(
            session, new RegistrationRequest { Name = name, Email = $"orang{Interlocked.Increment(ref people)}@example.id", Needs = needs }, Clerk, Stop));
        Assert.True(registered.Succeeded, registered.Refusal?.ToString());
        return registered.Value;
    }

    private Task<int> ToldAsync(Registration registration, string kind) => office.DoAsync<LibraryDbContext, int>(db =>
        db.OutboxMessages.CountAsync(message => message.Subject == registration.Subject.ToString() && message.Kind == kind, Stop));

    [GeneratedRegex("name=\"WrittenAt\" value=\"(?<moment>\\d+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Moment();
}
