using System.Text.Json.Nodes;
using Metro.GraphQL.Data;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Tests.Execution;
using Metro.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Tests.Data;

public sealed class ListQuery
{
    [UsePaging]
    [UseFiltering]
    [UseSorting]
    public static IEnumerable<Book> GetBooks([Metro.GraphQL.Annotations.Service] List<Book> books) => books;
}

public sealed class FilteringTests
{
    public static TheoryData<string, int[]> Questions => new()
    {
        { "{ }", [1, 2, 3, 4, 5, 6] },
        { "{ title: { eq: \"bumi\" } }", [5] },
        { "{ title: { neq: \"bumi\" } }", [1, 2, 3, 4, 6] },
        { "{ title: { contains: \"umi\" } }", [2, 5] },
        { "{ title: { ncontains: \"a\" } }", [5, 6] },
        { "{ title: { startsWith: \"b\" } }", [5] },
        { "{ title: { startsWith: \"B\" } }", [2] },
        { "{ title: { endsWith: \"Pelangi\" } }", [1] },
        { "{ title: { nstartsWith: \"B\" }, id: { lt: 4 } }", [1, 3] },
        { "{ title: { contains: \"%\" } }", [6] },
        { "{ title: { contains: \"_\" } }", [6] },
        { "{ title: { contains: \"' OR 1=1 --\" } }", [6] },
        { "{ title: { eq: \"x'; DROP TABLE books; --\" } }", [] },
        { "{ title: { in: [\"bumi\", \"Bumi Manusia\"] } }", [2, 5] },
        { "{ title: { or: [{ eq: \"bumi\" }, { contains: \"Ron\" }] } }", [3, 5] },
        { "{ subtitle: { eq: null } }", [1, 3, 5, 6] },
        { "{ subtitle: { neq: null } }", [2, 4] },
        { "{ subtitle: { ncontains: \"1\" } }", [1, 3, 4, 5, 6] },
        { "{ subtitle: { in: [null, \"Tetralogi Buru 1\"] } }", [1, 2, 3, 5, 6] },
        { "{ subtitle: { nin: [null] } }", [2, 4] },
        { "{ year: { in: [2005, null] } }", [1, 5, 6] },
        { "{ year: { gt: 1981 } }", [1, 3, 6] },
        { "{ year: { ngt: 1981 } }", [2, 4, 5] },
        { "{ year: { gte: 1981, lt: 2005 } }", [3, 4] },
        { "{ year: { nin: [2005] } }", [2, 3, 4, 5] },
        { "{ pages: { in: [] } }", [] },
        { "{ kind: { eq: ELECTRONIC } }", [3] },
        { "{ kind: { in: [ELECTRONIC, AUDIO] } }", [3, 5] },
        { "{ kind: { neq: PRINTED } }", [3, 5] },
        { "{ isAvailable: { eq: true } }", [1, 3, 6] },
        { "{ publishedOn: { gte: \"2014-01-16\" } }", [5] },
        { "{ addedAt: { eq: \"2026-01-05T09:00:00+07:00\" } }", [1, 2, 3, 4, 5, 6] },
        { "{ code: { eq: \"00000003-0007-0007-0102-030405060708\" } }", [3] },
        { "{ publisher: { name: { eq: \"Gramedia\" } } }", [3, 5, 6] },
        { "{ publisher: { name: { neq: \"Gramedia\" } } }", [1] },
        { "{ authors: { some: { name: { startsWith: \"Pram\" } } } }", [2, 4, 6] },
        { "{ authors: { none: { born: { lt: 1930 } } } }", [1, 3, 5] },
        { "{ authors: { all: { born: { gt: 1930 } } } }", [1, 3, 5] },
        { "{ authors: { any: false } }", [5] },
        { "{ authors: { any: true }, reviews: { any: true } }", [1, 3] },
        { "{ reviews: { some: { stars: { gte: 5 } } } }", [1] },
        { "{ and: [{ id: { gt: 2 } }, { id: { lt: 5 } }] }", [3, 4] },
        { "{ or: [{ id: { eq: 1 } }, { id: { eq: 6 } }], year: { eq: 2005 } }", [1, 6] },
        { "{ or: [] }", [1, 2, 3, 4, 5, 6] },
        { "{ or: [{ id: { eq: 1 } }, { and: [{ pages: { gt: 500 } }, { subtitle: { neq: null } }] }] }", [1, 2, 4] },
    };

    [Fact]
    public async Task Every_operation_finds_what_it_says_in_the_database_and_in_memory()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();
        var inMemory = InMemory(ShelfServer.SixBooks());
        foreach (var question in Questions)
        {
            var document = $"{{ books(where: {question.Data.Item1}, order: {{ id: ASC }}) {{ nodes {{ id }} }} }}";
            var expected = string.Join(',', question.Data.Item2);

            Assert.Equal($"{question.Data.Item1} finds {expected}", $"{question.Data.Item1} finds {Ids(await server.AskAsync(document))}");
            Assert.Equal($"{question.Data.Item1} finds {expected}", $"{question.Data.Item1} finds {Ids(await inMemory.JsonAsync(document))}");
        }
    }

    [Fact]
    public async Task What_random_questions_find_is_what_they_find_among_objects()
    {
        var random = new Random(11);
        var books = Enumerable.Range(1, 40).Select(id => RandomBooks.Of(id, random)).ToList();
        var inMemory = InMemory(books);
        await using var server = await ShelfServer.WithAsync(books);
        for (var i = 0; i < 150; i++)
        {
            var where = RandomQuestions.Of(random, 3);
            var document = $"{{ books(first: 50, where: {where}, order: {{ id: ASC }}) {{ nodes {{ id }} }} }}";

            Assert.Equal(where + Ids(await inMemory.JsonAsync(document)), where + Ids(await server.AskAsync(document)));
        }
    }

    [Fact]
    public async Task Values_reach_the_database_as_parameters_only()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        await server.AskAsync("{ books(first: 3, where: { title: { contains: \"xyzzy\" }, year: { gt: 1234 }, pages: { in: [77, 78] } }) { nodes { id } } }");

        var sql = Assert.Single(server.Log.Texts);
        Assert.All(["xyzzy", "1234", "77", "78", "LIMIT 4"], value => Assert.DoesNotContain(value, sql, StringComparison.Ordinal));
        Assert.Contains(server.Log.Values, value => value?.ToString()?.Contains("xyzzy", StringComparison.Ordinal) is true);
    }

    [Fact]
    public async Task The_same_question_with_other_values_is_the_same_statement()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();
        const string Document = "query ($w: BookFilterInput) { books(where: $w) { nodes { id } } }";
        var statements = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (title, pages) in ((string, int[])[])[("a", [1]), ("b", [1, 2, 3, 4, 5]), ("c", [])])
        {
            await server.AskAsync(Document, new { w = new { title = new { contains = title }, pages = new { @in = pages } } });
            statements.Add(server.Log.Texts.Single());
        }

        Assert.Single(statements);
    }

    [Theory]
    [InlineData("{ title: { contains: null } }", "HC0026")]
    [InlineData("{ pages: { gt: null } }", "HC0026")]
    [InlineData("{ title: null }", "HC0026")]
    [InlineData("{ publisher: null }", "HC0026")]
    [InlineData("{ authors: { some: null } }", "HC0026")]
    public async Task Null_is_refused_where_it_has_no_meaning(string where, string code)
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        Assert.Contains(code, await server.AskAsync($"{{ books(where: {where}) {{ nodes {{ id }} }} }}"), StringComparison.Ordinal);
        Assert.Empty(server.Log.Texts);
    }

    [Fact]
    public async Task More_values_or_comparisons_than_allowed_are_refused_before_the_database_is_asked()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();
        const string Document = "query ($w: BookFilterInput) { books(where: $w) { nodes { id } } }";

        Assert.Contains("FILTER_TOO_LARGE", await server.AskAsync(Document, new { w = new { id = new { @in = Enumerable.Range(0, 10_000) } } }), StringComparison.Ordinal);
        Assert.Contains("FILTER_TOO_LARGE", await server.AskAsync(Document, new { w = new { or = Enumerable.Range(0, 5_000).Select(i => new { id = new { eq = i } }) } }), StringComparison.Ordinal);
        Assert.Empty(server.Log.Texts);
        Assert.DoesNotContain("errors", await server.AskAsync(Document, new { w = new { or = Enumerable.Range(0, 200).Select(i => new { id = new { eq = i } }) } }), StringComparison.Ordinal);
        Assert.DoesNotContain("errors", await server.AskAsync(Document, new { w = new { id = new { @in = Enumerable.Range(0, 1000) } } }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deep_question_is_answered_or_refused_but_never_crashes()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();
        var deep = string.Concat(Enumerable.Repeat("{ and: [", 60)) + "{ id: { eq: 1 } }" + string.Concat(Enumerable.Repeat("] }", 60));

        Assert.Equal("1", Ids(await server.AskAsync($"{{ books(where: {deep}) {{ nodes {{ id }} }} }}")));
        var deeper = string.Concat(Enumerable.Repeat("{ and: [", 5_000)) + "{ id: { eq: 1 } }" + string.Concat(Enumerable.Repeat("] }", 5_000));
        Assert.Contains("errors", await server.AskAsync($"{{ books(where: {deeper}) {{ nodes {{ id }} }} }}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("note")]
    [InlineData("price")]
    public async Task What_not_everybody_sees_can_be_neither_asked_about_nor_ordered_by(string field)
    {
        await using var server = await ShelfServer.WithSixBooksAsync();
        var schema = server.Executor.Schema;

        Assert.True(schema.TryGetType("BookFilterInput", out var filter) && !((InputObjectType)filter).Fields.Contains(field));
        Assert.True(schema.TryGetType("BookSortInput", out var sort) && !((InputObjectType)sort).Fields.Contains(field));
        Assert.Contains("errors", await server.AskAsync($"{{ books(where: {{ {field}: {{ eq: null }} }}) {{ nodes {{ id }} }} }}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_is_the_one_that_clients_of_HotChocolate_know()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var printed = server.Executor.Schema.ToSdl();

        Assert.Equal(Snapshot.Accepted("Data/Shelf.graphql", printed), printed);
    }

    private static RequestExecutor InMemory(List<Book> books)
    {
        var services = new ServiceCollection().AddSingleton(books);
        services.AddGraphQLServer().AddQueryType<ListQuery>().AddAuthorization();
        return services.BuildServiceProvider().GetRequiredService<RequestExecutor>();
    }

    private static string Ids(string answer)
    {
        var parsed = JsonNode.Parse(answer)!;
        return parsed["errors"] is { } errors
            ? errors.ToJsonString()
            : string.Join(',', parsed["data"]!["books"]!["nodes"]!.AsArray().Select(node => node!["id"]!.ToJsonString()));
    }
}

/// <summary>Questions about <see cref="RandomBooks"/>.</summary>
internal static class RandomQuestions
{
    private static readonly string[] Texts = ["\"a\"", "\"A\"", "\"b\"", "\"%\"", "\"_\"", "\"\\\\\"", "\"'\"", "\"é\"", "\"\""];
    private static readonly string[] TextOperations = ["eq", "neq", "contains", "ncontains", "startsWith", "nstartsWith", "endsWith", "nendsWith"];
    private static readonly string[] Comparisons = ["eq", "neq", "gt", "ngt", "gte", "ngte", "lt", "nlt", "lte", "nlte"];

    public static string Of(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => $"{{ title: {{ {One(random, TextOperations)}: {One(random, Texts)} }} }}",
        1 => $"{{ subtitle: {{ {One(random, TextOperations)}: {One(random, Texts)} }} }}",
        2 => $"{{ year: {{ {One(random, Comparisons)}: {2000 + random.Next(5)} }} }}",
        3 => $"{{ subtitle: {{ {One(random, ["in", "nin"])}: [{One(random, Texts)}, {One(random, ["null", .. Texts])}] }} }}",
        4 => $"{{ publisher: {{ name: {{ {One(random, TextOperations)}: \"x\" }} }}, kind: {{ neq: AUDIO }} }}",
        5 => $"{{ publishedOn: {{ {One(random, Comparisons)}: \"2020-01-02\" }}, isAvailable: {{ eq: true }} }}",
        6 => $"{{ and: [{Of(random, depth - 1)}, {Of(random, depth - 1)}] }}",
        _ => $"{{ or: [{Of(random, depth - 1)}, {Of(random, depth - 1)}, {Of(random, depth - 1)}] }}",
    };

    private static string One(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
