using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Programs;

/// <summary>DOMAIN.md rule 6.</summary>
public sealed class WaitlistTests
{
    [Fact]
    public async Task A_seat_that_comes_free_is_offered_to_the_first_who_waits()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1);
        var (ani, budi, citra) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"), await library.SomebodyAsync(session, "Citra"));

        await library.CancelAsync(ani);

        Assert.Equal(RegistrationStatus.Offered, (await library.NowAsync(budi)).Status);
        Assert.Equal(RegistrationStatus.Waiting, (await library.NowAsync(citra)).Status);
        Assert.Equal([ProgramMessages.Waitlisted, ProgramMessages.Offered], await library.ToldAsync(budi.Subject));
    }

    [Fact]
    public async Task An_offered_seat_is_held_for_48_hours()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1);
        var (ani, budi) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"));
        await library.CancelAsync(ani);

        Assert.Equal(library.Calendar.Now.AddHours(48), (await library.NowAsync(budi)).OfferExpiresAt);
        Assert.Equal(0, (await library.NowAsync(session)).SeatsLeft);
        Assert.Equal(RegistrationStatus.Waiting, (await library.SomebodyAsync(session, "Dewi")).Status);

        library.Clock.Advance(TimeSpan.FromHours(48) - TimeSpan.FromSeconds(1));
        Assert.Equal(RegistrationStatus.Confirmed, (await library.AcceptAsync(budi)).Value.Status);
    }

    [Fact]
    public async Task An_offer_that_has_expired_cannot_be_accepted_even_before_it_is_taken_back()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1);
        var (ani, budi) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"));
        await library.CancelAsync(ani);

        library.Clock.Advance(TimeSpan.FromHours(48));

        Assert.Equal(ProgramRefusals.OfferLapsed, (await library.AcceptAsync(budi)).Refusal);
    }

    [Fact]
    public async Task An_offer_never_lasts_past_the_start()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1, inDays: 1);
        var (ani, budi) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"));

        await library.CancelAsync(ani);

        Assert.Equal(session.StartsAt, (await library.NowAsync(budi)).OfferExpiresAt);
    }

    [Fact]
    public async Task Nothing_is_offered_after_the_start()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1, inDays: 1);
        var (ani, budi, citra) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"), await library.SomebodyAsync(session, "Citra"));
        await library.CancelAsync(ani);

        library.Clock.MoveTo(new DateTimeOffset(session.StartsAt));
        Assert.Equal(1, await library.ExpireOffersAsync());

        Assert.Equal(RegistrationStatus.Lapsed, (await library.NowAsync(budi)).Status);
        Assert.Equal(RegistrationStatus.Waiting, (await library.NowAsync(citra)).Status);
    }

    [Fact]
    public async Task A_lapsed_offer_goes_to_the_next_in_line_and_both_are_told()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1);
        var (ani, budi, citra) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"), await library.SomebodyAsync(session, "Citra"));
        await library.CancelAsync(ani);

        library.Clock.Advance(TimeSpan.FromHours(48));
        Assert.Equal(1, await library.ExpireOffersAsync());

        Assert.Equal(RegistrationStatus.Lapsed, (await library.NowAsync(budi)).Status);
        Assert.Equal(RegistrationStatus.Offered, (await library.NowAsync(citra)).Status);
        Assert.Equal([ProgramMessages.OfferLapsed], await library.ToldAsync(budi.Subject));
        Assert.Contains(ProgramMessages.Offered, await library.ToldAsync(citra.Subject));
    }

    [Fact]
    public async Task Taking_back_expired_offers_a_second_time_changes_nothing_and_each_call_is_bounded()
    {
        await using var library = await TestLibrary.OpenAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var session = await library.ASessionAsync(seats: 1);
            var first = await library.SomebodyAsync(session, "Ani");
            await library.SomebodyAsync(session, "Budi");
            await library.CancelAsync(first);
        }

        library.Clock.Advance(TimeSpan.FromHours(48));

        Assert.Equal(2, await library.ExpireOffersAsync(2));
        Assert.Equal(1, await library.ExpireOffersAsync(2));
        Assert.Equal(0, await library.ExpireOffersAsync(2));
    }

    [Fact]
    public async Task Cancelling_after_accepting_neither_revives_the_offer_nor_queues_again()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1);
        var (ani, budi, citra) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"), await library.SomebodyAsync(session, "Citra"));
        await library.CancelAsync(ani);
        await library.AcceptAsync(budi);

        await library.CancelAsync(budi);

        var now = await library.NowAsync(budi);
        Assert.Equal((RegistrationStatus.Cancelled, null), (now.Status, now.OfferExpiresAt));
        Assert.Equal(ProgramRefusals.NothingOffered, (await library.AcceptAsync(budi)).Refusal);
        Assert.Equal(RegistrationStatus.Offered, (await library.NowAsync(citra)).Status);
        await library.CancelAsync(citra);
        Assert.Equal(RegistrationStatus.Cancelled, (await library.NowAsync(budi)).Status);
        Assert.Equal((0, 0), ((await library.NowAsync(session)).SeatsTaken, (await library.NowAsync(session)).Waiting));
    }

    [Fact]
    public async Task Who_has_cancelled_can_come_back_at_the_end_of_the_queue()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1);
        var ani = await library.SomebodyAsync(session, "Ani");
        await library.SomebodyAsync(session, "Budi");
        await library.CancelAsync(ani);

        var again = await library.SomebodyAsync(session, "Ani");

        Assert.Equal(RegistrationStatus.Waiting, again.Status);
    }

    [Fact]
    public async Task A_group_is_promoted_only_when_all_of_it_fits()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 3);
        var (ani, budi, citra) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"), await library.SomebodyAsync(session, "Citra"));
        var group = (await library.RegisterAsync(session, Happenings.AVisitor("Dewi") with { GroupName = "Karang Taruna", GroupSize = 3 })).Value;

        await library.CancelAsync(ani);
        await library.CancelAsync(budi);
        Assert.Equal(RegistrationStatus.Waiting, (await library.NowAsync(group)).Status);

        await library.CancelAsync(citra);
        Assert.Equal(RegistrationStatus.Offered, (await library.NowAsync(group)).Status);
    }

    [Fact]
    public async Task A_group_without_room_keeps_its_place_and_lets_smaller_ones_pass()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 2);
        var (ani, budi) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"));
        var pair = await library.SomebodyAsync(session, "Citra", companions: 1);
        var single = await library.SomebodyAsync(session, "Dewi");

        await library.CancelAsync(ani);

        Assert.Equal(RegistrationStatus.Waiting, (await library.NowAsync(pair)).Status);
        Assert.Equal(RegistrationStatus.Offered, (await library.NowAsync(single)).Status);
        await library.CancelAsync(single);
        await library.CancelAsync(budi);
        Assert.Equal(RegistrationStatus.Offered, (await library.NowAsync(pair)).Status);
    }

    [Fact]
    public async Task New_seats_go_down_the_queue_at_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1);
        await library.SomebodyAsync(session, "Ani");
        var (budi, citra) = (await library.SomebodyAsync(session, "Budi"), await library.SomebodyAsync(session, "Citra"));
        await using var desk = library.OpenDesk();

        Assert.Null(await desk.The<ProgramPlanning>().ChangeCapacityAsync(session.Id, 3, TestLibrary.Librarian));

        Assert.All([await library.NowAsync(budi), await library.NowAsync(citra)], one => Assert.Equal(RegistrationStatus.Offered, one.Status));
        Assert.Equal(ProgramRefusals.CapacityBelowTaken(3), await desk.The<ProgramPlanning>().ChangeCapacityAsync(session.Id, 2, TestLibrary.Librarian));
    }

    [Fact]
    public async Task Capacity_is_looked_at_again_when_an_offer_is_accepted()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 2);
        var (ani, _) = (await library.SomebodyAsync(session, "Ani"), await library.SomebodyAsync(session, "Budi"));
        var citra = await library.SomebodyAsync(session, "Citra");
        await library.CancelAsync(ani);
        await using var db = library.NewContext();
        await db.Sessions.ExecuteUpdateAsync(change => change.SetProperty(one => one.Capacity, 1).SetProperty(one => one.SeatsTaken, 1));

        Assert.Equal("programs.full", (await library.AcceptAsync(citra)).Refusal?.Code);
        Assert.Equal(RegistrationStatus.Offered, (await library.NowAsync(citra)).Status);
    }

    [Fact]
    public async Task The_position_in_the_queue_lies_within_the_queue()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(seats: 1);
        await library.SomebodyAsync(session, "Ani");
        var (budi, citra) = (await library.SomebodyAsync(session, "Budi"), await library.SomebodyAsync(session, "Citra"));
        await using var db = library.NewContext();

        Assert.Equal(0, await db.Registrations.AheadOf(budi).CountAsync());
        Assert.Equal(1, await db.Registrations.AheadOf(citra).CountAsync());
        Assert.Equal(2, (await library.NowAsync(session)).Waiting);
    }
}
