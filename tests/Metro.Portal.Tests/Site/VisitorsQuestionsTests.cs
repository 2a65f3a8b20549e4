using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Metro.Data;
using Metro.Testing;
using Microsoft.Data.Sqlite;

namespace Metro.Portal.Tests.Site;

/// <summary>Whatever a visitor's pages ask of the database is answered by an index.</summary>
public sealed class VisitorsQuestionsTests(ProgramHouse house) : IClassFixture<ProgramHouse>
{
    /// <summary>
    /// Tables that stay small in the largest library, and are read as they are: its places and their rooms and things, its offers to
    /// classes, the days on which other hours hold, the terms of loans, the types of content.
    /// </summary>
    private static readonly string[] Small =
        ["branches", "spaces", "space_kinds", "equipment", "calendar_exceptions", "visit_offers", "visit_times", "loan_terms", "content_definition"];

    private readonly PortalUnderTest portal = house.Furnished.Portal;
    private readonly Offering offering = house.Offering;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_question_of_a_visitor_reads_a_table_that_grows_from_end_to_end()
    {
        if (TestDatabase.Provider != DatabaseProvider.Sqlite) return;
        portal.Sql.Clear();
        foreach (var path in VisitorsPages())
        {
            using var answer = await portal.Visitor().GetAsync(path, Stop);
            Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode}");
        }

        await AskAsync();
        var questions = portal.Sql.Questions.DistinctBy(question => question.Text)
            .Where(question => question.Text.StartsWith("SELECT", StringComparison.Ordinal) && !ReadsNothing(question.Text)).ToList();

        await using var connection = new SqliteConnection(portal.Database.ConnectionString);
        await connection.OpenAsync(Stop);
        var poor = new List<string>();
        foreach (var question in questions)
            poor.AddRange((await SqlitePlan.OfAsync(connection, question)).Where(step => SqlitePlan.ReadWhole(step, question.Text) is { } read && !Small.Contains(read) && !IsACataloguesPage(question.Text)).Select(step => $"{step}\n{question.Text}"));

        Assert.True(questions.Count > 60, $"Only {questions.Count} questions were heard.");
        Assert.True(poor.Count == 0, string.Join("\n\n", poor));
    }

    /// <summary>A list of nothing, which EF asks all the same.</summary>
    private static bool ReadsNothing(string text) => text.Split('\n').Any(line => line.Trim() == "WHERE 0");

    /// <summary>A page of the catalogue in the order of its keys, the newest first or last: nearly every title that is passed is one of the page, for few are withdrawn.</summary>
    private static bool IsACataloguesPage(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" DESC ", " ", StringComparison.Ordinal).Contains("WHERE \"t\".\"withdrawn_at\" IS NULL ORDER BY \"t\".\"id\" LIMIT @p", StringComparison.Ordinal);

    private string[] VisitorsPages() =>
    [
        "/", "/en", "/catalog", "/catalog?format=Print&available=1", "/catalog?q=judul", "/catalog/suggestions?q=jud", $"/catalog/{house.Furnished.LaskarPelangi}", "/search?q=acara", "/search?part=spaces&q=ruang",
        "/programs", "/programs?kind=Workshop", "/exhibitions", "/programs/calendar", $"/programs/{offering.Workshop}", $"/programs/{offering.Workshop}/register",
        "/e-resources", "/e-resources?access=anywhere", "/spaces", $"/spaces/{offering.Room}", "/visits", $"/visits/{offering.Tour}", "/news", "/faq", "/hours", "/privacy", "/tidak-ada",
        "/news.atom", "/catalog/new.atom", "/hours.ics", "/programs.ics", "/programs.atom", $"/programs/{offering.Workshop}.ics",
        "/opds", "/opds/new", "/opds/e-resources", "/opds/subjects", "/opds/search?query=judul", "/opds/1.2/e-resources",
        "/sitemap.xml", "/sitemaps/pages.xml", "/sitemaps/content.xml", "/sitemaps/books-1.xml",
    ];

    private async Task AskAsync()
    {
        const string document = """
            {
              books(first: 20) { nodes { title contributors { name } availability { copies } } }
              programs(first: 20) { nodes { title upcomingSessions { startsAt seatsLeft } } }
              sessions(first: 20, through: "2026-01-31") { nodes { startsAt seatsLeft program { title } } }
            }
            """;
        using var answer = await portal.CreateClient().PostAsJsonAsync("/graphql", new { query = document }, Stop);
        var said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(JsonNode.Parse(said)!["errors"] is null, said);
    }
}
