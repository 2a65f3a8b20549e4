using System.Globalization;
using System.Net;
using System.Text.Json;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Portal.Tests.Safety;
using Metro.Portal.Tests.TakingPart;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Unbroken;

/// <summary>Hundreds of callers race over HTTP for the last seats, slots, copies and holds; afterwards the database is asked who has what.</summary>
public sealed class StormTests(Crowd crowd) : IClassFixture<Crowd>
{
    private Town Town => crowd.Town;

    [Fact]
    public async Task So_many_get_a_seat_as_there_are_and_the_others_wait_in_one_queue()
    {
        const int Seats = 15;
        var program = (await Town.DoAsync((ProgramPlanning planning) => planning.CreateAsync(new ProgramDetails { Title = "Malam puisi" }, Town.Clerk, Town.Stop))).Value.Id;
        Assert.Null(await Town.DoAsync((ProgramPlanning planning) => planning.PublishAsync(program, Town.Clerk, Town.Stop)));
        var start = new DateTime(2026, 1, 12, 3, 0, 0, DateTimeKind.Utc);
        var session = (await Town.DoAsync((ProgramPlanning planning) => planning.ScheduleAsync(
            program, new SessionPlan(start, start.AddHours(2), SessionPlace.AtBranch(Town.Main), Seats), Town.Clerk, Town.Stop))).Value.Id;

        var isIn = await crowd.AskAllAsync(
            async member =>
            {
                using var answer = await member.PostAsync(Path($"/programs/{program}/register/{session}"), ("Wait", "true"));
                Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync(Town.Stop)}");
                return true;
            },
            async member => Came(await Crowd.MutateAsync(member, $"registerForSession(input: {{ session: \"{Crowd.Id("Session", session)}\" }}) {{ registration {{ ticket }} errors {{ ... on Refusal {{ code }} }} }}"), "registration"));

        Assert.All(isIn, Assert.True);
        var places = await crowd.LookAsync(db => db.Registrations.AsNoTracking().Where(one => one.SessionId == session).OrderBy(one => one.Id).Take(1_000).ToListAsync(Town.Stop));
        Assert.Equal(crowd.Keys.Order(), places.Select(one => one.MemberId!.Value).Order());
        Assert.Equal(Seats, places.Count(one => one.Status == RegistrationStatus.Confirmed));
        Assert.Equal(Crowd.Size - Seats, places.Count(one => one.Status == RegistrationStatus.Waiting));
    }

    [Fact]
    public async Task One_gets_the_slot_and_everybody_else_hears_that_it_is_taken()
    {
        var kind = (await Town.DoAsync((SpacePlanning planning) => planning.CreateKindAsync(new SpaceKindDetails { Name = "Ruang belajar" }, Town.Clerk, Town.Stop))).Value.Id;
        var space = (await Town.DoAsync((SpacePlanning planning) => planning.CreateAsync(
            new SpaceDetails { KindId = kind, BranchId = Town.Main, Name = "Ruang Belajar", Capacity = 8 }, Town.Clerk, Town.Stop))).Value.Id;

        var got = await crowd.AskAllAsync(
            async member =>
            {
                using var answer = await member.PostAsync(Path($"/spaces/{space}/book"), ("Date", "2026-01-06"), ("Time", "10:00"), ("Slots", "1"), ("Title", "Rapat"), ("Heads", "2"));
                Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.UnprocessableEntity, $"{answer.StatusCode}");
                return answer.StatusCode == HttpStatusCode.Redirect;
            },
            async member =>
            {
                var answer = await Crowd.MutateAsync(member,
                    $"bookSpace(input: {{ wish: {{ space: \"{Crowd.Id("Space", space)}\", startsAt: \"2026-01-06T10:00:00+07:00\", endsAt: \"2026-01-06T11:00:00+07:00\", title: \"Belajar\" }} }}) {{ booking {{ status }} errors {{ ... on Error {{ code }} }} }}");
                Assert.True(Came(answer, "booking") || Code(answer) == "spaces.taken", answer.ToString());
                return Came(answer, "booking");
            });

        var winner = crowd.Keys[got.Index().Single(one => one.Item).Index];
        var booking = await crowd.LookAsync(db => db.Bookings.AsNoTracking().SingleAsync(one => one.SpaceId == space, Town.Stop));
        Assert.Equal(winner, booking.MemberId);
    }

    [Fact]
    public async Task A_copy_is_lent_once_however_many_desks_scan_it_at_once()
    {
        var (_, barcode) = await ABookAsync("Ronggeng Dukuh Paruk", "MTR777001");
        var cards = await crowd.LookAsync(db => db.Members.AsNoTracking().Where(one => crowd.Keys.Take(60).Contains(one.Id)).OrderBy(one => one.Id).Select(one => one.CardNumber!).Take(60).ToListAsync(Town.Stop));

        var answers = await Task.WhenAll(cards.Select(card => Crowd.MutateAsync(crowd.Librarian,
            $"checkOut(input: {{ card: \"{card}\", barcode: \"{barcode}\", branch: \"{Crowd.Id("Branch", Town.Main)}\" }}) {{ copyLent {{ dueBecause }} errors {{ ... on Error {{ code }} }} }}")));

        Assert.Single(answers, answer => Came(answer, "copyLent"));
        Assert.All(answers.Where(answer => !Came(answer, "copyLent")), answer => Assert.StartsWith("circulation.", Code(answer), StringComparison.Ordinal));
        Assert.Equal(1, await crowd.LookAsync(db => db.Loans.CountAsync(one => db.Copies.Any(copy => copy.Id == one.CopyId && copy.Barcode == barcode), Town.Stop)));
    }

    [Fact]
    public async Task Each_member_stands_in_a_book_s_queue_once_and_a_copy_that_comes_back_is_kept_for_the_first_alone()
    {
        var (title, barcode) = await ABookAsync("Cantik itu luka", "MTR777002");
        var reader = await AtTheDoor.MemberAsync(Town.Portal, "Yang Membaca", "1872011705909999");
        var card = await crowd.LookAsync(db => db.Members.Where(one => one.Id == reader).Select(one => one.CardNumber!).SingleAsync(Town.Stop));
        Assert.True((await Town.DoAsync((CirculationDesk desk) => desk.CheckOutAsync(card, barcode, Town.Main, Town.Clerk, Town.Stop))).Succeeded);
        Task<JsonElement> ByTheApi(AtTheDoor member) => Crowd.MutateAsync(member,
            $"placeHold(input: {{ book: \"{Crowd.Id("Book", title)}\", pickupBranch: \"{Crowd.Id("Branch", Town.Main)}\" }}) {{ hold {{ id }} errors {{ ... on Error {{ code }} }} }}");

        // Everybody asks twice, as impatient people do.
        await Task.WhenAll(
            crowd.AskAllAsync(
                async member =>
                {
                    using var answer = await member.PostAsync(Path($"/catalog/{title}?handler=Hold"), ("branch", Town.Main.ToString(CultureInfo.InvariantCulture)));
                    return (int)answer.StatusCode < 500;
                },
                async member => await ByTheApi(member) is { ValueKind: JsonValueKind.Object }),
            crowd.AskAllAsync(async member => await ByTheApi(member) is { ValueKind: JsonValueKind.Object }, async member => await ByTheApi(member) is { ValueKind: JsonValueKind.Object }));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Crowd.MutateAsync(crowd.Librarian, $"checkIn(input: {{ barcode: \"{barcode}\", branch: \"{Crowd.Id("Branch", Town.Main)}\" }}) {{ errors {{ ... on Error {{ code }} }} }}")));

        var holds = await crowd.LookAsync(db => db.Holds.AsNoTracking().Where(one => one.TitleId == title).OrderBy(one => one.Id).Take(1_000).ToListAsync(Town.Stop));
        Assert.Equal(crowd.Keys.Order(), holds.Select(one => one.MemberId!.Value).Order());
        Assert.Equal(holds.MinBy(one => (one.PlacedAt, one.Id))!.Id, Assert.Single(holds, one => one.State == HoldState.Ready).Id);
        Assert.Equal(Crowd.Size - 1, holds.Count(one => one.State == HoldState.Waiting));
    }

    private async Task<(long Title, string Barcode)> ABookAsync(string name, string barcode)
    {
        var title = (await Town.DoAsync((Cataloguing cataloguing) => cataloguing.AddTitleAsync(new TitleDescription { Name = name }, Town.Clerk, Town.Stop))).TitleId!.Value;
        var copy = await Town.DoAsync((Cataloguing cataloguing) => cataloguing.AddCopyAsync(title, new CopyDescription(barcode, Town.Main), Town.Clerk, Town.Stop));
        Assert.Null(await Town.DoAsync((Cataloguing cataloguing) => cataloguing.ShelveCopyAsync(copy.Value, Town.Main, Town.Clerk, Town.Stop)));
        return (title, barcode);
    }

    private static string Path(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);

    private static bool Came(JsonElement payload, string what) => payload.GetProperty(what).ValueKind == JsonValueKind.Object;

    private static string? Code(JsonElement payload) => payload.GetProperty("errors")[0].GetProperty("code").GetString();
}
