using Metro.Library;
using Metro.Library.Circulation;
using Metro.Library.Members;

namespace Metro.Portal.Schema.Tests;

/// <summary>What members, guardians and teachers do by the API.</summary>
public sealed class MemberTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.OpenAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task My_loans_are_mine_alone()
    {
        var (member, other) = (await api.AMemberAsync(), await api.AMemberAsync("Siti"));
        var book = await api.ABookAsync("Laskar Pelangi", copies: 1);
        await LendAsync(member, $"B{book:000}-0");
        const string Mine = "{ me { name member { name owed } loans { id dueOn isOverdue renewals book { title } barcode member { name } } holds { id } fines { amount } owed messages { kind } wards { name } visits { id } bookings { id } registrations { ticket } strikes { appeal } } }";

        var anonymous = await api.AskAsync(Mine);
        var mine = await api.AskAsync(Mine.Replace(" member { name } }", " }", StringComparison.Ordinal), client: await api.SignedInAsync(member.Id));
        var others = await api.AskAsync("{ me { loans { dueOn } } }", client: await api.SignedInAsync(other.Id));
        var nobodys = await api.AskAsync("{ me { name member { name } loans { dueOn } owed } }", client: await api.SignedInAsync());

        Assert.Equal(["AUTH_NOT_AUTHENTICATED"], anonymous.Codes);
        Assert.Equal(
            """[{"dueOn":"2026-01-12","isOverdue":false,"renewals":0,"book":{"title":"Laskar Pelangi"},"barcode":"B001-0"}]""",
            mine.Data["me"]!["loans"]!.ToJsonString().Replace($"\"id\":{mine.Data["me"]!["loans"]![0]!["id"]!.ToJsonString()},", "", StringComparison.Ordinal));
        Assert.Equal("""{"me":{"loans":[]}}""", others.Text);
        Assert.Equal("""{"me":{"name":"Sari","member":null,"loans":[],"owed":0}}""", nobodys.Text);
    }

    [Fact]
    public async Task A_renewal_says_when_it_is_due_and_why_or_why_not()
    {
        var member = await api.AMemberAsync();
        var book = await api.ABookAsync("Laskar Pelangi", copies: 1);
        await LendAsync(member, $"B{book:000}-0");
        var client = await api.SignedInAsync(member.Id);
        var loan = (string)(await api.AskAsync("{ me { loans { id } } }", client: client)).Data["me"]!["loans"]![0]!["id"]!;
        const string Renew = "mutation($loan: ID!) { renewLoan(input: { loan: $loan }) { renewedLoan { dueBecause renewalsLeft loan { dueOn renewals } } errors { ... on Error { code message } } } }";
        api.Clock.Advance(TimeSpan.FromDays(4));
        client = await api.SignedInAsync(member.Id);

        var renewed = await api.AskAsync(Renew, new { loan }, client, "/en/graphql");
        api.Clock.Advance(TimeSpan.FromDays(1));
        client = await api.SignedInAsync(member.Id);
        var refused = await api.AskAsync(Renew, new { loan }, client, "/en/graphql");
        var all = await api.AskAsync("mutation { renewAllLoans(input: {}) { renewals { renewed refusal { code } loan { dueOn } } } }", client: client);

        Assert.Equal("""{"renewLoan":{"renewedLoan":{"dueBecause":"due Friday 16 January 2026","renewalsLeft":0,"loan":{"dueOn":"2026-01-16","renewals":1}},"errors":null}}""", renewed.Text);
        Assert.Equal("circulation.no_renewals_left", (string?)refused.Data["renewLoan"]!["errors"]![0]!["code"]);
        Assert.Equal("""{"renewAllLoans":{"renewals":[{"renewed":false,"refusal":{"code":"circulation.no_renewals_left"},"loan":{"dueOn":"2026-01-16"}}]}}""", all.Text);
    }

    [Fact]
    public async Task A_hold_tells_its_honest_place_and_is_suspended_resumed_moved_and_given_up()
    {
        var (first, second) = (await api.AMemberAsync(), await api.AMemberAsync("Siti"));
        var book = await api.ABookAsync("Laskar Pelangi", copies: 1);
        await LendAsync(await api.AMemberAsync("Pembaca"), $"B{book:000}-0");
        var client = await api.SignedInAsync(second.Id);
        await PlaceAsync(await api.SignedInAsync(first.Id), book);

        var placed = await PlaceAsync(client, book);
        var hold = (string)placed["id"]!;
        Assert.Equal("""{"position":2,"length":2}""", placed["queue"]!.ToJsonString());
        Assert.True((bool)(await Change("suspendHold", ", through: \"2026-01-20\"", "isSuspended"))!);
        Assert.False((bool)(await Change("resumeHold", "", "isSuspended"))!);
        Assert.Equal("YSM", (string?)(await Change("changePickupBranch", $", branch: \"{ApiUnderTest.Id("Branch", api.Kelurahan)}\"", "pickupBranch { code }"))!["code"]);
        Assert.Equal("CANCELLED", (string?)await Change("cancelHold", "", "state"));
        Assert.Equal("""{"me":{"holds":[]}}""", (await api.AskAsync("{ me { holds { id } } }", client: client)).Text);

        async Task<System.Text.Json.Nodes.JsonNode?> Change(string mutation, string more, string field) =>
            (await api.AskAsync($"mutation($hold: ID!) {{ {mutation}(input: {{ hold: $hold{more} }}) {{ hold {{ {field} }} errors {{ ... on Error {{ code }} }} }} }}", new { hold }, client))
                .Data[mutation]!["hold"]![field.Split(' ')[0]];
    }

    [Fact]
    public async Task Somebody_elses_hold_loan_or_record_does_not_exist()
    {
        var owner = await api.AMemberAsync();
        var book = await api.ABookAsync("Laskar Pelangi", copies: 1);
        var hold = (string)(await PlaceAsync(await api.SignedInAsync(owner.Id), book))["id"]!;
        var stranger = await api.SignedInAsync((await api.AMemberAsync("Siti")).Id);

        var answer = await api.AskAsync(
            "mutation($hold: ID!, $member: ID!) { cancelHold(input: { hold: $hold }) { errors { ... on Error { code } } } setReadingHistory(input: { member: $member, keep: true }) { errors { ... on Error { code } } } }",
            new { hold, member = ApiUnderTest.Id("Member", owner.Id) }, stranger);

        Assert.Equal("""{"cancelHold":{"errors":[{"code":"circulation.no_such_hold"}]},"setReadingHistory":{"errors":[{"code":"members.unknown"}]}}""", answer.Text);
    }

    [Fact]
    public async Task The_last_seat_is_given_once_and_the_other_waits()
    {
        var session = await api.ASessionAsync(await api.AProgramAsync("Membatik"), seats: 1);
        var clients = new[] { await api.SignedInAsync((await api.AMemberAsync()).Id), await api.SignedInAsync((await api.AMemberAsync("Siti")).Id) };
        var document = $"mutation {{ registerForSession(input: {{ session: \"{ApiUnderTest.Id("Session", session.Id)}\" }}) {{ registration {{ ticket status waitlistPosition session {{ seatsLeft }} }} errors {{ ... on Error {{ code }} }} }} }}";

        var answers = await Task.WhenAll(clients.Select(client => api.AskAsync(document, client: client)));

        Assert.Equal(["CONFIRMED", "WAITING"], answers.Select(answer => (string?)answer.Data["registerForSession"]!["registration"]!["status"]).Order(StringComparer.Ordinal));
        Assert.All(answers, answer => Assert.Equal(0, (int)answer.Data["registerForSession"]!["registration"]!["session"]!["seatsLeft"]!));
        Assert.Contains(answers, answer => (int?)answer.Data["registerForSession"]!["registration"]!["waitlistPosition"] == 1);
    }

    [Fact]
    public async Task Who_gives_up_a_seat_passes_it_on_and_the_offer_is_taken_up()
    {
        var session = await api.ASessionAsync(await api.AProgramAsync("Membatik"), inDays: 5, seats: 1);
        var (seated, waiting) = (await api.SignedInAsync((await api.AMemberAsync()).Id), await api.SignedInAsync((await api.AMemberAsync("Siti")).Id));
        var register = $"mutation {{ registerForSession(input: {{ session: \"{ApiUnderTest.Id("Session", session.Id)}\", party: {{ needs: [{{ kind: WHEELCHAIR }}] }} }}) {{ registration {{ ticket needs {{ kind answer }} }} }} }}";
        var first = (string)(await api.AskAsync(register, client: seated)).Data["registerForSession"]!["registration"]!["ticket"]!;
        var second = (string)(await api.AskAsync(register, client: waiting)).Data["registerForSession"]!["registration"]!["ticket"]!;

        await api.AskAsync("mutation($t: String!) { cancelRegistration(input: { ticket: $t }) { registration { status } } }", new { t = first }, seated);
        var offered = await api.AskAsync("{ me { registrations { status offerExpiresAt session { program { title } } } } }", client: waiting);
        var accepted = await api.AskAsync("mutation($t: String!) { acceptOffer(input: { ticket: $t }) { registration { status } errors { ... on Error { code } } } }", new { t = second }, waiting);

        Assert.Equal("""[{"status":"OFFERED","offerExpiresAt":"2026-01-07T02:00:00Z","session":{"program":{"title":"Membatik"}}}]""", offered.Data["me"]!["registrations"]!.ToJsonString());
        Assert.Equal("""{"acceptOffer":{"registration":{"status":"CONFIRMED"},"errors":null}}""", accepted.Text);
    }

    [Fact]
    public async Task A_space_is_booked_once_and_the_other_learns_what_else_is_free()
    {
        var space = await api.ASpaceAsync();
        var clients = new[] { await api.SignedInAsync((await api.AMemberAsync()).Id), await api.SignedInAsync((await api.AMemberAsync("Siti")).Id) };
        var wish = $"{{ space: \"{ApiUnderTest.Id("Space", space.Id)}\", startsAt: \"2026-01-06T09:00:00+07:00\", endsAt: \"2026-01-06T10:00:00+07:00\", title: \"Belajar bersama\" }}";
        var document = $"mutation {{ bookSpace(input: {{ wish: {wish} }}) {{ booking {{ id status startsAt space {{ name }} }} errors {{ ... on Error {{ code }} }} }} }}";

        var answers = await Task.WhenAll(clients.Select(client => api.AskAsync(document, client: client)));
        var alternatives = await api.AskAsync($"{{ bookingAlternatives(wish: {wish}, first: 2) {{ startsAt }} }}");

        var won = Assert.Single(answers, answer => answer.Data["bookSpace"]!["booking"] is not null);
        Assert.Equal("2026-01-06T02:00:00Z", (string?)won.Data["bookSpace"]!["booking"]!["startsAt"]);
        var lost = Assert.Single(answers, answer => answer.Data["bookSpace"]!["booking"] is null);
        Assert.Equal("spaces.taken", (string?)lost.Data["bookSpace"]!["errors"]![0]!["code"]);
        Assert.Equal("""{"bookingAlternatives":[{"startsAt":"2026-01-06T01:00:00Z"},{"startsAt":"2026-01-06T03:00:00Z"}]}""", alternatives.Text);
    }

    [Fact]
    public async Task A_recurring_booking_shows_each_occurrence_before_it_is_sent()
    {
        var space = await api.ASpaceAsync();
        var client = await api.SignedInAsync((await api.AMemberAsync()).Id);
        var wish = $"wish: {{ space: \"{ApiUnderTest.Id("Space", space.Id)}\", startsAt: \"2026-01-10T01:00:00Z\", endsAt: \"2026-01-10T02:00:00Z\", title: \"Klub baca\" }}, recurrence: \"FREQ=DAILY;COUNT=3\"";

        var preview = await api.AskAsync($"{{ previewRecurringBooking({wish}) {{ date refusal {{ code }} booking {{ id }} }} }}", client: client);
        var refused = await api.AskAsync($"mutation {{ bookSpaceRepeatedly(input: {{ {wish} }}) {{ occurrences {{ date }} errors {{ ... on Error {{ code }} }} }} }}", client: client);
        var booked = await api.AskAsync($"mutation {{ bookSpaceRepeatedly(input: {{ {wish}, dates: [\"2026-01-10\", \"2026-01-12\"] }}) {{ occurrences {{ date booking {{ isRecurring }} }} errors {{ ... on Error {{ code }} }} }} }}", client: client);

        Assert.Equal("2026-01-11", (string?)preview.Data["previewRecurringBooking"]!.AsArray().Single(one => one!["refusal"] is not null)!["date"]);
        Assert.Equal("spaces.not_all_free", (string?)refused.Data["bookSpaceRepeatedly"]!["errors"]![0]!["code"]);
        Assert.Equal(2, booked.Data["bookSpaceRepeatedly"]!["occurrences"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_teacher_asks_for_a_visit_and_sees_moves_and_cancels_it_and_no_other_teacher_does()
    {
        var offer = await api.AnOfferAsync();
        var desk = await api.SignedInAsync(null, "Librarian");
        await api.AskAsync("""mutation { registerSchool(input: { school: { npsn: "10807711", name: "SDN 1 Metro", level: PRIMARY, contactName: "Ibu Wati", contactEmail: "wati@sdn1.example" } }) { school { name } } }""", client: desk);
        var teacher = await api.SignedInAsync((await api.AMemberAsync("SDN 1 Metro", MemberCategory.School)).Id);
        var stranger = await api.SignedInAsync((await api.AMemberAsync()).Id);

        var asked = await api.AskAsync(
            $"mutation {{ requestVisit(input: {{ wish: {{ offer: \"{ApiUnderTest.Id("ClassVisitOffer", offer.Id)}\", date: \"2026-02-03\", time: \"09:00:00\", children: 20, adults: 2, className: \"5B\" }} }}) {{ classVisit {{ id status startsAt school {{ name }} offer {{ name }} }} errors {{ ... on Error {{ code message }} }} }} }}", client: teacher);
        var visit = (string)asked.Data["requestVisit"]!["classVisit"]!["id"]!;
        Assert.Equal("REQUESTED", (string?)asked.Data["requestVisit"]!["classVisit"]!["status"]);

        const string Move = "mutation($v: ID!) { changeVisit(input: { visit: $v, date: \"2026-02-05\", time: \"09:00:00\" }) { classVisit { startsAt } errors { ... on Error { code } } } }";
        Assert.Equal("visits.unknown_visit", (string?)(await api.AskAsync(Move, new { v = visit }, stranger)).Data["changeVisit"]!["errors"]![0]!["code"]);
        Assert.Equal("2026-02-05T02:00:00Z", (string?)(await api.AskAsync(Move, new { v = visit }, teacher)).Data["changeVisit"]!["classVisit"]!["startsAt"]);
        Assert.Equal("APPROVED", (string?)(await api.AskAsync("mutation($v: ID!) { approveVisit(input: { visit: $v }) { classVisit { status } errors { ... on Error { code } } } }", new { v = visit }, desk)).Data["approveVisit"]!["classVisit"]!["status"]);
        Assert.Equal("""{"me":{"visits":[{"status":"APPROVED","className":"5B"}]}}""", (await api.AskAsync("{ me { visits { status className } } }", client: teacher)).Text);
        Assert.Equal("CANCELLED", (string?)(await api.AskAsync("mutation($v: ID!) { cancelVisit(input: { visit: $v }) { classVisit { status } } }", new { v = visit }, teacher)).Data["cancelVisit"]!["classVisit"]!["status"]);
    }

    [Fact]
    public async Task A_consent_is_given_with_its_words_and_withdrawn_by_itself()
    {
        var member = await api.AMemberAsync();
        var client = await api.SignedInAsync(member.Id);
        Task<Answer> Ask(string mutation) => api.AskAsync($"mutation {{ {mutation} {{ member {{ name }} errors {{ ... on Error {{ code }} }} }} }}", client: client);

        var given = await Ask("""giveConsent(input: { purpose: PHOTOGRAPHS, wording: "I may be seen." })""");
        var unproved = await Ask("""giveConsent(input: { purpose: NEWS, wording: " " })""");
        var withdrawn = await Ask("withdrawConsent(input: { purpose: PHOTOGRAPHS })");
        var again = await Ask("withdrawConsent(input: { purpose: PHOTOGRAPHS })");

        Assert.Null(given.Data["giveConsent"]!["errors"]);
        Assert.Equal("members.evidence_needed", (string?)unproved.Data["giveConsent"]!["errors"]![0]!["code"]);
        Assert.Null(withdrawn.Data["withdrawConsent"]!["errors"]);
        Assert.Equal("members.no_such_consent", (string?)again.Data["withdrawConsent"]!["errors"]![0]!["code"]);
    }

    [Fact]
    public async Task Details_that_are_left_out_stay_as_they_are()
    {
        var member = await api.AMemberAsync();
        var client = await api.SignedInAsync(member.Id);

        var changed = await api.AskAsync(
            """mutation { updateMyDetails(input: { details: { address: "Jl. Imam Bonjol 1", phone: null } }) { member { name address phone email } errors { ... on Error { code } } } setReadingHistory(input: { keep: true }) { member { keepsLoanHistory } } setContactPreferences(input: { language: EN, byEmail: true, byPhone: false, byPost: false, wantsNews: true }) { member { language byPhone wantsNews } } }""",
            client: client);

        Assert.Equal("Jl. Imam Bonjol 1", (string?)changed.Data["updateMyDetails"]!["member"]!["address"]);
        Assert.Null(changed.Data["updateMyDetails"]!["member"]!["phone"]);
        Assert.Equal(member.Email, (string?)changed.Data["updateMyDetails"]!["member"]!["email"]);
        Assert.Equal("""{"keepsLoanHistory":true}""", changed.Data["setReadingHistory"]!["member"]!.ToJsonString());
        Assert.Equal("""{"language":"EN","byPhone":false,"wantsNews":true}""", changed.Data["setContactPreferences"]!["member"]!.ToJsonString());
    }

    [Fact]
    public async Task What_the_library_wrote_is_read_with_its_words_by_its_reader_and_the_desk()
    {
        var member = await api.AMemberAsync();
        var book = await api.ABookAsync("Laskar Pelangi", copies: 1);
        await LendAsync(member, $"B{book:000}-0");
        Assert.Null(await api.DoAsync((Receipts receipts) => receipts.SendAsync(member.Id, api.Main, ApiUnderTest.Librarian, ApiUnderTest.Stop)));
        await api.ChangeAsync(async (LibraryDbContext db) =>
        {
            foreach (var message in db.OutboxMessages.Where(one => one.MemberId == member.Id).ToList())
            {
                if (message.Claim("uji", api.Clock.UtcNow, TimeSpan.FromMinutes(1))) message.Sent(api.Clock.UtcNow);
            }

            await db.SaveChangesAsync(ApiUnderTest.Stop);
        });
        const string Mine = "{ me { messages { kind subject text sentAt } } }";
        var theirs = $"{{ member(id: \"{ApiUnderTest.Id("Member", member.Id)}\") {{ messages {{ kind text }} }} }}";

        var read = (await api.AskAsync(Mine, client: await api.SignedInAsync(member.Id))).Data["me"]!["messages"]!.AsArray().Single(one => (string?)one!["kind"] == "circulation.receipt")!;
        var others = await api.AskAsync(Mine, client: await api.SignedInAsync((await api.AMemberAsync("Siti")).Id));
        var strangers = await api.AskAsync($"{{ me {{ messages(member: \"{ApiUnderTest.Id("Member", member.Id)}\") {{ text }} }} }}", client: await api.SignedInAsync((await api.AMemberAsync("Rini")).Id, "Librarian"));
        var desk = (await api.AskAsync(theirs, client: await api.SignedInAsync(null, "Librarian"))).Data["member"]!["messages"]!;

        Assert.False(string.IsNullOrWhiteSpace((string?)read["subject"]));
        Assert.Contains("Laskar Pelangi", (string?)read["text"], StringComparison.Ordinal);
        Assert.DoesNotContain("Laskar", others.Text, StringComparison.Ordinal);
        Assert.Equal(["members.unknown"], strangers.Codes);
        Assert.Contains("Laskar Pelangi", desk.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("member.messages_viewed", await api.DoAsync((LibraryDbContext db) => Task.FromResult(db.AuditLines.Select(line => line.Action).ToList())));
        Assert.Equal(["AUTH_NOT_AUTHORIZED"], (await api.AskAsync(theirs, client: await api.SignedInAsync(member.Id))).Codes);
    }

    private async Task LendAsync(Member member, string barcode) =>
        Assert.True((await api.DoAsync((CirculationDesk desk) => desk.CheckOutAsync(member.CardNumber!, barcode, api.Main, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Succeeded);

    private async Task<System.Text.Json.Nodes.JsonNode> PlaceAsync(HttpClient client, long book) => (await api.AskAsync(
        $"mutation {{ placeHold(input: {{ book: \"{ApiUnderTest.Id("Book", book)}\", pickupBranch: \"{ApiUnderTest.Id("Branch", api.Main)}\" }}) {{ hold {{ id state queue {{ position length }} }} errors {{ ... on Error {{ code message }} }} }} }}",
        client: client)).Data["placeHold"]!["hold"]!;
}
