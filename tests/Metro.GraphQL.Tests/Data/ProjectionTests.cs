using Metro.GraphQL.Data;
using Metro.GraphQL.Tests.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Tests.Data;

public sealed class ProjectionTests
{
    [Fact]
    public async Task Only_the_selected_columns_are_read()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = await server.AskAsync("{ books(first: 1) { nodes { title } } }");

        Execute.Same("""{"data":{"books":{"nodes":[{"title":"Laskar Pelangi"}]}}}""", answer);
        Assert.Single(server.Log.Texts);
        Assert.Equal("title", server.Log.Columns(0));
    }

    [Fact]
    public async Task Fields_of_nodes_and_of_edges_are_read_together()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        await server.AskAsync("{ books(first: 1) { nodes { title } edges { node { year ... on Book { pages } } } } }");

        Assert.Single(server.Log.Texts);
        Assert.Equal("pages title year", server.Log.Columns(0));
    }

    [Fact]
    public async Task An_object_is_read_with_its_parent()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = await server.AskAsync("{ books(first: 2) { nodes { id publisher { name } } } }");

        Execute.Same("""{"data":{"books":{"nodes":[{"id":1,"publisher":{"name":"Bentang"}},{"id":2,"publisher":null}]}}}""", answer);
        Assert.Single(server.Log.Texts);
        Assert.DoesNotContain("founded", server.Log.Texts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("subtitle", server.Log.Texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_context_that_fields_share_answers_them_one_after_another()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();
        await using var db = server.NewContext();
        // A context finds its sets in a dictionary of its own, which resolvers that run at once may read and not fill.
        _ = db.Books;
        var executor = Annotations.Server.Of(builder => builder.AddQueryType<SharedShelf>(), services => services.AddSingleton(db));
        var fields = string.Join(' ', Enumerable.Range(0, 20).Select(i => $"b{i}: books(first: 6) {{ nodes {{ id reviews {{ stars }} }} }}"));

        // EF Core refuses a context that two queries use at once; here none does, whatever thread its resolver comes from.
        for (var i = 0; i < 10; i++) Assert.DoesNotContain("errors", await executor.JsonAsync($"{{ {fields} }}"), StringComparison.Ordinal);
    }

    private sealed class SharedShelf
    {
        [UsePaging]
        [UseProjection]
        public async Task<IQueryable<Book>> GetBooksAsync(ShelfDbContext db)
        {
            await Task.Yield();
            return db.Books;
        }
    }

    [Fact]
    public async Task Every_nested_list_is_one_command_however_many_parents_there_are()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = await server.AskAsync("{ books(first: 6) { nodes { id reviews { stars } authors { nodes { name } } } } }");

        Assert.Equal(3, server.Log.Texts.Count);
        Assert.DoesNotContain("errors", answer, StringComparison.Ordinal);
        Assert.Contains("""{"id":1,"reviews":[{"stars":5},{"stars":3}],"authors":{"nodes":[{"name":"Andrea Hirata"}]}}""", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("born", string.Concat(server.Log.Texts), StringComparison.Ordinal);
        Assert.DoesNotContain("\"text\"", string.Concat(server.Log.Texts).Replace(".text", ".\"text\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nested_list_has_its_own_filter_order_page_and_count()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = await server.AskAsync(
            """
            query ($least: Int!) {
              books(where: { id: { eq: 6 } }) {
                nodes {
                  authors(first: 1, where: { born: { gt: $least } }, order: { name: DESC }) {
                    totalCount pageInfo { hasNextPage hasPreviousPage endCursor } nodes { name }
                  }
                }
              }
            }
            """, new { least = 1930 });

        Assert.Contains("\"totalCount\":2", answer, StringComparison.Ordinal);
        Assert.Contains("\"hasNextPage\":true,\"hasPreviousPage\":false", answer, StringComparison.Ordinal);
        Assert.Contains("\"nodes\":[{\"name\":\"Andrea Hirata\"}]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nested_list_under_two_names_answers_each()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = await server.AskAsync(
            """
            { books(where: { id: { eq: 6 } }) { nodes {
              youngest: authors(first: 1, order: { born: DESC }) { nodes { name } }
              oldest: authors(first: 1, order: { born: ASC }) { nodes { name born } }
              last: authors(last: 1, order: { born: ASC }) { nodes { name } }
            } } }
            """);

        Execute.Same(
            """
            {"data":{"books":{"nodes":[{
              "youngest":{"nodes":[{"name":"Andrea Hirata"}]},
              "oldest":{"nodes":[{"name":"Pramoedya Ananta Toer","born":1925}]},
              "last":{"nodes":[{"name":"Andrea Hirata"}]}}]}}}
            """, answer);
    }

    [Fact]
    public async Task A_nested_page_goes_on_behind_its_cursor()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();
        const string Document =
            "query ($after: String) { books(where: { id: { eq: 6 } }) { nodes { authors(first: 2, after: $after, order: { name: ASC }) { edges { cursor node { name } } pageInfo { hasNextPage } } } } }";

        var first = System.Text.Json.Nodes.JsonNode.Parse(await server.AskAsync(Document))!["data"]!["books"]!["nodes"]![0]!["authors"]!;
        var second = await server.AskAsync(Document, new { after = first["edges"]![1]!["cursor"]!.GetValue<string>() });

        Assert.Equal("Andrea Hirata", first["edges"]![1]!["node"]!["name"]!.GetValue<string>());
        Assert.Contains("\"node\":{\"name\":\"Pramoedya Ananta Toer\"}}],\"pageInfo\":{\"hasNextPage\":false}", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_resolver_requires_of_its_parent_is_read()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = await server.AskAsync("{ books(first: 1) { nodes { label } } }");

        Assert.Contains("1 Laskar Pelangi", answer, StringComparison.Ordinal);
        Assert.Equal("id title", server.Log.Columns(0));
    }

    [Fact]
    public async Task A_resolver_that_does_not_say_what_it_requires_gets_all_columns()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        Assert.Contains("Laskar Pelangi 2005", await server.AskAsync("{ books(first: 1) { nodes { spine } } }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resolver_without_a_parent_needs_no_columns()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        Assert.Contains("Read.", await server.AskAsync("{ books(first: 1) { nodes { motto __typename } } }"), StringComparison.Ordinal);
        Assert.DoesNotContain("title", server.Log.Texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_property_that_is_worked_out_has_what_it_is_worked_out_from()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = await server.AskAsync("{ allBooks(where: { id: { in: [1, 2] } }, order: [{ id: ASC }]) { fullTitle } }");

        Execute.Same("""{"data":{"allBooks":[{"fullTitle":"Laskar Pelangi"},{"fullTitle":"Bumi Manusia: Tetralogi Buru 1"}]}}""", answer);
    }

    [Fact]
    public async Task What_the_database_can_work_out_is_part_of_its_parents_statement()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = await server.AskAsync("{ books(first: 3) { nodes { stars authors { nodes { pages } } } } }");

        Execute.Same(
            """
            {"data":{"books":{"nodes":[
              {"stars":8,"authors":{"nodes":[{"pages":541}]}},
              {"stars":0,"authors":{"nodes":[{"pages":1083}]}},
              {"stars":4,"authors":{"nodes":[{"pages":418}]}}]}}}
            """, answer);
        Assert.Equal(2, server.Log.Texts.Count);
    }

    [Fact]
    public async Task A_nested_list_that_is_counted_is_read_with_its_parent()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = await server.AskAsync("{ books(first: 6) { nodes { authors(first: 1) { totalCount nodes { name pages } } } } }");

        Assert.Equal(2, server.Log.Texts.Count);
        Assert.Contains("{\"totalCount\":3,\"nodes\":[{\"name\":\"Ahmad Tohari\",\"pages\":418}]}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_of_a_list_is_read_alone()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        Execute.Same("""{"data":{"firstBook":{"title":"Bumi Manusia"}}}""", await server.AskAsync("{ firstBook(where: { title: { contains: \"u\" }, id: { gt: 1 } }) { title } }"));
        Execute.Same("""{"data":{"firstBook":null}}""", await server.AskAsync("{ firstBook(where: { id: { eq: 0 } }) { title } }"));
    }

    [Fact]
    public async Task One_item_where_there_are_several_is_an_error()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        Execute.Same("""{"data":{"theBook":{"title":"bumi"}}}""", await server.AskAsync("{ theBook(where: { id: { eq: 5 } }) { title } }"));
        Assert.Contains("HC0022", await server.AskAsync("{ theBook { title } }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_side_by_side_each_have_their_own_context()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = await server.AskAsync("{ a: books { totalCount } b: books(first: 1) { nodes { id } } c: shelf(take: 1) { items { id } } d: allBooks { id } }");

        Assert.DoesNotContain("errors", answer, StringComparison.Ordinal);
    }
}
