using System.Globalization;
using Metro.Data;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Marc;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;
using DemoContent = Metro.Content.DemoContent;

namespace Metro.Portal.Demo;

/// <summary>
/// The demonstration city while it comes to be: its library, by the library's own verbs, on a clock that can be moved, so that
/// its past is lived and not written down. Everything happens on one context, in the caller's transaction. Not thread-safe.
/// </summary>
internal sealed partial class City : IAsyncDisposable
{
    private readonly ServiceProvider library;
    private readonly AsyncServiceScope scope;
    private readonly MovableClock clock;
    private readonly LibraryCalendar calendar;
    private readonly DateTime present;
    private readonly CityPlan plan = CityPlan.Read();
    private readonly Diary diary;
    private readonly IReadOnlyDictionary<string, DateOnly> days;

    /// <summary>Chance that falls the same way each time.</summary>
    private readonly Random chance = new(1937);

    private readonly Dictionary<string, long> branches = [];
    private readonly Dictionary<string, long> members = [];
    private readonly Dictionary<string, string> cards = [];
    private readonly Dictionary<string, long> spaces = [];
    private readonly Dictionary<string, long> equipment = [];

    private static readonly Actor Import = Actor.System("demo");
    private static readonly Actor Desk = Actor.Staff("demo", "Rini Kartika");

    /// <summary>The library, composed anew on a clock of its own.</summary>
    public City(DatabaseSettings database, LibrarySettings settings, DateTime present)
    {
        this.present = present;
        clock = new MovableClock(present);
        library = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(clock)
            .AddDatabase<LibraryDbContext, SqliteLibraryDbContext, PostgreSqlLibraryDbContext>(database)
            .AddLibrary(settings)
            .BuildServiceProvider();
        scope = library.CreateAsyncScope();
        Db = Ask<LibraryDbContext>();
        calendar = Ask<LibraryCalendar>();
        diary = new Diary(clock, calendar, present);
        days = DemoContent.Days(Today);
    }

    public LibraryDbContext Db { get; }

    private DateOnly Today => diary.Today;

    /// <summary>Everything, from the first shelf to this moment.</summary>
    public async Task LiveAsync(CancellationToken stop)
    {
        clock.Now = calendar.StartOf(Ago(FoundedDaysAgo));
        await BuildAsync(stop);
        await ShelveAsync(stop);
        await FurnishAsync(stop);
        PlanMembers();
        PlanLending();
        PlanPrograms();
        PlanVisits();
        PlanBookings();
        PlanNights();
        await diary.LiveAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        await scope.DisposeAsync();
        await library.DisposeAsync();
    }

    private T Ask<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    private DateOnly Ago(int days) => Today.AddDays(-days);

    /// <summary>Places, their hours and the terms of lending.</summary>
    private async Task BuildAsync(CancellationToken stop)
    {
        await Db.WriteAsync(async inner =>
        {
            foreach (var place in plan.Branches)
            {
                Db.Branches.Add(new Branch(place.Code, place.Name, place.Kind, WeeklyHours.Parse(place.Week))
                {
                    NameEnglish = place.NameEnglish, Address = place.Address, OffersPickup = place.OffersPickup,
                });
            }

            await Db.SaveChangesAsync(inner);
        }, stop);
        foreach (var branch in await Db.Branches.AsNoTracking().ToListAsync(stop)) branches[branch.Code] = branch.Id;

        foreach (var terms in plan.Terms) await Must(Ask<Metro.Library.Circulation.TermsTable>().SetAsync(terms, Desk, stop));
        foreach (var exception in Holidays()) await Must(Ask<Closures>().AnnounceAsync(exception, Desk, stop: stop));
    }

    /// <summary>
    /// Public holidays that have a date of their own, for last year, this and the next; the fasting month and the days after it by
    /// the calendar of Umm al-Qura, which the ministry's announcement may shift by a day; and what concerns single branches.
    /// </summary>
    private IEnumerable<CalendarException> Holidays()
    {
        for (var year = Today.Year - 1; year <= Today.Year + 1; year++)
        {
            yield return Closed(new DateOnly(year, 1, 1), "Tahun Baru", "New Year");
            yield return Closed(new DateOnly(year, 5, 1), "Hari Buruh", "Labour Day");
            yield return Closed(new DateOnly(year, 6, 1), "Hari Lahir Pancasila", "Pancasila Day");
            yield return Closed(new DateOnly(year, 8, 17), "Hari Kemerdekaan", "Independence Day");
            yield return Closed(new DateOnly(year, 12, 25), "Natal", "Christmas Day");
        }

        var hijri = new UmAlQuraCalendar();
        var first = hijri.GetYear(Today.ToDateTime(TimeOnly.MinValue)) - 1;
        for (var year = first; year <= first + 2; year++)
        {
            var (fasting, feast) = (Date(year, 9, 1), Date(year, 10, 1));
            yield return CalendarException.OtherHours(null, fasting, feast.AddDays(-1), WeeklyHours.Parse(plan.RamadanHours), "Jam Ramadan", "Ramadan hours");
            yield return CalendarException.Closure(null, feast, feast.AddDays(1), "Idulfitri", "Eid al-Fitr");
        }

        yield return CalendarException.Closure(branches["UTR"], Today.AddDays(12), Today.AddDays(13), "Penghitungan koleksi", "Stock-taking");
        yield return CalendarException.Closure(branches["SLT"], Ago(20), Ago(19), "Perbaikan atap", "Roof repair");

        DateOnly Date(int year, int month, int day) => DateOnly.FromDateTime(hijri.ToDateTime(year, month, day, 0, 0, 0, 0));

        static CalendarException Closed(DateOnly day, string name, string english) => CalendarException.Closure(null, day, day, name, english);
    }

    /// <summary>The collection, in the order in which it came: the old one long ago, the new arrivals this month and this week.</summary>
    private async Task ShelveAsync(CancellationToken stop)
    {
        var files = typeof(City).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(CatalogFolder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        foreach (var file in files.Where(file => !Arrivals.ContainsKey(file))) await ImportAsync(file, stop);
        foreach (var (file, daysAgo) in Arrivals) diary.On(Ago(daysAgo), "08:10", () => ImportAsync(file, stop));
    }

    private async Task ImportAsync(string file, CancellationToken stop)
    {
        await using var records = typeof(City).Assembly.GetManifestResourceStream(file)!;
        var report = await Ask<MarcImport>().ImportAsync(records, new MarcImportOptions { BranchId = branches["MTR"] }, Import, stop: stop);
        if (report.Refused.Count > 0) throw new InvalidOperationException($"{file}: record {report.Refused[0].Number} was refused: {report.Refused[0].Reasons[0]}");
    }

    private void PlanMembers()
    {
        foreach (var (who, place) in plan.Members.Select((who, place) => (who, place)))
        {
            diary.On(Ago(who.Since), "08:40", async () =>
            {
                if (who.Applies) await ApplyAsync(who, place);
                else await JoinAsync(who, place);
            });
            if (who.Suspended is { } daysLeft)
                diary.On(Ago(1), "10:20", () => Must(Ask<MemberAccounts>().SuspendAsync(members[who.Key], Today.AddDays(daysLeft), who.Reason!, Desk)));
        }
    }

    private async Task JoinAsync(PlannedMember who, int place)
    {
        var member = await Must(Ask<Registrations>().RegisterAtDeskAsync(ApplicationOf(who, place), Desk));
        (members[who.Key], cards[who.Key]) = (member.Id, member.CardNumber!);
        if (who.KeepsHistory) await Must(Ask<MemberAccounts>().KeepLoanHistoryAsync(member.Id, true, Actor.Member(member.Id, member.Name)));
    }

    private async Task ApplyAsync(PlannedMember who, int place)
    {
        members[who.Key] = await Must(Ask<Registrations>().ApplyAsync(ApplicationOf(who, place)));
        if (who.Declined is { } why) diary.On(Ago(who.Since - 1), "09:05", () => Must(Ask<Registrations>().DeclineAsync(members[who.Key], why, Desk)));
    }

    private MembershipApplication ApplicationOf(PlannedMember who, int place)
    {
        var born = who.Age is { } age ? Today.AddYears(-age).AddDays(-1 - (place * 37 % 300)) : (DateOnly?)null;
        var guardian = who switch
        {
            { Guardian: { } key } => new GuardianDetails(plan.Members.First(one => one.Key == key).Name, who.Relation!, who.Phone, MemberId: members[key]),
            { GuardianName: { } name } => new GuardianDetails(name, who.Relation!, who.Phone),
            _ => null,
        };
        var paper = string.Create(CultureInfo.InvariantCulture, $"Formulir F-{place + 1:D3}");
        List<ConsentGiven> consents = guardian is null ? [] : [new(ConsentPurpose.Membership, paper)];
        if (who.OnlineUse) consents.Add(new(ConsentPurpose.OnlineUse, paper));

        return new MembershipApplication(
            new MemberDetails(who.Name, born, who.Email, who.Phone, who.Address, who.Contact, who.Npsn),
            who.Category, born is { } date ? NikOf(date, place) : null, who.Language, guardian, consents);
    }

    /// <summary>A number of the right form whose place, 99, is none: nobody has it.</summary>
    private static string NikOf(DateOnly born, int place) =>
        string.Create(CultureInfo.InvariantCulture, $"990101{born:ddMMyy}{place + 1:D4}");

    /// <summary>What the plan foresees is not refused; where it is, the plan is wrong.</summary>
    private static async Task<T> Must<T>(Task<Outcome<T>> asked)
    {
        var outcome = await asked;
        return outcome.Succeeded ? outcome.Value : throw new InvalidOperationException($"The demonstration was refused something: {outcome.Refusal}");
    }

    private static async Task Must(Task<Refusal?> asked)
    {
        if (await asked is { } refusal) throw new InvalidOperationException($"The demonstration was refused something: {refusal}");
    }

    private const int FoundedDaysAgo = 420;
    private const string CatalogFolder = "Metro.Portal.Demo.Catalog.";

    private static readonly Dictionary<string, int> Arrivals = new() { [$"{CatalogFolder}baru-bulan-ini.xml"] = 18, [$"{CatalogFolder}baru-minggu-ini.xml"] = 4 };
}
