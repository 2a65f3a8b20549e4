using Metro.Library.Spaces;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Spaces;

/// <summary>Many callers at once, each with a connection of their own; what must hold is read from the database afterwards.</summary>
public sealed class BookingRaceTests
{
    [Fact]
    public async Task Of_many_who_want_the_same_hour_one_gets_it()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(room: details => details with { CleaningMinutes = 15 });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => library.BookAsync(library.Asking(room, 10, 12, $"Grup{i}")))));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
        Assert.All(outcomes.Where(outcome => !outcome.Succeeded), outcome => Assert.Equal("spaces.taken", outcome.Refusal?.Code));
        await library.AssertNoDoubleBookingAsync();
    }

    [Fact]
    public async Task Of_many_rivals_one_is_approved()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(kind => kind with { NeedsApproval = true });
        var requests = new List<Booking>();
        for (var i = 0; i < 10; i++) requests.Add((await library.BookAsync(library.Asking(room, 9 + (i % 3), 11 + (i % 3), $"Grup{i}"))).Value);

        await Task.WhenAll(requests.Select(request => Task.Run(() => library.WithBookingsAsync(bookings => bookings.ApproveAsync(request.Id, true, TestLibrary.Librarian)))));

        await library.AssertNoDoubleBookingAsync();
        await using var db = library.NewContext();
        Assert.NotEqual(0, await db.Bookings.CountAsync(booking => booking.Status == BookingStatus.Confirmed));
    }

    [Fact]
    public async Task An_organiser_cannot_outrun_the_limit()
    {
        await using var library = await TestLibrary.OpenAsync();
        var room = await library.ARoomAsync(kind => kind with { MostPerWeek = 2 });

        var outcomes = await Task.WhenAll(Enumerable.Range(8, 8).SelectMany(hour => Enumerable.Range(1, 4).Select(day =>
            Task.Run(() => library.BookAsync(library.Asking(room, hour, hour + 1, inDays: day))))));

        Assert.Equal(2, outcomes.Count(outcome => outcome.Succeeded));
    }

    [Fact]
    public async Task In_a_storm_of_booking_moving_and_cancelling_nothing_is_given_twice()
    {
        await using var library = await TestLibrary.OpenAsync();
        var first = await library.ARoomAsync(room: details => details with { SetUpMinutes = 15, CleaningMinutes = 30 });
        Space[] rooms = [first, await library.ARoomAsync(kindId: first.KindId)];
        var chairs = await library.EquipmentAsync("Kursi", 5);

        var successes = await Task.WhenAll(Enumerable.Range(0, 8).Select(person => Task.Run(async () =>
        {
            var random = new Random(person);
            var mine = new List<Booking>();
            for (var round = 0; round < 60; round++)
            {
                var (room, hour, day) = (rooms[random.Next(2)], random.Next(8, 14), random.Next(1, 3));
                var target = mine.Count > 0 ? mine[random.Next(mine.Count)] : null;
                if (target is null || random.Next(3) > 0)
                {
                    var booked = await library.BookAsync(library.Asking(room, hour, hour + random.Next(1, 3), $"Grup{person}", day) with
                    {
                        Equipment = random.Next(2) == 0 ? [] : [new EquipmentWish(chairs.Id, random.Next(1, 4))],
                    });
                    if (booked.Succeeded) mine.Add(booked.Value);
                }
                else if (random.Next(2) == 0)
                {
                    await library.WithBookingsAsync(bookings => bookings.MoveAsync(target.Id, room.Id, library.At(hour, day), library.At(hour + 1, day), null, Rooms.Visitor));
                }
                else
                {
                    await library.WithBookingsAsync(bookings => bookings.CancelAsync(target.Id, null, Rooms.Visitor));
                }
            }

            return mine.Count;
        })));

        Assert.NotEqual(0, successes.Sum());
        await library.AssertNoDoubleBookingAsync();
        await using var db = library.NewContext();
        var held = (await db.Bookings.AsNoTracking().Include(booking => booking.Equipment).ToListAsync()).Where(booking => booking.HoldsSpace).ToList();
        var uses = held.SelectMany(booking => booking.Equipment.Select(one => (booking.Held, one.Count))).ToList();
        Assert.InRange(new Interval(library.At(0, 0), library.At(0, 5)).MaximumOf(uses), 0, 5);
    }

    [Fact]
    public async Task In_thousands_of_attempts_from_many_rooms_no_more_of_a_thing_is_out_than_there_is()
    {
        await using var library = await TestLibrary.OpenAsync();
        var rooms = new List<Space> { await library.ARoomAsync(room: details => details with { SetUpMinutes = 15, CleaningMinutes = 15 }) };
        while (rooms.Count < 8) rooms.Add(await library.ARoomAsync(kindId: rooms[0].KindId));
        Equipment[] things = [await library.EquipmentAsync("Proyektor", 3), await library.EquipmentAsync("Kursi", 40)];
        int attempts = 0, refused = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(person => Task.Run(async () =>
        {
            var random = new Random(person);
            var mine = new List<Booking>();
            for (var round = 0; round < 260; round++)
            {
                // Each keeps to a room, so that it is the things and not the rooms over which they race.
                var (hour, day) = (random.Next(8, 15), random.Next(1, 3));
                Interlocked.Increment(ref attempts);
                if (mine.Count > 3)
                {
                    await library.WithBookingsAsync(bookings => bookings.CancelAsync(mine[0].Id, null, Rooms.Visitor));
                    mine.RemoveAt(0);
                    continue;
                }

                var booked = await library.BookAsync(library.Asking(rooms[person], hour, hour + 1, $"Grup{person}", day) with
                {
                    Equipment = [new EquipmentWish(things[0].Id, random.Next(1, 3)), new EquipmentWish(things[1].Id, random.Next(1, 20))],
                });
                if (booked.Succeeded) mine.Add(booked.Value);
                else if (booked.Refusal?.Code == "spaces.not_enough_equipment") Interlocked.Increment(ref refused);
            }
        })));

        Assert.True(attempts >= 2_000 && refused > 50, $"{refused} of {attempts} met an empty pool.");
        await using var db = library.NewContext();
        var held = (await db.Bookings.AsNoTracking().Include(booking => booking.Equipment).ToListAsync()).Where(booking => booking.HoldsSpace).ToList();
        foreach (var thing in things)
        {
            var uses = held.SelectMany(booking => booking.Equipment.Where(one => one.EquipmentId == thing.Id).Select(one => (booking.Held, one.Count)));
            Assert.InRange(new Interval(library.At(0, 0), library.At(0, 5)).MaximumOf(uses), 0, thing.Total);
        }
    }
}
