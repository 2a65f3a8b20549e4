using System.Text.Json.Nodes;
using Metro.Library;
using Metro.Library.Circulation;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Tests;

/// <summary>What the offices and the desk do by the API besides lending: spaces, equipment, offers, programs, notes, claims.</summary>
public sealed class OfficeTests : IAsyncLifetime
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
    public async Task A_space_is_made_changed_and_taken_out_of_use_knowingly()
    {
        await api.ASpaceAsync();
        var kind = (string)(await api.AskAsync("{ spaceKinds { id name } }")).Data["spaceKinds"]![0]!["id"]!;

        var made = await ActAsync("createSpace", "$branch: ID!, $kind: ID!", "branch: $branch, space: { kind: $kind, name: \"Studio\", nameEnglish: \"Studio\", capacity: 6, slotMinutes: 30 }", "space { id name capacity slotMinutes isInUse branch { code } }", new { branch = Branch, kind });
        var id = (string)made["space"]!["id"]!;
        var changed = await ActAsync("changeSpace", "$id: ID!, $kind: ID!", "space: $id, details: { kind: $kind, name: \"Studio besar\", capacity: 9 }", "space { name capacity slotMinutes }", new { id, kind });
        var key = (await api.DoAsync((LibraryDbContext db) => db.Spaces.SingleAsync(space => space.Name == "Studio besar", ApiUnderTest.Stop))).Id;
        var starts = api.Clock.UtcNow.Date.AddDays(1).AddHours(3);
        Assert.True((await api.DoAsync((Bookings bookings) => bookings.BookAsync(new BookingRequest { SpaceId = key, StartsAt = starts, EndsAt = starts.AddHours(1), Title = "Rapat", OrganiserName = "Staf" }, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Succeeded);
        var unaware = await ActAsync("takeSpaceOutOfUse", "$id: ID!", "space: $id", "space { isInUse }", new { id });
        var aware = await ActAsync("takeSpaceOutOfUse", "$id: ID!", "space: $id, despiteUses: true", "space { isInUse }", new { id });
        var again = await ActAsync("putSpaceIntoUse", "$id: ID!", "space: $id", "space { isInUse }", new { id });

        Assert.Equal("""{"name":"Studio besar","capacity":9,"slotMinutes":60}""", changed["space"]!.ToJsonString());
        Assert.Equal("spaces.still_used", (string?)unaware["errors"]![0]!["code"]);
        Assert.Equal((false, true), ((bool)aware["space"]!["isInUse"]!, (bool)again["space"]!["isInUse"]!));
    }

    [Fact]
    public async Task Equipment_is_added_and_counted()
    {
        var added = await ActAsync("addEquipment", "$branch: ID!", "branch: $branch, name: \"Proyektor\", nameEnglish: \"Projector\", total: 2", "equipment { id name total }", new { branch = Branch });
        var id = (string)added["equipment"]!["id"]!;

        var changed = await ActAsync("changeEquipment", "$id: ID!", "equipment: $id, name: \"Proyektor\", total: 5", "equipment { name total }", new { id });

        Assert.Equal("""{"name":"Proyektor","total":5}""", changed["equipment"]!.ToJsonString());
    }

    [Fact]
    public async Task An_offer_to_classes_is_made_changed_withdrawn_and_made_again()
    {
        const string Times = "times: [{ day: TUESDAY, startsAt: \"09:00:00\" }, { day: THURSDAY, startsAt: \"10:30:00\" }]";
        var made = await ActAsync("createClassVisitOffer", "$branch: ID!", $"branch: $branch, offer: {{ kind: STORYTELLING, name: \"Mendongeng\", {Times}, languages: [ID, EN], noticeDays: 2 }}", "classVisitOffer { id name languages noticeDays slots(onlyFree: true) { date time } }", new { branch = Branch });
        var offer = made["classVisitOffer"]!;
        Assert.Equal("""{"date":"2026-01-08","time":"10:30:00"}""", offer["slots"]![0]!.ToJsonString());
        var id = (string)offer["id"]!;

        var changed = await ActAsync("changeClassVisitOffer", "$id: ID!", $"offer: $id, details: {{ kind: STORYTELLING, name: \"Dongeng pagi\", {Times}, durationMinutes: 60 }}", "classVisitOffer { name durationMinutes noticeDays }", new { id });
        Assert.Equal("""{"name":"Dongeng pagi","durationMinutes":60,"noticeDays":14}""", changed["classVisitOffer"]!.ToJsonString());
        Assert.False((bool)(await ActAsync("withdrawClassVisitOffer", "$id: ID!", "offer: $id", "classVisitOffer { isOffered }", new { id }))["classVisitOffer"]!["isOffered"]!);
        Assert.Empty((await api.AskAsync("{ classVisitOffers { name } }")).Data["classVisitOffers"]!.AsArray());
        Assert.True((bool)(await ActAsync("resumeClassVisitOffer", "$id: ID!", "offer: $id", "classVisitOffer { isOffered }", new { id }))["classVisitOffer"]!["isOffered"]!);
    }

    [Fact]
    public async Task A_program_is_written_down_unseen_then_published_with_a_session_that_moves()
    {
        var made = await ActAsync("createProgram", "", "program: { kind: WORKSHOP, title: \"Membatik\", titleEnglish: \"Batik\", mostCompanions: 1 }", "program { id title }", new { });
        var id = (string)made["program"]!["id"]!;
        Assert.Null((await api.AskAsync("query($id: ID!) { node(id: $id) { id } }", new { id })).Data["node"]);

        var session = (await ActAsync("scheduleSession", "$id: ID!, $branch: ID!", "program: $id, session: { startsAt: \"2026-01-10T02:00:00Z\", endsAt: \"2026-01-10T04:00:00Z\", place: { branch: $branch, words: \"Teras\" }, capacity: 12 }", "session { id capacity seatsLeft }", new { id, branch = Branch }))["session"]!;
        Assert.Equal(12, (int)session["seatsLeft"]!);
        await ActAsync("publishProgram", "$id: ID!", "program: $id", "program { title }", new { id });
        var moved = await ActAsync("moveSession", "$session: ID!", "session: $session, startsAt: \"2026-01-11T02:00:00Z\", endsAt: \"2026-01-11T04:00:00Z\", reason: \"Hujan\"", "session { startsAt reason program { title } }", new { session = (string)session["id"]! });

        Assert.Equal("""{"startsAt":"2026-01-11T02:00:00Z","reason":"Hujan","program":{"title":"Membatik"}}""", moved["session"]!.ToJsonString());
        await ActAsync("withdrawProgram", "$id: ID!", "program: $id", "program { title }", new { id });
        Assert.Empty((await api.AskAsync("{ programs { nodes { title } } }")).Data["programs"]!["nodes"]!.AsArray());
    }

    [Fact]
    public async Task Notes_about_a_member_are_for_the_desk_alone()
    {
        var member = await api.AMemberAsync();
        var id = ApiUnderTest.Id("Member", member.Id);

        var added = await ActAsync("addMemberNote", "$id: ID!", "member: $id, text: \"Datang dengan kursi roda\"", "member { notes { id text writtenBy } }", new { id });
        var note = added["member"]!["notes"]![0]!;
        Assert.Equal("Datang dengan kursi roda", (string?)note["text"]);
        Assert.Equal(["AUTH_NOT_AUTHORIZED"], (await api.AskAsync("{ me { member { notes { text } } } }", client: await api.SignedInAsync(member.Id))).Codes);
        var removed = await ActAsync("removeMemberNote", "$id: ID!, $note: ID!", "member: $id, note: $note", "member { notes { text } }", new { id, note = (string)note["id"]! });

        Assert.Empty(removed["member"]!["notes"]!.AsArray());
    }

    [Fact]
    public async Task A_claim_that_a_copy_was_brought_back_is_noted_and_withdrawn()
    {
        var member = await api.AMemberAsync();
        var book = await api.ABookAsync("Laskar Pelangi", copies: 1);
        var lent = (await api.DoAsync((CirculationDesk circulation) => circulation.CheckOutAsync(member.CardNumber!, $"B{book:000}-0", api.Main, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Value;
        var id = ApiUnderTest.Id("Loan", lent.LoanId);

        var claimed = await ActAsync("claimReturned", "$id: ID!", "loan: $id", "loan { claimedReturnedOn }", new { id });
        var withdrawn = await ActAsync("withdrawReturnClaim", "$id: ID!", "loan: $id", "loan { claimedReturnedOn }", new { id });

        Assert.Equal(("2026-01-05", null), ((string?)claimed["loan"]!["claimedReturnedOn"], (string?)withdrawn["loan"]!["claimedReturnedOn"]));
    }

    [Fact]
    public async Task The_desk_lends_in_spite_of_a_limit_when_it_says_why()
    {
        var member = await api.AMemberAsync();
        var book = await api.ABookAsync("Laskar Pelangi", copies: 1);
        var late = await api.ABookAsync("Bumi Manusia", copies: 1);
        Assert.True((await api.DoAsync((CirculationDesk circulation) => circulation.CheckOutAsync(member.CardNumber!, $"B{late:000}-0", api.Main, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Succeeded);
        api.Clock.Advance(TimeSpan.FromDays(20));
        desk = await api.SignedInAsync(null, "Librarian");
        var scan = $"card: \"{member.CardNumber}\", barcode: \"B{book:000}-0\", branch: $branch";

        var refused = await ActAsync("checkOut", "$branch: ID!", scan, "copyLent { repeated }", new { branch = Branch });
        var lent = await ActAsync("checkOut", "$branch: ID!", scan + ", inSpiteBecause: \"Ujian besok\"", "copyLent { repeated }", new { branch = Branch });

        Assert.Equal("circulation.has_overdue", (string?)refused["errors"]![0]!["code"]);
        Assert.Equal("""{"repeated":false}""", lent["copyLent"]!.ToJsonString());
    }

    [Fact]
    public async Task A_loan_explains_its_due_date_and_why_it_cannot_be_renewed()
    {
        var member = await api.AMemberAsync();
        var book = await api.ABookAsync("Laskar Pelangi", copies: 1);
        Assert.True((await api.DoAsync((CirculationDesk circulation) => circulation.CheckOutAsync(member.CardNumber!, $"B{book:000}-0", api.Main, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Succeeded);
        const string Ask = "{ me { loans { dueBecause whyNotRenewable { code message } } } }";

        var today = (await api.AskAsync(Ask, client: await api.SignedInAsync(member.Id), path: "/en/graphql")).Data["me"]!["loans"]![0]!;
        api.Clock.Advance(TimeSpan.FromDays(20));
        var late = (await api.AskAsync(Ask, client: await api.SignedInAsync(member.Id), path: "/en/graphql")).Data["me"]!["loans"]![0]!;

        Assert.Equal("due Monday 12 January 2026", (string?)today["dueBecause"]);
        Assert.Equal("circulation.nothing_gained", (string?)today["whyNotRenewable"]!["code"]);
        Assert.Equal("circulation.overdue", (string?)late["whyNotRenewable"]!["code"]);
    }

    [Fact]
    public async Task Moving_a_visit_to_a_taken_time_offers_the_nearest_free_ones()
    {
        var offer = await api.AnOfferAsync();
        var visits = new List<long>();
        foreach (var (npsn, time) in ((string, DateOnly)[])[("10807001", new DateOnly(2026, 1, 20)), ("10807002", new DateOnly(2026, 1, 22))])
        {
            var school = (await api.DoAsync((Schools schools) => schools.RegisterAsync(new SchoolDetails { Npsn = npsn, Name = "SDN " + npsn, ContactName = "Bu Sri", ContactEmail = "sri@example.id" }, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Value;
            visits.Add((await api.DoAsync((ClassVisits all) => all.RequestAsync(new VisitRequest { SchoolId = school.Id, OfferId = offer.Id, Date = time, Time = new TimeOnly(9, 0), Children = 20, Adults = 2 }, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Value.Id);
        }

        var taken = await ActAsync("changeVisit", "$id: ID!", "visit: $id, date: \"2026-01-20\", time: \"09:00:00\"", "classVisit { startsAt }", new { id = ApiUnderTest.Id("ClassVisit", visits[1]) }, "... on ClassVisitSlotTaken { nearestFree { date isFree } }");
        var free = (string)taken["errors"]![0]!["nearestFree"]![0]!["date"]!;
        var moved = await ActAsync("changeVisit", "$id: ID!", $"visit: $id, date: \"{free}\", time: \"09:00:00\"", "classVisit { startsAt }", new { id = ApiUnderTest.Id("ClassVisit", visits[1]) });

        Assert.Equal("visits.slot_taken", (string?)taken["errors"]![0]!["code"]);
        Assert.StartsWith(free, (string)moved["classVisit"]!["startsAt"]!, StringComparison.Ordinal);
    }

    private async Task<JsonNode> ActAsync(string mutation, string variables, string input, string payload, object values, string errors = "")
    {
        var declared = variables.Length == 0 ? "" : $"({variables})";
        var answer = await api.AskAsync($"mutation{declared} {{ {mutation}(input: {{ {input} }}) {{ {payload} errors {{ ... on Error {{ code }} {errors} }} }} }}", values, desk);
        Assert.True(answer.Json["errors"] is null, answer.Json.ToJsonString());
        return answer.Data[mutation]!;
    }
}
