using Metro.Library.Catalog;
using Metro.Library.Circulation;

namespace Metro.Portal.Schema.Tests;

public sealed class CatalogTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.OpenAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_book_is_found_by_its_number_with_who_made_it_and_whether_it_is_in()
    {
        var id = await api.ABookAsync("Laskar Pelangi", copies: 2, isbn: "979-3062-79-7");

        var answer = await api.AskAsync("""
            { bookByIsbn(isbn: "9793062797") {
                id title isbn format language audience yearOfPublication contributors { name filingName role } subjects { text } identifiers { kind value }
                availability { isAvailable copies free onLoan waiting nextDueOn branches { free branch { code name(language: EN) } } }
                copies { status isFree dueOn branch { code } } url } }
            """);

        Assert.Equal(
            $$$"""{"bookByIsbn":{"id":"{{{ApiUnderTest.Id("Book", id)}}}","title":"Laskar Pelangi","isbn":"9789793062792","format":"PRINT","language":"ind","audience":"GENERAL","yearOfPublication":2005,"contributors":[{"name":"Andrea Hirata","filingName":"Hirata, Andrea","role":"AUTHOR"}],"subjects":[{"text":"Persahabatan"}],"identifiers":[{"kind":"ISBN","value":"9789793062792"}],"availability":{"isAvailable":true,"copies":2,"free":2,"onLoan":0,"waiting":0,"nextDueOn":null,"branches":[{"free":2,"branch":{"code":"MTR","name":"Metro City Library"}}]},"copies":[{"status":"AVAILABLE","isFree":true,"dueOn":null,"branch":{"code":"MTR"}},{"status":"AVAILABLE","isFree":true,"dueOn":null,"branch":{"code":"MTR"}}],"url":"http://localhost/catalog/{{{id}}}"}}""",
            answer.Text);
    }

    [Fact]
    public async Task A_book_that_is_out_says_when_it_comes_back()
    {
        var id = await api.ABookAsync("Bumi Manusia", copies: 1);
        var member = await api.AMemberAsync();
        Assert.True((await api.DoAsync((CirculationDesk desk) => desk.CheckOutAsync(member.CardNumber!, $"B{id:000}-0", api.Main, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Succeeded);

        var answer = await api.AskAsync("query($id: ID!) { book(id: $id) { availability { isAvailable onLoan nextDueOn } copies { status dueOn } } }", new { id = ApiUnderTest.Id("Book", id) });

        Assert.Equal("""{"book":{"availability":{"isAvailable":false,"onLoan":1,"nextDueOn":"2026-01-12"},"copies":[{"status":"ON_LOAN","dueOn":"2026-01-12"}]}}""", answer.Text);
    }

    [Fact]
    public async Task A_search_corrects_counts_and_goes_on_where_it_left_off()
    {
        for (var i = 1; i <= 3; i++) await api.ABookAsync($"Petualangan Kancil {i}", audience: Audience.Children, copies: i == 1 ? 1 : 0);
        await api.ABookAsync("Sejarah Lampung", author: "Pemerintah Lampung");

        var first = await api.AskAsync("""
            { searchBooks(text: "petualangn", filter: { audiences: [CHILDREN] }, order: TITLE, first: 2) {
                totalCount hasNextPage endCursor books { title } corrections { typed used } ignoredWords
                facets { availableNow audiences { value count } branches { count branch { code } } } } }
            """);
        var cursor = first.Data["searchBooks"]!["endCursor"]!.GetValue<string>();
        var second = await api.AskAsync(
            """query($after: String) { searchBooks(text: "petualangn", filter: { audiences: [CHILDREN] }, order: TITLE, first: 2, after: $after) { hasNextPage books { title } } }""",
            new { after = cursor });

        Assert.Equal(3, (int)first.Data["searchBooks"]!["totalCount"]!);
        Assert.Equal("""[{"typed":"petualangn","used":"petualangan"}]""", first.Data["searchBooks"]!["corrections"]!.ToJsonString());
        Assert.Equal("""{"availableNow":1,"audiences":[{"value":"CHILDREN","count":3}],"branches":[{"count":1,"branch":{"code":"MTR"}}]}""", first.Data["searchBooks"]!["facets"]!.ToJsonString());
        Assert.Equal("""{"searchBooks":{"hasNextPage":false,"books":[{"title":"Petualangan Kancil 3"}]}}""", second.Text);
    }

    [Fact]
    public async Task Suggestions_lead_to_books_and_people()
    {
        await api.ABookAsync("Laskar Pelangi");

        Assert.Equal("""{"suggest":[{"kind":"TITLE","text":"Laskar Pelangi","book":{"title":"Laskar Pelangi"}}]}""", (await api.AskAsync("""{ suggest(text: "lask") { kind text book { title } } }""")).Text);
        Assert.Contains("Andrea Hirata", (await api.AskAsync("""{ suggest(text: "hira") { kind text } }""")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_catalogue_is_read_from_end_to_end_by_those_who_harvest_it()
    {
        for (var i = 0; i < 3; i++) await api.ABookAsync($"Buku {i}");
        const string Page = "query($after: String) { books(first: 2, after: $after, where: { changedAt: { gte: \"2026-01-01T00:00:00Z\" } }, order: { changedAt: ASC }) { totalCount pageInfo { hasNextPage endCursor } nodes { title } } }";

        var first = await api.AskAsync(Page);
        var second = await api.AskAsync(Page, new { after = first.Data["books"]!["pageInfo"]!["endCursor"]!.GetValue<string>() });

        Assert.Equal(3, (int)first.Data["books"]!["totalCount"]!);
        Assert.Equal("""[{"title":"Buku 0"},{"title":"Buku 1"}]""", first.Data["books"]!["nodes"]!.ToJsonString());
        Assert.Equal("""{"books":{"totalCount":3,"pageInfo":{"hasNextPage":false,"endCursor":""" + second.Data["books"]!["pageInfo"]!["endCursor"]!.ToJsonString() + """},"nodes":[{"title":"Buku 2"}]}}""", second.Text);
    }

    [Fact]
    public async Task Twenty_books_with_all_that_a_list_shows_cost_a_handful_of_commands()
    {
        for (var i = 0; i < 20; i++) await api.ABookAsync($"Buku {i}", copies: 1);
        const string List = "{ books(first: 20) { nodes { title isbn contributors { name } availability { free waiting branches { branch { name } } } copies { shelfMark branch { name } } } } }";
        await api.AskAsync(List);
        api.Sql.Clear();

        Assert.Equal(20, (await api.AskAsync(List)).Data["books"]!["nodes"]!.AsArray().Count);
        Assert.InRange(api.Sql.Texts.Count, 1, 7);
    }

    [Fact]
    public async Task What_only_the_desk_knows_of_a_copy_stays_with_it()
    {
        var id = await api.ABookAsync("Bumi Manusia", copies: 1);
        var desk = await api.SignedInAsync(null, "Librarian");
        const string Barcodes = "query($id: ID!) { book(id: $id) { copies { status barcode } } }";

        var anonymous = await api.AskAsync(Barcodes, new { id = ApiUnderTest.Id("Book", id) });
        var staff = await api.AskAsync(Barcodes, new { id = ApiUnderTest.Id("Book", id) }, desk);

        Assert.Equal(["AUTH_NOT_AUTHENTICATED"], anonymous.Codes);
        Assert.Contains($"B{id:000}-0", staff.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_or_unknown_book_is_null_by_every_path()
    {
        var id = await api.ABookAsync("Salah catat");
        Assert.Null(await api.DoAsync((Cataloguing desk) => desk.WithdrawTitleAsync(id, ApiUnderTest.Librarian, ApiUnderTest.Stop)));

        var answer = await api.AskAsync(
            """query($id: ID!) { node(id: $id) { id } book(id: $id) { title } bookByIsbn(isbn: "x") { title } searchBooks(text: "salah catat") { totalCount } books { nodes { title } } }""",
            new { id = ApiUnderTest.Id("Book", id) });

        Assert.Equal("""{"node":null,"book":null,"bookByIsbn":null,"searchBooks":{"totalCount":0},"books":{"nodes":[]}}""", answer.Text);
    }
}
