using System.Net;
using Metro.Library;
using Metro.Library.Attendance;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Policies;
using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Office;

/// <summary>Hours and closures, terms, appeals and the audit trail. The clock stands at Monday 5 January 2026, 09:00 WIB.</summary>
public sealed class HousePagesTests(OfficeUnderTest office) : IClassFixture<OfficeUnderTest>
{
    private static readonly Actor Clerk = Actor.System("test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/desk/calendar")]
    [InlineData("/desk/calendar/announce")]
    [InlineData("/desk/calendar/1")]
    [InlineData("/desk/appeals")]
    public async Task Only_staff_keep_the_calendar_in_both_languages(string path)
    {
        await office.AssertForStaffOnlyAsync(path);

        var librarian = await office.LibrarianAsync();
        Assert.Contains("<h1", await librarian.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await librarian.ReadAsync("/en" + path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/desk/policies")]
    [InlineData("/desk/policies/limits")]
    [InlineData("/desk/policies/terms")]
    [InlineData("/desk/policies/terms?category=Child&format=Film")]
    [InlineData("/desk/policies/spaces/1")]
    [InlineData("/desk/audit")]
    [InlineData("/desk/audit?kind=program&number=1&from=2026-01-01&to=2026-01-31&by=system")]
    public async Task Only_administrators_set_the_terms_and_read_the_audit_trail(string path)
    {
        await office.AssertForStaffOnlyAsync(path);
        using (var librarian = await (await office.LibrarianAsync()).OpenAsync(path))
            Assert.Contains("not-allowed", librarian.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain("/desk/policies", await (await office.LibrarianAsync()).ReadAsync("/desk/calendar"), StringComparison.Ordinal);

        var administrator = await office.AdministratorAsync();
        Assert.Contains("<h1", await administrator.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await administrator.ReadAsync("/en" + path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closure_shows_whom_it_touches_before_it_is_announced_and_once_announced_moves_them()
    {
        var (librarian, page) = (await office.LibrarianAsync(), "/desk/calendar/announce");
        var session = await ASessionOnAsync(new DateOnly(2026, 2, 12), "Kelas tari");
        (string, string)[] closure = [("Name", "Pelatihan petugas"), ("From", "2026-02-12"), ("To", "2026-02-12")];

        using (var backwards = await librarian.SendAsync(page, [("Name", ""), ("From", "2026-02-12"), ("To", "2026-02-11")]))
        {
            var refused = await backwards.RefusedAsync();
            Assert.Contains("id=\"Name-fault\"", refused, StringComparison.Ordinal);
            Assert.Contains("id=\"To-fault\"", refused, StringComparison.Ordinal);
        }

        using (var look = await librarian.SendAsync(page, closure))
        {
            var shown = WebUtility.HtmlDecode(await look.Content.ReadAsStringAsync(Stop));
            Assert.Contains("Kelas tari", shown, StringComparison.Ordinal);
            Assert.Contains("Kamis, 12 Februari 2026, 10.00 → Jumat, 13 Februari 2026", shown, StringComparison.Ordinal);
        }

        Assert.Equal(new DateOnly(2026, 2, 12), await DayOfAsync(session));
        foreach (var _ in (int[])[1, 2])
            using (var announced = await librarian.SendAsync(page, page + "?handler=Announce", closure)) announced.Accepted();
        Assert.Equal(new DateOnly(2026, 2, 13), await DayOfAsync(session));
        Assert.Equal(1, await office.DoAsync<LibraryDbContext, int>(db => db.CalendarExceptions.CountAsync(one => one.Name == "Pelatihan petugas", Stop)));

        var id = await office.DoAsync<LibraryDbContext, long>(db => db.CalendarExceptions.Where(one => one.Name == "Pelatihan petugas").Select(one => one.Id).SingleAsync(Stop));
        using (var withdrawn = await librarian.SendAsync("/desk/calendar", "/desk/calendar?handler=Withdraw", ("id", $"{id}"))) withdrawn.Accepted();
        Assert.DoesNotContain("Pelatihan petugas", await librarian.ReadAsync("/desk/calendar"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_closure_touches_can_be_cancelled_rather_than_moved()
    {
        var session = await ASessionOnAsync(new DateOnly(2026, 3, 12), "Kelas silat");

        using (var announced = await (await office.LibrarianAsync()).SendAsync("/desk/calendar/announce", "/desk/calendar/announce?handler=Announce",
            ("Name", "Perbaikan atap"), ("From", "2026-03-12"), ("To", "2026-03-12"), ("Cancelled", $"session:{session}"))) announced.Accepted();

        Assert.Equal(SessionStatus.Cancelled, await office.DoAsync<LibraryDbContext, SessionStatus>(db => db.Sessions.Where(one => one.Id == session).Select(one => one.Status).SingleAsync(Stop)));
    }

    [Fact]
    public async Task Weekly_hours_are_typed_as_people_write_them_and_what_cannot_be_read_is_said_at_its_day()
    {
        var librarian = await office.LibrarianAsync();

        using (var wrong = await librarian.SendAsync("/desk/calendar/2", ("Week[Monday]", "08.00–16.00"), ("Week[Tuesday]", "pagi sampai sore")))
        {
            var page = await wrong.RefusedAsync();
            Assert.Contains("id=\"Week-Tuesday-fault\"", page, StringComparison.Ordinal);
            Assert.Contains("value=\"pagi sampai sore\"", page, StringComparison.Ordinal);
        }

        using (var right = await librarian.SendAsync("/desk/calendar/2", ("Week[Monday]", "08.00–12.00, 13:00-16:00"))) right.Accepted();
        var week = await office.DoAsync<LibraryDbContext, WeeklyHours>(db => db.Branches.Where(branch => branch.Id == 2).Select(branch => branch.Week).SingleAsync(Stop));
        Assert.Equal(WeeklyHours.Parse("mon 08:00-12:00,13:00-16:00"), week);
        Assert.Contains("Jam mingguan diubah", await librarian.ReadAsync("/desk/calendar/2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terms_explain_their_effect_before_they_are_kept_and_the_trail_has_before_and_after()
    {
        var (administrator, page) = (await office.AdministratorAsync(), "/desk/policies/terms?category=Child");
        (string, string)[] terms =
        [
            ("Category", "Child"), ("Format", ""), ("Loans", "3"), ("Days", "6"), ("Renewals", "2"), ("GraceDays", "0"), ("FinePerDay", "500"), ("FineCeiling", "10000"),
            ("SuspensionDays", "0"), ("Holds", "2"), ("PickupDays", "3"),
        ];

        using (var wrong = await administrator.SendAsync(page, [.. terms.Where(one => one.Item1 != "Days"), ("Days", "0")])) Assert.Contains("id=\"Days-fault\"", await wrong.RefusedAsync(), StringComparison.Ordinal);
        using (var look = await administrator.SendAsync(page, terms))
        {
            var shown = WebUtility.HtmlDecode(await look.Content.ReadAsStringAsync(Stop));
            Assert.Contains("Paling banyak 3 pinjaman sekaligus, selama 6 hari", shown, StringComparison.Ordinal);
            // Six days from Monday is Sunday, on which the library is closed.
            Assert.Contains("Senin, 12 Januari 2026", shown, StringComparison.Ordinal);
            Assert.Contains("denda Rp2.500", shown, StringComparison.Ordinal);
        }

        Assert.NotEqual(6, await DaysAsync());
        using (var saved = await administrator.SendAsync(page, "/desk/policies/terms?handler=Save", terms)) saved.Accepted();
        Assert.Equal(6, await DaysAsync());
        using (var again = await administrator.SendAsync(page, "/desk/policies/terms?handler=Save", [.. terms.Where(one => one.Item1 != "Days"), ("Days", "14")])) again.Accepted();
        Assert.Contains("Lama pinjam (hari): 6 → 14", await administrator.ReadAsync("/desk/audit?kind=terms"), StringComparison.Ordinal);

        Task<int> DaysAsync() => office.DoAsync<TermsTable, int>(async table => (await table.OfAsync(MemberCategory.Child, TitleFormat.Print, Stop)).LoanDays);
    }

    [Fact]
    public async Task Limits_explain_their_effect_before_they_are_kept_and_the_trail_has_before_and_after()
    {
        var (administrator, page) = (await office.AdministratorAsync(), "/desk/policies/limits");
        (string, string)[] limits =
        [
            ("VisitsPerSchoolYear", "3"), ("MostStrikes", "3"), ("StrikeDays", "90"), ("MostOwed", "75000"), ("MembershipDays", "365"), ("MostDigitalLoans", "5"),
        ];

        using (var wrong = await administrator.SendAsync(page, [.. limits.Where(one => one.Item1 != "MostStrikes"), ("MostStrikes", "0")])) Assert.Contains("id=\"MostStrikes-fault\"", await wrong.RefusedAsync(), StringComparison.Ordinal);
        using (var look = await administrator.SendAsync(page, limits))
        {
            var shown = WebUtility.HtmlDecode(await look.Content.ReadAsStringAsync(Stop));
            Assert.Contains("Mulai tunggakan Rp75.000, sekarang Rp50.000", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("Ketidakhadiran dihitung selama", shown, StringComparison.Ordinal);
        }

        Assert.Equal(50_000, (await office.DoAsync<LimitsInForce, HouseLimits>(all => all.GetAsync(Stop))).MostOwed);
        using (var saved = await administrator.SendAsync(page, page + "?handler=Save", limits)) saved.Accepted();
        Assert.Contains("Kunjungan per tahun ajaran: 2 → 3", await administrator.ReadAsync("/desk/audit?kind=limits"), StringComparison.Ordinal);
        Assert.Contains("berkunjung 3 kali", WebUtility.HtmlDecode(await office.Portal.Visitor().GetStringAsync("/visits", Stop)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rules_of_a_kind_of_space_are_changed_with_a_line_in_the_trail()
    {
        var administrator = await office.AdministratorAsync();
        (string, string)[] rules =
        [
            ("Name", "Ruang kreatif"), ("Audience", "Everybody"), ("AnswerHours", "48"), ("DaysAhead", "30"), ("NoticeHours", "2"), ("CheckInOpensMinutes", "15"), ("CheckInClosesMinutes", "15"),
            ("MostPerWeek", "4"),
        ];

        using (var wrong = await administrator.SendAsync("/desk/policies/spaces/1", [.. rules.Where(one => one.Item1 != "Name"), ("Name", "")])) Assert.Contains("id=\"Name-fault\"", await wrong.RefusedAsync(), StringComparison.Ordinal);
        using (var saved = await administrator.SendAsync("/desk/policies/spaces/1", rules)) saved.Accepted();

        Assert.Contains("Paling banyak 4 kali sepekan.", await administrator.ReadAsync("/desk/policies"), StringComparison.Ordinal);
        Assert.Contains("Aturan jenis ruang diubah", await administrator.ReadAsync("/desk/policies/spaces/1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trail_is_asked_by_person_kind_and_day()
    {
        var (administrator, librarian) = (await office.AdministratorAsync(), await office.LibrarianAsync());
        using (var made = await librarian.SendAsync("/desk/schools/new", ("Npsn", "10809999"), ("Name", "SDN 99 Metro"), ("Level", "Primary"), ("ContactName", "Bu Rina"), ("Email", "rina@example.id"))) made.Accepted();

        Assert.Contains("SDN 99 Metro", await administrator.ReadAsync($"/desk/audit?by={librarian.Person.Id}&kind=school&from=2026-01-05&to=2026-01-05"), StringComparison.Ordinal);
        Assert.DoesNotContain("SDN 99 Metro", await administrator.ReadAsync($"/desk/audit?by={administrator.Person.Id}&kind=school"), StringComparison.Ordinal);
        Assert.DoesNotContain("SDN 99 Metro", await administrator.ReadAsync("/desk/audit?kind=school&to=2026-01-04"), StringComparison.Ordinal);
        Assert.DoesNotContain("SDN 99 Metro", await administrator.ReadAsync("/desk/audit?kind=loan"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_without_a_membership_say_what_they_are_called_and_in_which_language_they_are_written_to()
    {
        var wati = await Editor.EditorAtWork.AsAsync(office.Portal, Metro.Portal.Accounts.Role.Librarian, "wati");

        using (var nameless = await wati.SendAsync("/account/security/name", ("Name", " "), ("Language", "en"))) Assert.Contains("id=\"Name-fault\"", await nameless.RefusedAsync(), StringComparison.Ordinal);
        using (var saved = await wati.SendAsync("/account/security/name", ("Name", "Wati Lestari"), ("Language", "en"))) saved.Accepted();

        Assert.Contains("Wati Lestari, Inggris", await wati.ReadAsync("/account/security"), StringComparison.Ordinal);
        using var unknown = await wati.SendAsync("/account/security/name", ("Name", "Wati"), ("Language", "xx"));
        Assert.Contains("id=\"Language-fault\"", await unknown.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_appeal_is_decided_with_an_answer_and_once()
    {
        var strike = await AnAppealAsync();
        var librarian = await office.LibrarianAsync();

        Assert.Contains("Ban motor saya bocor", await librarian.ReadAsync("/desk/appeals"), StringComparison.Ordinal);
        using (var silent = await librarian.SendAsync("/desk/appeals", ("strike", $"{strike}"), ("lift", "true"), ("Answer", ""))) Assert.Contains("id=\"faults\"", await silent.RefusedAsync(), StringComparison.Ordinal);
        using (var lifted = await librarian.SendAsync("/desk/appeals", ("strike", $"{strike}"), ("lift", "true"), ("Answer", "Baik, kami mengerti."))) lifted.Accepted();
        using (var twice = await librarian.SendAsync("/desk/appeals", ("strike", $"{strike}"), ("lift", "false"), ("Answer", "Tidak."))) Assert.Contains("id=\"faults\"", await twice.RefusedAsync(), StringComparison.Ordinal);

        Assert.Equal(AppealStatus.Upheld, await office.DoAsync<LibraryDbContext, AppealStatus>(db => db.Strikes.Where(one => one.Id == strike).Select(one => one.Appeal).SingleAsync(Stop)));
    }

    private Task<long> ASessionOnAsync(DateOnly day, string title) => office.DoAsync<ProgramPlanning, long>(async planning =>
    {
        var program = (await planning.CreateAsync(new ProgramDetails { Title = title, NeedsGuardianConsent = false }, Clerk, Stop)).Value.Id;
        var starts = await office.DoAsync<LibraryCalendar, DateTime>(calendar => Task.FromResult(calendar.InstantOf(day, new TimeOnly(10, 0))));
        return (await planning.ScheduleAsync(program, new SessionPlan(starts, starts.AddHours(1), SessionPlace.AtBranch(1, title), 10), Clerk, Stop)).Value.Id;
    });

    private Task<DateOnly> DayOfAsync(long session) => office.DoAsync<LibraryDbContext, DateOnly>(async db =>
        DateOnly.FromDateTime((await db.Sessions.Where(one => one.Id == session).Select(one => one.StartsAt).SingleAsync(Stop)).AddHours(7)));

    /// <summary>A member who stayed away from a session, and says why.</summary>
    private async Task<long> AnAppealAsync()
    {
        var registered = await office.DoAsync<Registrations, Outcome<Member>>(desk => desk.RegisterAtDeskAsync(
            new MembershipApplication(new MemberDetails("Yuni", new DateOnly(1990, 1, 1), "yuni@example.id", "0725-41234"), MemberCategory.Adult, "1872014101900001"), Actor.Staff("1", "Ratna"), Stop));
        Assert.True(registered.Succeeded, registered.Refusal?.ToString());
        var member = registered.Value.Id;
        await office.DoAsync<LibraryDbContext, int>(db => db.Database.ExecuteSqlAsync(
            $"INSERT INTO strikes (member_id, about, given_at, expires_at, appeal) VALUES ({member}, 'registration:999', {new DateTime(2026, 1, 4, 3, 0, 0, DateTimeKind.Utc)}, {new DateTime(2026, 4, 4, 3, 0, 0, DateTimeKind.Utc)}, 0)", Stop));
        var strike = await office.DoAsync<LibraryDbContext, long>(db => db.Strikes.Where(one => one.MemberId == member).Select(one => one.Id).SingleAsync(Stop));
        Assert.Null(await office.DoAsync<Absences, Refusal?>(absences => absences.AppealAsync(strike, "Ban motor saya bocor di jalan.", Actor.Member(member, "Yuni"), Stop)));
        return strike;
    }
}
