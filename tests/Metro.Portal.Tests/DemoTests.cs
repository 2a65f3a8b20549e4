using Metro.Content;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Metro.Portal.Accounts;
using Metro.Portal.CommandLine;
using Metro.Portal.Demo;
using Metro.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests;

/// <summary>The demonstration city: what is promised of it, and that it never touches what is not its own.</summary>
public sealed class DemoTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_database_becomes_the_city_that_was_promised_and_a_second_start_changes_nothing()
    {
        await using var portal = await ArrivedAsync(new PortalUnderTest { Demo = true });
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();

        Assert.True(await db.Titles.CountAsync(Stop) >= 400);
        Assert.True(await db.Copies.Select(copy => copy.OwnerBranchId).Distinct().CountAsync(Stop) >= 5);
        Has([TitleFormat.Braille, TitleFormat.AudioBook, TitleFormat.LargePrint, TitleFormat.Film, TitleFormat.Game, TitleFormat.Journal], await db.Titles.Select(title => title.Format).Distinct().ToListAsync(Stop));
        Has(["eng", "ind", "jav"], await db.Titles.Select(title => title.Language).Distinct().ToListAsync(Stop));
        Assert.All(await db.Set<TitleIdentifier>().Where(one => one.Kind == IdentifierKind.Isbn).Select(one => one.Value).ToListAsync(Stop), isbn => Assert.True(Isbn.TryParse(isbn, out _), isbn));
        await HoldsWhatContentPromisesAsync(scope.ServiceProvider);

        var before = (await db.AuditLines.CountAsync(Stop), await db.OutboxMessages.CountAsync(Stop), await ItemsAsync(scope.ServiceProvider, "id"));
        Assert.True(await portal.Services.GetRequiredService<DemoCity>().LoadAsync(Stop));
        Assert.Equal(before, (await db.AuditLines.CountAsync(Stop), await db.OutboxMessages.CountAsync(Stop), await ItemsAsync(scope.ServiceProvider, "id")));
    }

    [Theory]
    [InlineData("2026-02-23T02:00:00Z")] // A Monday in the fasting month.
    [InlineData("2026-03-20T16:59:00Z")] // The feast, a minute before midnight in Metro.
    [InlineData("2028-02-26T23:30:00Z")] // A Sunday morning in Metro, in a leap year.
    public async Task Life_in_the_city_is_in_every_state_whatever_the_day(string now)
    {
        await using var portal = new PortalUnderTest { Clock = new FakeClock(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)) };
        Assert.True(await portal.Services.GetRequiredService<DemoCity>().LoadAsync(Stop));
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
        var today = scope.ServiceProvider.GetRequiredService<Library.Calendar.LibraryCalendar>().Today;

        Has([LoanState.Out, LoanState.Lost, LoanState.Returned, LoanState.Replaced], await db.Loans.Select(loan => loan.State).Distinct().ToListAsync(Stop));
        Assert.True(await db.Loans.OverdueOn(today).CountAsync(Stop) >= 2);
        Assert.True(await db.Loans.AnyAsync(loan => loan.State == LoanState.Out && loan.DueOn >= today, Stop));
        Has([HoldState.Waiting, HoldState.Ready], await db.Holds.Select(hold => hold.State).Distinct().ToListAsync(Stop));
        Assert.True(await db.FinePayments.AnyAsync(Stop) && await db.FineWaivers.AnyAsync(Stop) && await db.Fines.AnyAsync(fine => fine.Outstanding > 0, Stop));
        Has([CopyStatus.Available, CopyStatus.OnLoan, CopyStatus.InTransit, CopyStatus.OnHoldShelf, CopyStatus.InRepair, CopyStatus.Missing], await db.Copies.Select(copy => copy.Status).Distinct().ToListAsync(Stop));
        Has([MemberStatus.Active, MemberStatus.Applied, MemberStatus.Declined], await db.Members.Select(member => member.Status).Distinct().ToListAsync(Stop));
        Assert.True(await db.Members.AnyAsync(member => member.MembershipEnd < today, Stop) && await db.Members.AnyAsync(member => member.SuspendedThrough >= today, Stop));
        Has([RegistrationStatus.Confirmed, RegistrationStatus.Waiting, RegistrationStatus.Offered, RegistrationStatus.Cancelled, RegistrationStatus.Attended, RegistrationStatus.NoShow],
            await db.Registrations.Select(one => one.Status).Distinct().ToListAsync(Stop));
        Has([VisitStatus.Requested, VisitStatus.Approved, VisitStatus.Declined, VisitStatus.Visited], await db.Visits.Select(one => one.Status).Distinct().ToListAsync(Stop));
        Has([BookingStatus.Requested, BookingStatus.Confirmed, BookingStatus.Cancelled, BookingStatus.Declined], await db.Bookings.Select(one => one.Status).Distinct().ToListAsync(Stop));
        Assert.True(await db.Bookings.AnyAsync(one => one.SeriesId != null, Stop));
    }

    [Fact]
    public async Task A_database_with_anything_in_it_is_left_alone()
    {
        await using var portal = new PortalUnderTest();
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
        await db.WriteAsync(async stop =>
        {
            db.Branches.Add(new Library.Calendar.Branch("A", "Cabang A", Library.Calendar.BranchKind.Main, Library.Calendar.WeeklyHours.Closed));
            await db.SaveChangesAsync(stop);
        }, Stop);

        Assert.False(await portal.Services.GetRequiredService<DemoCity>().LoadAsync(Stop));

        Assert.Equal((1, 0), (await db.Branches.CountAsync(Stop), await db.Titles.CountAsync(Stop)));
    }

    [Fact]
    public async Task In_production_nothing_comes_unasked_and_no_account_with_a_known_password_even_then()
    {
        await using var unasked = new PortalUnderTest { Environment = "Production", Demo = null };
        Assert.False(unasked.Services.GetRequiredService<Settings.PortalSettings>().Demo);

        await using var asked = new PortalUnderTest { Environment = "Production" };
        await MigrateCommand.ApplyAsync(asked.Services, Stop);
        Assert.True(await asked.Services.GetRequiredService<DemoCity>().LoadAsync(Stop));

        await using var scope = asked.Services.CreateAsyncScope();
        Assert.True(await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().Titles.AnyAsync(Stop));
        Assert.False(await scope.ServiceProvider.GetRequiredService<AccountsDbContext>().Users.AnyAsync(Stop));
    }

    [Fact]
    public async Task Outside_development_the_accounts_of_a_developers_database_are_locked()
    {
        await using var portal = new PortalUnderTest();
        await using var scope = portal.Services.CreateAsyncScope();
        await DemoAccounts.OpenAsync(scope.ServiceProvider, Stop);
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        Assert.True(await accounts.CheckPasswordAsync((await accounts.FindByEmailAsync(DemoAccounts.All[0].Email))!, DemoAccounts.Password));

        Assert.Equal(DemoAccounts.All.Count, await DemoAccounts.LockAsync(scope.ServiceProvider, Stop));
        Assert.Equal(0, await DemoAccounts.LockAsync(scope.ServiceProvider, Stop));

        await using var later = portal.Services.CreateAsyncScope();
        var seen = later.ServiceProvider.GetRequiredService<UserManager<Account>>();
        foreach (var one in DemoAccounts.All) Assert.True(await seen.IsLockedOutAsync((await seen.FindByEmailAsync(one.Email))!));
    }

    [Fact]
    public async Task A_start_after_one_that_ended_between_two_steps_goes_on_and_doubles_nothing()
    {
        await using var portal = await ArrivedAsync(new PortalUnderTest { Demo = true });
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
        var before = (await db.Titles.CountAsync(Stop), await db.Loans.CountAsync(Stop), await ItemsAsync(scope.ServiceProvider, "id"));
        await db.AuditLines.Where(line => line.Action == "demo.content" || line.Action == "demo.accounts").ExecuteDeleteAsync(Stop);

        Assert.True(await portal.Services.GetRequiredService<DemoCity>().LoadAsync(Stop));

        Assert.Equal(before, (await db.Titles.CountAsync(Stop), await db.Loans.CountAsync(Stop), await ItemsAsync(scope.ServiceProvider, "id")));
        Assert.Equal(DemoAccounts.All.Count, await scope.ServiceProvider.GetRequiredService<AccountsDbContext>().Users.CountAsync(Stop));
    }

    [Fact]
    public async Task A_start_after_a_killed_one_brings_the_whole_city_once()
    {
        var folder = Directory.CreateTempSubdirectory("metro-demo-");
        (string, string)[] environment =
        [
            ("Portal__Demo", "true"), ("Portal__DataPath", folder.FullName), ("ASPNETCORE_URLS", $"http://127.0.0.1:{PortalProcess.FreePort()}"),
        ];
        try
        {
            // It greets when it serves, which is when the city begins to come.
            using (var killed = await PortalProcess.ServeAsync(environment, Stop)) await killed.KillAsync(Stop);

            using var portal = await PortalProcess.ServeAsync(environment, Stop);
            await portal.SaysAsync(DemoAccounts.All[^1].Email, Stop);
            Assert.Equal(0, await portal.InterruptAsync(Stop));

            Assert.Equal(RecordsInFiles(), Count(folder, "titles"));
            Assert.Equal(Count(folder, "imported_records"), Count(folder, "titles"));
            Assert.Equal(3, Count(folder, "audit_lines WHERE action LIKE 'demo.%'"));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task HoldsWhatContentPromisesAsync(IServiceProvider services)
    {
        var reader = services.GetRequiredService<ContentReader>();
        var media = services.GetRequiredService<MediaLibrary>();
        foreach (var culture in (string[])["id", "en"])
        {
            var programs = 0;
            foreach (var type in (string[])["Workshop", "Exhibition", "ReadingProgram", "CommunityEvent"])
            {
                var items = (await reader.ListAsync(new ContentQuery(culture, type) { PageSize = 100, WithFallback = false }, Stop)).Items;
                Assert.All(items, item => Assert.NotNull(item.Item.Content[type]?["ProgramCode"]?["Text"]));
                programs += items.Count;
            }

            Assert.True(programs >= 16);
            var books = (await reader.ListAsync(new ContentQuery(culture, "EResource") { PageSize = 100, WithFallback = false }, Stop)).Items
                .Select(item => (string?)item.Item.Content["EResource"]?["File"]?["Paths"]?[0]).OfType<string>().ToList();
            Assert.True(books.Count >= 10);
            foreach (var book in books)
            {
                var asset = await media.FindAsync(book, Stop);
                Assert.Contains(asset!.Kind, (MediaKind[])[MediaKind.Book, MediaKind.Document]);
                await using var file = media.Open(asset);
                Assert.Equal(asset.Size, file!.Length);
            }
        }

        Assert.Equal(await ItemsAsync(services, "id"), await ItemsAsync(services, "en"));
        var codes = await services.GetRequiredService<LibraryDbContext>().Programs.Where(program => program.Status == ProgramStatus.Published).Select(program => program.ContentKey).ToListAsync(Stop);
        Assert.True(codes.Count >= 16);
        Assert.DoesNotContain(null, codes);
    }

    private static async Task<int> ItemsAsync(IServiceProvider services, string culture) =>
        (await services.GetRequiredService<EditorList>().FindAsync(ContentUser.Portal, new EditorQuery { Culture = culture, PageSize = 200 }, Stop)).Result!.Count;

    private static void Has<T>(T[] expected, IEnumerable<T> found) => Assert.Superset(expected.ToHashSet(), found.ToHashSet());

    private static long RecordsInFiles() => typeof(DemoCity).Assembly.GetManifestResourceNames().Where(name => name.Contains(".Demo.Catalog.", StringComparison.Ordinal))
        .Sum(name =>
        {
            using var file = new StreamReader(typeof(DemoCity).Assembly.GetManifestResourceStream(name)!);
            return file.ReadToEnd().Split("<record>").Length - 1;
        });

    private static long Count(DirectoryInfo folder, string table)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "metro.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }

    private static async Task<PortalUnderTest> ArrivedAsync(PortalUnderTest portal)
    {
        await portal.Services.GetRequiredService<DemoArrival>().ExecuteTask!.WaitAsync(Stop);
        return portal;
    }
}
