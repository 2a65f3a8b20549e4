using Metro.Library.Outbox;
using Metro.Library.Programs;
using Metro.Library.Tests.Spaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Library.Tests.Programs;

/// <summary>DOMAIN.md rule 14: what is no longer true is not sent.</summary>
public sealed class MessageCheckTests
{
    [Fact]
    public async Task A_reminder_holds_only_while_the_seat_is_kept_and_the_session_is_to_come()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(1);
        var ani = await library.SomebodyAsync(session, "Ani");

        Assert.True(await IsStillTrueAsync(library, ProgramMessages.Reminder));
        await using (var db = library.NewContext())
            await db.Registrations.Where(one => one.Id == ani.Id).ExecuteUpdateAsync(change => change.SetProperty(one => one.Status, RegistrationStatus.Cancelled));
        Assert.False(await IsStillTrueAsync(library, ProgramMessages.Reminder));
    }

    [Fact]
    public async Task An_offer_that_has_expired_is_not_sent_any_more()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(1);
        var ani = await library.SomebodyAsync(session, "Ani");
        await library.SomebodyAsync(session, "Budi");
        await library.CancelAsync(ani);

        Assert.True(await IsStillTrueAsync(library, ProgramMessages.Offered));
        library.Clock.Advance(TimeSpan.FromHours(48));
        Assert.False(await IsStillTrueAsync(library, ProgramMessages.Offered));
    }

    [Fact]
    public async Task A_confirmation_of_a_room_holds_only_while_the_room_is_theirs()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var booking = (await library.BookAsync(library.Asking(room, 10, 11, inDays: 3))).Value;

        Assert.True(await IsStillTrueAsync(library, "spaces.reminder"));
        await library.WithBookingsAsync(bookings => bookings.CancelAsync(booking.Id, null, Rooms.Visitor));
        Assert.False(await IsStillTrueAsync(library, "spaces.reminder"));
        Assert.True(await IsStillTrueAsync(library, "spaces.cancelled"));
    }

    private static async Task<bool> IsStillTrueAsync(TestLibrary library, string kind)
    {
        await using var desk = library.OpenDesk();
        var message = await desk.Db.OutboxMessages.FirstAsync(one => one.Kind == kind);
        var check = desk.The<IServiceProvider>().GetServices<IMessageCheck>().Single(one => one.Knows(kind));
        return await check.IsStillTrueAsync(desk.Db, message, default);
    }
}
