using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Library.Tests;

/// <summary>A fresh library with a clock that stands at Monday 5 January 2026, 09:00 WIB, and the main branch open from Monday to Saturday.</summary>
public sealed class TestLibrary : IAsyncDisposable
{
    private readonly TestDatabase<LibraryDbContext> database;
    private readonly bool isVisitor;
    private readonly ServiceProvider services;

    private TestLibrary(TestDatabase<LibraryDbContext> database, bool isVisitor = false)
    {
        this.isVisitor = isVisitor;
        this.database = database;
        services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IPersonalDataProtector>(new AesGcmPersonalDataProtector(new byte[32]))
            .AddScoped(_ => NewContext())
            .AddLibrary(Settings)
            .BuildServiceProvider(validateScopes: true);
        Calendar = services.GetRequiredService<LibraryCalendar>();
    }

    public static readonly WeeklyHours MondayToSaturday =
        WeeklyHours.Parse("mon 08:00-16:00; tue 08:00-16:00; wed 08:00-16:00; thu 08:00-16:00; fri 08:00-11:30,13:30-16:00; sat 08:00-12:00");

    public static Actor Librarian { get; } = Actor.Staff("staff-1", "Ibu Ratna");

    public FakeClock Clock { get; } = new();

    public LibrarySettings Settings { get; } = new();

    public LibraryCalendar Calendar { get; }

    public Metro.Data.DatabaseSettings Database => database.Settings;

    /// <summary>The key of the main branch.</summary>
    public long Main { get; private set; }

    /// <summary>The key of a kelurahan's branch, with the same hours.</summary>
    public long Kelurahan { get; private set; }

    public static async Task<TestLibrary> OpenAsync()
    {
        var library = new TestLibrary(await TestDatabase.CreateAsync<LibraryDbContext>());
        await using var db = library.NewContext();
        var main = new Branch("MTR", "Perpustakaan Kota Metro", BranchKind.Main, MondayToSaturday) { NameEnglish = "Metro City Library" };
        var kelurahan = new Branch("YSM", "Pojok Baca Yosomulyo", BranchKind.Branch, MondayToSaturday);
        db.AddRange(main, kelurahan);
        await db.SaveChangesAsync();
        (library.Main, library.Kelurahan) = (main.Id, kelurahan.Id);
        return library;
    }

    /// <summary>The library of another process, which keeps it when this one leaves.</summary>
    public static async Task<TestLibrary> VisitAsync(Metro.Data.DatabaseSettings settings)
    {
        var library = new TestLibrary(new TestDatabase<LibraryDbContext>(settings), isVisitor: true);
        await using var db = library.NewContext();
        var branches = db.Branches.OrderBy(branch => branch.Id).Select(branch => branch.Id).ToList();
        (library.Main, library.Kelurahan) = (branches[0], branches[1]);
        return library;
    }

    /// <summary>A context with a connection of its own.</summary>
    public LibraryDbContext NewContext() => database.NewContext();

    /// <summary>The library's parts over a connection of their own, as one caller among others has them.</summary>
    public Desk OpenDesk() => new(services.CreateAsyncScope());

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (!isVisitor) await database.DisposeAsync();
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
