using System.Diagnostics;
using Metro.Data;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Bench.Circulation;

/// <summary>
/// Budget: a check-out at the desk takes at most 15 ms (p95) at 50 requests a second, on SQLite. Requests come by the clock
/// whether or not the one before has been answered, and a request's time runs from when it should have begun.
/// </summary>
internal static class CheckOutBench
{
    public static async Task RunAsync(Options options)
    {
        var (perSecond, seconds) = (options.Number("rate", 50), options.Number("seconds", 20));
        var (titles, members) = (options.Number("titles", 20_000), options.Number("members", 1_500));
        var folder = Directory.CreateTempSubdirectory("metro-check-out-");
        try
        {
            var settings = new DatabaseSettings(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(folder.FullName, "library.db")}");
            await using var services = new ServiceCollection()
                .AddDatabase<LibraryDbContext, SqliteLibraryDbContext, PostgreSqlLibraryDbContext>(settings)
                .AddSingleton<IPersonalDataProtector>(new AesGcmPersonalDataProtector(new byte[32]))
                .AddLibrary(new LibrarySettings())
                .BuildServiceProvider();
            var (branch, cards, barcodes) = await FillAsync(services, titles, members);
            Console.WriteLine($"{titles:N0} titles, {barcodes.Count:N0} copies, {members:N0} members; {perSecond} check-outs a second for {seconds} s");

            await LoadAsync(services, branch, cards, [.. barcodes.Take(200)], perSecond, 200);
            var (times, refused) = await LoadAsync(services, branch, cards, [.. barcodes.Skip(200)], perSecond, perSecond * seconds);
            if (refused > 0) Console.WriteLine($"{refused} were refused");
            Figures.Tell("check-out", times);
            Figures.Keep("p95", Figures.Percentile(times, 0.95));
            Figures.Keep("refused", refused);

            var bare = await BareWritesAsync(settings, Math.Min(1_000, perSecond * seconds));
            Figures.Tell("bare write of the same rows", bare);
            Console.WriteLine($"check-out p95 is {Figures.Percentile(times, 0.95) / Figures.Percentile(bare, 0.95):0.0} times the bare write's; the budget is 15 ms: {(Figures.Percentile(times, 0.95) <= 15 ? "kept" : "missed")}");
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(List<double> Times, int Refused)> LoadAsync(
        IServiceProvider services, long branch, List<string> cards, List<string> barcodes, int perSecond, int count)
    {
        var (times, refused) = (new List<double>(count), 0);
        var requests = new List<Task>(count);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } early) await Task.Delay(early);
            var (card, barcode) = (cards[i % cards.Count], barcodes[i]);
            requests.Add(Task.Run(async () =>
            {
                await using var scope = services.CreateAsyncScope();
                var outcome = await scope.ServiceProvider.GetRequiredService<CirculationDesk>().CheckOutAsync(card, barcode, branch, Actor.Staff("1", "Petugas"));
                var took = Stopwatch.GetElapsedTime(start) - due;
                lock (times)
                {
                    times.Add(took.TotalMilliseconds);
                    if (!outcome.Succeeded) refused++;
                }
            }));
        }

        await Task.WhenAll(requests);
        return (times, refused);
    }

    /// <summary>What the database alone takes to insert a loan with its audit line and to change a copy, one at a time.</summary>
    private static async Task<List<double>> BareWritesAsync(DatabaseSettings settings, int count)
    {
        await using var connection = new SqliteConnection(settings.ConnectionString);
        await connection.OpenAsync();
        Run("PRAGMA synchronous=NORMAL");
        Run("CREATE TABLE bare_loans (id INTEGER PRIMARY KEY, copy_id INTEGER UNIQUE, due_on TEXT)");
        Run("CREATE TABLE bare_audit (id INTEGER PRIMARY KEY, text TEXT)");
        var times = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Run($"BEGIN IMMEDIATE; UPDATE copies SET version = version + 1 WHERE id = {i + 1}; INSERT INTO bare_loans (copy_id, due_on) VALUES ({i + 1}, '2026-01-12'); INSERT INTO bare_audit (text) VALUES ('lent'); COMMIT");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;

        void Run(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private static async Task<(long Branch, List<string> Cards, List<string> Barcodes)> FillAsync(IServiceProvider services, int titles, int members)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
        await db.Database.EnsureCreatedAsync();
        var branch = new Branch("MTR", "Perpustakaan Kota Metro", BranchKind.Main, WeeklyHours.EveryDay(OpeningHours.Parse("08:00-16:00")));
        db.Add(branch);
        await db.SaveChangesAsync();

        var (now, barcodes) = (DateTime.UtcNow, new List<string>());
        for (var batch = 0; batch < titles; batch += 1_000)
        {
            var made = Enumerable.Range(batch, Math.Min(1_000, titles - batch))
                .Select(i => Title.Create(new TitleDescription { Name = $"Judul {i}" }, now).Title!).ToList();
            db.AddRange(made);
            await db.SaveChangesAsync();
            foreach (var title in made.SelectMany(title => (Title[])[title, title]))
            {
                var copy = Copy.Create(title.Id, new CopyDescription($"B{barcodes.Count:D7}", branch.Id), now).Value;
                copy.Shelve(branch.Id, now);
                db.Add(copy);
                barcodes.Add(copy.Barcode);
            }

            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        var (registrations, cards) = (scope.ServiceProvider.GetRequiredService<Registrations>(), new List<string>());
        for (var i = 0; i < members; i++)
        {
            var application = new MembershipApplication(new MemberDetails($"Anggota {i}", new DateOnly(1990, 1, 1)), MemberCategory.Adult, $"187201010190{i + 1:D4}");
            cards.Add((await registrations.RegisterAtDeskAsync(application, Actor.System("bench"))).Value.CardNumber!);
        }

        // A busy desk meets copies in no order.
        return (branch.Id, cards, [.. barcodes.Shuffle()]);
    }
}
