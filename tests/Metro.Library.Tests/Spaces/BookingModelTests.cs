using FsCheck;
using FsCheck.Fluent;
using Metro.Library.Calendar;
using Metro.Library.Spaces;
using Microsoft.EntityFrameworkCore;
using Interval = Metro.Library.Time.Interval;

namespace Metro.Library.Tests.Spaces;

/// <summary>Random histories of booking, approving, moving, cancelling and closing, compared with a model that a child could check.</summary>
public sealed class BookingModelTests
{
    [Fact]
    public Task Any_history_ends_as_a_simple_model_says() => Task.Run(() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(Arb.From(Histories), (List<Act> history) => AgreesAsync(history))));

    private static async Task<bool> AgreesAsync(List<Act> history)
    {
        await using var library = await TestLibrary.OpenAsync();
        var atOnce = await library.ARoomAsync(room: details => details with { SetUpMinutes = 15, CleaningMinutes = 30 });
        var onApproval = await library.ARoomAsync(kind => kind with { NeedsApproval = true });
        var model = new Model((room, day, start, hours) => (room == 0 ? atOnce : onApproval).Held(new Interval(library.At(start, day), library.At(start + hours, day))));
        var ids = new List<long>();
        foreach (var act in history)
        {
            var room = act.Room == 0 ? atOnce : onApproval;
            var (from, until) = (library.At(act.Hour, act.Day), library.At(act.Hour + act.Hours, act.Day));
            var target = ids.Count == 0 ? -1 : act.Target % ids.Count;
            bool agreed;
            switch (act.Verb)
            {
                case Verb.Book:
                    var booked = await library.BookAsync(library.Asking(room, act.Hour, act.Hour + act.Hours, $"Grup{ids.Count}", act.Day));
                    agreed = booked.Succeeded == model.Book(act.Room, act.Day, act.Hour, act.Hours, asks: act.Room == 1);
                    if (booked.Succeeded) ids.Add(booked.Value.Id);
                    break;
                case Verb.Approve when target >= 0:
                    agreed = (await library.WithBookingsAsync(bookings => bookings.ApproveAsync(ids[target], true, TestLibrary.Librarian))).Succeeded == model.Approve(target);
                    break;
                case Verb.Cancel when target >= 0:
                    agreed = (await library.WithBookingsAsync(bookings => bookings.CancelAsync(ids[target], null, Rooms.Visitor))).Succeeded == model.Cancel(target);
                    break;
                case Verb.Move when target >= 0:
                    agreed = (await library.WithBookingsAsync(bookings => bookings.MoveAsync(ids[target], room.Id, from, until, null, TestLibrary.Librarian))).Succeeded
                        == model.Move(target, act.Room, act.Day, act.Hour, act.Hours);
                    break;
                case Verb.Close:
                    var day = library.Calendar.Today.AddDays(act.Day);
                    await using (var desk = library.OpenDesk())
                    {
                        // Announced once more, the same touches nobody.
                        var touched = await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(null, day, day, "Tutup"), TestLibrary.Librarian);
                        agreed = (touched.Succeeded ? touched.Value.Count : 0) == model.Close(act.Day);
                    }

                    break;
                default:
                    continue;
            }

            if (!agreed) return false;
        }

        await library.AssertNoDoubleBookingAsync();
        await using var db = library.NewContext();
        return (await db.Bookings.OrderBy(booking => booking.Id).ToListAsync()).Select(booking => (booking.Status, booking.Held)).SequenceEqual(model.Bookings);
    }

    private static Gen<List<Act>> Histories =>
        from acts in (
            from verb in Gen.Frequency((6, Gen.Constant(Verb.Book)), (3, Gen.Constant(Verb.Approve)), (2, Gen.Constant(Verb.Cancel)), (2, Gen.Constant(Verb.Move)), (1, Gen.Constant(Verb.Close)))
            from room in Gen.Choose(0, 1)
            from day in Gen.Choose(1, 3)
            from hour in Gen.Choose(8, 13)
            from hours in Gen.Choose(1, 3)
            from target in Gen.Choose(0, 20)
            select new Act(verb, room, day, hour, hours, target)).ListOf(18)
        select acts.ToList();

    private enum Verb
    {
        Book,
        Approve,
        Cancel,
        Move,
        Close,
    }

    private sealed record Act(Verb Verb, int Room, int Day, int Hour, int Hours, int Target);

    /// <summary>A list of bookings and a list of closed days; everything is looked for from the beginning each time.</summary>
    private sealed class Model(Func<int, int, double, int, Interval> heldBy)
    {
        private readonly List<(int Room, int Day, double Start, int Hours, BookingStatus Status)> bookings = [];
        private readonly HashSet<int> closed = [];

        public IEnumerable<(BookingStatus Status, Interval Held)> Bookings => bookings.Select(one => (one.Status, heldBy(one.Room, one.Day, one.Start, one.Hours)));

        public bool Book(int room, int day, double start, int hours, bool asks)
        {
            if (closed.Contains(day) || IsTaken(room, heldBy(room, day, start, hours), -1)) return false;
            bookings.Add((room, day, start, hours, asks ? BookingStatus.Requested : BookingStatus.Confirmed));
            return true;
        }

        public bool Approve(int target)
        {
            var chosen = bookings[target];
            if (chosen.Status != BookingStatus.Requested || IsTaken(chosen.Room, HeldOf(target), target)) return false;
            bookings[target] = chosen with { Status = BookingStatus.Confirmed };
            for (var i = 0; i < bookings.Count; i++)
            {
                if (bookings[i].Status == BookingStatus.Requested && bookings[i].Room == chosen.Room && HeldOf(i).Overlaps(HeldOf(target)))
                    bookings[i] = bookings[i] with { Status = BookingStatus.Declined };
            }

            return true;
        }

        public bool Cancel(int target)
        {
            if (!IsOpen(target)) return false;
            bookings[target] = bookings[target] with { Status = BookingStatus.Cancelled };
            return true;
        }

        public bool Move(int target, int room, int day, double start, int hours)
        {
            if (!IsOpen(target) || closed.Contains(day) || IsTaken(room, heldBy(room, day, start, hours), target)) return false;
            bookings[target] = (room, day, start, hours, bookings[target].Status);
            return true;
        }

        /// <summary>Whoever is shut out goes to the first free place of the next open day, nearest in the day first, earliest booking first.</summary>
        public int Close(int day)
        {
            closed.Add(day);
            var affected = Enumerable.Range(0, bookings.Count).Where(i => bookings[i].Day == day && IsOpen(i)).OrderBy(i => bookings[i].Start).ToList();
            foreach (var i in affected)
            {
                var (room, _, start, hours, _) = bookings[i];
                var places =
                    from later in Enumerable.Range(day, 29)
                    where !closed.Contains(later)
                    from place in StartsOn(later, hours).OrderBy(one => Math.Abs(one - start)).ThenBy(one => one)
                    where !IsTaken(room, heldBy(room, later, place, hours), i)
                    select (later, place);
                if (places.Cast<(int Day, double Start)?>().FirstOrDefault() is { } found) bookings[i] = bookings[i] with { Day = found.Day, Start = found.Start };
                else Cancel(i);
            }

            return affected.Count;
        }

        /// <summary>Day 0 is a Monday. Slots are counted from each opening.</summary>
        private static IEnumerable<double> StartsOn(int day, int hours)
        {
            (double Opens, double Closes)[] openings = (day % 7) switch
            {
                <= 3 => [(8, 16)],
                4 => [(8, 11.5), (13.5, 16)],
                5 => [(8, 12)],
                _ => [],
            };
            return openings.SelectMany(open => Enumerable.Range(0, 8).Select(slot => open.Opens + slot).Where(start => start + hours <= open.Closes));
        }

        private Interval HeldOf(int target) => heldBy(bookings[target].Room, bookings[target].Day, bookings[target].Start, bookings[target].Hours);

        private bool IsOpen(int target) => bookings[target].Status is BookingStatus.Requested or BookingStatus.Confirmed;

        private bool IsTaken(int room, Interval held, int except) => bookings.Where((booking, i) =>
            i != except && booking.Room == room && booking.Status == BookingStatus.Confirmed && HeldOf(i).Overlaps(held)).Any();
    }
}
