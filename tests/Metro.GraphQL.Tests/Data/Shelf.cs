using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using Metro.Data;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Authorization;
using Metro.GraphQL.Data;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Tests.Execution;
using Metro.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Tests.Data;

public enum Kind
{
    Printed,
    Electronic,
    Audio,
}

/// <summary>An entity that guards itself: private setters, a private constructor, lists behind read-only views.</summary>
public sealed class Book
{
    private readonly List<Author> authors = [];
    private readonly List<Review> reviews = [];

    private Book()
    {
    }

    public Book(int id, string title, Publisher? publisher = null, params IEnumerable<Author> authors)
    {
        (Id, Title, Publisher) = (id, title, publisher);
        this.authors.AddRange(authors);
    }

    public int Id { get; private set; }

    public string Title { get; private set; } = "";

    public string? Subtitle { get; set; }

    public int? Year { get; set; }

    public int Pages { get; set; }

    public Kind Kind { get; set; }

    public bool IsAvailable { get; set; }

    public Guid Code { get; set; }

    public DateTime AddedAt { get; set; } = new(2026, 1, 5, 2, 0, 0, DateTimeKind.Utc);

    public DateOnly? PublishedOn { get; set; }

    public Publisher? Publisher { get; private set; }

    [UsePaging(IncludeTotalCount = true)]
    [UseFiltering]
    [UseSorting]
    public IReadOnlyList<Author> Authors => authors;

    public IReadOnlyList<Review> Reviews => reviews;

    /// <summary>Worked out from two columns.</summary>
    public string FullTitle => Subtitle is null ? Title : $"{Title}: {Subtitle}";

    [GraphQLIgnore]
    public string Note { get; set; } = "";

    [Authorize]
    public int Price { get; set; }

    public void Add(Review review) => reviews.Add(review);
}

public sealed class Author
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public int Born { get; set; }

    [GraphQLIgnore]
    public List<Book> Books { get; set; } = [];
}

public sealed class Publisher
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public int Founded { get; set; }
}

public sealed class Review
{
    public int Id { get; set; }

    public int Stars { get; set; }

    public string Text { get; set; } = "";
}

public abstract class ShelfDbContext(DbContextOptions options) : MetroDbContext(options)
{
    public DbSet<Book> Books => Set<Book>();

    public DbSet<Author> Authors => Set<Author>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Book>().Property(book => book.Id).ValueGeneratedNever();
        modelBuilder.Entity<Book>().HasMany(book => book.Authors).WithMany(author => author.Books);
        modelBuilder.Entity<Book>().Ignore(book => book.FullTitle);
    }
}

public sealed class SqliteShelfDbContext(DbContextOptions<SqliteShelfDbContext> options) : ShelfDbContext(options);

public sealed class PostgreSqlShelfDbContext(DbContextOptions<PostgreSqlShelfDbContext> options) : ShelfDbContext(options);

public sealed class ShelfQuery
{
    [UsePaging(IncludeTotalCount = true)]
    [UseProjection]
    [UseFiltering]
    [UseSorting]
    public IQueryable<Book> GetBooks(ShelfDbContext db) => db.Books;

    [UsePaging(ConnectionName = "BooksByAge")]
    [UseProjection]
    public IQueryable<Book> GetOldestBooks(ShelfDbContext db, int? olderThan = null) =>
        db.Books.Where(book => olderThan == null || book.Year < olderThan).OrderBy(book => book.Year);

    [UsePaging(ConnectionName = "SecretlyOrdered")]
    public IQueryable<Book> GetBooksByPrice(ShelfDbContext db) => db.Books.OrderBy(book => book.Price);

    [UseOffsetPaging(IncludeTotalCount = true)]
    [UseProjection]
    [UseFiltering]
    [UseSorting]
    public Task<IQueryable<Book>> GetShelf(ShelfDbContext db) => Task.FromResult<IQueryable<Book>>(db.Books);

    [UseProjection]
    [UseFiltering]
    [UseSorting]
    public IQueryable<Book> GetAllBooks(ShelfDbContext db) => db.Books;

    [UseFirstOrDefault]
    [UseProjection]
    [UseFiltering]
    public IQueryable<Book> GetFirstBook(ShelfDbContext db) => db.Books;

    [UseSingleOrDefault]
    [UseProjection]
    [UseFiltering]
    public IQueryable<Book> GetTheBook(ShelfDbContext db) => db.Books;

    [UsePaging(RequirePagingBoundaries = true, ConnectionName = "Bounded")]
    public IQueryable<Book> GetBounded(ShelfDbContext db) => db.Books;

    [UsePaging(RequirePagingBoundaries = true, AllowBackwardPagination = false, ConnectionName = "Forward")]
    public IQueryable<Book> GetForward(ShelfDbContext db) => db.Books;
}

[ExtendObjectType<Author>]
public sealed class AuthorFields
{
    [GraphQLIgnore]
    public static Expression<Func<Author, int>> PagesOf { get; } = author => author.Books.Sum(book => book.Pages);

    [UseExpression(nameof(PagesOf))]
    public int GetPages([Parent] Author author) => throw new InvalidOperationException($"The database knows the pages of {author.Name}.");
}

[ExtendObjectType<Book>]
public sealed class BookFields
{
    public string Label([Parent(requires: "Id Title")] Book book) => $"{book.Id} {book.Title}";

    public string Spine([Parent] Book book) => $"{book.Title} {book.Year}";

    public string Motto() => "Read.";

    [GraphQLIgnore]
    public static Expression<Func<Book, int>> StarsOf { get; } = book => book.Reviews.Sum(review => review.Stars);

    [UseExpression(nameof(StarsOf))]
    public int GetStars([Parent] Book book) => throw new InvalidOperationException($"The database knows the stars of {book.Title}.");
}

/// <summary>A server over a database of its own, and every command that was sent to it.</summary>
internal sealed class ShelfServer : IAsyncDisposable
{
    private readonly TestDatabase<ShelfDbContext> _database;
    private readonly ServiceProvider _services;

    private ShelfServer(TestDatabase<ShelfDbContext> database, ServiceProvider services, SqlLog log) =>
        (_database, _services, Log) = (database, services, log);

    public SqlLog Log { get; }

    public RequestExecutor Executor => _services.GetRequiredService<RequestExecutor>();

    public static async Task<ShelfServer> WithAsync(IEnumerable<Book> books)
    {
        var database = await TestDatabase.CreateAsync<ShelfDbContext>();
        await using (var db = database.NewContext())
        {
            db.AddRange(books);
            await db.SaveChangesAsync();
        }

        var log = new SqlLog();
        var services = new ServiceCollection();
        services.AddScoped(_ => Open(database.Settings, log));
        services.AddGraphQLServer()
            .AddQueryType<ShelfQuery>()
            .AddTypeExtension<BookFields>()
            .AddTypeExtension<AuthorFields>()
            .AddFiltering().AddSorting().AddProjections().AddAuthorization()
            // Lists keep to their own limits, whether anything reckons costs before them or not.
            .ConfigurePhases(phases => phases.RemoveAll(phase => phase.Name is "cost"));
        return new(database, services.BuildServiceProvider(), log);
    }

    public ShelfDbContext NewContext() => Open(_database.Settings, Log);

    /// <summary>Six books of three authors and two publishers.</summary>
    public static Task<ShelfServer> WithSixBooksAsync() => WithAsync(SixBooks());

    public static List<Book> SixBooks()
    {
        var (ahmad, andrea, pramoedya) = (
            new Author { Id = 1, Name = "Ahmad Tohari", Born = 1948 },
            new Author { Id = 2, Name = "Andrea Hirata", Born = 1967 },
            new Author { Id = 3, Name = "Pramoedya Ananta Toer", Born = 1925 });
        var (gramedia, bentang) = (
            new Publisher { Id = 1, Name = "Gramedia", Founded = 1970 }, new Publisher { Id = 2, Name = "Bentang", Founded = 1992 });
        List<Book> books =
        [
            new(1, "Laskar Pelangi", bentang, andrea) { Year = 2005, Pages = 529, IsAvailable = true },
            new(2, "Bumi Manusia", null, pramoedya) { Year = 1980, Pages = 535, Subtitle = "Tetralogi Buru 1", Price = 90_000 },
            new(3, "Ronggeng Dukuh Paruk", gramedia, ahmad) { Year = 1982, Pages = 406, Kind = Kind.Electronic, IsAvailable = true },
            new(4, "Anak Semua Bangsa", null, pramoedya) { Year = 1981, Pages = 536, Subtitle = "Tetralogi Buru 2", Note = "rahasia" },
            new(5, "bumi", gramedia) { Pages = 440, Kind = Kind.Audio, PublishedOn = new(2014, 1, 16) },
            new(6, "100% Robot_x' OR 1=1 --", gramedia, ahmad, andrea, pramoedya) { Year = 2005, Pages = 12, IsAvailable = true },
        ];
        foreach (var book in books) book.Code = new Guid(book.Id, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]);
        books[0].Add(new() { Id = 1, Stars = 5, Text = "Bagus" });
        books[0].Add(new() { Id = 2, Stars = 3, Text = "Cukup" });
        books[2].Add(new() { Id = 3, Stars = 4, Text = "Baik" });
        return books;
    }

    public async Task<string> AskAsync(string document, object? variables = null)
    {
        Log.Clear();
        return await Executor.JsonAsync(document, variables);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static ShelfDbContext Open(DatabaseSettings settings, SqlLog log) => settings.Provider is DatabaseProvider.Sqlite
        ? new SqliteShelfDbContext(Options<SqliteShelfDbContext>(settings, log))
        : new PostgreSqlShelfDbContext(Options<PostgreSqlShelfDbContext>(settings, log));

    private static DbContextOptions<T> Options<T>(DatabaseSettings settings, SqlLog log)
        where T : DbContext
    {
        var builder = new DbContextOptionsBuilder<T>();
        builder.UseDatabase(settings, "shelf").AddInterceptors(log);
        return builder.Options;
    }
}

/// <summary>What is sent to the database.</summary>
internal sealed class SqlLog : DbCommandInterceptor
{
    // A pooled command forgets both when it is done.
    private readonly ConcurrentQueue<(string Text, List<object?> Values)> _commands = new();

    public IReadOnlyList<string> Texts => [.. _commands.Select(command => command.Text)];

    public IReadOnlyList<object?> Values => [.. _commands.SelectMany(command => command.Values)];

    public void Clear() => _commands.Clear();

    /// <summary>The columns that a command reads, whatever they are called in it.</summary>
    public string Columns(int command)
    {
        var text = Texts[command];
        var list = text["SELECT ".Length..text.IndexOf("FROM", StringComparison.Ordinal)].Replace("\"", "", StringComparison.Ordinal);
        return string.Join(' ', list.Split(',').Select(column => column.Trim().Split(' ')[0].Split('.')[^1]).Order(StringComparer.Ordinal));
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        _commands.Enqueue((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(each => each.Value)]));
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        _commands.Enqueue((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(each => each.Value)]));
        return new(result);
    }
}
