using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Metro.Content;
using Metro.Library.Circulation;
using Metro.Library.Programs;

namespace Metro.Portal.Schema.Tests;

/// <summary>What subscribers are told over server-sent events, once the change holds.</summary>
public sealed class SubscriptionTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.OpenAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Seats_left_are_told_to_who_listens_and_a_refusal_is_not()
    {
        var session = await api.ASessionAsync(await api.AProgramAsync("Membatik"), seats: 1);
        await using var events = await ListenAsync($"subscription {{ seatsLeft(session: \"{ApiUnderTest.Id("Session", session.Id)}\") {{ seatsLeft isCancelled program {{ title }} }} }}");
        var member = await api.AMemberAsync();
        var asked = new RegistrationRequest { MemberId = member.Id };

        // An event tells what holds when it is read: each is waited for before the next change.
        Assert.True((await RegisterAsync(session.Id, asked)).Succeeded);
        Assert.Equal("""{"seatsLeft":{"seatsLeft":0,"isCancelled":false,"program":{"title":"Membatik"}}}""", await events.NextAsync());

        Assert.False((await RegisterAsync(session.Id, asked)).Succeeded);
        Assert.Null(await api.DoAsync((ProgramPlanning planning) => planning.CancelAsync(session.Id, null, ApiUnderTest.Librarian, ApiUnderTest.Stop)));
        Assert.Equal("""{"seatsLeft":{"seatsLeft":1,"isCancelled":true,"program":{"title":"Membatik"}}}""", await events.NextAsync());
    }

    [Fact]
    public async Task Copies_lent_and_returned_are_told()
    {
        var book = await api.ABookAsync("Laskar Pelangi", copies: 1);
        var member = await api.AMemberAsync();
        await using var events = await ListenAsync($"subscription {{ copyAvailability(book: \"{ApiUnderTest.Id("Book", book)}\") {{ title availability {{ free onLoan }} }} }}");

        await api.DoAsync((CirculationDesk desk) => desk.CheckOutAsync(member.CardNumber!, $"B{book:000}-0", api.Main, ApiUnderTest.Librarian, ApiUnderTest.Stop));
        Assert.Equal("""{"copyAvailability":{"title":"Laskar Pelangi","availability":{"free":0,"onLoan":1}}}""", await events.NextAsync());

        await api.DoAsync((CirculationDesk desk) => desk.CheckInAsync($"B{book:000}-0", api.Main, ApiUnderTest.Librarian, stop: ApiUnderTest.Stop));
        Assert.Equal("""{"copyAvailability":{"title":"Laskar Pelangi","availability":{"free":1,"onLoan":0}}}""", await events.NextAsync());
    }

    [Theory]
    [InlineData("contentPublished")]
    [InlineData("contentPublished(type: NEWS_POST)")]
    public async Task Published_content_is_told_and_a_draft_is_not(string field)
    {
        await using var events = await ListenAsync($"subscription {{ {field} {{ title type }} }}");

        await api.DoAsync(async (ContentStore store) =>
        {
            var content = ContentJson.Read("""{"TitlePart":{"Title":"Buka lagi"},"MarkdownBodyPart":{"Markdown":"Isi."},"NewsPost":{"Summary":{"Text":"Ringkas."}}}""");
            await store.CreateAsync(ContentUser.Portal, "NewsPost", ContentJson.Read("""{"TitlePart":{"Title":"Rahasia"}}"""), "id", stop: ApiUnderTest.Stop);
            var made = await store.CreateAsync(ContentUser.Portal, "NewsPost", content, "id", stop: ApiUnderTest.Stop);
            return (await store.PublishAsync(ContentUser.Portal, made.Result!.ItemId, made.Result.VersionId, stop: ApiUnderTest.Stop)).Succeeded;
        });

        Assert.Equal("""{"contentPublished":{"title":"Buka lagi","type":"NEWS_POST"}}""", await events.NextAsync());
    }

    private Task<Library.Outcome<Registration>> RegisterAsync(long sessionId, RegistrationRequest asked) =>
        api.DoAsync((SessionRegistrations registrations) => registrations.RegisterAsync(sessionId, asked, ApiUnderTest.Librarian, ApiUnderTest.Stop));

    private async Task<EventStream> ListenAsync(string document)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/graphql?query={Uri.EscapeDataString(document)}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var response = await api.CreateClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ApiUnderTest.Stop);
        response.EnsureSuccessStatusCode();
        return new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync(ApiUnderTest.Stop)));
    }

    private sealed class EventStream(HttpResponseMessage response, StreamReader lines) : IAsyncDisposable
    {
        public async Task<string> NextAsync()
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ApiUnderTest.Stop);
            stop.CancelAfter(TimeSpan.FromSeconds(60));
            while (await lines.ReadLineAsync(stop.Token) is { } line)
            {
                if (!line.StartsWith("data: {", StringComparison.Ordinal)) continue;
                var result = JsonNode.Parse(line["data: ".Length..])!;
                Assert.True(result["errors"] is null, line);
                return result["data"]!.ToJsonString();
            }

            throw new InvalidOperationException("The stream ended.");
        }

        public ValueTask DisposeAsync()
        {
            lines.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
