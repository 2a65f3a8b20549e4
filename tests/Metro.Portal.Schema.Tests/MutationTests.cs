using System.Text.Json.Nodes;
using Metro.GraphQL.Execution;
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
    };

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.OpenAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Every_mutation_answers_a_refusal_with_its_code_and_a_sentence_in_the_callers_language()
    {
        var member = await api.AMemberAsync();
        var desk = await api.SignedInAsync(member.Id, "Librarian");
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
        var all = api.Services.GetRequiredService<RequestExecutor>().Schema.MutationType!.Fields.Select(field => field.Name);

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

    private static string Document(string mutation, string input)
    {
        foreach (var type in (string[])["Book", "Branch", "Hold", "Loan", "Member", "Session", "Program", "Strike", "Space", "Booking", "ClassVisitOffer", "ClassVisit", "Fine", "AccommodationRequest", "EResourceLoan", "EResourceHold", "SpaceKind", "Equipment", "MemberNote"])
            foreach (var key in (long[])[1, 998, 999])
                input = input.Replace($"\"{type}:{key}\"", $"\"{ApiUnderTest.Id(type, key)}\"", StringComparison.Ordinal);
        return $"mutation {{ {mutation}(input: {input}) {{ errors {{ ... on Error {{ code message }} }} }} }}";
    }
}
