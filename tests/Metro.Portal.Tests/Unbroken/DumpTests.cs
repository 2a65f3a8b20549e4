using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Metro.Data;
using Metro.Library;
using Metro.Library.Circulation;
using Metro.Portal.Tests.Safety;
using Metro.Portal.Tests.Site;
using Metro.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Unbroken;

/// <summary>A copy of a PostgreSQL database, made and put back as docs/operations.md says, whatever database the run is about.</summary>
public sealed class DumpTests : IDisposable
{
    private const string Mine = "{ me { loans { barcode dueOn } } searchBooks(text: \"laskar\") { totalCount } }";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("metro-dump-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_dumped_is_served_from_an_empty_database_and_whoever_was_signed_in_still_is()
    {
        var dump = Path.Combine(folder.FullName, "metro.dump");
        await using var lost = new PortalUnderTest { Provider = DatabaseProvider.PostgreSql };
        var (session, before) = await BorrowAsync(lost);

        Assert.Equal((0, ""), await PostgreSqlServer.RunAsync("pg_dump", lost.Database, ["--format=custom", $"--file={dump}"], Stop));
        var empty = await TestDatabase.EmptyAsync("restored", DatabaseProvider.PostgreSql);
        Assert.Equal((0, ""), await PostgreSqlServer.RunAsync("pg_restore", empty, ["--no-owner", "--exit-on-error", dump], Stop));

        try
        {
            // In production nothing is migrated at the start: what is missing would be missed.
            await using var restored = new PortalUnderTest { Provider = DatabaseProvider.PostgreSql, SharedDatabase = empty, Environment = "Production" };
            using var ready = await restored.Visitor().GetAsync("/health/ready", Stop);
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            Assert.Equal(before, await AskAsync(restored, session));
            // Keys go on from where they were, so that the next loan is not refused.
            await using var scope = restored.Services.CreateAsyncScope();
            Assert.True((await scope.ServiceProvider.GetRequiredService<CirculationDesk>().CheckInAsync(Barcode(before), await BranchAsync(scope), Actor.System("test"), stop: Stop)).Succeeded);
        }
        finally
        {
            await TestDatabase.DropAsync(empty);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<(string Session, string Answer)> BorrowAsync(PortalUnderTest portal)
    {
        var book = await FurnishedPortal.FurnishAsync(portal.Services, DateOnly.FromDateTime(DateTime.UtcNow.AddHours(7)));
        var member = await AtTheDoor.MemberAsync(portal, "Pembaca", "1872011705900001");
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
        var card = await db.Members.Where(one => one.Id == member).Select(one => one.CardNumber!).SingleAsync(Stop);
        var barcode = await db.Copies.Where(one => one.TitleId == book).OrderBy(one => one.Id).Select(one => one.Barcode).FirstAsync(Stop);
        Assert.True((await scope.ServiceProvider.GetRequiredService<CirculationDesk>().CheckOutAsync(card, barcode, await BranchAsync(scope), Actor.System("test"), Stop)).Succeeded);

        var session = await AtTheDoor.SessionOfAsync(portal, role: null, member);
        return (session, await AskAsync(portal, session));
    }

    private static Task<long> BranchAsync(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<LibraryDbContext>().Branches.OrderBy(one => one.Id).Select(one => one.Id).FirstAsync(Stop);

    private static async Task<string> AskAsync(PortalUnderTest portal, string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = Mine }), Headers = { { "Cookie", session } } };
        using var answer = await portal.Visitor().SendAsync(request, Stop);
        var said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.NotNull(Barcode(said));
        return said;
    }

    private static string Barcode(string answer) => JsonNode.Parse(answer)!["data"]!["me"]!["loans"]![0]!["barcode"]!.GetValue<string>();
}
