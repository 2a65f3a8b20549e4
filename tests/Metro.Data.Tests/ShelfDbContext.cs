using Microsoft.EntityFrameworkCore;

namespace Metro.Data.Tests;

/// <summary>A small model with one of everything that the ground floor promises.</summary>
public abstract class ShelfDbContext(DbContextOptions options) : MetroDbContext(options)
{
    public DbSet<Shelf> Shelves => Set<Shelf>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Shelf>(shelf =>
        {
            shelf.Property(s => s.Label).HasMaxLength(10);
            shelf.HasIndex(s => s.Label).IsUnique();
        });
    }
}

public sealed class SqliteShelfDbContext(DbContextOptions<SqliteShelfDbContext> options) : ShelfDbContext(options);

public sealed class PostgreSqlShelfDbContext(DbContextOptions<PostgreSqlShelfDbContext> options) : ShelfDbContext(options);

public sealed class Shelf
{
    public long Id { get; private set; }

    public string Label { get; set; } = "";

    public int BooksOnIt { get; set; }

    public ShelfKind Kind { get; set; }

    public DateTime DustedAt { get; set; } = DateTime.UnixEpoch;
}

public enum ShelfKind
{
    Open,
    Closed,
}
