using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace Metro.Bench.Budgets;

/// <summary>
/// Twenty books with authors and availability from the portal's own tables, by SQL and a JSON writer: the same bytes as
/// <see cref="Query"/> gives. Safe for several threads.
/// </summary>
internal sealed class BareBooks(string connectionString)
{
    /// <summary>The question in GraphQL.</summary>
    public const string Query = "{ books(first: 20) { nodes { id title yearOfPublication contributors { filingName } availability { copies free } } } }";

    private const string Sql =
        """
        SELECT t.id, t.name, t.year,
          (SELECT count(*) FROM copies c WHERE c.title_id = t.id AND c.status <> 'Withdrawn'),
          (SELECT count(*) FROM copies c WHERE c.title_id = t.id AND c.status = 'Available' AND NOT c.for_reference_only)
        FROM titles t WHERE t.withdrawn_at IS NULL ORDER BY t.id LIMIT 20;
        SELECT c.title_id, c.name
        FROM (SELECT id FROM titles WHERE withdrawn_at IS NULL ORDER BY id LIMIT 20) t
        JOIN title_contributors c ON c.title_id = t.id
        ORDER BY c.title_id, c.position
        """;

    public async Task AnswerAsync(HttpContext http)
    {
        var books = Read();
        http.Response.ContentType = "application/graphql-response+json; charset=utf-8";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteStartObject("books"u8);
        json.WriteStartArray("nodes"u8);
        foreach (var book in books)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Book:{book.Id}"))));
            json.WriteString("title"u8, book.Title);
            if (book.Year is { } year) json.WriteNumber("yearOfPublication"u8, year);
            else json.WriteNull("yearOfPublication"u8);
            json.WriteStartArray("contributors"u8);
            foreach (var name in book.Contributors)
            {
                json.WriteStartObject();
                json.WriteString("filingName"u8, name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("availability"u8);
            json.WriteNumber("copies"u8, book.Copies);
            json.WriteNumber("free"u8, book.Free);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private List<(long Id, string Title, int? Year, int Copies, int Free, List<string> Contributors)> Read()
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        using var reader = command.ExecuteReader();
        var books = new List<(long Id, string Title, int? Year, int Copies, int Free, List<string> Contributors)>(20);
        while (reader.Read())
            books.Add((reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), []));
        reader.NextResult();
        for (var at = 0; reader.Read();)
        {
            while (books[at].Id != reader.GetInt64(0)) at++;
            books[at].Contributors.Add(reader.GetString(1));
        }

        return books;
    }
}
