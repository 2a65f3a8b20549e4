using Metro.Library.Programs;

namespace Metro.Library.Tests.Programs;

/// <summary>Who comes changes after one has registered.</summary>
public sealed class ResizingTests
{
    [Fact]
    public async Task Companions_who_stay_at_home_give_their_seats_to_those_who_wait()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 3);
        var (ani, budi) = (await library.SomebodyAsync(session, "Ani", companions: 2), await library.SomebodyAsync(session, "Budi", companions: 1));

        var resized = await ResizeAsync(library, ani, 1);

        Assert.Equal(1, resized.Value.Seats);
        Assert.Equal(RegistrationStatus.Offered, (await library.NowAsync(budi)).Status);
        Assert.Equal(0, (await library.NowAsync(session)).SeatsLeft);
        Assert.Equal([ProgramMessages.Registered, ProgramMessages.Reminder], (await library.ToldAsync(ani.Subject)).Order());
    }

    [Fact]
    public async Task More_people_come_only_while_seats_are_left()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 3);
        var ani = await library.SomebodyAsync(session, "Ani");
        await library.SomebodyAsync(session, "Budi");

        Assert.Equal(ProgramRefusals.Full(1), (await ResizeAsync(library, ani, 3)).Refusal);
        Assert.Equal(2, (await ResizeAsync(library, ani, 2)).Value.Seats);
        Assert.Equal(0, (await library.NowAsync(session)).SeatsLeft);
    }

    [Fact]
    public async Task Who_waits_and_comes_with_fewer_keeps_the_place_and_may_fit_at_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 3);
        await library.SomebodyAsync(session, "Ani");
        var budi = await library.SomebodyAsync(session, "Budi", companions: 2);
        Assert.Equal(RegistrationStatus.Waiting, budi.Status);

        Assert.True((await ResizeAsync(library, budi, 1)).Succeeded);

        Assert.Equal(RegistrationStatus.Offered, (await library.NowAsync(budi)).Status);
        Assert.Equal(ProgramRefusals.NotResizable, (await ResizeAsync(library, budi, 2)).Refusal);
    }

    [Fact]
    public async Task Nobody_brings_more_than_the_program_allows_or_changes_what_has_started()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 10);
        var ani = await library.SomebodyAsync(session, "Ani");

        Assert.Equal(ProgramRefusals.TooManyCompanions(3), (await ResizeAsync(library, ani, 5)).Refusal);
        Assert.Equal("input.number_out_of_range", (await ResizeAsync(library, ani, 0)).Refusal?.Code);
        library.Clock.MoveTo(new DateTimeOffset(session.StartsAt));
        Assert.Equal(ProgramRefusals.AlreadyStarted, (await ResizeAsync(library, ani, 1)).Refusal);
    }

    private static async Task<Outcome<Registration>> ResizeAsync(TestLibrary library, Registration registration, int people)
    {
        await using var desk = library.OpenDesk();
        return await desk.The<SessionRegistrations>().ResizeAsync(registration.TicketCode, people, Happenings.Visitor);
    }
}
