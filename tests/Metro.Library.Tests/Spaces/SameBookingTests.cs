using Metro.Library.Spaces;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Spaces;

/// <summary>A form that is sent twice makes one booking, also where a request keeps nobody out.</summary>
public sealed class SameBookingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_asked_again_is_answered_with_the_booking_that_there_is(bool needsApproval)
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(kind => kind with { NeedsApproval = needsApproval });

        var (first, again) = ((await library.BookAsync(library.Asking(room, 10, 11))).Value, (await library.BookAsync(library.Asking(room, 10, 11))).Value);

        Assert.Equal(first.Id, again.Id);
        await using var db = library.NewContext();
        Assert.Equal((1, 1), (await db.Bookings.CountAsync(), await db.OutboxMessages.CountAsync(message => message.Kind == (needsApproval ? "spaces.requested" : "spaces.confirmed"))));
    }

    [Fact]
    public async Task Something_else_at_the_same_time_is_not_the_same()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        await library.BookAsync(library.Asking(room, 10, 11));

        foreach (var other in (BookingRequest[])[library.Asking(room, 10, 12), library.Asking(room, 10, 11) with { Title = "Latihan" }, library.Asking(room, 10, 11, who: "Karang")])
            Assert.Equal("spaces.taken", (await library.BookAsync(other)).Refusal?.Code);
    }

    [Fact]
    public async Task A_repeated_booking_that_is_sent_twice_is_booked_once()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync();
        var asked = new RecurringBookingRequest(library.Asking(room, 10, 11), new Recurrence(library.Calendar.Today.AddDays(1), RecurrenceRule.Parse("FREQ=WEEKLY;COUNT=3")));

        var (first, again) = (await library.WithBookingsAsync(bookings => bookings.BookAsync(asked, Rooms.Visitor)), await library.WithBookingsAsync(bookings => bookings.BookAsync(asked, Rooms.Visitor)));

        Assert.Equal(first.Value.Select(one => one.Booking!.Id), again.Value.Select(one => one.Booking!.Id));
        await library.AssertNoDoubleBookingAsync();
    }
}
