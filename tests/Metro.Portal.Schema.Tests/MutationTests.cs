using System.Text.Json.Nodes;
using Metro.GraphQL.Authorization;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;
using Metro.Portal.Accounts.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Schema.Tests;

/// <summary>Every mutation, with what it answers when the library says no.</summary>
public sealed class MutationTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    /// <summary>Each mutation with an input that is refused, and the code of the refusal. Ids are of things that do not exist.</summary>
    private static readonly Dictionary<string, (string Input, string Code)> Refusals = new(StringComparer.Ordinal)
    {
        ["placeHold"] = ("{ book: \"Book:999\", pickupBranch: \"Branch:1\" }", "circulation.no_such_title"),
        ["cancelHold"] = ("{ hold: \"Hold:999\" }", "circulation.no_such_hold"),
        ["suspendHold"] = ("{ hold: \"Hold:999\", through: \"2026-01-20\" }", "circulation.no_such_hold"),
        ["resumeHold"] = ("{ hold: \"Hold:999\" }", "circulation.no_such_hold"),
        ["changePickupBranch"] = ("{ hold: \"Hold:999\", branch: \"Branch:1\" }", "circulation.no_such_hold"),
        ["renewLoan"] = ("{ loan: \"Loan:999\" }", "circulation.no_such_loan"),
        ["renewAllLoans"] = ("{ member: \"Member:999\" }", "members.unknown"),
        ["arrive"] = ("{ code: \"AAA AAA\", purpose: BORROW }", "circulation.unknown_presence"),
        ["borrowCopy"] = ("{ pass: \"x\", barcode: \"NONE\" }", "circulation.presence_over"),
        ["returnCopy"] = ("{ pass: \"x\", barcode: \"NONE\" }", "circulation.presence_over"),
        ["renewCalendarAddress"] = ("{ member: \"Member:999\" }", "members.unknown"),
        ["closeCalendarAddress"] = ("{ member: \"Member:999\" }", "members.unknown"),
        ["borrowEResource"] = ("{ resource: \"none\" }", "elending.not_licensed"),
        ["returnEResource"] = ("{ loan: \"EResourceLoan:999\" }", "elending.unknown_loan"),
        ["holdEResource"] = ("{ resource: \"none\" }", "elending.not_licensed"),
        ["cancelEResourceHold"] = ("{ hold: \"EResourceHold:999\" }", "elending.unknown_hold"),
        ["registerForSession"] = ("{ session: \"Session:999\" }", "programs.unknown_session"),
        ["enrolInProgram"] = ("{ program: \"Program:999\" }", "programs.unknown_program"),
        ["acceptOffer"] = ("{ ticket: \"x\" }", "programs.not_a_ticket"),
        ["cancelRegistration"] = ("{ ticket: \"x\" }", "programs.not_a_ticket"),
        ["resizeRegistration"] = ("{ ticket: \"x\", people: 2 }", "programs.not_a_ticket"),
        ["cancelEnrolment"] = ("{ ticket: \"x\" }", "programs.not_a_ticket"),
        ["withdrawGuardianConsent"] = ("{ ticket: \"x\", purpose: PHOTOGRAPHS }", "programs.not_a_ticket"),
        ["appealStrike"] = ("{ strike: \"Strike:999\", text: \"Saya sakit.\" }", "attendance.unknown_strike"),
        ["bookSpace"] = ("{ wish: { space: \"Space:999\", startsAt: \"2026-01-10T02:00:00Z\", endsAt: \"2026-01-10T03:00:00Z\", title: \"Belajar\" } }", "spaces.unknown_space"),
        ["bookSpaceRepeatedly"] = ("{ wish: { space: \"Space:999\", startsAt: \"2026-01-10T02:00:00Z\", endsAt: \"2026-01-10T03:00:00Z\", title: \"Belajar\" }, recurrence: \"weekly\" }", "spaces.no_dates"),
        ["moveBooking"] = ("{ booking: \"Booking:999\", startsAt: \"2026-01-10T02:00:00Z\", endsAt: \"2026-01-10T03:00:00Z\" }", "spaces.unknown_booking"),
        ["cancelBooking"] = ("{ booking: \"Booking:999\" }", "spaces.unknown_booking"),
        ["cancelBookingSeries"] = ("{ booking: \"Booking:999\" }", "spaces.unknown_booking"),
        ["checkInToBooking"] = ("{ booking: \"Booking:999\" }", "spaces.unknown_booking"),
        ["requestVisit"] = ("{ wish: { offer: \"ClassVisitOffer:999\", date: \"2026-02-03\", time: \"09:00:00\", children: 20, adults: 2 } }", "visits.unknown_school"),
        ["changeVisit"] = ("{ visit: \"ClassVisit:999\", date: \"2026-02-03\", time: \"09:00:00\" }", "visits.unknown_visit"),
        ["cancelVisit"] = ("{ visit: \"ClassVisit:999\" }", "visits.unknown_visit"),
        ["updateMyDetails"] = ("{ details: { name: \"\" } }", "input.missing"),
        ["setContactPreferences"] = ("{ member: \"Member:999\", language: EN, byEmail: true, byPhone: true, byPost: true, wantsNews: true }", "members.unknown"),
        ["setReadingHistory"] = ("{ member: \"Member:999\", keep: true }", "members.unknown"),
        ["renewMembership"] = ("{ }", "members.renewal_too_early"),
        ["giveConsent"] = ("{ member: \"Member:999\", purpose: PHOTOGRAPHS, wording: \"Saya setuju.\" }", "members.unknown"),
        ["withdrawConsent"] = ("{ purpose: PHOTOGRAPHS }", "members.no_such_consent"),
        ["exportMyData"] = ("{ member: \"Member:999\" }", "members.unknown"),
        ["checkOut"] = ("{ card: \"X\", barcode: \"NONE\", branch: \"Branch:1\" }", "circulation.unknown_barcode"),
        ["checkIn"] = ("{ barcode: \"NONE\", branch: \"Branch:1\" }", "circulation.unknown_barcode"),
        ["reportLost"] = ("{ barcode: \"NONE\" }", "circulation.unknown_barcode"),
        ["acceptReplacement"] = ("{ loan: \"Loan:999\", note: \"Buku baru\" }", "circulation.no_such_loan"),
        ["clearHold"] = ("{ hold: \"Hold:999\" }", "circulation.no_such_hold"),
        ["assessDamage"] = ("{ loan: \"Loan:999\", amount: 1000, note: \"Basah\" }", "circulation.no_such_loan"),
        ["payFine"] = ("{ fine: \"Fine:999\", amount: 1000, method: CASH, requestKey: \"k1\" }", "circulation.no_such_fine"),
        ["waiveFine"] = ("{ fine: \"Fine:999\", amount: 1000, reason: \"Sakit\" }", "circulation.no_such_fine"),
        ["registerMember"] = ("{ application: { name: \"Budi\", category: ADULT, birthDate: \"1990-05-17\" } }", "members.nik_needed"),
        ["approveMember"] = ("{ member: \"Member:999\" }", "members.unknown"),
        ["declineMember"] = ("{ member: \"Member:999\", reason: \"Tidak lengkap\" }", "members.unknown"),
        ["suspendMember"] = ("{ member: \"Member:999\", through: \"2026-02-01\", reason: \"Terlambat\" }", "members.unknown"),
        ["liftSuspension"] = ("{ member: \"Member:999\", reason: \"Sudah kembali\" }", "members.unknown"),
        ["changeMemberCategory"] = ("{ member: \"Member:999\", category: STUDENT }", "members.unknown"),
        ["replaceCard"] = ("{ member: \"Member:999\" }", "members.unknown"),
        ["closeMembership"] = ("{ member: \"Member:999\" }", "members.unknown"),
        ["mergeMembers"] = ("{ kept: \"Member:999\", duplicate: \"Member:998\" }", "members.unknown"),
        ["approveVisit"] = ("{ visit: \"ClassVisit:999\" }", "visits.unknown_visit"),
        ["declineVisit"] = ("{ visit: \"ClassVisit:999\", reason: \"Penuh\" }", "visits.unknown_visit"),
        ["recordVisit"] = ("{ visit: \"ClassVisit:999\", children: 20 }", "visits.unknown_visit"),
        ["recordVisitNoShow"] = ("{ visit: \"ClassVisit:999\" }", "visits.unknown_visit"),
        ["registerSchool"] = ("{ school: { npsn: \"1\", name: \"SDN 1\", level: PRIMARY, contactName: \"Ibu Wati\", contactEmail: \"wati@contoh.id\" } }", "visits.not_an_npsn"),
        ["approveBooking"] = ("{ booking: \"Booking:999\" }", "spaces.unknown_booking"),
        ["declineBooking"] = ("{ booking: \"Booking:999\", reason: \"Dipakai\" }", "spaces.unknown_booking"),
        ["checkInTicket"] = ("{ ticket: \"x\" }", "programs.not_a_ticket"),
        ["registerVisitor"] = ("{ session: \"Session:999\", name: \"Tamu\", email: \"tamu@contoh.id\" }", "programs.unknown_session"),
        ["answerNeed"] = ("{ need: \"AccommodationRequest:999\", answer: ARRANGED }", "programs.unknown_need"),
        ["decideAppeal"] = ("{ strike: \"Strike:999\", lift: true, answer: \"Baik\" }", "attendance.unknown_strike"),
        ["cancelSession"] = ("{ session: \"Session:999\" }", "programs.unknown_session"),
        ["claimReturned"] = ("{ loan: \"Loan:999\" }", "circulation.no_such_loan"),
        ["withdrawReturnClaim"] = ("{ loan: \"Loan:999\" }", "circulation.no_such_loan"),
        ["addMemberNote"] = ("{ member: \"Member:999\", text: \"Datang dengan kursi roda\" }", "members.unknown"),
        ["removeMemberNote"] = ("{ member: \"Member:999\", note: \"MemberNote:999\" }", "members.unknown"),
        ["createSpace"] = ("{ branch: \"Branch:1\", space: { kind: \"SpaceKind:999\", name: \"Ruang Tapis\", capacity: 8 } }", "spaces.unknown_kind"),
        ["changeSpace"] = ("{ space: \"Space:999\", details: { kind: \"SpaceKind:1\", name: \"Ruang Tapis\", capacity: 8 } }", "spaces.unknown_space"),
        ["takeSpaceOutOfUse"] = ("{ space: \"Space:999\" }", "spaces.unknown_space"),
        ["putSpaceIntoUse"] = ("{ space: \"Space:999\" }", "spaces.unknown_space"),
        ["addEquipment"] = ("{ branch: \"Branch:1\", name: \"\", total: 2 }", "input.missing"),
        ["changeEquipment"] = ("{ equipment: \"Equipment:999\", name: \"Kursi\", total: 2 }", "spaces.unknown_equipment"),
        ["createClassVisitOffer"] = ("{ branch: \"Branch:1\", offer: { kind: TOUR, name: \"\", times: [] } }", "input.missing"),
        ["changeClassVisitOffer"] = ("{ offer: \"ClassVisitOffer:999\", details: { kind: TOUR, name: \"Tur\", times: [] } }", "visits.unknown_offer"),
        ["withdrawClassVisitOffer"] = ("{ offer: \"ClassVisitOffer:999\" }", "visits.unknown_offer"),
        ["resumeClassVisitOffer"] = ("{ offer: \"ClassVisitOffer:999\" }", "visits.unknown_offer"),
        ["createProgram"] = ("{ program: { kind: WORKSHOP, title: \"\" } }", "input.missing"),
        ["changeProgram"] = ("{ program: \"Program:999\", details: { kind: WORKSHOP, title: \"Membatik\" } }", "programs.unknown_program"),
        ["publishProgram"] = ("{ program: \"Program:999\" }", "programs.unknown_program"),
        ["withdrawProgram"] = ("{ program: \"Program:999\" }", "programs.unknown_program"),
        ["scheduleSession"] = ("{ program: \"Program:999\", session: { startsAt: \"2026-01-10T02:00:00Z\", endsAt: \"2026-01-10T03:00:00Z\", place: { branch: \"Branch:1\" }, capacity: 5 } }", "programs.unknown_program"),
        ["moveSession"] = ("{ session: \"Session:999\", startsAt: \"2026-01-10T02:00:00Z\", endsAt: \"2026-01-10T03:00:00Z\" }", "programs.unknown_session"),
        ["changeCapacity"] = ("{ session: \"Session:999\", capacity: 5 }", "programs.unknown_session"),
        ["tellRegistrants"] = ("{ session: \"Session:999\", message: \"Bawa pensil\", messageEnglish: \"Bring a pencil\", writtenAt: \"2026-01-05T02:00:00Z\" }", "programs.unknown_session"),
        ["changeSchool"] = ("{ school: \"School:999\", details: { npsn: \"10807001\", name: \"SDN 1\", level: PRIMARY, contactName: \"Ibu Wati\", contactEmail: \"wati@contoh.id\" } }", "visits.unknown_school"),
        ["issueClearance"] = ("{ member: \"Member:999\" }", "members.unknown"),
        ["countReading"] = ("{ barcode: \"NONE\", branch: \"Branch:1\" }", "circulation.unknown_barcode"),
        ["sendReceipt"] = ("{ member: \"Member:999\", branch: \"Branch:1\" }", "members.unknown"),
        ["resendMessage"] = ("{ message: \"Message:999\" }", "outbox.unknown_message"),
        ["announceClosure"] = ("{ closure: { name: \"Libur\", from: \"2026-02-02\", to: \"2026-02-01\" } }", "calendar.ends_before_it_begins"),
        ["withdrawClosure"] = ("{ closure: \"Closure:999\" }", "calendar.unknown_exception"),
        ["changeOpeningHours"] = ("{ branch: \"Branch:999\", week: [] }", "calendar.unknown_branch"),
        ["addBook"] = ("{ book: { title: \"\" } }", "input.missing"),
        ["describeBook"] = ("{ book: \"Book:999\", version: 1, description: { title: \"Laskar pelangi\" } }", "catalog.no_such_title"),
        ["withdrawBook"] = ("{ book: \"Book:999\" }", "catalog.no_such_title"),
        ["reinstateBook"] = ("{ book: \"Book:999\" }", "catalog.no_such_title"),
        ["addCopy"] = ("{ book: \"Book:999\", copy: { barcode: \"B1\", branch: \"Branch:1\" } }", "catalog.no_such_title"),
        ["describeCopy"] = ("{ copy: \"Copy:999\", version: 1, description: { barcode: \"B1\", branch: \"Branch:1\" } }", "catalog.no_such_copy"),
        ["shelveCopy"] = ("{ copy: \"Copy:999\", branch: \"Branch:1\" }", "catalog.no_such_copy"),
        ["reportCopyMissing"] = ("{ copy: \"Copy:999\" }", "catalog.no_such_copy"),
        ["sendCopyToRepair"] = ("{ copy: \"Copy:999\" }", "catalog.no_such_copy"),
        ["withdrawCopy"] = ("{ copy: \"Copy:999\" }", "catalog.no_such_copy"),
        ["setLoanTerms"] = ("{ terms: { mostLoans: 2, loanDays: 0, mostRenewals: 1, finePerDay: 500, fineCeiling: 25000, mostHolds: 2, pickupDays: 3 } }", "input.number_out_of_range"),
        ["setHouseLimits"] = ("{ visitsPerSchoolYear: 2, mostStrikes: 0, strikeDays: 90, mostOwed: 50000, membershipDays: 365, mostDigitalLoans: 5 }", "input.number_out_of_range"),
        ["createSpaceKind"] = ("{ kind: { name: \"\" } }", "input.missing"),
        ["changeSpaceKind"] = ("{ kind: \"SpaceKind:999\", rules: { name: \"Studio\" } }", "spaces.unknown_kind"),
        ["inviteColleague"] = ("{ name: \"Budi\", email: \"budi@contoh.id\", roles: [] }", "accounts.no_role"),
        ["inviteAgain"] = ("{ account: \"Account:999\" }", "accounts.unknown"),
        ["setRoles"] = ("{ account: \"Account:999\", roles: [LIBRARIAN] }", "accounts.unknown"),
        ["closeAccount"] = ("{ account: \"Account:999\" }", "accounts.unknown"),
        ["openAccount"] = ("{ account: \"Account:999\" }", "accounts.unknown"),
        ["signAccountOut"] = ("{ account: \"Account:999\" }", "accounts.unknown"),
    };

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.OpenAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Every_mutation_answers_a_refusal_with_its_code_and_a_sentence_in_the_callers_language()
    {
        var member = await api.AMemberAsync();
        var desk = await api.SignedInAsync(member.Id, "Librarian", "Administrator");
        var wrong = new List<string>();
        foreach (var (mutation, (input, code)) in Refusals)
        {
            var answer = await api.AskAsync(Document(mutation, input), client: desk, path: "/en/graphql");
            var error = answer.Json["data"]?[mutation]?["errors"]?[0];
            if ((string?)error?["code"] != code || string.IsNullOrWhiteSpace((string?)error["message"])) wrong.Add($"{mutation}: {answer.Json.ToJsonString()}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void No_mutation_is_forgotten_here()
    {
        var all = Mutations.Select(field => field.Name);

        Assert.Equal(all.Order(StringComparer.Ordinal), Refusals.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_acts_without_signing_in_and_nobody_but_the_desk_acts_as_the_desk()
    {
        var member = await api.SignedInAsync((await api.AMemberAsync()).Id);
        foreach (var (mutation, (input, _)) in Refusals)
        {
            var anonymous = await api.AskAsync(Document(mutation, input));
            Assert.True(anonymous.Codes.SequenceEqual(["AUTH_NOT_AUTHENTICATED"]), $"{mutation}: {anonymous.Json.ToJsonString()}");
            Assert.Null(anonymous.Json["data"]);

            var signedIn = await api.AskAsync(Document(mutation, input), client: member);
            var isDesks = signedIn.Codes.SequenceEqual(["AUTH_NOT_AUTHORIZED"]);
            var isOwn = signedIn.Json["data"]?[mutation] is JsonObject;
            Assert.True(isDesks || isOwn, $"{mutation}: {signedIn.Json.ToJsonString()}");
        }
    }

    [Fact]
    public async Task What_administrators_decide_the_desk_does_not()
    {
        var librarian = await api.SignedInAsync(null, "Librarian");
        foreach (var (mutation, (input, _)) in Refusals.Where(one => ScopeOf(one.Key).StartsWith("admin:", StringComparison.Ordinal)))
        {
            var answer = await api.AskAsync(Document(mutation, input), client: librarian);
            Assert.True(answer.Codes.SequenceEqual(["AUTH_NOT_AUTHORIZED"]), $"{mutation}: {answer.Json.ToJsonString()}");
        }
    }

    [Fact]
    public async Task A_token_acts_with_the_scope_of_a_mutation_and_with_no_other()
    {
        var member = await api.AMemberAsync();
        var scopes = Refusals.Keys.Select(ScopeOf).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(["account:write", "admin:accounts", "admin:write", "desk:write"], scopes.Order(StringComparer.Ordinal));
        foreach (var scope in scopes)
        {
            var (with, _) = await api.TokenAsync(member.Id, [scope], "Librarian", "Administrator");
            var (without, _) = await api.TokenAsync(member.Id, ApiScopes.All.Where(one => one != scope), "Librarian", "Administrator");
            foreach (var (mutation, (input, _)) in Refusals.Where(one => ScopeOf(one.Key) == scope))
            {
                var refused = await api.AskAsync(Document(mutation, input), client: without);
                Assert.True(refused.Codes.SequenceEqual(["AUTH_NOT_AUTHORIZED"]), $"{mutation}: {refused.Json.ToJsonString()}");
                var allowed = await api.AskAsync(Document(mutation, input), client: with);
                Assert.True(allowed.Json["data"]?[mutation]?["errors"]?[0]?["code"] is not null, $"{mutation}: {allowed.Json.ToJsonString()}");
            }
        }
    }

    [Fact]
    public async Task Somebody_elses_things_are_answered_as_if_they_did_not_exist()
    {
        var (owner, space) = (await api.AMemberAsync("SDN 1", Library.Members.MemberCategory.School), ApiUnderTest.Id("Space", (await api.ASpaceAsync()).Id));
        var offer = ApiUnderTest.Id("ClassVisitOffer", (await api.AnOfferAsync()).Id);
        var (book, wanted) = (await api.ABookAsync("Laskar Pelangi", copies: 1), await api.ABookAsync("Bumi Manusia", copies: 1));
        var desk = await api.SignedInAsync(null, "Librarian");
        var theirs = await api.SignedInAsync(owner.Id);
        foreach (var (who, mutation, input) in ((HttpClient, string, string)[])
        [
            (desk, "registerSchool", "{ school: { npsn: \"10807711\", name: \"SDN 1\", level: PRIMARY, contactName: \"Ibu Wati\", contactEmail: \"wati@contoh.id\" } }"),
            (desk, "checkOut", $"{{ card: \"{owner.CardNumber}\", barcode: \"B{book:000}-0\", branch: \"Branch:1\" }}"),
            (theirs, "placeHold", $"{{ book: \"{ApiUnderTest.Id("Book", wanted)}\", pickupBranch: \"Branch:1\" }}"),
            (theirs, "bookSpace", $"{{ wish: {{ space: \"{space}\", startsAt: \"2026-01-06T02:00:00Z\", endsAt: \"2026-01-06T03:00:00Z\", title: \"Belajar\" }} }}"),
            (theirs, "requestVisit", $"{{ wish: {{ offer: \"{offer}\", date: \"2026-02-03\", time: \"09:00:00\", children: 20, adults: 2 }} }}"),
        ])
            Assert.True((await api.AskAsync(Document(mutation, input), client: who)).Data[mutation]!["errors"] is null, mutation);
        var stranger = await api.SignedInAsync((await api.AMemberAsync("Siti")).Id);

        var things = (string[])["Hold", "Loan", "Member", "Booking", "ClassVisit"];
        var looked = 0;
        foreach (var (mutation, (input, code)) in Refusals.Where(one => ScopeOf(one.Key) == "account:write" && things.Any(thing => one.Value.Input.Contains($"\"{thing}:999", StringComparison.Ordinal))))
        {
            var answer = await api.AskAsync(Document(mutation, input.Replace(":999", ":1", StringComparison.Ordinal)), client: stranger);
            Assert.True((string?)answer.Json["data"]?[mutation]?["errors"]?[0]?["code"] == code, $"{mutation}: {answer.Json.ToJsonString()}");
            looked++;
        }

        Assert.True(looked >= 18, $"{looked} mutations were looked at.");
    }

    /// <summary>A kind of error that a mutation declares and that no test has ever met is a promise that nobody has looked at.</summary>
    [Fact]
    public async Task Every_kind_of_error_that_a_mutation_declares_is_met()
    {
        var space = ApiUnderTest.Id("Space", (await api.ASpaceAsync()).Id);
        var offer = ApiUnderTest.Id("ClassVisitOffer", (await api.AnOfferAsync()).Id);
        var desk = await api.SignedInAsync((await api.AMemberAsync()).Id, "Librarian");
        string Wish(int hour) => $"wish: {{ space: \"{space}\", startsAt: \"2026-01-06T0{hour}:00:00Z\", endsAt: \"2026-01-06T0{hour + 1}:00:00Z\", title: \"Belajar\" }}, member: \"{ApiUnderTest.Id("Member", 1)}\"";
        string Visit(string school, int day) => $"school: \"{school}\", wish: {{ offer: \"{offer}\", date: \"2026-02-{day:00}\", time: \"09:00:00\", children: 20, adults: 2 }}";
        foreach (var npsn in (string[])["10807001", "10807002"])
            await KindOfAsync("registerSchool", $"school: {{ npsn: \"{npsn}\", name: \"SDN {npsn}\", level: PRIMARY, contactName: \"Ibu Wati\", contactEmail: \"wati@contoh.id\" }}");
        await KindOfAsync("bookSpace", Wish(2));
        await KindOfAsync("bookSpace", Wish(4));
        await KindOfAsync("requestVisit", Visit("10807001", 3));
        await KindOfAsync("requestVisit", Visit("10807002", 5));
        var other = await api.AMemberAsync("Siti");

        var met = Refusals.Keys.Select(mutation => $"{mutation} Refusal").ToHashSet(StringComparer.Ordinal);
        met.Add($"bookSpace {await KindOfAsync("bookSpace", Wish(2).Replace(ApiUnderTest.Id("Member", 1), ApiUnderTest.Id("Member", other.Id), StringComparison.Ordinal))}");
        met.Add($"moveBooking {await KindOfAsync("moveBooking", $"booking: \"{ApiUnderTest.Id("Booking", 2)}\", startsAt: \"2026-01-06T02:00:00Z\", endsAt: \"2026-01-06T03:00:00Z\"")}");
        met.Add($"requestVisit {await KindOfAsync("requestVisit", Visit("10807002", 3))}");
        met.Add($"changeVisit {await KindOfAsync("changeVisit", $"visit: \"{ApiUnderTest.Id("ClassVisit", 2)}\", date: \"2026-02-03\", time: \"09:00:00\"")}");

        var declared = Mutations.SelectMany(mutation => ((UnionType)((ObjectType)mutation.Type.Named).Fields.Single(field => field.Name == "errors").Type.Named).Members
            .Select(kind => $"{mutation.Name} {kind.Name}"));
        Assert.Equal(declared.Order(StringComparer.Ordinal), met.Order(StringComparer.Ordinal));

        async Task<string?> KindOfAsync(string mutation, string input) =>
            (string?)(await api.AskAsync($"mutation {{ {mutation}(input: {{ {input} }}) {{ errors {{ __typename ... on Error {{ code }} }} }} }}", client: desk)).Data[mutation]!["errors"]?[0]?["__typename"];
    }

    private IEnumerable<FieldDefinition> Mutations => api.Services.GetRequiredService<RequestExecutor>().Schema.MutationType!.Fields;

    private string ScopeOf(string mutation) =>
        Mutations.Single(field => field.Name == mutation).Features.Get<AuthorizationRules>()!.Demands.Single().Policy!;

    private static string Document(string mutation, string input)
    {
        foreach (var type in (string[])["Book", "Branch", "Hold", "Loan", "Member", "Session", "Program", "Strike", "Space", "Booking", "ClassVisitOffer", "ClassVisit", "Fine", "AccommodationRequest", "EResourceLoan", "EResourceHold", "SpaceKind", "Equipment", "MemberNote", "School", "Message", "Closure", "Copy", "Account"])
            foreach (var key in (long[])[1, 998, 999])
                input = input.Replace($"\"{type}:{key}\"", $"\"{ApiUnderTest.Id(type, key)}\"", StringComparison.Ordinal);
        return $"mutation {{ {mutation}(input: {input}) {{ errors {{ ... on Error {{ code message }} }} }} }}";
    }
}
