using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Scheduler.Delivery;
using Metro.Scheduler.Mailing;
using Metro.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Metro.Scheduler.Tests;

/// <summary>
/// A library that writes letters: the main branch is open from Monday to Saturday, and the clock stands at Monday 5 January 2026,
/// 09:00 WIB. Letters go where the test says.
/// </summary>
public sealed class WritingLibrary : IAsyncDisposable
{
    private readonly TestDatabase<LibraryDbContext> database;
    private readonly ServiceProvider services;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("metro-letters-");
    private readonly bool isVisitor;
    private int numbers;

    private WritingLibrary(TestDatabase<LibraryDbContext> database, MailSettings mail, IMailTransport? transport, Action<IServiceCollection>? add, FakeClock? clock = null, bool isVisitor = false)
    {
        (this.database, this.isVisitor, Clock) = (database, isVisitor, clock ?? new FakeClock());
        var collection = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<IPersonalDataProtector>(new AesGcmPersonalDataProtector(new byte[32]))
            .AddScoped(_ => database.NewContext())
            .AddLibrary(Settings)
            .AddMail(mail, folder.FullName);
        if (transport is not null) collection.AddSingleton(transport);
        add?.Invoke(collection);
        services = collection.BuildServiceProvider(validateScopes: true);
        (Mail, Calendar) = (mail, services.GetRequiredService<LibraryCalendar>());
    }

    public static Actor Librarian { get; } = Actor.Staff("staff-1", "Ibu Ratna");

    public FakeClock Clock { get; }

    public LibrarySettings Settings { get; } = new();

    public MailSettings Mail { get; }

    public LibraryCalendar Calendar { get; }

    public Metro.Data.DatabaseSettings Database => database.Settings;

    /// <summary>Where letters are written that have no server.</summary>
    public MailFolder Folder => services.GetRequiredService<MailFolder>();

    public IServiceProvider Services => services;

    public long Main { get; private set; }

    public static async Task<WritingLibrary> OpenAsync(MailSettings? mail = null, IMailTransport? transport = null, Action<IServiceCollection>? add = null)
    {
        var library = new WritingLibrary(await TestDatabase.CreateAsync<LibraryDbContext>(), mail ?? new MailSettings { Sender = "perpustakaan@metro.example", PerMinute = 100_000 }, transport, add);
        await using var db = library.NewContext();
        var main = new Branch("MTR", "Perpustakaan Kota Metro", BranchKind.Main,
            WeeklyHours.Parse("mon 08:00-16:00; tue 08:00-16:00; wed 08:00-16:00; thu 08:00-16:00; fri 08:00-11:30,13:30-16:00; sat 08:00-12:00"))
        { NameEnglish = "Metro City Library" };
        db.Add(main);
        await db.SaveChangesAsync();
        library.Main = main.Id;
        return library;
    }

    /// <summary>The library of another process, which keeps it when this one leaves.</summary>
    public static WritingLibrary Visit(Metro.Data.DatabaseSettings settings, MailSettings mail, FakeClock clock, Action<IServiceCollection>? add = null) =>
        new(new TestDatabase<LibraryDbContext>(settings), mail, null, add, clock, isVisitor: true);

    public LibraryDbContext NewContext() => database.NewContext();

    /// <summary>The library's parts over a connection of their own.</summary>
    public Desk OpenDesk() => new(services.CreateAsyncScope());

    /// <summary>Does something with one of the library's parts.</summary>
    public async Task<T> WithAsync<TPart, T>(Func<TPart, Task<T>> act)
        where TPart : notnull
    {
        await using var desk = OpenDesk();
        return await act(desk.The<TPart>());
    }

    public Task<DeliveryRound> SendAsync() => WithAsync<LetterDelivery, DeliveryRound>(delivery => delivery.SendDueAsync());

    public void Pass(TimeSpan by) => Clock.Advance(by);

    /// <summary>A grown-up with a card and an address of their own.</summary>
    public async Task<Member> JoinAsync(string name, string language = "id", bool welcome = false)
    {
        var nik = $"187201010190{Interlocked.Increment(ref numbers):D4}";
        var application = new MembershipApplication(
            new MemberDetails(name, new DateOnly(1990, 1, 1), $"{name.Split(' ')[0].ToLowerInvariant()}@example.id", "0725-41234", "Jl. Ahmad Yani 1, Metro"), MemberCategory.Adult, nik, language);
        var member = (await WithAsync<Registrations, Outcome<Member>>(one => one.RegisterAtDeskAsync(application, Librarian))).Value;
        if (!welcome)
        {
            await using var db = NewContext();
            await db.OutboxMessages.Where(message => message.Kind == "members.welcome").ExecuteDeleteAsync();
        }

        return member;
    }

    /// <summary>A title with copies on the shelf.</summary>
    public async Task<(long TitleId, IReadOnlyList<string> Barcodes)> AcquireAsync(string name, int copies = 1)
    {
        await using var desk = OpenDesk();
        var cataloguing = desk.The<Cataloguing>();
        var title = (await cataloguing.AddTitleAsync(new TitleDescription { Name = name }, Librarian)).TitleId!.Value;
        var barcodes = new List<string>();
        for (var i = 0; i < copies; i++)
        {
            var barcode = $"B{Interlocked.Increment(ref numbers):D6}";
            var copy = (await cataloguing.AddCopyAsync(title, new CopyDescription(barcode, Main), Librarian)).Value;
            Assert.Null(await cataloguing.ShelveCopyAsync(copy, Main, Librarian));
            barcodes.Add(barcode);
        }

        return (title, barcodes);
    }

    public async Task<long> LendAsync(Member member, string barcode) =>
        (await WithAsync<CirculationDesk, Outcome<CheckedOut>>(desk => desk.CheckOutAsync(member.CardNumber!, barcode, Main, Librarian))).Value.LoanId;

    public async Task ReturnAsync(string barcode) =>
        Assert.True((await WithAsync<CirculationDesk, Outcome<CheckedIn>>(desk => desk.CheckInAsync(barcode, Main, Librarian))).Succeeded);

    /// <summary>Writes a message of some kind to an address.</summary>
    public async Task TellAsync(string email, string kind = "visits.received", long about = 1, object? facts = null, DateTime? at = null, string culture = "id")
    {
        await using var db = NewContext();
        await db.TellAsync(new Subject("test", about), Recipient.Address(email, culture), kind, at ?? Calendar.Now, facts ?? new { School = "SDN 1 Metro" }, Calendar.Now, default);
        await db.SaveChangesAsync();
    }

    public async Task<IReadOnlyList<OutboxMessage>> MessagesAsync()
    {
        await using var db = NewContext();
        return await db.OutboxMessages.AsNoTracking().OrderBy(message => message.Id).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (!isVisitor) await database.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

/// <summary>One caller's parts of the library.</summary>
public sealed class Desk(AsyncServiceScope scope) : IAsyncDisposable
{
    public LibraryDbContext Db => The<LibraryDbContext>();

    public T The<T>()
        where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}

/// <summary>A way out that answers as the test says, and remembers.</summary>
public sealed class ScriptedTransport : IMailTransport
{
    /// <summary>What comes of a mail; <see cref="MailServerAwayException"/> from it is the server's absence.</summary>
    public Func<Mail, Handover> Answer { get; set; } = _ => new Handover(HandoverOutcome.Accepted, "250 fine", "250 fine");

    /// <summary>Whether nobody answers at all.</summary>
    public bool IsAway { get; set; }

    public List<Mail> Taken { get; } = [];

    public int Opened { get; private set; }

    public string Destination => "scripted";

    public Task<IMailSession> OpenAsync(CancellationToken stop)
    {
        Opened++;
        return IsAway ? throw new MailServerAwayException("Nobody answers.") : Task.FromResult<IMailSession>(new Session(this));
    }

    private sealed class Session(ScriptedTransport transport) : IMailSession
    {
        public bool IsOpen => true;

        public Task<Handover> SendAsync(Mail mail, CancellationToken stop)
        {
            var handover = transport.Answer(mail);
            if (handover.Outcome == HandoverOutcome.Accepted) transport.Taken.Add(mail);
            return Task.FromResult(handover);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
