using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Metro.Scheduler.Backup;
using Metro.Scheduler.Jobs;
using Metro.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Scheduler.Tests;

/// <summary>
/// Ten days in a library's life, from Monday 5 January 2026: loans, holds, sessions, visits, bookings, a closure, cancellations. The
/// jobs run when their schedules say, and what npm's mail server receives is exactly what it should.
/// </summary>
public sealed class WeekTests : IAsyncLifetime
{
    private static readonly Actor Visitor = Actor.System("visitor");

    private PostOffice office = null!;
    private WritingLibrary library = null!;
    private TestDatabase<SchedulerDbContext> jobs = null!;

    public async ValueTask InitializeAsync()
    {
        office = await PostOffice.OpenAsync();
        jobs = await TestDatabase.CreateAsync<SchedulerDbContext>();
        library = await WritingLibrary.OpenAsync(office.Settings(), add: services => services.AddJobs(jobs.Settings, new BackupSettings(), run: false));
    }

    public async ValueTask DisposeAsync()
    {
        await library.DisposeAsync();
        await jobs.DisposeAsync();
        await office.DisposeAsync();
    }

    [Fact]
    public async Task The_mails_of_a_week_are_exactly_those_that_should_be()
    {
        // Monday: people come.
        var (siti, budi, ani) = (await library.JoinAsync("Siti Aminah"), await library.JoinAsync("Budi Santoso", "en"), await library.JoinAsync("Ani Lestari"));
        var (laskar, bumi, perahu) = (await library.AcquireAsync("Laskar Pelangi"), await library.AcquireAsync("Bumi Manusia"), await library.AcquireAsync("Perahu Kertas"));
        await library.LendAsync(siti, laskar.Barcodes[0]);
        await library.LendAsync(siti, bumi.Barcodes[0]);
        await library.LendAsync(budi, perahu.Barcodes[0]);
        await library.WithAsync<HoldQueue, Outcome<PlacedHold>>(queue => queue.PlaceAsync(ani.Id, perahu.TitleId, library.Main, WritingLibrary.Librarian));
        var storytelling = await SessionAsync("Mendongeng Sabtu", "Saturday stories", seats: 1, inDays: 5);
        var guru = await RegisterAsync(storytelling, "Guru Wati", "wati@example.id");
        var rina = await RegisterAsync(storytelling, "Rina", "rina@example.id", "en");
        var visit = await RequestVisitAsync();
        var room = await BookAsync(inDays: 4);
        var other = await BookAsync(inDays: 2, hour: 13);

        // Tuesday: the visit is approved, the session moves by an hour, one room is given up.
        await UntilAsync(2026, 1, 6, 10, 0);
        Assert.True((await library.WithAsync<ClassVisits, Outcome<Visit>>(visits => visits.ApproveAsync(visit.Id, WritingLibrary.Librarian))).Succeeded);
        var later = library.Calendar.InstantOf(new DateOnly(2026, 1, 10), new TimeOnly(11, 0));
        Assert.Null(await library.WithAsync<ProgramPlanning, Refusal?>(planning => planning.MoveAsync(storytelling.Id, later, later.AddHours(2), null, "Pendongeng datang dari Bandar Lampung", WritingLibrary.Librarian)));
        Assert.True((await library.WithAsync<Bookings, Outcome<Booking>>(bookings => bookings.CancelAsync(other.Id, null, Visitor))).Succeeded);

        // Wednesday: a seat comes free, and the next in line takes it.
        await UntilAsync(2026, 1, 7, 9, 0);
        Assert.True((await library.WithAsync<SessionRegistrations, Outcome<Registration>>(seats => seats.CancelAsync(guru.TicketCode, Visitor))).Succeeded);
        await UntilAsync(2026, 1, 7, 12, 0);
        Assert.True((await library.WithAsync<SessionRegistrations, Outcome<Registration>>(seats => seats.AcceptOfferAsync(rina.TicketCode, Visitor))).Succeeded);

        // Friday: Budi brings his book in time; Monday becomes a public holiday, which moves what falls on it. Saturday: Ani fetches the book.
        await UntilAsync(2026, 1, 9, 9, 30);
        await library.ReturnAsync(perahu.Barcodes[0]);
        await UntilAsync(2026, 1, 9, 14, 0);
        var holiday = CalendarException.Closure(null, new DateOnly(2026, 1, 12), new DateOnly(2026, 1, 12), "Cuti bersama", "Public holiday");
        Assert.True((await library.WithAsync<Closures, Outcome<IReadOnlyList<AffectedByClosure>>>(closures => closures.AnnounceAsync(holiday, WritingLibrary.Librarian))).Succeeded);
        await UntilAsync(2026, 1, 10, 9, 0);
        await library.LendAsync(ani, perahu.Barcodes[0]);

        // The week goes by; one of Siti's books comes back on Monday into the book drop, the other is late.
        await UntilAsync(2026, 1, 13, 8, 30);
        await library.ReturnAsync(laskar.Barcodes[0]);
        await UntilAsync(2026, 1, 15, 12, 0);

        string[] expected =
        [
            "Mon 09:00 guru@sdn1.example.id: Permohonan kunjungan diterima: SDN 1 Metro",
            "Mon 09:00 pkk@example.id: Ruang dipesan: Ruang Tapis, Jumat, 9 Januari 2026 [REQUEST 0]",
            "Mon 09:00 pkk@example.id: Ruang dipesan: Ruang Tapis, Rabu, 7 Januari 2026 [REQUEST 0]",
            "Mon 09:00 rina@example.id: On the waiting list: Saturday stories",
            "Mon 09:00 wati@example.id: Terdaftar: Mendongeng Sabtu [REQUEST 0]",
            "Mon 13:00 pkk@example.id: Pengingat: Ruang Tapis, Rabu, 7 Januari 2026 [REQUEST 0]",
            "Tue 10:00 guru@sdn1.example.id: Kunjungan kelas disetujui: Selasa, 20 Januari 2026 [REQUEST 0] + surat-balasan-001-2026.html",
            "Tue 10:00 pkk@example.id: Pemesanan ruang dibatalkan: Ruang Tapis, Rabu, 7 Januari 2026 [CANCEL 1]",
            "Tue 10:00 rina@example.id: New time or place: Saturday stories",
            "Tue 10:00 wati@example.id: Waktu atau tempat berubah: Mendongeng Sabtu [REQUEST 1]",
            "Wed 09:00 rina@example.id: There is a place for you: Saturday stories",
            "Wed 09:00 wati@example.id: Dibatalkan: Mendongeng Sabtu [CANCEL 2]",
            "Wed 10:00 pkk@example.id: Pengingat: Ruang Tapis, Jumat, 9 Januari 2026 [REQUEST 0]",
            "Wed 12:00 rina@example.id: You are registered: Saturday stories [REQUEST 1]",
            "Thu 11:00 rina@example.id: Reminder: Saturday stories, Saturday, 10 January 2026 [REQUEST 1]",
            "Fri 09:30 ani@example.id: Siap diambil: Perahu Kertas",
            "Fri 11:00 pkk@example.id: Ruang dilepas: Ruang Tapis, Jumat, 9 Januari 2026 [CANCEL 1]",
            "Fri 14:00 ani@example.id: Batas ambil diundur: Perahu Kertas",
            "Fri 14:00 siti@example.id: Jatuh tempo 2 pinjaman diundur",
            "Sun 09:00 siti@example.id: 2 pinjaman segera jatuh tempo",
            "Tue 09:00 siti@example.id: Harus kembali hari ini: Bumi Manusia",
            "Wed 09:00 siti@example.id: Sudah lewat jatuh tempo: Bumi Manusia",
            "Thu 09:00 ani@example.id: Segera kembali: Perahu Kertas",
        ];
        var arrived = await office.ArrivedAsync(expected.Length);
        Assert.Equal(
            string.Join('\n', expected),
            string.Join('\n', arrived.Select(Told).OrderBy(told => told.At).ThenBy(told => told.Line, StringComparer.Ordinal).Select(told => told.Line)));
        Assert.All(arrived, mail => Assert.Null(mail.Fault));
        Assert.Equal(arrived.Count, arrived.Select(mail => mail.MessageId).Distinct().Count());
        var uids = arrived.SelectMany(mail => mail.Calendars).Where(calendar => calendar.Summary is "Mendongeng Sabtu" or "Saturday stories").Select(calendar => calendar.Uid).Distinct();
        Assert.Single(uids);
    }

    private (DateTime At, string Line) Told(ArrivedMail mail)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(mail.Date.ToUniversalTime(), library.Calendar.Zone);
        var calendar = mail.Calendars.Count > 0 ? $" [{mail.Calendars[0].Method} {mail.Calendars[0].Sequence}]" : "";
        var files = mail.Files.Where(file => !file.Name.EndsWith(".ics", StringComparison.Ordinal)).Select(file => " + " + file.Name);
        return (local, $"{local.ToString("ddd HH:mm", CultureInfo.InvariantCulture)} {mail.To[0]}: {mail.Subject}{calendar}{string.Concat(files)}");
    }

    /// <summary>Lets time pass: whatever job is due meanwhile runs at its time; those that look every few seconds look every hour.</summary>
    private async Task UntilAsync(int year, int month, int day, int hour, int minute)
    {
        var end = new DateTimeOffset(library.Calendar.InstantOf(new DateOnly(year, month, day), new TimeOnly(hour, minute)));
        await RunAsync("send-letters");
        while (library.Clock.GetUtcNow() < end)
        {
            var now = library.Clock.GetUtcNow();
            var next = Jobs.Select(job => (job.Name, At: new Quartz.CronExpression(job.Cron, library.Calendar.Zone).GetNextValidTimeAfter(now)!.Value)).ToList();
            var at = next.Min(one => one.At);
            if (at > end)
            {
                library.Clock.MoveTo(end);
                return;
            }

            library.Clock.MoveTo(at);
            foreach (var (name, _) in next.Where(one => one.At == at)) await RunAsync(name);
        }
    }

    private static IEnumerable<PlannedJob> Jobs => PortalJobs.All.Where(job => job.Name is not ("publish-content" or "call-webhooks" or "back-up" or "clean-up" or "count"))
        .Select(job => job.IsQuick ? job with { Cron = "0 0 * * * ?" } : job)
        // What a job writes is sent at once.
        .OrderBy(job => job.Name == "send-letters");

    private async Task RunAsync(string name)
    {
        await using var desk = library.OpenDesk();
        var job = (PortalJob)desk.The<IServiceProvider>().GetRequiredService(PortalJobs.All.Single(one => one.Name == name).Type);
        await job.RunAsync(name, byHand: false, library.Clock.UtcNow, default);
    }

    private async Task<Session> SessionAsync(string title, string english, int seats, int inDays)
    {
        await using var desk = library.OpenDesk();
        var planning = desk.The<ProgramPlanning>();
        var program = (await planning.CreateAsync(new ProgramDetails { Kind = ProgramKind.Workshop, Title = title, TitleEnglish = english, OpenToNonMembers = true, NeedsGuardianConsent = false }, WritingLibrary.Librarian)).Value;
        Assert.Null(await planning.PublishAsync(program.Id, WritingLibrary.Librarian));
        var start = library.Calendar.InstantOf(library.Calendar.Today.AddDays(inDays), new TimeOnly(10, 0));
        return (await planning.ScheduleAsync(program.Id, new SessionPlan(start, start.AddHours(2), SessionPlace.AtBranch(library.Main), seats), WritingLibrary.Librarian)).Value;
    }

    private async Task<Registration> RegisterAsync(Session session, string name, string email, string culture = "id") =>
        (await library.WithAsync<SessionRegistrations, Outcome<Registration>>(seats => seats.RegisterAsync(session.Id,
            new RegistrationRequest { Name = name, Email = email, BirthDate = new DateOnly(1990, 1, 1), Culture = culture }, Visitor))).Value;

    private async Task<Visit> RequestVisitAsync()
    {
        await using var desk = library.OpenDesk();
        var school = (await desk.The<Schools>().RegisterAsync(new SchoolDetails
        {
            Npsn = "10807001", Name = "SDN 1 Metro", Level = SchoolLevel.Primary, ContactName = "Pak Joko", ContactEmail = "guru@sdn1.example.id", ContactPhone = "0725-41234",
        }, Visitor)).Value;
        var offer = (await desk.The<Schools>().OfferAsync(new VisitOfferDetails
        {
            Kind = VisitKind.Tour, Name = "Keliling perpustakaan", BranchId = library.Main, Times = [new(DayOfWeek.Tuesday, new TimeOnly(9, 0))],
        }, WritingLibrary.Librarian)).Value;
        return (await desk.The<ClassVisits>().RequestAsync(new VisitRequest
        {
            SchoolId = school.Id, OfferId = offer.Id, Date = new DateOnly(2026, 1, 20), Time = new TimeOnly(9, 0), Children = 28, Adults = 3, ClassName = "5B",
        }, Visitor)).Value;
    }

    private long spaceId;

    private async Task<Booking> BookAsync(int inDays, int hour = 10)
    {
        await using var desk = library.OpenDesk();
        if (spaceId == 0)
        {
            var planning = desk.The<SpacePlanning>();
            var kind = (await planning.CreateKindAsync(new SpaceKindDetails { Name = "Ruang diskusi", Audience = SpaceAudience.Everybody }, WritingLibrary.Librarian)).Value;
            spaceId = (await planning.CreateAsync(new SpaceDetails { KindId = kind.Id, BranchId = library.Main, Name = "Ruang Tapis", Capacity = 12 }, WritingLibrary.Librarian)).Value.Id;
        }

        var start = library.Calendar.InstantOf(library.Calendar.Today.AddDays(inDays), new TimeOnly(hour, 0));
        return (await desk.The<Bookings>().BookAsync(new BookingRequest
        {
            SpaceId = spaceId, StartsAt = start, EndsAt = start.AddHours(1), OrganiserName = "PKK", Email = "pkk@example.id", Title = "Rapat",
        }, Visitor)).Value;
    }
}
