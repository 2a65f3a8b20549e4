using System.Diagnostics;
using Metro.Data;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Bench.Scheduler;

/// <summary>
/// Budget: 100,000 reminders due in the same hour are queued in at most 60 s, with flat memory, and no reminder twice: the
/// same run again adds none. On SQLite; compared with bare inserts of as many rows.
/// </summary>
internal static class RemindersBench
{
    public static async Task RunAsync(Options options)
    {
        var loans = options.Number("loans", 100_000);
        var folder = Directory.CreateTempSubdirectory("metro-reminders-");
        try
        {
            var settings = new DatabaseSettings(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(folder.FullName, "library.db")}");
            await using var services = new ServiceCollection()
                .AddDatabase<LibraryDbContext, SqliteLibraryDbContext, PostgreSqlLibraryDbContext>(settings)
                .AddSingleton<IPersonalDataProtector>(new AesGcmPersonalDataProtector(new byte[32]))
                .AddLibrary(new LibrarySettings())
                .BuildServiceProvider();
            await FillAsync(services, loans);
            Console.WriteLine($"{loans:N0} loans are due the day after tomorrow");

            var (first, heap, peak) = await MeasureAsync(services);
            var queued = await CountAsync(services);
            Console.WriteLine($"queued {queued:N0} in {first.TotalSeconds:0.0} s ({queued / first.TotalSeconds:N0} a second); heap {heap:N0} MiB before, at most {peak:N0} MiB during");
            var (again, _, _) = await MeasureAsync(services);
            var added = await CountAsync(services) - queued;
            Console.WriteLine($"the same run again took {again.TotalSeconds:0.0} s and added {added:N0}");
            foreach (var (name, value) in ((string, double)[])[("seconds", first.TotalSeconds), ("queued", queued), ("added again", added), ("heap MiB", peak)]) Figures.Keep(name, value);
            var bare = await BareAsync(settings, loans);
            Console.WriteLine($"{first / bare:0.0} times as long as bare inserts of as many rows with as many indexes ({bare.TotalSeconds:0.0} s); the budget is 60 s: {(first.TotalSeconds <= 60 && queued == loans ? "kept" : "missed")}");
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(TimeSpan Took, long Before, long Peak)> MeasureAsync(IServiceProvider services)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (peak, ended) = (0L, false);
        var watching = Task.Run(async () =>
        {
            while (!Volatile.Read(ref ended))
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
                await Task.Delay(50);
            }
        });
        var start = Stopwatch.GetTimestamp();
        await using (var scope = services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<LoanReminders>().QueueDueSoonAsync();
        var took = Stopwatch.GetElapsedTime(start);
        Volatile.Write(ref ended, true);
        await watching;
        return (took, before >> 20, peak >> 20);
    }

    private static async Task<int> CountAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().OutboxMessages.CountAsync(message => message.Kind == LoanReminders.DueSoon);
    }

    /// <summary>Writes the loans past the desk, which is measured elsewhere.</summary>
    private static async Task FillAsync(IServiceProvider services, int loans)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, calendar) = (scope.ServiceProvider.GetRequiredService<LibraryDbContext>(), scope.ServiceProvider.GetRequiredService<LibraryCalendar>());
        await db.Database.EnsureCreatedAsync();
        var branch = new Branch("MTR", "Perpustakaan Kota Metro", BranchKind.Main, WeeklyHours.EveryDay(OpeningHours.Parse("08:00-16:00")));
        db.Add(branch);
        var titles = Enumerable.Range(0, 1_000).Select(i => Title.Create(new TitleDescription { Name = $"Judul {i}" }, calendar.Now).Title!).ToList();
        db.AddRange(titles);
        await db.SaveChangesAsync();
        var registrations = scope.ServiceProvider.GetRequiredService<Registrations>();
        var members = new List<Member>();
        for (var i = 0; i < 2_000; i++)
        {
            var application = new MembershipApplication(new MemberDetails($"Anggota {i}", new DateOnly(1990, 1, 1), $"anggota{i}@example.id"), MemberCategory.Adult, $"187201010190{i + 1:D4}");
            members.Add((await registrations.RegisterAtDeskAsync(application, Actor.System("bench"))).Value);
        }

        var (today, lentAt) = (calendar.Today, calendar.Now.AddDays(-5));
        for (var batch = 0; batch < loans; batch += 1_000)
        {
            db.ChangeTracker.Clear();
            for (var i = batch; i < Math.Min(loans, batch + 1_000); i++)
            {
                var copy = Copy.Create(titles[i % titles.Count].Id, new CopyDescription($"B{i:D7}", branch.Id), calendar.Now).Value;
                db.Add(copy);
            }

            await db.SaveChangesAsync();
            foreach (var (copy, i) in db.ChangeTracker.Entries<Copy>().Select((entry, i) => (entry.Entity, i)).ToList())
                db.Add(new Loan(copy, TitleFormat.Print, members[(batch + i) % members.Count], branch.Id, Channel.Desk, lentAt, today.AddDays(-5), today.AddDays(2)));
            await db.SaveChangesAsync();
        }
    }

    /// <summary>As many rows of the same size into a table with as many indexes, in batches of the same size.</summary>
    private static async Task<TimeSpan> BareAsync(DatabaseSettings settings, int rows)
    {
        await using var connection = new SqliteConnection(settings.ConnectionString);
        await connection.OpenAsync();
        Run("PRAGMA synchronous=NORMAL; CREATE TABLE bare (id INTEGER PRIMARY KEY, subject TEXT, reader TEXT, kind TEXT, at TEXT, state TEXT, payload TEXT);" +
            "CREATE UNIQUE INDEX b1 ON bare (subject, reader, kind, at); CREATE INDEX b2 ON bare (state, at, id); CREATE INDEX b3 ON bare (reader, id); CREATE INDEX b4 ON bare (reader, kind, at); CREATE INDEX b5 ON bare (state, id); CREATE INDEX b6 ON bare (payload)");
        var start = Stopwatch.GetTimestamp();
        for (var batch = 0; batch < rows; batch += LoanReminders.Batch)
        {
            await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();
            await using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = "INSERT INTO bare (subject, reader, kind, at, state, payload) VALUES ($subject, $reader, 'circulation.due_soon', '2026-01-10 02:00:00', 'Waiting', $payload)";
            var (subject, reader, payload) = (insert.Parameters.Add("$subject", SqliteType.Text), insert.Parameters.Add("$reader", SqliteType.Text), insert.Parameters.Add("$payload", SqliteType.Text));
            for (var i = batch; i < Math.Min(rows, batch + LoanReminders.Batch); i++)
            {
                (subject.Value, reader.Value, payload.Value) = ($"loan:{i}", $"member:{i % 2_000}", $"{{\"title\":\"Judul {i}\",\"dueOn\":\"2026-01-12\"}}");
                await insert.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }

        return Stopwatch.GetElapsedTime(start);

        void Run(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
