using System.Linq.Expressions;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace Metro.Bench.GraphQL;

/// <summary>A small catalogue: what "20 books with authors and availability" is asked of.</summary>
public sealed class Book
{
    public int Id { get; set; }

    public string Title { get; set; } = "";

    public int Year { get; set; }

    public string Summary { get; set; } = "";

    public List<Author> Authors { get; set; } = [];

    [GraphQLIgnore]
    public List<Copy> Copies { get; set; } = [];
}

public sealed class Author
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    [GraphQLIgnore]
    public List<Book> Books { get; set; } = [];
}

public sealed class Copy
{
    public int Id { get; set; }

    public int BookId { get; set; }

    public bool IsOnLoan { get; set; }
}

public sealed record Availability(int Copies, int Available);

public sealed class BooksDbContext(DbContextOptions<BooksDbContext> options) : DbContext(options)
{
    public DbSet<Book> Books => Set<Book>();
}

public sealed class BooksQuery
{
    [UsePaging]
    [UseProjection]
    [UseFiltering]
    [UseSorting]
    public IQueryable<Book> GetBooks(BooksDbContext db) => db.Books;
}

[ExtendObjectType<Book>]
public static class BookAvailability
{
    [GraphQLIgnore]
    public static Expression<Func<Book, Availability>> Counted { get; } =
        book => new Availability(book.Copies.Count(), book.Copies.Count(copy => !copy.IsOnLoan));

    [UseExpression(nameof(Counted))]
    public static Availability GetAvailability([Parent] Book book) => new(book.Copies.Count, book.Copies.Count(copy => !copy.IsOnLoan));
}
