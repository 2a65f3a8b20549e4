using System.Text.Json;
using Metro.Data;
using Metro.GraphQL;
using Metro.GraphQL.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Path = System.IO.Path;

namespace Metro.Bench.GraphQL;

/// <summary>
/// Twenty books with authors and availability over HTTP from SQLite, by GraphQL and by SQL written by hand (DESIGN.md,
/// budgets: at least 0.6 of the requests a second, at most 1.7 times the processor time).
/// </summary>
internal static class DataBooksBench
{
    private const string Sql =
        """
        SELECT b."Id", b."Title", b."Year",
          (SELECT count(*) FROM "Copy" c WHERE c."BookId" = b."Id"),
          (SELECT count(*) FROM "Copy" c WHERE c."BookId" = b."Id" AND NOT c."IsOnLoan")
        FROM "Books" b ORDER BY b."Id" LIMIT @limit;
        SELECT l."BooksId", a."Name"
        FROM (SELECT "Id" FROM "Books" ORDER BY "Id" LIMIT @limit) b
        JOIN "AuthorBook" l ON l."BooksId" = b."Id" JOIN "Author" a ON a."Id" = l."AuthorsId"
        ORDER BY l."BooksId", a."Id"
        """;

    public static async Task RunAsync(Options options)
    {
        var file = Path.Combine(Path.GetTempPath(), $"metro-bench-{Environment.ProcessId}.db");
        try
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var connection = new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;
            builder.Services.AddDatabase<BooksDbContext, BooksDbContext, BooksDbContext>(new(DatabaseProvider.Sqlite, connection));
            builder.Services.AddGraphQLServer().AddQueryType<BooksQuery>().AddTypes([typeof(BookAvailability)]).AddFiltering().AddSorting().AddProjections();
            await using var app = builder.Build();
            await FillAsync(app.Services, options.Number("books", 5000));
            app.MapPost("/bare", http => AnswerAsync(http, connection));
            app.MapGraphQL();

            var document = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "GraphQL/documents/books.graphql"));
            await HttpComparison.RunAsync(
                app,
                new("SQL by hand", "/bare", "{}"),
                new("GraphQL", "/graphql", JsonSerializer.Serialize(new { query = document })),
                options.Number("seconds", 5));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            File.Delete(file);
        }
    }

    private static async Task FillAsync(IServiceProvider services, int count)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BooksDbContext>();
        await db.Database.EnsureCreatedAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL");
        var authors = Enumerable.Range(1, count / 3 + 2).Select(i => new Author { Id = i, Name = $"Author number {i}" }).ToArray();
        db.AddRange(Enumerable.Range(1, count).Select(i => new Book
        {
            Id = i,
            Title = $"The book that came as number {i}",
            Year = 1950 + i % 70,
            Summary = new string('s', 400),
            Authors = [authors[i % authors.Length], authors[(i + 1) % authors.Length]],
            Copies = [new() { IsOnLoan = i % 2 == 0 }, new() { IsOnLoan = i % 3 == 0 }, new()],
        }));
        await db.SaveChangesAsync();
    }

    private static async Task AnswerAsync(HttpContext http, string connectionString)
    {
        await using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.Parameters.AddWithValue("@limit", 20);
        using var reader = command.ExecuteReader();
        var books = new List<(int Id, string Title, int Year, int Copies, int Available, List<string> Authors)>(20);
        while (reader.Read()) books.Add((reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), []));
        reader.NextResult();
        for (var at = 0; reader.Read();)
        {
            while (books[at].Id != reader.GetInt32(0)) at++;
            books[at].Authors.Add(reader.GetString(1));
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteStartObject("books"u8);
        json.WriteStartArray("nodes"u8);
        foreach (var book in books)
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, book.Id);
            json.WriteString("title"u8, book.Title);
            json.WriteNumber("year"u8, book.Year);
            json.WriteStartArray("authors"u8);
            foreach (var author in book.Authors)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, author);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("availability"u8);
            json.WriteNumber("copies"u8, book.Copies);
            json.WriteNumber("available"u8, book.Available);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
