using Metro.Library;
using Metro.Library.Circulation;
using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Tests;

/// <summary>What the desk does by the API.</summary>
public sealed class DeskTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;
    private HttpClient desk = null!;

    private string Branch => ApiUnderTest.Id("Branch", api.Main);

    public async ValueTask InitializeAsync()
    {
        api = await ApiUnderTest.OpenAsync();
        desk = await api.SignedInAsync(null, "Librarian");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_copy_is_lent_and_taken_in_with_what_to_do_next()
    {
        var member = await api.AMemberAsync();
        await api.ABookAsync("Laskar Pelangi", copies: 1);

        var lent = await api.AskAsync($"mutation {{ checkOut(input: {{ card: \"{member.CardNumber}\", barcode: \"B001-0\", branch: \"{Branch}\" }}) {{ copyLent {{ repeated dueBecause loan {{ dueOn book {{ title }} member {{ name }} }} }} errors {{ ... on Error {{ code message }} }} }} }}", client: desk, path: "/en/graphql");
        api.Clock.Advance(TimeSpan.FromDays(8));
        desk = await api.SignedInAsync(null, "Librarian");
        var taken = await api.AskAsync($"mutation {{ checkIn(input: {{ barcode: \"B001-0\", branch: \"{Branch}\" }}) {{ copyReturned {{ title routing lateness {{ daysLate amount }} loan {{ state }} }} }} }}", client: desk);

        Assert.Equal("""{"checkOut":{"copyLent":{"repeated":false,"dueBecause":"due Monday 12 January 2026","loan":{"dueOn":"2026-01-12","book":{"title":"Laskar Pelangi"},"member":{"name":"Budi Santoso"}}},"errors":null}}""", lent.Text);
        Assert.Equal("""{"checkIn":{"copyReturned":{"title":"Laskar Pelangi","routing":"TO_SHELF","lateness":{"daysLate":1,"amount":500},"loan":{"state":"RETURNED"}}}}""", taken.Text);
    }

    [Fact]
    public async Task A_fine_is_paid_once_however_often_the_payment_is_sent()
    {
        var member = await api.AMemberAsync();
        await api.ABookAsync("Laskar Pelangi", copies: 1);
        await api.DoAsync((CirculationDesk circulation) => circulation.CheckOutAsync(member.CardNumber!, "B001-0", api.Main, ApiUnderTest.Librarian, ApiUnderTest.Stop));
        api.Clock.Advance(TimeSpan.FromDays(10));
        await api.DoAsync((CirculationDesk circulation) => circulation.CheckInAsync("B001-0", api.Main, ApiUnderTest.Librarian, stop: ApiUnderTest.Stop));
        desk = await api.SignedInAsync(null, "Librarian");
        var id = ApiUnderTest.Id("Member", member.Id);
        var fine = (string)(await api.AskAsync("query($id: ID!) { member(id: $id) { fines { id outstanding daysLate loan { book { title } } } owed } }", new { id }, desk)).Data["member"]!["fines"]![0]!["id"]!;
        const string Pay = "mutation($fine: ID!) { payFine(input: { fine: $fine, amount: 500, method: CASH, requestKey: \"kas-1\" }) { finePayment { receiptNumber amount } errors { ... on Error { code } } } }";

        var first = await api.AskAsync(Pay, new { fine }, desk);
        var again = await api.AskAsync(Pay, new { fine }, desk);
        var waived = await api.AskAsync("mutation($fine: ID!) { waiveFine(input: { fine: $fine, amount: 1000, reason: \"Sakit\" }) { fineWaiver { amount } errors { ... on Error { code } } } }", new { fine }, desk);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal("""{"waiveFine":{"fineWaiver":{"amount":1000},"errors":null}}""", waived.Text);
        Assert.Equal("""{"member":{"owed":0}}""", (await api.AskAsync("query($id: ID!) { member(id: $id) { owed } }", new { id }, desk)).Text);
    }

    [Fact]
    public async Task Looking_at_members_leaves_audit_lines_and_is_for_the_desk()
    {
        var member = await api.AMemberAsync();
        var other = await api.AMemberAsync("Budi Setiawan");
        var book = await api.ABookAsync("Laskar Pelangi", copies: 2);
        foreach (var (one, at) in ((Library.Members.Member, int)[])[(member, 0), (other, 1)])
            await api.DoAsync((CirculationDesk circulation) => circulation.CheckOutAsync(one.CardNumber!, $"B{book:000}-{at}", api.Main, ApiUnderTest.Librarian, ApiUnderTest.Stop));
        var before = await LinesAsync();

        var found = await api.AskAsync("{ members(search: \"budi\") { name category } loans(order: { dueOn: ASC }, where: { state: { eq: OUT } }) { nodes { dueOn member { name } } } }", client: desk);

        Assert.Equal(2, found.Data["members"]!.AsArray().Count);
        Assert.Equal(2, found.Data["loans"]!["nodes"]!.AsArray().Count);
        Assert.Equal(["member.searched", "member.viewed", "member.viewed"], (await LinesAsync()).Skip(before.Count).Order(StringComparer.Ordinal));

        var asMember = await api.SignedInAsync(member.Id);
        foreach (var query in (string[])["{ members(search: \"budi\") { name } }", "{ loans { nodes { dueOn } } }", "{ bookings { nodes { title } } }", "{ classVisits { nodes { status } } }", "{ holdShelf { title } }", $"{{ member(id: \"{ApiUnderTest.Id("Member", other.Id)}\") {{ name }} }}", $"{{ doorList(session: \"{ApiUnderTest.Id("Session", 1)}\") {{ name }} }}"])
        {
            Assert.Equal(["AUTH_NOT_AUTHENTICATED"], (await api.AskAsync(query)).Codes);
            Assert.Equal(["AUTH_NOT_AUTHORIZED"], (await api.AskAsync(query, client: asMember)).Codes);
        }
    }

    [Fact]
    public async Task The_door_lets_people_in_by_their_ticket()
    {
        var session = await api.ASessionAsync(await api.AProgramAsync("Membatik"), inDays: 1);
        var member = await api.AMemberAsync();
        var registration = (await api.DoAsync((SessionRegistrations registrations) => registrations.RegisterAsync(
            session.Id, new RegistrationRequest { MemberId = member.Id, Companions = 1 }, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Value;
        api.Clock.Advance(TimeSpan.FromHours(23.5));
        desk = await api.SignedInAsync(null, "Librarian");

        var list = await api.AskAsync($"{{ doorList(session: \"{ApiUnderTest.Id("Session", session.Id)}\") {{ name seats status ticket }} }}", client: desk);
        var entered = await api.AskAsync("mutation($t: String!) { checkInTicket(input: { ticket: $t }) { registration { status seats } errors { ... on Error { code } } } }", new { t = registration.TicketCode.ToLowerInvariant() }, desk);

        Assert.Contains("\"name\":\"Budi Santoso\",\"seats\":2,\"status\":\"CONFIRMED\"", list.Text, StringComparison.Ordinal);
        Assert.Equal("""{"checkInTicket":{"registration":{"status":"ATTENDED","seats":2},"errors":null}}""", entered.Text);
    }

    [Fact]
    public async Task A_member_is_registered_suspended_and_forgiven()
    {
        var registered = await api.AskAsync("""mutation { registerMember(input: { application: { name: "Siti Aminah", category: ADULT, birthDate: "1992-03-01", nik: "1872014103920009", email: "siti@contoh.id" } }) { member { id cardNumber status nikMasked } errors { ... on Error { code message } } } }""", client: desk);
        var id = (string)registered.Data["registerMember"]!["member"]!["id"]!;

        Assert.Equal("ACTIVE", (string?)registered.Data["registerMember"]!["member"]!["status"]);
        Assert.Equal("2026-02-01", (string?)(await api.AskAsync("mutation($m: ID!) { suspendMember(input: { member: $m, through: \"2026-02-01\", reason: \"Berulang terlambat\" }) { member { suspendedThrough } } }", new { m = id }, desk)).Data["suspendMember"]!["member"]!["suspendedThrough"]);
        Assert.Null((await api.AskAsync("mutation($m: ID!) { liftSuspension(input: { member: $m, reason: \"Sudah dijelaskan\" }) { errors { ... on Error { code } } } }", new { m = id }, desk)).Data["liftSuspension"]!["errors"]);
    }

    private Task<List<string>> LinesAsync() => api.DoAsync((LibraryDbContext db) => db.AuditLines.OrderBy(line => line.Id).Select(line => line.Action).ToListAsync(ApiUnderTest.Stop));
}
