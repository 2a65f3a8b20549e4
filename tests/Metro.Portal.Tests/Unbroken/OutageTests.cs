using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Metro.Data;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.Tests.Safety;
using Metro.Portal.Tests.Site;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Unbroken;

/// <summary>The world fails for a while: people are told so politely, nothing is half done, and the portal recovers by itself.</summary>
public sealed class OutageTests
{
    private const string Register = "mutation($session: ID!) { registerForSession(input: { session: $session }) { registration { ticket } errors { ... on Refusal { code } } } }";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_full_disk_readers_are_served_writers_are_told_and_both_go_on_when_there_is_room()
    {
        var disk = new Disk();
        await using var portal = new PortalUnderTest { Provider = DatabaseProvider.Sqlite, Library = options => options.AddInterceptors(disk) };
        var (program, session, member) = await FurnishAsync(portal);

        disk.IsFull = true;
        using var read = await member.AskAsync("GET", "/en/programs");
        using var page = await member.PostAsync(Page(program, session), ("Wait", "true"));
        var api = await RegisterAsync(member, session);
        disk.IsFull = false;

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        await AssertPoliteAsync(page);
        Assert.Contains("\"code\":\"UNAVAILABLE\"", api, StringComparison.Ordinal);
        Assert.Equal(0, await RegistrationsAsync(portal, session));
        Assert.Contains("\"ticket\"", await RegisterAsync(member, session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_another_program_keeps_the_file_locked_readers_are_served_and_writers_are_told()
    {
        await using var portal = new PortalUnderTest { Provider = DatabaseProvider.Sqlite, Library = options => options.AddInterceptors(new Impatience()) };
        var (program, session, member) = await FurnishAsync(portal);
        var settings = portal.Services.GetRequiredService<DatabaseSettings>();

        await using (var other = new SqliteConnection(settings.ConnectionString))
        {
            await other.OpenAsync(Stop);
            await using var transaction = other.BeginTransaction(deferred: false);
            using var read = await member.AskAsync("GET", "/en/programs");
            using var page = await member.PostAsync(Page(program, session), ("Wait", "true"));

            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
            await AssertPoliteAsync(page);
        }

        Assert.Contains("\"ticket\"", await RegisterAsync(member, session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_database_is_away_everybody_is_told_readiness_says_so_and_the_portal_comes_back_with_it()
    {
        using var wire = new Wire();
        await using var portal = new PortalUnderTest { Provider = DatabaseProvider.PostgreSql, Reached = wire.Between };
        var (program, session, member) = await FurnishAsync(portal);
        Assert.Equal(HttpStatusCode.OK, (await member.AskAsync("GET", "/health/ready")).StatusCode);

        wire.Cut();
        using var read = await member.AskAsync("GET", "/en/catalog/1");
        using var page = await member.PostAsync(Page(program, session), ("Wait", "true"));
        var api = await RegisterAsync(member, session);
        using var ready = await member.AskAsync("GET", "/health/ready");
        using var live = await member.AskAsync("GET", "/health/live");
        wire.Mend();

        await AssertPoliteAsync(read);
        await AssertPoliteAsync(page);
        Assert.Contains("\"code\":\"UNAVAILABLE\"", api, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await member.AskAsync("GET", "/health/ready")).StatusCode);
        Assert.Contains("\"ticket\"", await RegisterAsync(member, session), StringComparison.Ordinal);
        Assert.Equal(1, await RegistrationsAsync(portal, session));
    }

    /// <summary>A page that says what to do, in the language of the address, with no detail of the fault.</summary>
    private static async Task AssertPoliteAsync(HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), answer.Headers.RetryAfter?.Delta);
        Assert.Contains("<h1>One moment, the portal is held up</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", html, StringComparison.Ordinal);
    }

    private static string Page(long program, long session) => string.Create(CultureInfo.InvariantCulture, $"/en/programs/{program}/register/{session}");

    private static async Task<string> RegisterAsync(AtTheDoor member, long session)
    {
        var id = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Session:{session}")));
        using var answer = await member.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = Register, variables = new { session = id } }) });
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static async Task<int> RegistrationsAsync(PortalUnderTest portal, long session)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().Registrations.CountAsync(one => one.SessionId == session, Stop);
    }

    private static async Task<(long Program, long Session, AtTheDoor Member)> FurnishAsync(PortalUnderTest portal)
    {
        var (clerk, today) = (Actor.System("test"), DateOnly.FromDateTime(DateTime.UtcNow.AddHours(7)));
        await FurnishedPortal.FurnishAsync(portal.Services, today);
        await using var scope = portal.Services.CreateAsyncScope();
        var (planning, calendar) = (scope.ServiceProvider.GetRequiredService<ProgramPlanning>(), scope.ServiceProvider.GetRequiredService<LibraryCalendar>());
        var branch = await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().Branches.OrderBy(one => one.Id).Select(one => one.Id).FirstAsync(Stop);
        var program = (await planning.CreateAsync(new ProgramDetails { Title = "Malam puisi", NeedsGuardianConsent = false }, clerk)).Value.Id;
        Assert.Null(await planning.PublishAsync(program, clerk));
        var start = calendar.InstantOf(today.AddDays(8), new TimeOnly(10, 0));
        var session = (await planning.ScheduleAsync(program, new SessionPlan(start, start.AddHours(2), SessionPlace.AtBranch(branch), 30), clerk)).Value.Id;
        var id = await AtTheDoor.MemberAsync(portal, "Siti Aminah", "1872011705900001");
        return (program, session, await AtTheDoor.SignedInAsync(portal, role: null, id));
    }

    /// <summary>A disk on which SQLite finds no room for what is to be written.</summary>
    private sealed class Disk : DbCommandInterceptor
    {
        private const int Full = 13;

        public bool IsFull { get; set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Write(command);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Write(command);
            return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
        }

        private void Write(DbCommand command)
        {
            if (IsFull && !command.CommandText.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase)) throw new SqliteException("database or disk is full", Full);
        }
    }

    /// <summary>Gives up at once where the portal would wait half a minute for a lock.</summary>
    private sealed class Impatience : DbConnectionInterceptor
    {
        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ((SqliteConnection)connection).DefaultTimeout = 1;
            return Task.CompletedTask;
        }

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => ((SqliteConnection)connection).DefaultTimeout = 1;
    }
}
