using Metro.Data;
using Metro.Testing;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests;

public sealed class MigrationTests
{
    /// <summary>After a change of the model while nothing is released: <c>./migrations.sh --anew library</c>.</summary>
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public void The_migrations_make_what_the_model_says(DatabaseProvider provider)
    {
        var settings = new DatabaseSettings(provider, provider == DatabaseProvider.Sqlite ? "Data Source=:memory:" : "Host=localhost");
        using LibraryDbContext db = provider == DatabaseProvider.Sqlite
            ? new SqliteLibraryDbContext((DbContextOptions<SqliteLibraryDbContext>)new DbContextOptionsBuilder<SqliteLibraryDbContext>().UseDatabase(settings, "library").Options)
            : new PostgreSqlLibraryDbContext((DbContextOptions<PostgreSqlLibraryDbContext>)new DbContextOptionsBuilder<PostgreSqlLibraryDbContext>().UseDatabase(settings, "library").Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task An_empty_database_is_brought_to_the_newest_schema_and_stays_there()
    {
        var settings = await TestDatabase.EmptyAsync("library_migrations");
        await using var database = new TestDatabase<LibraryDbContext>(settings);
        await using var db = database.NewContext();

        await db.Database.MigrateAsync();
        await db.Database.MigrateAsync();

        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Equal(0, await db.Loans.CountAsync());
    }
}
