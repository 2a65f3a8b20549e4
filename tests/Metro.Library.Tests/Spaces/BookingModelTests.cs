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
        var model = new Model();
        var ids = new List<long>();
        foreach (var act in history)
        {
            var room = act.Room == 0 ? atOnce : onApproval;
            var (from, until) = (library.At(act.Hour, act.Day), library.At(act.Hour + act.Hours, act.Day));
            var held = room.Held(new Interval(from, until));
            var target = ids.Count == 0 ? -1 : act.Target % ids.Count;
            bool agreed;
            switch (act.Verb)
            {
                case Verb.Book:
                    var booked = await library.BookAsync(library.Asking(room, act.Hour, act.Hour + act.Hours, $"Grup{ids.Count}", act.Day));
                    agreed = booked.Succeeded == model.Book(act.Room, act.Day, held, asks: act.Room == 1);
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
                        == model.Move(target, act.Room, act.Day, held);
                    break;
                case Verb.Close:
                    var day = library.Calendar.Today.AddDays(act.Day);
                    await using (var desk = library.OpenDesk())
                        agreed = (await desk.The<Closures>().AnnounceAsync(CalendarException.Closure(null, day, day, "Tutup"), TestLibrary.Librarian)).Value.Count == model.Close(act.Day);
                    break;
                default:
                    continue;
            }

            if (!agreed) return false;
        }

        await library.AssertNoDoubleBookingAsync();
        await using var db = library.NewContext();
        return (await db.Bookings.OrderBy(booking => booking.Id).Select(booking => booking.Status).ToListAsync()).SequenceEqual(model.Statuses);
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
    private sealed class Model
    {
        private readonly List<(int Room, int Day, Interval Held, BookingStatus Status)> bookings = [];
        private readonly HashSet<int> closed = [];

        public IEnumerable<BookingStatus> Statuses => bookings.Select(booking => booking.Status);

        public bool Book(int room, int day, Interval held, bool asks)
        {
            if (closed.Contains(day) || IsTaken(room, held, -1)) return false;
            bookings.Add((room, day, held, asks ? BookingStatus.Requested : BookingStatus.Confirmed));
            return true;
        }

        public bool Approve(int target)
        {
            var chosen = bookings[target];
            if (chosen.Status != BookingStatus.Requested || IsTaken(chosen.Room, chosen.Held, target)) return false;
            bookings[target] = chosen with { Status = BookingStatus.Confirmed };
            for (var i = 0; i < bookings.Count; i++)
            {
                if (bookings[i].Status == BookingStatus.Requested && bookings[i].Room == chosen.Room && bookings[i].Held.Overlaps(chosen.Held))
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

        public bool Move(int target, int room, int day, Interval held)
        {
            if (!IsOpen(target) || closed.Contains(day) || IsTaken(room, held, target)) return false;
            bookings[target] = (room, day, held, bookings[target].Status);
            return true;
        }

        public int Close(int day)
        {
            closed.Add(day);
            var affected = Enumerable.Range(0, bookings.Count).Where(i => bookings[i].Day == day && IsOpen(i)).ToList();
            foreach (var i in affected) Cancel(i);
            return affected.Count;
        }

        private bool IsOpen(int target) => bookings[target].Status is BookingStatus.Requested or BookingStatus.Confirmed;

        private bool IsTaken(int room, Interval held, int except) => bookings.Where((booking, i) =>
            i != except && booking.Room == room && booking.Status == BookingStatus.Confirmed && booking.Held.Overlaps(held)).Any();
    }
}
