using Metro.Library.Attendance;
using Metro.Library.Spaces;
using Metro.Library.Tests.Programs;
using Metro.Library.Tests.Spaces;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Attendance;

/// <summary>DOMAIN.md rule 11.</summary>
public sealed class VisitorPrivacyTests
{
    [Fact]
    public async Task Who_came_without_being_a_member_is_forgotten_after_a_while_and_that_somebody_came_is_not()
    {
        await using var library = await TestLibrary.OpenAsync();
        var session = await library.ASessionAsync(5);
        var ani = await library.SomebodyAsync(session, "Ani", companions: 2);
        var room = await library.ARoomAsync();
        var booking = (await library.BookAsync(library.Asking(room, 10, 11))).Value;
        await using var desk = library.OpenDesk();
        var privacy = desk.The<VisitorPrivacy>();

        library.Clock.MoveTo(new DateTimeOffset(session.EndsAt.AddDays(90)));
        Assert.Equal(1, await privacy.ForgetAsync());
        library.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await privacy.ForgetAsync());
        Assert.Equal(0, await privacy.ForgetAsync());

        var seat = await library.NowAsync(ani);
        Assert.Equal((null, null, 3), (seat.Name, seat.Email, seat.Seats));
        var use = await library.NowAsync(booking);
        Assert.Equal((null, null, BookingStatus.Confirmed), (use.OrganiserName, use.Email, use.Status));
        Assert.Empty(await desk.Db.OutboxMessages.ToListAsync());
        Assert.Equal(3, (await library.NowAsync(session)).SeatsTaken);
    }
}
