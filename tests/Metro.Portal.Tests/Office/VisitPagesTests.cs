using System.Globalization;
using System.Net;
using Metro.Library;
using Metro.Library.Visits;
using Metro.Portal.Tests.Site;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Office;

/// <summary>The queue of class visits. The clock stands at Monday 5 January 2026, 09:00 WIB; tours are on Tuesdays at nine.</summary>
public sealed class VisitPagesTests(OfficeUnderTest office) : IClassFixture<OfficeUnderTest>
{
    private static readonly Actor Teacher = Actor.System("teacher");
    private static int schools;
    private static int weeks = 2;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/desk/visits")]
    [InlineData("/desk/visits/new")]
    [InlineData("/desk/schools")]
    [InlineData("/desk/schools/new")]
    public async Task Only_staff_see_the_queue_in_both_languages(string path)
    {
        await office.AssertForStaffOnlyAsync(path);

        var librarian = await office.LibrarianAsync();
        Assert.Contains("<h1", await librarian.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await librarian.ReadAsync("/en" + path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_shown_with_what_speaks_for_and_against_approved_and_answered_with_a_letter()
    {
        var (school, visit) = await ARequestAsync();
        var librarian = await office.LibrarianAsync();

        Assert.Contains("Kuota: sisa 2 dari 2", await librarian.ReadAsync("/desk/visits"), StringComparison.Ordinal);
        using (var approved = await PressAsync(visit, "Approve")) Assert.EndsWith($"/desk/visits/{visit}", approved.Accepted(), StringComparison.Ordinal);

        Assert.Equal(VisitStatus.Approved, (await NowAsync(visit)).Status);
        var page = await librarian.ReadAsync($"/desk/visits/{visit}");
        Assert.Contains("Kunjungan disetujui", page, StringComparison.Ordinal);
        var letter = await librarian.ReadAsync($"/desk/visits/{visit}/letter");
        Assert.Contains(school.Name, letter, StringComparison.Ordinal);
        Assert.Contains("Dengan senang hati kami menerima kelas Anda", letter, StringComparison.Ordinal);
        Assert.Contains("Selasa, ", letter, StringComparison.Ordinal);
        Assert.Contains("We are glad to welcome your class", await librarian.ReadAsync($"/en/desk/visits/{visit}/letter"), StringComparison.Ordinal);

        // A second press finds it answered.
        using var again = await PressAsync(visit, "Approve");
        Assert.Contains("notice--bad", await again.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_takes_a_request_by_telephone_sees_what_the_school_has_left()
    {
        var (school, visit) = await ARequestAsync();
        using (var approved = await PressAsync(visit, "Approve")) approved.Accepted();

        var form = await (await office.LibrarianAsync()).ReadAsync($"/desk/visits/new?npsn={school.Npsn}&offer={office.Offering.Tour}");

        Assert.Contains("1 dari 2 kunjungan terpakai", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_declined_only_with_a_reason_which_stands_in_the_letter()
    {
        var (_, visit) = await ARequestAsync();
        var librarian = await office.LibrarianAsync();

        using (var nothing = await PressAsync(visit, "Decline", ("Reason", " ")))
            Assert.Contains("id=\"Reason-fault\"", await nothing.RefusedAsync(), StringComparison.Ordinal);
        using (var letterless = await librarian.OpenAsync($"/desk/visits/{visit}/letter")) Assert.Equal(HttpStatusCode.NotFound, letterless.StatusCode);
        using (var declined = await PressAsync(visit, "Decline", ("Reason", "Ruang anak direnovasi"))) declined.Accepted();

        Assert.Contains("Ruang anak direnovasi", await librarian.ReadAsync($"/desk/visits/{visit}/letter"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_school_without_quota_left_comes_only_with_a_reason_that_the_audit_trail_keeps()
    {
        var (school, first) = await ARequestAsync();
        var (_, second) = await ARequestAsync(school);
        foreach (var visit in (long[])[first, second])
            using (var approved = await PressAsync(visit, "Approve")) approved.Accepted();
        // The school cannot ask any more, staff can for it.
        var (_, third) = await ARequestAsync(school, TestStaff);
        Assert.Contains("Kuota habis (2)", await (await office.LibrarianAsync()).ReadAsync($"/desk/visits/{third}"), StringComparison.Ordinal);

        using (var refused = await PressAsync(third, "Approve"))
            Assert.Contains("id=\"Because-fault\"", await refused.RefusedAsync(), StringComparison.Ordinal);
        using (var allowed = await PressAsync(third, "Approve", ("Because", "Juara lomba literasi"))) allowed.Accepted();

        var page = await (await office.LibrarianAsync()).ReadAsync($"/desk/visits/{third}");
        Assert.Contains("Kuota sekolah dilampaui", page, StringComparison.Ordinal);
        Assert.Contains("Juara lomba literasi", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_is_moved_to_a_free_slot_and_the_taken_ones_are_not_offered()
    {
        var ((_, one), (_, other)) = (await ARequestAsync(), await ARequestAsync());
        var taken = await NowAsync(other);
        var librarian = await office.LibrarianAsync();
        var free = new DateOnly(2026, 1, 13);

        Assert.DoesNotContain($"value=\"{Slot(taken.StartsAt)}\"", await librarian.ReadAsync($"/desk/visits/{one}"), StringComparison.Ordinal);
        using (var refused = await PressAsync(one, "Move", ("Slot", Slot(taken.StartsAt)))) Assert.Contains("id=\"Slot-fault\"", await refused.RefusedAsync(), StringComparison.Ordinal);
        using (var moved = await PressAsync(one, "Move", ("Slot", $"{free:yyyy-MM-dd}T09:00"), ("MoveReason", "Ada rapat"))) moved.Accepted();

        var now = await NowAsync(one);
        Assert.Equal((new DateTime(2026, 1, 13, 2, 0, 0, DateTimeKind.Utc), "Ada rapat"), (now.StartsAt, now.Reason));
    }

    [Fact]
    public async Task A_visit_that_the_library_cancels_gives_the_quota_back()
    {
        var (school, visit) = await ARequestAsync();
        using (var approved = await PressAsync(visit, "Approve")) approved.Accepted();
        using (var cancelled = await PressAsync(visit, "Cancel", ("CancelReason", "Listrik padam"))) cancelled.Accepted();

        Assert.Equal(VisitStatus.Cancelled, (await NowAsync(visit)).Status);
        Assert.Contains("0 dari 2 kunjungan terpakai", await (await office.LibrarianAsync()).ReadAsync($"/desk/schools/{school.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heads_are_counted_once_the_class_is_there_and_not_before()
    {
        var (_, visit) = await ARequestAsync();
        using (var approved = await PressAsync(visit, "Approve")) approved.Accepted();

        using var early = await PressAsync(visit, "Count", ("ChildrenCame", "28"));
        Assert.Contains("notice--bad", await early.RefusedAsync(), StringComparison.Ordinal);
        using var unreadable = await PressAsync(visit, "Count", ("ChildrenCame", "banyak"));
        Assert.Contains("id=\"faults\"", await unreadable.RefusedAsync(), StringComparison.Ordinal);
        Assert.Null((await NowAsync(visit)).ChildrenCame);
    }

    [Fact]
    public async Task A_school_is_registered_once_and_its_teacher_changes()
    {
        var librarian = await office.LibrarianAsync();
        (string, string)[] school = [("Npsn", "1080 7777"), ("Name", "SMPN 7 Metro"), ("Level", "LowerSecondary"), ("ContactName", "Bu Tini"), ("Email", "tini@example.id")];

        using (var wrong = await librarian.SendAsync("/desk/schools/new", [.. school[1..], ("Npsn", "12")])) Assert.Contains("id=\"Npsn-fault\"", await wrong.RefusedAsync(), StringComparison.Ordinal);
        string path;
        using (var made = await librarian.SendAsync("/desk/schools/new", school)) path = made.Accepted();
        using (var twice = await librarian.SendAsync("/desk/schools/new", school))
        {
            var page = await twice.RefusedAsync();
            Assert.Contains("id=\"Npsn-fault\"", page, StringComparison.Ordinal);
            Assert.Contains("value=\"Bu Tini\"", page, StringComparison.Ordinal);
        }

        using (var changed = await librarian.SendAsync(path, [.. school[..3], ("ContactName", "Pak Adi"), ("Email", "adi@example.id")])) changed.Accepted();
        var after = await librarian.ReadAsync(path);
        Assert.Contains("Guru: Bu Tini → Pak Adi", after, StringComparison.Ordinal);
        Assert.Contains("SMPN 7 Metro", await librarian.ReadAsync("/desk/schools?q=10807777"), StringComparison.Ordinal);
        Assert.Contains("SMPN 7 Metro", await librarian.ReadAsync("/desk/schools?q=smpn+7"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_noted_for_a_school_that_calls()
    {
        var school = await ASchoolAsync();
        var librarian = await office.LibrarianAsync();
        var page = $"/desk/visits/new?offer={office.Offering.Tour}";
        (string, string)[] call =
            [("Offer", $"{office.Offering.Tour}"), ("Slot", "2026-01-06T09:00"), ("Children", "30"), ("Adults", "3"), ("Class", "5B"), ("Language", "id")];

        using (var unknown = await librarian.SendAsync(page, [.. call, ("Npsn", "99999999")]))
        {
            var again = await unknown.RefusedAsync();
            Assert.Contains("id=\"Npsn-fault\"", again, StringComparison.Ordinal);
            Assert.Contains("value=\"5B\"", again, StringComparison.Ordinal);
        }

        using (var few = await librarian.SendAsync(page, [.. call.Where(field => field.Item1 != "Adults"), ("Adults", "1"), ("Npsn", school.Npsn)]))
            Assert.Contains("id=\"Adults-fault\"", await few.RefusedAsync(), StringComparison.Ordinal);
        using (var noted = await librarian.SendAsync(page, [.. call, ("Npsn", school.Npsn)])) noted.Accepted();
        using (var taken = await librarian.SendAsync(page, [.. call, ("Npsn", (await ASchoolAsync()).Npsn)]))
            Assert.Contains("id=\"Slot-fault\"", await taken.RefusedAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/desk/visits/999999")]
    [InlineData("/desk/visits/999999/letter")]
    [InlineData("/desk/schools/999999")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var answer = await (await office.LibrarianAsync()).OpenAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Actor TestStaff { get; } = Actor.Staff("1", "Ratna");

    private static string Slot(DateTime startsAt) => startsAt.AddHours(7).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private async Task<HttpResponseMessage> PressAsync(long visit, string act, params (string Name, string Value)[] typed) =>
        await (await office.LibrarianAsync()).SendAsync($"/desk/visits/{visit}", $"/desk/visits/{visit}?handler={act}", typed);

    private Task<School> ASchoolAsync()
    {
        var number = Interlocked.Increment(ref schools);
        return office.DoAsync<Schools, School>(async all => (await all.RegisterAsync(
            new SchoolDetails { Npsn = $"{10800000 + number}", Name = $"SDN {number} Metro", ContactName = "Pak Budi", ContactEmail = "budi@example.id" }, Teacher, Stop)).Value);
    }

    /// <summary>A request for the next Tuesday that nobody has.</summary>
    private async Task<(School School, long Visit)> ARequestAsync(School? of = null, Actor? by = null)
    {
        var school = of ?? await ASchoolAsync();
        var date = FurnishedPortal.Monday.AddDays(1 + (7 * Interlocked.Increment(ref weeks)));
        var visit = await office.DoAsync<ClassVisits, Outcome<Visit>>(visits => visits.RequestAsync(
            new VisitRequest { SchoolId = school.Id, OfferId = office.Offering.Tour, Date = date, Time = new TimeOnly(9, 0), Children = 28, Adults = 3, ClassName = "5B" }, by ?? Teacher, Stop));
        Assert.True(visit.Succeeded, visit.Refusal?.ToString());
        return (school, visit.Value.Id);
    }

    private Task<Visit> NowAsync(long visit) => office.DoAsync<LibraryDbContext, Visit>(db => db.Visits.AsNoTracking().SingleAsync(one => one.Id == visit, Stop));
}
