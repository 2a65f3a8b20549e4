using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>Guardians, teachers and organisers take part, as they meet it in a browser; the main paths without scripts.</summary>
public sealed class TakingPartTests(Browsing browsing)
{
    private static readonly Actor Clerk = Actor.System("test");

    [Fact]
    public async Task A_guardian_registers_a_child_and_gives_the_seat_up_without_scripts()
    {
        var guardian = await JoinAsync(new MembershipApplication(new MemberDetails("Wati Lestari", new DateOnly(1988, 4, 2), $"{Guid.NewGuid():N}@contoh.id", "0812 0000 111"), MemberCategory.Adult, Nik()));
        var child = await JoinAsync(new MembershipApplication(
            new MemberDetails("Ani Lestari", Today().AddYears(-9)), MemberCategory.Child, Nik(),
            Guardian: new GuardianDetails(guardian.Name, "Ibu", guardian.Phone, guardian.Email, guardian.Id), Consents: [new ConsentGiven(ConsentPurpose.Membership, "Formulir 1")]));
        var session = await SessionAsync("Mendongeng untuk anak");
        var page = await browsing.MemberAsync(guardian.Id, javaScript: false);

        await page.GotoAsync($"/programs/{session.ProgramId}");
        await page.Locator(".session a.button").ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = child.Name }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Daftar", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#faults")).ToContainTextAsync("wali");
        await Assertions.Expect(page.Locator("#Participation")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Locator("#Participation").CheckAsync();
        await page.Locator("#need-Wheelchair").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Daftar", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator(".notice--good")).ToContainTextAsync("Anda terdaftar");
        await Assertions.Expect(page.Locator(".ticket__qr svg")).ToBeVisibleAsync();
        var ticket = new Uri(page.Url).AbsolutePath;
        await page.GotoAsync($"/account/registrations?for={child.Id}");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Mendongeng untuk anak" }).First.ClickAsync();
        Assert.Equal(ticket, new Uri(page.Url).AbsolutePath);
        await page.GetByText("Batalkan pendaftaran").ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ya, batalkan" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ticket__state")).ToContainTextAsync("Dibatalkan");
    }

    [Fact]
    public async Task A_teacher_asks_for_a_visit_reads_the_reply_and_moves_it_without_scripts()
    {
        var school = await SchoolAsync();
        var offer = await browsing.DoAsync((Schools desk) => desk.OfferAsync(
            new VisitOfferDetails
            {
                Name = "Mengenal perpustakaan", NameEnglish = "Meet the library", BranchId = 1, Guides = $"pemandu-{Guid.NewGuid():N}"[..30],
                Times = [new(DayOfWeek.Tuesday, new TimeOnly(9, 0)), new(DayOfWeek.Wednesday, new TimeOnly(9, 0))],
            },
            Clerk));
        var page = await browsing.MemberAsync(school.Id, javaScript: false);

        await page.GotoAsync($"/visits/{offer.Value.Id}");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Minta waktu ini" }).First.ClickAsync();
        await page.Locator("#Children").FillAsync("25");
        await page.Locator("#Adults").FillAsync("2");
        await page.Locator("#Class").FillAsync("5B");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Kirim permintaan" }).ClickAsync();
        await Assertions.Expect(page.Locator("#Adults-fault")).ToContainTextAsync("3");
        await Assertions.Expect(page.Locator("#Class")).ToHaveValueAsync("5B");
        await page.Locator("#Adults").FillAsync("3");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Kirim permintaan" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ticket__state")).ToContainTextAsync("Menunggu jawaban");

        var visit = new Uri(page.Url).AbsolutePath;
        var uid = visit.Split('/')[^1];
        var id = await browsing.DoAsync((LibraryDbContext db) => db.Visits.Where(one => one.Uid == uid).Select(one => one.Id).SingleAsync());
        Assert.True((await browsing.DoAsync((ClassVisits visits) => visits.ApproveAsync(id, Actor.Staff("1", "Rini")))).Succeeded);
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Surat balasan" }).ClickAsync();
        await Assertions.Expect(page.Locator(".letter")).ToContainTextAsync("5B");
        await page.GoBackAsync();
        await page.GetByText("Ubah waktu").ClickAsync();
        await page.Locator("#Slot").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pindahkan kunjungan" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice--good")).ToContainTextAsync("dipindahkan");

        await Usable.PagesAsync(await browsing.MemberAsync(school.Id), $"/visits/{offer.Value.Id}/request", visit, visit + "/letter", "/account/visits");
    }

    [Fact]
    public async Task An_organiser_books_week_by_week_around_a_date_that_is_taken_without_scripts()
    {
        var group = await JoinAsync(new MembershipApplication(new MemberDetails("Komunitas Sketsa", null, $"{Guid.NewGuid():N}@contoh.id", "0812 0000 222", ContactPerson: "Bu Rina"), MemberCategory.Organisation));
        var room = await RoomAsync();
        var first = Enumerable.Range(7, 7).Select(Today().AddDays).First(day => day.DayOfWeek == DayOfWeek.Wednesday);
        var start = await browsing.DoAsync((LibraryCalendar calendar) => Task.FromResult(calendar.InstantOf(first.AddDays(7), new TimeOnly(10, 0))));
        Assert.True((await browsing.DoAsync((Bookings bookings) => bookings.BookAsync(
            new BookingRequest { SpaceId = room, StartsAt = start, EndsAt = start.AddHours(1), Title = "Rapat staf", OrganiserName = "Perpustakaan" }, Actor.Staff("1", "Rini")))).Succeeded);
        var page = await browsing.MemberAsync(group.Id, javaScript: false);

        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/spaces/{room}?date={first:yyyy-MM-dd}"));
        await page.Locator(".slot--free.is-chosen a").Nth(2).ClickAsync();
        await page.Locator("#Title").FillAsync("Menggambar bersama");
        await page.Locator("#Heads").FillAsync("6");
        await page.Locator("#Every").SelectOptionAsync("1");
        await page.Locator("#Times").FillAsync("3");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pesan", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#dates input:checked")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("#dates input:disabled")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pesan tanggal yang dicentang" }).ClickAsync();

        await Assertions.Expect(page.Locator(".notice--good")).ToContainTextAsync("Ruang ini milik Anda");
        var booking = new Uri(page.Url).AbsolutePath;
        await Usable.PagesAsync(await browsing.MemberAsync(group.Id), string.Create(CultureInfo.InvariantCulture, $"/spaces/{room}/book?date={first.AddDays(1):yyyy-MM-dd}&time=10:00"), booking, "/account/bookings", "/account/attendance");
        await page.GotoAsync(booking);
        await page.GetByText("Batalkan pemesanan").ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Batalkan 2 tanggal yang tersisa" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ticket__state")).ToContainTextAsync("Dibatalkan");
    }

    [Fact]
    public async Task Everybody_can_use_the_pages_of_registrations()
    {
        var member = await JoinAsync(new MembershipApplication(new MemberDetails("Siti Aminah", new DateOnly(1988, 4, 2), $"{Guid.NewGuid():N}@contoh.id"), MemberCategory.Adult, Nik()));
        var (seat, queue) = (await SessionAsync("Menulis puisi"), await SessionAsync("Menulis cerpen", seats: 1));
        var page = await browsing.MemberAsync(member.Id);
        await Usable.PagesAsync(page, $"/programs/{seat.ProgramId}/register/{seat.Id}", "/account/registrations");

        var tickets = new List<string>();
        foreach (var session in (Session[])[seat, queue])
        {
            if (session == queue) Assert.True((await browsing.DoAsync((SessionRegistrations desk) => desk.RegisterAsync(session.Id, new RegistrationRequest { Name = "Tamu", Email = "tamu@contoh.id" }, Clerk))).Succeeded);
            var made = await browsing.DoAsync((SessionRegistrations desk) => desk.RegisterAsync(session.Id, new RegistrationRequest { MemberId = member.Id }, Actor.Member(member.Id, member.Name)));
            tickets.Add($"/tickets/{TicketCode.Display(made.Value.TicketCode)}");
        }

        await Usable.PagesAsync(page, [.. tickets, "/account/registrations", $"/programs/{queue.ProgramId}/register/{queue.Id}"]);
        await page.GotoAsync(tickets[0]);
        await Usable.AssertAsync(page, "dark", "contrast");
    }

    private static DateOnly Today() => DateOnly.FromDateTime(DateTime.UtcNow.AddHours(7));

    private static string Nik() => string.Create(CultureInfo.InvariantCulture, $"187201{Random.Shared.Next(1, 28):00}0490{Random.Shared.Next(1, 9999):0000}");

    private async Task<Member> JoinAsync(MembershipApplication application)
    {
        var joined = await browsing.DoAsync((Registrations desk) => desk.RegisterAtDeskAsync(application, Clerk));
        Assert.True(joined.Succeeded, joined.Refusal?.ToString());
        return joined.Value;
    }

    private async Task<Session> SessionAsync(string title, int seats = 10)
    {
        var program = (await browsing.DoAsync((ProgramPlanning planning) => planning.CreateAsync(new ProgramDetails { Title = title, TitleEnglish = title, OpenToNonMembers = true, MostCompanions = 2, NeedsGuardianConsent = title.StartsWith("Mendongeng", StringComparison.Ordinal) }, Clerk))).Value.Id;
        Assert.Null(await browsing.DoAsync((ProgramPlanning planning) => planning.PublishAsync(program, Clerk)));
        var start = await browsing.DoAsync((LibraryCalendar calendar) => Task.FromResult(calendar.InstantOf(Today().AddDays(9), new TimeOnly(10, 0))));
        return (await browsing.DoAsync((ProgramPlanning planning) => planning.ScheduleAsync(program, new SessionPlan(start, start.AddHours(1), SessionPlace.AtBranch(1), seats), Clerk))).Value;
    }

    private async Task<Member> SchoolAsync()
    {
        var npsn = Random.Shared.Next(20_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture);
        Assert.True((await browsing.DoAsync((Schools desk) => desk.RegisterAsync(new SchoolDetails { Npsn = npsn, Name = $"SDN {npsn} Metro", ContactName = "Ibu Wati", ContactEmail = $"sd{npsn}@contoh.id" }, Clerk))).Succeeded);
        return await JoinAsync(new MembershipApplication(new MemberDetails($"SDN {npsn} Metro", null, $"sd{npsn}@contoh.id", "0725 41234", ContactPerson: "Ibu Wati", Npsn: npsn), MemberCategory.School));
    }

    private async Task<long> RoomAsync()
    {
        var kind = (await browsing.DoAsync((SpacePlanning planning) => planning.CreateKindAsync(new SpaceKindDetails { Name = $"Studio {Guid.NewGuid():N}"[..20], NameEnglish = "Studio", Audience = SpaceAudience.Organisations }, Clerk))).Value.Id;
        return (await browsing.DoAsync((SpacePlanning planning) => planning.CreateAsync(
            new SpaceDetails { KindId = kind, BranchId = 1, Name = "Studio gambar", NameEnglish = "Drawing studio", Capacity = 12, SetUpMinutes = 0, CleaningMinutes = 0 }, Clerk))).Value.Id;
    }
}
