using Metro.Library.Programs;

namespace Metro.Portal.Schema.Tests;

/// <summary>What everybody may ask about hours, programs, spaces and class visits.</summary>
public sealed class OfferTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.OpenAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Branches_say_whether_they_are_open_and_until_when()
    {
        const string Hours = "{ branch(code: \"MTR\") { name isOpenNow openUntil opensAt hours(days: 2) { date isOpen occasion openings { opens closes } } } }";

        var open = await api.AskAsync(Hours);
        api.Clock.Advance(TimeSpan.FromHours(10));
        var closed = await api.AskAsync(Hours, path: "/en/graphql");

        Assert.Equal(
            """{"branch":{"name":"Perpustakaan Kota Metro","isOpenNow":true,"openUntil":"2026-01-05T09:00:00Z","opensAt":null,"hours":[{"date":"2026-01-05","isOpen":true,"occasion":null,"openings":[{"opens":"08:00:00","closes":"16:00:00"}]},{"date":"2026-01-06","isOpen":true,"occasion":null,"openings":[{"opens":"08:00:00","closes":"16:00:00"}]}]}}""",
            open.Text);
        Assert.Equal("Metro City Library", (string?)closed.Data["branch"]!["name"]);
        Assert.Equal("2026-01-06T01:00:00Z", (string?)closed.Data["branch"]!["opensAt"]);
    }

    [Fact]
    public async Task The_language_is_that_of_the_path_else_of_the_header()
    {
        var english = api.CreateClient();
        english.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en-GB, id;q=0.5");
        const string Name = "{ branch(code: \"MTR\") { name } }";

        var answer = await api.AskAsync(Name, client: english);
        Assert.Contains("Metro City Library", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Accept-Language", answer.Headers.Vary);
        Assert.Contains("Perpustakaan", (await api.AskAsync(Name)).Text, StringComparison.Ordinal);
        Assert.Contains("Metro City Library", (await api.AskAsync(Name, path: "/en/graphql")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task This_weeks_sessions_come_in_order_with_their_seats_and_cancelled_ones_marked()
    {
        var workshop = await api.AProgramAsync("Membatik");
        var talk = await api.AProgramAsync("Bedah buku", ProgramKind.Seminar);
        var later = await api.ASessionAsync(workshop, inDays: 3, seats: 5);
        var cancelled = await api.ASessionAsync(talk, inDays: 1);
        await api.ASessionAsync(workshop, inDays: 20);
        await api.DoAsync((ProgramPlanning planning) => planning.CancelAsync(cancelled.Id, "Pemateri sakit", ApiUnderTest.Librarian, ApiUnderTest.Stop));
        Assert.True((await api.DoAsync((SessionRegistrations desk) => desk.RegisterAsync(
            later.Id, new RegistrationRequest { MemberId = api.AMemberAsync().GetAwaiter().GetResult().Id }, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Succeeded);

        var answer = await api.AskAsync("{ sessions { totalCount nodes { startsAt isCancelled reason seatsLeft capacity place(language: EN) whyClosed program { kind title(language: EN) } } } }");

        Assert.Equal(
            """{"sessions":{"totalCount":2,"nodes":[{"startsAt":"2026-01-06T02:00:00Z","isCancelled":true,"reason":"Pemateri sakit","seatsLeft":10,"capacity":10,"place":"Metro City Library","whyClosed":"Kegiatan ini dibatalkan.","program":{"kind":"SEMINAR","title":"Bedah buku (en)"}},{"startsAt":"2026-01-08T02:00:00Z","isCancelled":false,"reason":null,"seatsLeft":4,"capacity":5,"place":"Metro City Library","whyClosed":null,"program":{"kind":"WORKSHOP","title":"Membatik (en)"}}]}}""",
            answer.Text);
    }

    [Fact]
    public async Task Drafts_are_found_by_no_path()
    {
        var draft = await api.AProgramAsync("Rahasia", published: false);
        var session = await api.ASessionAsync(draft);

        var answer = await api.AskAsync(
            "query($p: ID!, $s: ID!) { node(id: $p) { id } program(id: $p) { title } session(id: $s) { startsAt } programs { totalCount nodes { title } } sessions { totalCount } }",
            new { p = ApiUnderTest.Id("Program", draft.Id), s = ApiUnderTest.Id("Session", session.Id) });

        Assert.Equal("""{"node":null,"program":null,"session":null,"programs":{"totalCount":0,"nodes":[]},"sessions":{"totalCount":0}}""", answer.Text);
    }

    [Fact]
    public async Task Programs_tell_their_next_sessions()
    {
        var program = await api.AProgramAsync("Membatik");
        await api.ASessionAsync(program, inDays: 9);
        await api.ASessionAsync(program, inDays: 2);

        Assert.Equal(
            """{"programs":{"nodes":[{"title":"Membatik","summary":"Ikut dan belajar bersama.","upcomingSessions":[{"startsAt":"2026-01-07T02:00:00Z"}]}]}}""",
            (await api.AskAsync("{ programs(where: { kind: { eq: WORKSHOP } }) { nodes { title summary upcomingSessions(first: 1) { startsAt } } } }")).Text);
    }

    [Fact]
    public async Task Spaces_show_their_free_slots()
    {
        var space = await api.ASpaceAsync();

        var answer = await api.AskAsync(
            """query($b: ID!) { spaces { name(language: EN) capacity kind { needsApproval name(language: EN) } branch { code } } spaceSlots(branch: $b, from: "2026-01-10", onlyFree: true) { date space { id } slots { startsAt endsAt isFree } } }""",
            new { b = ApiUnderTest.Id("Branch", api.Main) });

        Assert.Equal("""[{"name":"Study room","capacity":8,"kind":{"needsApproval":false,"name":"Study room"},"branch":{"code":"MTR"}}]""", answer.Data["spaces"]!.ToJsonString());
        Assert.Equal(4, answer.Data["spaceSlots"]![0]!["slots"]!.AsArray().Count);
        Assert.Equal(ApiUnderTest.Id("Space", space.Id), (string?)answer.Data["spaceSlots"]![0]!["space"]!["id"]);
    }

    [Fact]
    public async Task A_question_that_the_library_refuses_is_an_error_with_its_code_and_sentence()
    {
        var answer = await api.AskAsync(
            """query($b: ID!) { spaceSlots(branch: $b, from: "2026-01-10", through: "2026-12-10") { date } branches { code } }""", new { b = ApiUnderTest.Id("Branch", api.Main) }, path: "/en/graphql");

        Assert.Equal(["spaces.span_too_long"], answer.Codes);
    }

    [Fact]
    public async Task Offers_to_classes_show_when_a_class_could_come()
    {
        await api.AnOfferAsync();

        var answer = await api.AskAsync("""{ classVisitOffers { name(language: EN) kind languages mostChildren noticeDays slots(onlyFree: true) { date time isFree } } }""");

        Assert.Equal("""{"date":"2026-01-20","time":"09:00:00","isFree":true}""", answer.Data["classVisitOffers"]![0]!["slots"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task Public_answers_to_a_get_may_be_kept_and_others_may_not()
    {
        await api.ABookAsync("Laskar Pelangi", copies: 1);
        var browser = api.CreateClient();
        async Task<string?> Kept(string query) =>
            (await browser.GetAsync($"/graphql?query={Uri.EscapeDataString(query)}", ApiUnderTest.Stop)).Headers.CacheControl?.ToString();

        Assert.Equal("public, max-age=60", await Kept("{ books { nodes { title contributors { name } availability { free branches { branch { name } } } } } }"));
        Assert.Equal("public, max-age=30", await Kept("{ sessions { nodes { seatsLeft program { title } } } }"));
        Assert.Equal("public, max-age=30", await Kept("{ branches { isOpenNow } }"));
        Assert.NotEqual("public, max-age=60", await Kept("{ books { nodes { copies { barcode } } } }"));
    }
}
