using Metro.Data;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Scheduler.Backup;
using Metro.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Metro.Scheduler.Tests.Jobs;

/// <summary>Copies of the SQLite file: made while others write, checked, put back, and not kept for ever.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("metro-backup-");
    private readonly FakeClock clock = new();
    private DatabaseSettings settings = null!;

    private DatabaseBackup Backup => new(settings, new BackupSettings { Folder = Path.Combine(folder.FullName, "backups"), Keep = 3 }, clock);

    public async ValueTask InitializeAsync()
    {
        settings = new DatabaseSettings(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(folder.FullName, "metro.db")};Default Timeout=30");
        await using var db = new TestDatabase<LibraryDbContext>(settings).NewContext();
        await db.Database.MigrateAsync();
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_copy_made_while_others_write_is_whole_and_brings_everything_back()
    {
        await AddAsync("A");
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++) await AddAsync($"W{i}");
        });
        var copy = await Backup.WriteAsync(Path.Combine(folder.FullName, "copy.db"));
        await stop.CancelAsync();
        await writing;
        await AddAsync("B");

        var aside = await Backup.RestoreAsync(copy.FullName);

        var codes = await CodesAsync(settings);
        Assert.Contains("A", codes);
        Assert.DoesNotContain("B", codes);
        Assert.Contains("B", await CodesAsync(new DatabaseSettings(DatabaseProvider.Sqlite, $"Data Source={aside}")));
        Assert.Single(Directory.GetFiles(folder.FullName, "copy.db*"));
    }

    [Fact]
    public async Task A_damaged_copy_is_not_put_back_and_nothing_is_lost()
    {
        await AddAsync("A");
        var copy = await Backup.WriteAsync(Path.Combine(folder.FullName, "copy.db"));
        await using (var file = copy.OpenWrite())
        {
            file.Seek(file.Length / 2, SeekOrigin.Begin);
            await file.WriteAsync(new byte[8_192]);
        }

        await Assert.ThrowsAsync<BackupFaultException>(() => Backup.RestoreAsync(copy.FullName));

        Assert.Equal(["A"], await CodesAsync(settings));
    }

    [Fact]
    public async Task A_file_that_is_no_portals_database_is_not_put_back()
    {
        var other = Path.Combine(folder.FullName, "other.db");
        await using (var connection = new SqliteConnection($"Data Source={other};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE recipes (id INTEGER)";
            await command.ExecuteNonQueryAsync();
        }

        Assert.Contains("not the database of a portal", (await Assert.ThrowsAsync<BackupFaultException>(() => Backup.RestoreAsync(other))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_latest_copies_and_the_first_of_each_month_are_kept()
    {
        for (var night = 0; night < 70; night++)
        {
            await Backup.RotateAsync();
            clock.Advance(TimeSpan.FromDays(1));
        }

        var kept = Directory.GetFiles(Path.Combine(folder.FullName, "backups")).Select(path => Path.GetFileName(path)[6..14]).Order().ToList();
        Assert.Equal(["20260105", "20260201", "20260301", "20260313", "20260314", "20260315"], kept);
    }

    private async Task AddAsync(string code)
    {
        await using var db = new TestDatabase<LibraryDbContext>(settings).NewContext();
        await db.WriteAsync(async stop =>
        {
            db.Add(new Branch(code, code, BranchKind.Branch, WeeklyHours.EveryDay(OpeningHours.Parse("08:00-16:00"))));
            await db.SaveChangesAsync(stop);
        });
    }

    private static async Task<List<string>> CodesAsync(DatabaseSettings of)
    {
        await using var db = new TestDatabase<LibraryDbContext>(of).NewContext();
        return await db.Branches.OrderBy(branch => branch.Code).Select(branch => branch.Code).ToListAsync();
    }
}
