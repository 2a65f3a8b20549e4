using Metro.Library.Programs;
using Metro.Library.Tests.Visits;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Programs;

/// <summary>Many callers at once, each with a connection of their own; what must hold is read from the database afterwards.</summary>
public sealed class SeatRaceTests
{
    [Fact]
    public async Task The_last_seats_are_each_given_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 7);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() =>
            library.RegisterAsync(session, Happenings.AVisitor($"Orang{i}") with { WaitIfFull = false }))));

        Assert.Equal(7, outcomes.Count(outcome => outcome.Succeeded));
        Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome => Assert.Equal(ProgramRefusals.Full(0), outcome.Refusal));
        await AssertSeatsAddUpAsync(library);
    }

    [Fact]
    public async Task One_person_who_presses_the_button_many_times_has_one_seat()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 50);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => library.RegisterAsync(session, Happenings.AVisitor("Ani")))));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
        await AssertSeatsAddUpAsync(library);
    }

    [Fact]
    public async Task In_a_storm_of_registering_cancelling_and_accepting_seats_always_add_up()
    {
        await using var library = await TestLibrary.OpenAsync();
        Session[] sessions = [await library.ASessionAsync(seats: 3), await library.ASessionAsync(seats: 5)];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(person => Task.Run(async () =>
        {
            var random = new Random(person);
            var mine = new List<Registration>();
            for (var round = 0; round < 60; round++)
            {
                var session = sessions[random.Next(sessions.Length)];
                switch (random.Next(5))
                {
                    case 0 or 1:
                        var asked = await library.RegisterAsync(session, Happenings.AVisitor($"Orang{person}") with { Companions = random.Next(3) });
                        if (asked.Succeeded) mine.Add(asked.Value);
                        break;
                    case 2 when mine.Count > 0:
                        await library.CancelAsync(mine[random.Next(mine.Count)]);
                        break;
                    case 3 when mine.Count > 0:
                        await library.AcceptAsync(mine[random.Next(mine.Count)]);
                        break;
                    default:
                        await library.ExpireOffersAsync();
                        break;
                }
            }
        })));

        await AssertSeatsAddUpAsync(library);
        library.Clock.Advance(TimeSpan.FromHours(48));
        while (await library.ExpireOffersAsync() > 0) library.Clock.Advance(TimeSpan.FromHours(1));
        await AssertSeatsAddUpAsync(library);
    }

    [Fact]
    public async Task One_offer_is_accepted_or_lapses_and_never_both()
    {
        await using var library = await TestLibrary.OpenAsync();
        for (var round = 0; round < 10; round++)
        {
            var session = await library.ASessionAsync(seats: 1);
            var (ani, budi) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"));
            await library.SomebodyAsync(session, "Citra");
            await library.CancelAsync(ani);

            var accepted = Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => library.AcceptAsync(budi))));
            var cancelled = Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => library.CancelAsync(budi))));

            Assert.InRange((await accepted).Count(outcome => outcome.Succeeded), 0, 1);
            Assert.Single(await cancelled, outcome => outcome.Succeeded);
            await AssertSeatsAddUpAsync(library);
        }
    }

    [Fact]
    public async Task Of_many_schools_one_gets_the_slot()
    {
        await using var library = await TestLibrary.OpenAsync();
        var offer = await ClassVisitTests.AnOfferAsync(library);
        var schools = new List<School>();
        for (var i = 0; i < 20; i++) schools.Add(await ClassVisitTests.ASchoolAsync(library, $"108070{i:00}"));

        var outcomes = await Task.WhenAll(schools.Select(school => Task.Run(() => ClassVisitTests.RequestAsync(library, school, offer))));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
        Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome => Assert.Equal(VisitRefusals.SlotTaken, outcome.Refusal));
    }

    [Fact]
    public async Task A_quota_is_never_overdrawn_however_many_approve_at_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        var (school, offer) = (await ClassVisitTests.ASchoolAsync(library), await ClassVisitTests.AnOfferAsync(library));
        var visits = new List<Visit>();
        for (var week = 0; week < 6; week++)
            visits.Add((await ClassVisitTests.RequestAsync(library, school, offer, date: new DateOnly(2026, 1, 20).AddDays(7 * week), by: TestLibrary.Librarian)).Value);

        var outcomes = await Task.WhenAll(visits.SelectMany(visit => Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            await using var desk = library.OpenDesk();
            return await desk.The<ClassVisits>().ApproveAsync(visit.Id, TestLibrary.Librarian);
        }))));

        Assert.Equal(2, outcomes.Count(outcome => outcome.Succeeded));
        await using var db = library.NewContext();
        Assert.Equal(2, (await db.VisitQuotas.SingleAsync()).Used);
        Assert.Equal(2, await db.Visits.CountAsync(visit => visit.Status == VisitStatus.Approved));
        Assert.Equal([1, 2], await db.Visits.Where(visit => visit.LetterNumber != null).Select(visit => visit.LetterNumber!.Value).Order().ToListAsync());
    }

    private static async Task AssertSeatsAddUpAsync(TestLibrary library)
    {
        await using var db = library.NewContext();
        foreach (var session in await db.Sessions.AsNoTracking().ToListAsync())
        {
            var registrations = await db.Registrations.AsNoTracking().Where(one => one.SessionId == session.Id).ToListAsync();
            Assert.InRange(session.SeatsTaken, 0, session.Capacity);
            Assert.Equal(session.SeatsTaken, registrations.Where(one => one.HoldsSeats).Sum(one => one.Seats));
            Assert.Equal(session.Waiting, registrations.Count(one => one.Status == RegistrationStatus.Waiting));
            var active = registrations.Where(one => one.ActiveKey is not null).ToList();
            Assert.Equal(active.Count, active.Select(one => one.ActiveKey).Distinct().Count());
            // Nobody waits for seats that are free.
            Assert.All(registrations.Where(one => one.Status == RegistrationStatus.Waiting), one => Assert.True(one.Seats > session.SeatsLeft));
        }
    }
}
