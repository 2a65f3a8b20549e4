using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Metro.Data;
using Metro.GraphQL;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.Tests.Safety;
using Metro.Portal.Tests.Site;
using Metro.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Unbroken;

/// <summary>A portal in a process of its own.</summary>
/// <param name="Address">Where it answers.</param>
/// <param name="Process">The process.</param>
internal sealed record Node(string Address, PortalProcess Process);

/// <summary>
/// Members who want the seats of one session, through the API of portals that run as processes of their own; and what the database
/// says afterwards. A portal in the test's own process furnishes the library and looks at it, and serves nobody.
/// </summary>
internal sealed class RaceForSeats : IAsyncDisposable
{
    private const string Register = "mutation($session: ID!) { registerForSession(input: { session: $session }) { registration { ticket } errors { ... on Refusal { code } } } }";

    private const string Follow = "subscription($session: ID!) { seatsLeft(session: $session) { seatsLeft } }";

    private readonly PortalUnderTest observer;
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("metro-nodes-");
    private readonly List<Node> nodes = [];
    private readonly HttpClient browser = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(10) };
    private readonly List<(long Id, string Session)> members = [];
    private readonly HashSet<int> acknowledged = [];
    private (long Program, long Session) wanted;

    private RaceForSeats(DatabaseProvider provider) => observer = new PortalUnderTest { Provider = provider };

    /// <summary>How many members were told that they have a place, or one on the waitlist.</summary>
    public int Acknowledged
    {
        get
        {
            lock (acknowledged) return acknowledged.Count;
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A library with a session of so many seats, and so many members who are signed in.</summary>
    public static async Task<RaceForSeats> OpenAsync(int seats, int members, DatabaseProvider? provider = null)
    {
        var race = new RaceForSeats(provider ?? TestDatabase.Provider);
        var today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(7));
        await FurnishedPortal.FurnishAsync(race.observer.Services, today);
        race.wanted = await race.AnnounceAsync(seats, today);
        for (var i = 0; i < members; i++)
        {
            var id = await AtTheDoor.MemberAsync(race.observer, $"Pembaca {i}", $"187201170590{i + 1:0000}");
            race.members.Add((id, await AtTheDoor.SessionOfAsync(race.observer, role: null, id)));
        }

        return race;
    }

    /// <summary>Starts a portal on the race's database.</summary>
    public async Task<Node> StartNodeAsync()
    {
        var database = observer.Services.GetRequiredService<DatabaseSettings>();
        var address = $"http://127.0.0.1:{PortalProcess.FreePort()}";
        nodes.Add(new Node(address, await PortalProcess.ServeAsync(
        [
            ("ASPNETCORE_URLS", address), ("Portal__DataPath", data.FullName), ("Portal__Jobs", "false"),
            ("Database__Provider", database.Provider.ToString()), ("ConnectionStrings__Portal", database.ConnectionString),
        ], Stop)));
        return nodes[^1];
    }

    /// <summary>
    /// A member asks for a seat at the first node that answers; one that goes away in the middle is passed over, as by a proxy. What
    /// was not acknowledged by any is not counted.
    /// </summary>
    public async Task AskForSeatAsync(int member, params IReadOnlyList<Node> inTurn)
    {
        foreach (var node in inTurn)
        {
            try
            {
                var answer = await RegisterAsync(member, node);
                // Where so many wait that it takes too long, one asks again.
                while (HasTakenTooLong(answer)) answer = await RegisterAsync(member, node);
                Assert.True(answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object, answer.ToString());
                var payload = data.GetProperty("registerForSession");
                // Who was registered by a node that died before it could say so is told that they are.
                var isIn = payload.GetProperty("registration").ValueKind == JsonValueKind.Object
                    || payload.GetProperty("errors").EnumerateArray().Any(error => error.GetProperty("code").GetString() == ProgramRefusals.AlreadyRegistered.Code);
                Assert.True(isIn, answer.ToString());
                lock (acknowledged) acknowledged.Add(member);
                return;
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                // The next node.
            }
        }
    }

    /// <summary>Returns when somebody who follows the session at that node is told that no seat is left.</summary>
    public async Task NoSeatIsLeftAccordingToAsync(Node node)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{node.Address}/graphql")
        {
            Content = JsonContent.Create(new { query = Follow, variables = new { session = Id } }),
            Headers = { { "Accept", "text/event-stream" } },
        };
        using var answer = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
        while (await events.ReadLineAsync(Stop) is { } line)
            if (line.Contains("\"seatsLeft\":0}", StringComparison.Ordinal)) return;
        Assert.Fail("The stream ended while seats were left.");
    }

    /// <summary>A member opens the form of the session at a node.</summary>
    /// <returns>What their browser would send, with the cookies that it has by then.</returns>
    public async Task<(FormUrlEncodedContent Form, string Cookies)> OpenFormAsync(int member, Node node)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{node.Address}{Page}") { Headers = { { "Cookie", members[member].Session } } };
        using var answer = await browser.SendAsync(request, Stop);
        answer.EnsureSuccessStatusCode();
        var given = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Select(cookie => cookie.Split(';')[0]) : [];
        return (Form.Of(await answer.Content.ReadAsStringAsync(Stop), ("Wait", "true")), string.Join("; ", [members[member].Session, .. given]));
    }

    /// <summary>A member sends a form to a node; where it leads to.</summary>
    public async Task<(HttpStatusCode Status, string? Location)> SendFormAsync(int member, (FormUrlEncodedContent Form, string Cookies) opened, Node node)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{node.Address}{Page}") { Content = opened.Form, Headers = { { "Cookie", opened.Cookies } } };
        using var answer = await browser.SendAsync(request, Stop);
        if (answer.StatusCode == HttpStatusCode.Redirect)
            lock (acknowledged) acknowledged.Add(member);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString);
    }

    /// <summary>Nobody who was told that they have a place is without one, nobody has two, no seat was given twice and none is left while somebody waits.</summary>
    public async Task AssertNothingIsLostOrDoubledAsync()
    {
        await using var scope = observer.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
        var places = await db.Registrations.AsNoTracking().Where(one => one.SessionId == wanted.Session).OrderBy(one => one.Id).Take(1_000).ToListAsync(Stop);
        var capacity = await db.Sessions.AsNoTracking().Where(one => one.Id == wanted.Session).Select(one => one.Capacity).SingleAsync(Stop);
        var given = places.Where(one => one.Status == RegistrationStatus.Confirmed).Sum(one => one.Seats);

        Assert.Equal(places.Count, places.Select(one => one.MemberId).Distinct().Count());
        Assert.True(given <= capacity, $"{given} of {capacity} seats are given.");
        Assert.True(given == capacity || places.All(one => one.Status != RegistrationStatus.Waiting), "Somebody waits while a seat is free.");
        Assert.All(acknowledged, member => Assert.Contains(places, one => one.MemberId == members[member].Id));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) node.Process.Dispose();
        browser.Dispose();
        await observer.DisposeAsync();
        data.Delete(recursive: true);
    }

    private static bool HasTakenTooLong(JsonElement answer) =>
        answer.TryGetProperty("errors", out var errors) && errors[0].GetProperty("extensions").GetProperty("code").GetString() == ErrorCodes.Timeout;

    private string Page => string.Create(CultureInfo.InvariantCulture, $"/en/programs/{wanted.Program}/register/{wanted.Session}");

    private string Id => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"Session:{wanted.Session}"));

    private async Task<JsonElement> RegisterAsync(int member, Node node)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{node.Address}/graphql")
        {
            Content = JsonContent.Create(new { query = Register, variables = new { session = Id } }),
            Headers = { { "Cookie", members[member].Session } },
        };
        using var answer = await browser.SendAsync(request, Stop);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private async Task<(long Program, long Session)> AnnounceAsync(int seats, DateOnly today)
    {
        var clerk = Actor.System("test");
        await using var scope = observer.Services.CreateAsyncScope();
        var (planning, calendar) = (scope.ServiceProvider.GetRequiredService<ProgramPlanning>(), scope.ServiceProvider.GetRequiredService<LibraryCalendar>());
        var branch = await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().Branches.OrderBy(one => one.Id).Select(one => one.Id).FirstAsync(Stop);
        var program = (await planning.CreateAsync(new ProgramDetails { Title = "Malam puisi", NeedsGuardianConsent = false }, clerk)).Value.Id;
        Assert.Null(await planning.PublishAsync(program, clerk));
        var start = calendar.InstantOf(today.AddDays(8), new TimeOnly(10, 0));
        return (program, (await planning.ScheduleAsync(program, new SessionPlan(start, start.AddHours(2), SessionPlace.AtBranch(branch), seats), clerk)).Value.Id);
    }
}
