using System.Net;
using Metro.Library;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Tests;

/// <summary>People who want the same seat or slot, by the API and on the pages at once, and what a "no" tells them.</summary>
public sealed class RaceTests : IAsyncLifetime
{
    private ApiUnderTest api = null!;

    public async ValueTask InitializeAsync() => api = await ApiUnderTest.OpenAsync();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task The_last_seat_goes_to_one_whether_asked_for_on_the_page_or_by_the_API()
    {
        var session = await api.ASessionAsync(await api.AProgramAsync("Membatik"), seats: 1);
        var (onThePage, byTheApi) = (await api.SignedInAsync((await api.AMemberAsync()).Id), await api.SignedInAsync((await api.AMemberAsync("Siti")).Id));
        var address = $"/programs/{session.ProgramId}/register/{session.Id}";
        using var form = await FormAsync(onThePage, address, ("Wait", "false"));

        var asked = api.AskAsync(
            $"mutation {{ registerForSession(input: {{ session: \"{ApiUnderTest.Id("Session", session.Id)}\", party: {{ waitIfFull: false }} }}) {{ registration {{ status }} errors {{ ... on Error {{ code message }} }} }} }}", client: byTheApi);
        using var sent = await onThePage.PostAsync(address, form, ApiUnderTest.Stop);
        var answer = (await asked).Data["registerForSession"]!;

        var wonByApi = answer["registration"] is not null;
        Assert.Equal(wonByApi ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK, sent.StatusCode);
        if (wonByApi) Assert.Contains("Masuk daftar tunggu", await sent.Content.ReadAsStringAsync(ApiUnderTest.Stop), StringComparison.Ordinal);
        else Assert.Equal("programs.full", (string?)answer["errors"]![0]!["code"]);
        Assert.Equal(1, await api.DoAsync((LibraryDbContext db) => db.Registrations.CountAsync(one => one.SessionId == session.Id, ApiUnderTest.Stop)));
    }

    [Fact]
    public async Task A_slot_goes_to_one_whether_asked_for_on_the_page_or_by_the_API_and_the_other_hears_what_is_free()
    {
        var space = await api.ASpaceAsync();
        var (onThePage, byTheApi) = (await api.SignedInAsync((await api.AMemberAsync()).Id), await api.SignedInAsync((await api.AMemberAsync("Siti")).Id));
        var address = $"/spaces/{space.Id}/book";
        using var form = await FormAsync(onThePage, address + "?date=2026-01-06&time=10:00", ("Date", "2026-01-06"), ("Time", "10:00"), ("Slots", "1"), ("Title", "Rapat"), ("Heads", "2"));

        var asked = api.AskAsync(
            $"mutation {{ bookSpace(input: {{ wish: {{ space: \"{ApiUnderTest.Id("Space", space.Id)}\", startsAt: \"2026-01-06T10:00:00+07:00\", endsAt: \"2026-01-06T11:00:00+07:00\", title: \"Belajar\" }} }}) {{ booking {{ status }} errors {{ __typename ... on Error {{ code }} ... on SpaceTaken {{ nearestFree {{ startsAt space {{ name }} }} }} }} }} }}", client: byTheApi);
        using var sent = await onThePage.PostAsync(address, form, ApiUnderTest.Stop);
        var answer = (await asked).Data["bookSpace"]!;

        if (answer["booking"] is not null)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
            Assert.Contains($"value=\"{space.Id} 2026-01-06T09:00\"", await sent.Content.ReadAsStringAsync(ApiUnderTest.Stop), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
            Assert.Equal(("SpaceTaken", "spaces.taken", "2026-01-06T02:00:00Z"), ((string?)answer["errors"]![0]!["__typename"], (string?)answer["errors"]![0]!["code"], (string?)answer["errors"]![0]!["nearestFree"]![0]!["startsAt"]));
        }

        Assert.Equal(1, await api.DoAsync((LibraryDbContext db) => db.Bookings.CountAsync(one => one.SpaceId == space.Id, ApiUnderTest.Stop)));
    }

    [Fact]
    public async Task A_booking_that_cannot_be_moved_hears_what_is_free_instead()
    {
        var space = await api.ASpaceAsync();
        var (first, second) = (await api.SignedInAsync((await api.AMemberAsync()).Id), await api.SignedInAsync((await api.AMemberAsync("Siti")).Id));
        await BookAsync(first, space.Id, 10);
        var booking = await BookAsync(second, space.Id, 13);

        var refused = await api.AskAsync(
            "mutation($b: ID!) { moveBooking(input: { booking: $b, startsAt: \"2026-01-06T03:00:00Z\", endsAt: \"2026-01-06T04:00:00Z\" }) { booking { id } errors { ... on Error { code } ... on SpaceTaken { nearestFree { startsAt } } } } }", new { b = booking }, second);

        Assert.Equal("spaces.taken", (string?)refused.Data["moveBooking"]!["errors"]![0]!["code"]);
        Assert.Equal("2026-01-06T02:00:00Z", (string?)refused.Data["moveBooking"]!["errors"]![0]!["nearestFree"]![0]!["startsAt"]);
    }

    [Fact]
    public async Task A_morning_goes_to_one_school_and_the_other_hears_the_nearest_free_ones()
    {
        var offer = await api.AnOfferAsync();
        var desk = await api.SignedInAsync(null, "Librarian");
        foreach (var npsn in (string[])["10807711", "10807712"])
            Assert.True((await api.DoAsync((Schools schools) => schools.RegisterAsync(new SchoolDetails { Npsn = npsn, Name = $"SDN {npsn}", ContactName = "Ibu Wati", ContactEmail = $"sd{npsn}@contoh.id" }, ApiUnderTest.Librarian, ApiUnderTest.Stop))).Succeeded);
        var school = await api.SignedInAsync((await api.AMemberAsync("SDN 10807711", MemberCategory.School)).Id);
        string Document(string? npsn) =>
            $"mutation {{ requestVisit(input: {{ wish: {{ offer: \"{ApiUnderTest.Id("ClassVisitOffer", offer.Id)}\", date: \"2026-02-03\", time: \"09:00:00\", children: 20, adults: 2 }}{(npsn is null ? "" : $", school: \"{npsn}\"")} }}) {{ classVisit {{ status }} errors {{ ... on Error {{ code }} ... on ClassVisitSlotTaken {{ nearestFree {{ date isFree }} }} }} }} }}";

        var answers = await Task.WhenAll(api.AskAsync(Document(null), client: school), api.AskAsync(Document("10807712"), client: desk));

        Assert.Single(answers, answer => answer.Data["requestVisit"]!["classVisit"] is not null);
        var lost = Assert.Single(answers, answer => answer.Data["requestVisit"]!["classVisit"] is null).Data["requestVisit"]!["errors"]![0]!;
        Assert.Equal(("visits.slot_taken", "2026-02-05", true), ((string?)lost["code"], (string?)lost["nearestFree"]![0]!["date"], (bool)lost["nearestFree"]![0]!["isFree"]!));
    }

    [Fact]
    public async Task Each_no_about_a_seat_has_a_code_of_its_own()
    {
        var member = await api.AMemberAsync();
        var client = await api.SignedInAsync(member.Id);
        var (program, series) = (await api.AProgramAsync("Membatik"), await api.AProgramAsync("Kursus"));
        var session = await api.ASessionAsync(program);
        var ticket = (await api.DoAsync((SessionRegistrations desk) => desk.RegisterAsync(session.Id, new RegistrationRequest { MemberId = member.Id }, Actor.Member(member.Id, member.Name), ApiUnderTest.Stop))).Value.TicketCode;
        var id = ApiUnderTest.Id("Session", session.Id);

        await RefusesAsync($"registerForSession(input: {{ session: \"{id}\" }})", "programs.already_registered");
        await RefusesAsync($"registerForSession(input: {{ session: \"{id}\", party: {{ groupName: \"RT 5\", groupSize: 9 }} }})", "programs.no_groups");
        await RefusesAsync($"registerForSession(input: {{ session: \"{id}\", party: {{ companions: 3 }} }})", "programs.too_many_companions");
        await RefusesAsync($"enrolInProgram(input: {{ program: \"{ApiUnderTest.Id("Program", series.Id)}\" }})", "programs.no_series");
        await RefusesAsync($"acceptOffer(input: {{ ticket: \"{ticket}\" }})", "programs.nothing_offered");
        await RefusesAsync($"resizeRegistration(input: {{ ticket: \"{ticket}\", people: 9 }})", "programs.too_many_companions");
        await RefusesAsync($"cancelEnrolment(input: {{ ticket: \"{ticket}\" }})", "programs.no_series");
        await RefusesAsync($"withdrawGuardianConsent(input: {{ ticket: \"{ticket}\", purpose: PHOTOGRAPHS }})", "programs.no_consent");
        var resized = await api.AskAsync($"mutation {{ resizeRegistration(input: {{ ticket: \"{ticket}\", people: 3 }}) {{ registration {{ seats }} }} cancelRegistration(input: {{ ticket: \"{ticket}\" }}) {{ registration {{ status }} }} }}", client: client);
        Assert.Equal("""{"resizeRegistration":{"registration":{"seats":3}},"cancelRegistration":{"registration":{"status":"CANCELLED"}}}""", resized.Text);
        await RefusesAsync($"cancelRegistration(input: {{ ticket: \"{ticket}\" }})", "programs.already_cancelled");

        async Task RefusesAsync(string mutation, string code)
        {
            var name = mutation[..mutation.IndexOf('(', StringComparison.Ordinal)];
            var answer = await api.AskAsync($"mutation {{ {mutation} {{ errors {{ ... on Error {{ code message }} }} }} }}", client: client);
            Assert.True((string?)answer.Data[name]!["errors"]?[0]?["code"] == code, $"{mutation}: {answer.Text}");
        }
    }

    private async Task<string> BookAsync(HttpClient client, long space, int hour)
    {
        var booked = await api.AskAsync(
            $"mutation {{ bookSpace(input: {{ wish: {{ space: \"{ApiUnderTest.Id("Space", space)}\", startsAt: \"2026-01-06T{hour:00}:00:00+07:00\", endsAt: \"2026-01-06T{hour + 1:00}:00:00+07:00\", title: \"Belajar {hour}\" }} }}) {{ booking {{ id }} }} }}", client: client);
        return (string)booked.Data["bookSpace"]!["booking"]!["id"]!;
    }

    /// <summary>What a browser would send from a page: its token, and what was typed.</summary>
    private static async Task<FormUrlEncodedContent> FormAsync(HttpClient browser, string address, params (string Name, string Value)[] typed)
    {
        var html = await browser.GetStringAsync(address, ApiUnderTest.Stop);
        var token = html.Split("name=\"__RequestVerificationToken\"")[1].Split("value=\"")[1].Split('"')[0];
        return new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. typed.Select(one => KeyValuePair.Create(one.Name, one.Value))]);
    }
}
