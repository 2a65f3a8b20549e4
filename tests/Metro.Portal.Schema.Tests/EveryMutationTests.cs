using System.Globalization;
using System.Text.Json.Nodes;
using Metro.GraphQL.Execution;
using Metro.Library;
using Metro.Portal.Accounts.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Schema.Tests;

/// <summary>
/// Every mutation is done by those who may, through a year of the library, and says what came of it. That each refuses, and whom,
/// stands in <see cref="MutationTests"/>.
/// </summary>
public sealed partial class EveryMutationTests : IAsyncLifetime
{
    private readonly HashSet<string> done = new(StringComparer.Ordinal);
    private ApiUnderTest api = null!;

    /// <summary>A program that acts as the desk.</summary>
    private HttpClient desk = null!;

    private string Branch => ApiUnderTest.Id("Branch", api.Main);

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.OpenAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Every_mutation_does_what_it_is_for()
    {
        desk = await AsAsync(null, "Librarian");
        await CataloguingAsync();
        await MembersAsync();
        await AdministratorsAsync();
        await CalendarAsync();
        await LendingAsync();
        await PhonesAndFilesAsync();
        await ProgramsAsync();
        await SpacesAsync();
        await VisitsAsync();
        await RenewalOfMembershipAsync();

        var all = api.Services.GetRequiredService<RequestExecutor>().Schema.MutationType!.Fields.Select(field => field.Name);
        Assert.Equal(all.Order(StringComparer.Ordinal), done.Order(StringComparer.Ordinal));
    }

    private async Task CataloguingAsync()
    {
        var book = (await DoAsync(desk, "addBook", "book: { title: \"Laskar pelangi\", language: \"ind\", contributors: [{ filingName: \"Hirata, Andrea\" }], subjects: [\"Persahabatan\"], identifiers: [{ kind: ISBN, value: \"979-3062-79-7\" }] }", "book { id title version isbn }"))["book"]!;
        Assert.Equal(("Laskar pelangi", "9789793062792"), ((string)book["title"]!, (string)book["isbn"]!));
        var id = (string)book["id"]!;
        var described = await DoAsync(desk, "describeBook", $"book: \"{id}\", version: {book["version"]}, description: {{ title: \"Laskar pelangi\", subtitle: \"Novel\" }}", "book { subtitle contributors { name } }");
        Assert.Equal("""{"subtitle":"Novel","contributors":[]}""", described["book"]!.ToJsonString());

        var copy = (await DoAsync(desk, "addCopy", $"book: \"{id}\", copy: {{ barcode: \"c-1\", branch: \"{Branch}\", price: 75000 }}", "copy { id version status barcode price source }"))["copy"]!;
        Assert.Equal(("IN_PROCESS", "C-1", 75_000, "PURCHASE"), ((string)copy["status"]!, (string)copy["barcode"]!, (int)copy["price"]!, (string)copy["source"]!));
        var key = (string)copy["id"]!;
        var worn = await DoAsync(desk, "describeCopy", $"copy: \"{key}\", version: {copy["version"]}, description: {{ barcode: \"C-1\", branch: \"{Branch}\", condition: WORN, note: \"Punggung lepas\" }}", "copy { condition note price }");
        Assert.Equal("""{"condition":"WORN","note":"Punggung lepas","price":null}""", worn["copy"]!.ToJsonString());
        Assert.Equal("AVAILABLE", await StatusAsync("shelveCopy", $", branch: \"{Branch}\""));
        Assert.Equal("MISSING", await StatusAsync("reportCopyMissing"));
        Assert.Equal("IN_REPAIR", await StatusAsync("sendCopyToRepair"));
        Assert.Equal("WITHDRAWN", await StatusAsync("withdrawCopy"));

        Assert.True((bool)(await DoAsync(desk, "withdrawBook", $"book: \"{id}\"", "book { isWithdrawn }"))["book"]!["isWithdrawn"]!);
        Assert.Null((await api.AskAsync($"{{ book(id: \"{id}\") {{ title }} }}")).Data["book"]);
        Assert.Equal("""{"bookRecord":{"isWithdrawn":true},"copyByBarcode":{"status":"WITHDRAWN"}}""", (await api.AskAsync($"{{ bookRecord(id: \"{id}\") {{ isWithdrawn }} copyByBarcode(barcode: \"c-1\") {{ status }} }}", client: desk)).Text);
        Assert.False((bool)(await DoAsync(desk, "reinstateBook", $"book: \"{id}\"", "book { isWithdrawn }"))["book"]!["isWithdrawn"]!);

        async Task<string> StatusAsync(string mutation, string more = "") => (string)(await DoAsync(desk, mutation, $"copy: \"{key}\"{more}", "copy { status }"))["copy"]!["status"]!;
    }

    private async Task AdministratorsAsync()
    {
        var administrator = await AsAsync(null, "Administrator");
        var terms = await DoAsync(administrator, "setLoanTerms", "terms: { category: STUDENT, mostLoans: 4, loanDays: 14, mostRenewals: 2, finePerDay: 0, fineCeiling: 0, mostHolds: 3, pickupDays: 3, suspensionDaysPerDayLate: 1 }", "loanTerms { category format mostLoans loanDays }");
        Assert.Equal("""{"category":"STUDENT","format":null,"mostLoans":4,"loanDays":14}""", terms["loanTerms"]!.ToJsonString());
        Assert.Equal([2, 4, 20], (await api.AskAsync("{ loanTerms { mostLoans } }", client: desk)).Data["loanTerms"]!.AsArray().Select(row => (int)row!["mostLoans"]!).Order());

        var limits = await DoAsync(administrator, "setHouseLimits", "visitsPerSchoolYear: 3, mostStrikes: 4, strikeDays: 60, mostOwed: 75000, membershipDays: 365, mostDigitalLoans: 6", "houseLimits { visitsPerSchoolYear mostStrikes strikeDays mostOwed membershipDays mostDigitalLoans }");
        Assert.Equal("""{"visitsPerSchoolYear":3,"mostStrikes":4,"strikeDays":60,"mostOwed":75000,"membershipDays":365,"mostDigitalLoans":6}""", limits["houseLimits"]!.ToJsonString());
        Assert.Equal("""{"houseLimits":{"mostOwed":75000}}""", (await api.AskAsync("{ houseLimits { mostOwed } }", client: desk)).Text);

        var kind = (await DoAsync(administrator, "createSpaceKind", "kind: { name: \"Studio\", nameEnglish: \"Studio\", mostPerWeek: 2 }", "spaceKind { id name mostPerWeek needsApproval }"))["spaceKind"]!;
        Assert.Equal(("Studio", 2, false), ((string)kind["name"]!, (int)kind["mostPerWeek"]!, (bool)kind["needsApproval"]!));
        var stricter = await DoAsync(administrator, "changeSpaceKind", $"kind: \"{kind["id"]}\", rules: {{ name: \"Studio\", needsApproval: true }}", "spaceKind { needsApproval mostPerWeek }");
        Assert.Equal("""{"needsApproval":true,"mostPerWeek":null}""", stricter["spaceKind"]!.ToJsonString());

        var invited = (await DoAsync(administrator, "inviteColleague", "name: \"Pak Joko\", email: \"joko@perpustakaan.example\", roles: [LIBRARIAN], language: ID", "account { id name roles isOpened }"))["account"]!;
        Assert.Equal(("""["LIBRARIAN"]""", false), (invited["roles"]!.ToJsonString(), (bool)invited["isOpened"]!));
        var account = $"account: \"{invited["id"]}\"";
        await DoAsync(administrator, "inviteAgain", account);
        Assert.Equal("""["EDITOR","LIBRARIAN"]""", (await DoAsync(administrator, "setRoles", account + ", roles: [LIBRARIAN, EDITOR]", "account { roles }"))["account"]!["roles"]!.ToJsonString());
        var promoted = await api.AskAsync($"mutation {{ setRoles(input: {{ {account}, roles: [ADMINISTRATOR] }}) {{ errors {{ ... on Error {{ code }} }} }} inviteColleague(input: {{ name: \"Pencuri\", email: \"pencuri@contoh.id\", roles: [ADMINISTRATOR] }}) {{ errors {{ ... on Error {{ code }} }} }} }}", client: administrator);
        Assert.Equal("""{"setRoles":{"errors":[{"code":"accounts.administrator_in_browser"}]},"inviteColleague":{"errors":[{"code":"accounts.administrator_in_browser"}]}}""", promoted.Text);
        Assert.True((bool)(await DoAsync(administrator, "closeAccount", account, "account { isClosed }"))["account"]!["isClosed"]!);
        Assert.False((bool)(await DoAsync(administrator, "openAccount", account, "account { isClosed }"))["account"]!["isClosed"]!);
        await DoAsync(administrator, "signAccountOut", account);
        Assert.Equal("""{"accounts":[{"name":"Pak Joko"}]}""", (await api.AskAsync("{ accounts(search: \"joko\", role: EDITOR) { name } }", client: administrator)).Text);
    }

    private async Task CalendarAsync()
    {
        var week = (await DoAsync(desk, "changeOpeningHours", $"branch: \"{ApiUnderTest.Id("Branch", api.Kelurahan)}\", week: [{{ day: MONDAY, openings: [{{ opens: \"08:00:00\", closes: \"12:00:00\" }}] }}]", "branch { week { day openings { opens closes } } }"))["branch"]!["week"]!;
        Assert.Equal("""{"day":"MONDAY","openings":[{"opens":"08:00:00","closes":"12:00:00"}]}""", week[0]!.ToJsonString());
        Assert.Equal("""{"day":"TUESDAY","openings":[]}""", week[1]!.ToJsonString());

        var session = await api.ASessionAsync(await api.AProgramAsync("Wayang"), inDays: 64);
        const string Closure = "closure: { name: \"Cuti bersama\", nameEnglish: \"Shared leave\", from: \"2026-03-10\" }";
        var preview = (await api.AskAsync($"{{ previewClosure({Closure}) {{ what session from startsAt to }} }}", client: desk)).Data["previewClosure"]!;
        var cancelled = (await api.AskAsync($"{{ previewClosure({Closure}, decisions: [{{ session: \"{ApiUnderTest.Id("Session", session.Id)}\" }}]) {{ session to movesTo }} }}", client: desk)).Data["previewClosure"]!;
        var touched = (await DoAsync(desk, "announceClosure", Closure, "touched { what session from startsAt to }"))["touched"]!;
        Assert.Equal(preview.ToJsonString(), touched.ToJsonString());
        Assert.Equal(("Wayang", ApiUnderTest.Id("Session", session.Id), "2026-03-10"), ((string)touched[0]!["what"]!, (string)touched[0]!["session"]!, (string)touched[0]!["from"]!));
        Assert.Null(cancelled[0]!["to"]);
        var again = await api.AskAsync($"mutation {{ announceClosure(input: {{ {Closure} }}) {{ errors {{ ... on Error {{ code }} }} }} }}", client: desk);
        Assert.Equal("calendar.already_announced", (string?)again.Data["announceClosure"]!["errors"]![0]!["code"]);

        var announced = (await api.AskAsync("{ closures { id name(language: EN) from to isClosed branch { code } } }")).Data["closures"]![0]!;
        Assert.Equal(("Shared leave", true), ((string)announced["name"]!, (bool)announced["isClosed"]!));
        await DoAsync(desk, "withdrawClosure", $"closure: \"{announced["id"]}\"", "isWithdrawn");
        Assert.Empty((await api.AskAsync("{ closures { id } }")).Data["closures"]!.AsArray());
    }

    private async Task MailAsync()
    {
        await api.ChangeAsync(async (LibraryDbContext db) =>
        {
            var message = await db.OutboxMessages.FirstAsync(one => one.Kind == "circulation.receipt", ApiUnderTest.Stop);
            Assert.True(message.Claim("uji", api.Clock.UtcNow, TimeSpan.FromMinutes(1)));
            message.Failed(api.Clock.UtcNow, "kotak surat penuh", retryAt: null);
            await db.SaveChangesAsync(ApiUnderTest.Stop);
        });
        var failed = (await api.AskAsync("{ outgoingMessages { id kind remark member { name } } }", client: desk)).Data["outgoingMessages"]![0]!;
        Assert.Equal(("kotak surat penuh", "Budi Santoso"), ((string)failed["remark"]!, (string)failed["member"]!["name"]!));

        Assert.Equal("WAITING", (string?)(await DoAsync(desk, "resendMessage", $"message: \"{failed["id"]}\"", "outgoingMessage { state }"))["outgoingMessage"]!["state"]);
    }

    private async Task<HttpClient> AsAsync(long? memberId, params string[] roles) => (await api.TokenAsync(memberId, ApiScopes.All, roles)).Client;

    /// <summary>Lets the time pass.</summary>
    private void GoTo(string instant) => api.Clock.Advance(DateTime.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal) - api.Clock.UtcNow);

    /// <summary>Does something that is not refused, and says what came of it.</summary>
    private async Task<JsonNode> DoAsync(HttpClient who, string mutation, string input, string payload = "")
    {
        var answer = await api.AskAsync($"mutation {{ {mutation}(input: {{ {input} }}) {{ {payload} errors {{ ... on Error {{ code message }} }} }} }}", client: who);
        var came = answer.Json["data"]?[mutation];
        Assert.True(answer.Json["errors"] is null && came is not null && came["errors"] is null, $"{mutation}: {answer.Json.ToJsonString()}");
        done.Add(mutation);
        return came;
    }
}
