using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Metro.GraphQL.Tests.Execution;

namespace Metro.GraphQL.Tests.Data;

public sealed class PagingTests
{
    [Fact]
    public async Task A_page_tells_whether_others_follow_and_how_many_items_there_are()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = await server.AskAsync("{ books(first: 2, order: { title: DESC }) { totalCount pageInfo { hasNextPage hasPreviousPage } nodes { id } } }");

        Execute.Same(
            """{"data":{"books":{"totalCount":6,"pageInfo":{"hasNextPage":true,"hasPreviousPage":false},"nodes":[{"id":5},{"id":3}]}}}""", answer);
        Assert.Equal(2, server.Log.Texts.Count);
    }

    [Theory]
    [InlineData("{ books(first: 2) { nodes { id } } }", 2)]
    [InlineData("{ books(first: 2) { edges { cursor node { id } } } }", 2)]
    [InlineData("{ books(first: 2) { nodes { id } pageInfo { endCursor } } }", 2)]
    [InlineData("{ books(first: 2) { nodes { id } pageInfo { hasNextPage } } }", 3)]
    [InlineData("{ books(last: 2) { nodes { id } pageInfo { hasPreviousPage } } }", 3)]
    [InlineData("{ shelf(take: 2) { items { id } } }", 2)]
    [InlineData("{ shelf(take: 2) { items { id } pageInfo { hasNextPage } } }", 3)]
    public async Task The_row_beyond_a_page_is_read_only_if_somebody_asks_for_it(string document, int rows)
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = JsonNode.Parse(await server.AskAsync(document))!["data"]!.AsObject().Single().Value!;

        Assert.Equal([rows], server.Log.Values);
        Assert.Equal(2, (answer["nodes"] ?? answer["edges"] ?? answer["items"])!.AsArray().Count);
    }

    [Fact]
    public async Task Nothing_is_counted_unless_somebody_asks()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        await server.AskAsync("{ books(first: 2) { nodes { id } } }");
        Assert.Single(server.Log.Texts);

        await server.AskAsync("{ books { totalCount } }");
        Assert.Contains("COUNT", Assert.Single(server.Log.Texts), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_page_is_found_by_the_keys_of_its_cursor_and_not_by_counting()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();
        var cursor = Page(await server.AskAsync("{ books(first: 2, order: { title: ASC }) { pageInfo { endCursor } } }"), "books")["pageInfo"]!["endCursor"]!.GetValue<string>();

        await server.AskAsync("query ($c: String) { books(first: 2, after: $c, order: { title: ASC }) { nodes { id } } }", new { c = cursor });

        Assert.DoesNotContain("OFFSET", server.Log.Texts[0], StringComparison.Ordinal);
        Assert.Contains("title >", server.Log.Texts[0].Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_order_of_an_enum_is_sought_as_its_column_is_written()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();
        var seen = new List<int>();
        for (string? cursor = null; ;)
        {
            var page = Page(await server.AskAsync("query ($c: String) { books(first: 2, after: $c, order: { kind: DESC }) { nodes { id } pageInfo { endCursor hasNextPage } } }", new { c = cursor }), "books");
            Assert.DoesNotContain("OFFSET", server.Log.Texts[0], StringComparison.Ordinal);
            seen.AddRange(page["nodes"]!.AsArray().Select(node => node!["id"]!.GetValue<int>()));
            cursor = page["pageInfo"]!["endCursor"]!.GetValue<string>();
            if (!page["pageInfo"]!["hasNextPage"]!.GetValue<bool>()) break;
        }

        // Printed, Electronic, Audio: the names in their order, and the newest ids first.
        Assert.Equal([6, 4, 2, 1, 3, 5], seen);
    }

    [Theory]
    [InlineData("books(first: -1)", "HC0079")]
    [InlineData("books(last: -5)", "HC0079")]
    [InlineData("books(first: 1000000000)", "HC0051")]
    [InlineData("books(first: 51)", "HC0051")]
    [InlineData("books(first: 1, last: 1)", "HC0082")]
    [InlineData("books(after: \"nonsense\")", "HC0078")]
    [InlineData("books(before: \"\")", "HC0078")]
    [InlineData("books(after: \"AQAAAAAAAAAA\")", "HC0078")]
    [InlineData("bounded", "HC0052")]
    [InlineData("forward", "HC0090")]
    public async Task A_page_that_cannot_be_is_refused_before_the_database_is_asked(string field, string code)
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = JsonNode.Parse(await server.AskAsync($"{{ {field} {{ nodes {{ id }} }} }}"))!;

        var error = Assert.Single(answer["errors"]!.AsArray())!;
        Assert.Equal(code, error["extensions"]!["code"]!.GetValue<string>());
        Assert.StartsWith("Query.", error["extensions"]!["coordinate"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(server.Log.Texts);
    }

    [Fact]
    public async Task A_cursor_of_a_megabyte_is_refused_and_not_repeated()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var answer = await server.AskAsync("query ($c: String) { books(after: $c) { nodes { id } } }", new { c = new string('A', 1 << 20) });

        Assert.Contains("HC0078", answer, StringComparison.Ordinal);
        Assert.True(answer.Length < 1000);
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();
        var cursor = Page(await server.AskAsync("{ books(first: 1, order: { title: ASC }) { edges { cursor } } }"), "books")["edges"]![0]!["cursor"]!.GetValue<string>();

        Assert.Contains("HC0078", await server.AskAsync("query ($c: String) { books(after: $c, order: { year: ASC }) { nodes { id } } }", new { c = cursor }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_items_are_a_page_too()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        Execute.Same(
            """{"data":{"books":{"nodes":[],"pageInfo":{"hasNextPage":true,"startCursor":null,"endCursor":null}}}}""",
            await server.AskAsync("{ books(first: 0) { nodes { id } pageInfo { hasNextPage startCursor endCursor } } }"));
    }

    [Fact]
    public async Task The_order_of_the_resolver_stands_when_the_client_has_none()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var ids = await ReadThroughAsync(server, "oldestBooks", "olderThan: 2005", 1, isFromEnd: false);

        Assert.Equal([2, 4, 3], ids);
    }

    [Fact]
    public async Task A_cursor_does_not_tell_what_the_client_may_not_see()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        var cursor = Page(await server.AskAsync("{ booksByPrice(last: 1) { edges { cursor node { id } } } }"), "booksByPrice")["edges"]![0]!;

        Assert.Equal(2, cursor["node"]!["id"]!.GetValue<int>());
        Assert.DoesNotContain("90000", System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor["cursor"]!.GetValue<string>())), StringComparison.Ordinal);
        Assert.Equal([1, 3, 4, 5, 6, 2], (await ReadThroughAsync(server, "booksByPrice", null, 2, isFromEnd: false)));
    }

    [Theory]
    [InlineData("shelf(skip: -1)", "HC0079")]
    [InlineData("shelf(take: 1000000000)", "HC0051")]
    public async Task A_segment_that_cannot_be_is_refused(string field, string code)
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        Assert.Contains(code, await server.AskAsync($"{{ {field} {{ items {{ id }} }} }}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_segment_tells_what_lies_around_it()
    {
        await using var server = await ShelfServer.WithSixBooksAsync();

        Execute.Same(
            """{"data":{"shelf":{"items":[{"id":3},{"id":2}],"pageInfo":{"hasNextPage":true,"hasPreviousPage":true},"totalCount":6}}}""",
            await server.AskAsync("{ shelf(skip: 3, take: 2, order: [{ id: DESC }]) { items { id } pageInfo { hasNextPage hasPreviousPage } totalCount } }"));
        Execute.Same(
            """{"data":{"shelf":{"items":[],"pageInfo":{"hasNextPage":false,"hasPreviousPage":true}}}}""",
            await server.AskAsync("{ shelf(skip: 2147483647) { items { id } pageInfo { hasNextPage hasPreviousPage } } }"));
    }

    [Fact]
    public async Task Reading_on_through_any_order_meets_every_item_once_forwards_and_backwards()
    {
        var random = new Random(7);
        var books = Enumerable.Range(1, 40).Select(id => RandomBooks.Of(id, random)).ToList();
        var expected = books.ToDictionary(book => book.Id);
        await using var server = await ShelfServer.WithAsync(books);
        foreach (var order in RandomBooks.Orders)
        {
            var forwards = await ReadThroughAsync(server, "books", order.Argument, 7, isFromEnd: false);
            var backwards = await ReadThroughAsync(server, "books", order.Argument, 7, isFromEnd: true);

            Assert.Equal(order.Sorted(books).Select(book => book.Id), forwards);
            Assert.Equal(forwards, Enumerable.Reverse(backwards));
        }
    }

    [Fact]
    public void Reading_a_filtered_list_in_memory_page_by_page_is_reading_it_whole()
    {
        var sizes = ArbMap.Default.GeneratorFor<byte>();
        Prop.ForAll(Gen.Zip(sizes, sizes).ToArbitrary(), pair =>
        {
            var (count, size) = (pair.Item1 % 30, pair.Item2 % 7 + 1);
            var seen = new List<int>();
            for (var start = 0; ; start += size)
            {
                var stretch = Metro.GraphQL.Data.Paging.Stretch.Of(
                    new(size, false, start == 0 ? null : Metro.GraphQL.Data.Paging.Cursor.At(5, start - 1), null, 0, "x"), 5, count)!.Value;
                var page = Enumerable.Range(0, count).Skip(stretch.Start).Take(stretch.Count).ToList();
                if (page.Count == 0) break;
                seen.AddRange(page);
            }

            return seen.SequenceEqual(Enumerable.Range(0, count));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>All ids of a list, page by page; from its end in the order in which the pages come, each from its own end.</summary>
    private static async Task<List<int>> ReadThroughAsync(ShelfServer server, string field, string? argument, int size, bool isFromEnd)
    {
        var (count, from, edge, more) = isFromEnd ? ("last", "before", "startCursor", "hasPreviousPage") : ("first", "after", "endCursor", "hasNextPage");
        var document = $"query ($c: String) {{ {field}({count}: {size}, {from}: $c, {argument}) {{ nodes {{ id }} pageInfo {{ {edge} {more} }} }} }}";
        var ids = new List<int>();
        for (string? cursor = null; ;)
        {
            var page = Page(await server.AskAsync(document, new { c = cursor }), field);
            var found = page["nodes"]!.AsArray().Select(node => node!["id"]!.GetValue<int>());
            ids.AddRange(isFromEnd ? found.Reverse() : found);
            Assert.True(ids.Count < 1000);
            if (!page["pageInfo"]![more]!.GetValue<bool>()) return ids;
            cursor = page["pageInfo"]![edge]!.GetValue<string>();
        }
    }

    private static JsonNode Page(string answer, string field)
    {
        var parsed = JsonNode.Parse(answer)!;
        Assert.Null(parsed["errors"]);
        return parsed["data"]![field]!;
    }
}
