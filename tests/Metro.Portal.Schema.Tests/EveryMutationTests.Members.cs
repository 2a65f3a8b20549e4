using Metro.Library;
using Metro.Library.Circulation;
using Metro.Library.Elending;
using Metro.Library.Members;

namespace Metro.Portal.Schema.Tests;

public sealed partial class EveryMutationTests
{
    private async Task MembersAsync()
    {
        var joined = (await DoAsync(desk, "registerMember", "application: { name: \"Siti Aminah\", category: ADULT, birthDate: \"1992-03-01\", nik: \"1872014103920009\", email: \"siti@contoh.id\" }", "member { id status barcode }"))["member"]!;
        var siti = $"member: \"{joined["id"]}\"";
        Assert.Equal("2026-02-01", (string?)(await DoAsync(desk, "suspendMember", $"{siti}, through: \"2026-02-01\", reason: \"Terlambat\"", "member { suspendedThrough }"))["member"]!["suspendedThrough"]);
        Assert.Null((await DoAsync(desk, "liftSuspension", $"{siti}, reason: \"Sudah dijelaskan\"", "member { suspendedThrough }"))["member"]!["suspendedThrough"]);
        Assert.Equal("STUDENT", (string?)(await DoAsync(desk, "changeMemberCategory", $"{siti}, category: STUDENT", "member { category }"))["member"]!["category"]);
        Assert.NotEqual((string)joined["barcode"]!, (string?)(await DoAsync(desk, "replaceCard", siti, "barcode"))["barcode"]);
        var note = (await DoAsync(desk, "addMemberNote", $"{siti}, text: \"Datang dengan kursi roda\"", "member { notes { id } }"))["member"]!["notes"]![0]!["id"];
        Assert.Empty((await DoAsync(desk, "removeMemberNote", $"{siti}, note: \"{note}\"", "member { notes { id } }"))["member"]!["notes"]!.AsArray());
        Assert.Equal("1992-03-02", (string?)(await DoAsync(desk, "updateMyDetails", $"{siti}, details: {{ birthDate: \"1992-03-02\" }}", "member { birthDate }"))["member"]!["birthDate"]);

        var (approved, declined) = (await ApplyAsync("Rudi", "1872011705909001"), await ApplyAsync("Rini", "1872011705909002"));
        Assert.Equal("ACTIVE", (string?)(await DoAsync(desk, "approveMember", approved, "member { status }"))["member"]!["status"]);
        Assert.Equal("DECLINED", (string?)(await DoAsync(desk, "declineMember", $"{declined}, reason: \"Alamat tidak jelas\"", "member { status }"))["member"]!["status"]);
        var (twice, twin) = (await api.AMemberAsync("Agus"), await api.AMemberAsync("Agus"));
        await DoAsync(desk, "mergeMembers", $"kept: \"{ApiUnderTest.Id("Member", twice.Id)}\", duplicate: \"{ApiUnderTest.Id("Member", twin.Id)}\"", "member { name }");
        Assert.Equal("CLOSED", (string?)(await DoAsync(desk, "closeMembership", $"member: \"{ApiUnderTest.Id("Member", twice.Id)}\", reason: \"Pindah\"", "member { status }"))["member"]!["status"]);

        var self = await AsAsync((await api.AMemberAsync("Dewi")).Id);
        await DoAsync(self, "updateMyDetails", "details: { address: \"Jl. Imam Bonjol 1\" }", "member { address }");
        await DoAsync(self, "setContactPreferences", "language: EN, byEmail: true, byPhone: false, byPost: false, wantsNews: true", "member { language }");
        await DoAsync(self, "setReadingHistory", "keep: true", "member { keepsLoanHistory }");
        await DoAsync(self, "giveConsent", "purpose: PHOTOGRAPHS, wording: \"Saya setuju.\"");
        await DoAsync(self, "withdrawConsent", "purpose: PHOTOGRAPHS");
        Assert.Contains("Imam Bonjol", (string?)(await DoAsync(self, "exportMyData", "", "json"))["json"], StringComparison.Ordinal);
        Assert.Equal("""{"number":"0001/BP/2026","issuedOn":"2026-01-05"}""", (await DoAsync(self, "issueClearance", "", "clearanceCertificate { number issuedOn }"))["clearanceCertificate"]!.ToJsonString());
        Assert.EndsWith(".ics", (string?)(await DoAsync(self, "renewCalendarAddress", "", "address"))["address"], StringComparison.Ordinal);
        Assert.True((bool)(await DoAsync(self, "closeCalendarAddress", "", "isClosed"))["isClosed"]!);
    }

    private async Task RenewalOfMembershipAsync()
    {
        var self = await api.AMemberAsync("Wayan");
        api.Clock.Advance(TimeSpan.FromDays(360));
        var renewed = await DoAsync(await AsAsync(self.Id), "renewMembership", "", "member { membershipEnd }");

        var ends = DateOnly.Parse((string)renewed["member"]!["membershipEnd"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(ends > self.MembershipEnd, $"{ends:O}");
    }

    private async Task LendingAsync()
    {
        var (budi, other) = (await api.AMemberAsync(), await api.AMemberAsync("Siti"));
        var reader = await AsAsync(budi.Id);
        var (book, wanted) = (await api.ABookAsync("Bumi Manusia", copies: 2), await api.ABookAsync("Cantik Itu Luka", copies: 1));
        string Scan(Member member, string barcode) => $"card: \"{member.CardNumber}\", barcode: \"{barcode}\", branch: \"{Branch}\"";
        await DoAsync(desk, "checkOut", Scan(other, $"B{wanted:000}-0"));

        var hold = $"hold: \"{(await DoAsync(reader, "placeHold", $"book: \"{ApiUnderTest.Id("Book", wanted)}\", pickupBranch: \"{Branch}\"", "hold { id }"))["hold"]!["id"]}\"";
        Assert.True((bool)(await DoAsync(reader, "suspendHold", $"{hold}, through: \"2026-01-20\"", "hold { isSuspended }"))["hold"]!["isSuspended"]!);
        Assert.False((bool)(await DoAsync(reader, "resumeHold", hold, "hold { isSuspended }"))["hold"]!["isSuspended"]!);
        Assert.Equal("YSM", (string?)(await DoAsync(reader, "changePickupBranch", $"{hold}, branch: \"{ApiUnderTest.Id("Branch", api.Kelurahan)}\"", "hold { pickupBranch { code } }"))["hold"]!["pickupBranch"]!["code"]);
        Assert.Equal("CANCELLED", (string?)(await DoAsync(reader, "cancelHold", hold, "hold { state }"))["hold"]!["state"]);
        await DoAsync(desk, "clearHold", hold);

        var loan = $"loan: \"{(await DoAsync(desk, "checkOut", Scan(budi, $"B{book:000}-0"), "copyLent { loan { id } }"))["copyLent"]!["loan"]!["id"]}\"";
        await DoAsync(desk, "sendReceipt", $"member: \"{ApiUnderTest.Id("Member", budi.Id)}\", branch: \"{Branch}\"");
        await MailAsync();
        GoTo("2026-01-09T02:00:00Z");
        Assert.Equal("2026-01-16", (string?)(await DoAsync(reader, "renewLoan", loan, "renewedLoan { loan { dueOn } }"))["renewedLoan"]!["loan"]!["dueOn"]);
        Assert.Single((await DoAsync(reader, "renewAllLoans", "", "renewals { renewed }"))["renewals"]!.AsArray());
        Assert.Equal("2026-01-09", (string?)(await DoAsync(desk, "claimReturned", loan, "loan { claimedReturnedOn }"))["loan"]!["claimedReturnedOn"]);
        Assert.Null((await DoAsync(desk, "withdrawReturnClaim", loan, "loan { claimedReturnedOn }"))["loan"]!["claimedReturnedOn"]);
        Assert.Equal("LOST", (string?)(await DoAsync(desk, "reportLost", $"barcode: \"B{book:000}-0\"", "loan { state }"))["loan"]!["state"]);
        Assert.Equal("REPLACED", (string?)(await DoAsync(desk, "acceptReplacement", $"{loan}, note: \"Buku baru\"", "loan { state }"))["loan"]!["state"]);

        var wet = (await DoAsync(desk, "checkOut", Scan(budi, $"B{book:000}-1"), "copyLent { loan { id } }"))["copyLent"]!["loan"]!["id"];
        Assert.Equal("TO_SHELF", (string?)(await DoAsync(desk, "checkIn", $"barcode: \"B{book:000}-1\", branch: \"{Branch}\"", "copyReturned { routing }"))["copyReturned"]!["routing"]);
        var fine = $"fine: \"{(await DoAsync(desk, "assessDamage", $"loan: \"{wet}\", amount: 5000, note: \"Basah\"", "fine { id }"))["fine"]!["id"]}\"";
        await DoAsync(desk, "payFine", $"{fine}, amount: 1000, method: CASH, requestKey: \"kas-1\"", "finePayment { receiptNumber }");
        await DoAsync(desk, "waiveFine", $"{fine}, amount: 4000, reason: \"Sakit\"", "fineWaiver { amount }");
        Assert.Equal(0, (int)(await api.AskAsync("{ me { owed } }", client: reader)).Data["me"]!["owed"]!);
        Assert.Equal(1, (int)(await DoAsync(desk, "countReading", $"barcode: \"B{book:000}-1\", branch: \"{Branch}\"", "readToday"))["readToday"]!);
    }

    private async Task PhonesAndFilesAsync()
    {
        var book = await api.ABookAsync("Ronggeng Dukuh Paruk", copies: 1);
        var (reader, next) = (await AsAsync((await api.AMemberAsync("Rini")).Id), await AsAsync((await api.AMemberAsync("Tono")).Id));
        await DoAsync(reader, "borrowCopy", $"pass: \"{await PassAsync(PointPurpose.Borrow)}\", barcode: \"B{book:000}-0\"", "copyLent { loan { dueOn } }");
        Assert.Equal("RETURNED", (string?)(await DoAsync(reader, "returnCopy", $"pass: \"{await PassAsync(PointPurpose.Return)}\", barcode: \"B{book:000}-0\"", "loan { state }"))["loan"]!["state"]);

        Assert.True((await api.DoAsync((Licensing licensing) => licensing.AddAsync(new LicenceDetails { ResourceKey = "BABAD", Title = new LocalText("Babad Lampung"), MostAtOnce = 1 }, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Succeeded);
        await DoAsync(reader, "borrowEResource", "resource: \"BABAD\"");
        await DoAsync(next, "holdEResource", "resource: \"BABAD\"");
        var hold = (await api.AskAsync("{ me { eResourceHolds { id } } }", client: next)).Data["me"]!["eResourceHolds"]![0]!["id"];
        await DoAsync(next, "cancelEResourceHold", $"hold: \"{hold}\"");
        var loan = (await api.AskAsync("{ me { eResourceLoans { id } } }", client: reader)).Data["me"]!["eResourceLoans"]![0]!["id"];
        await DoAsync(reader, "returnEResource", $"loan: \"{loan}\"");
        Assert.Empty((await api.AskAsync("{ me { eResourceLoans { id } } }", client: reader)).Data["me"]!["eResourceLoans"]!.AsArray());

        async Task<string> PassAsync(PointPurpose purpose)
        {
            var shown = await api.DoAsync((PresencePoints points) => points.ShowAsync(api.Main, purpose, ApiUnderTest.Stop));
            return (string)(await DoAsync(reader, "arrive", $"code: \"{shown.Code}\", purpose: {purpose.ToString().ToUpperInvariant()}", "arrival { pass }"))["arrival"]!["pass"]!;
        }
    }

    private async Task<string> ApplyAsync(string name, string nik)
    {
        var applied = await api.DoAsync((Registrations registrations) => registrations.ApplyAsync(
            new MembershipApplication(new MemberDetails(name, new DateOnly(1990, 5, 17), $"{Guid.NewGuid():N}@contoh.id"), MemberCategory.Adult, nik), ApiUnderTest.Stop));
        return $"member: \"{ApiUnderTest.Id("Member", applied.Value)}\"";
    }
}
