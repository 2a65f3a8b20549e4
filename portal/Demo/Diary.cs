using System.Globalization;
using Metro.Library.Calendar;

namespace Metro.Portal.Demo;

/// <summary>
/// What happens in the demonstration city, and when: lived through in the order of time, with the clock set to each moment.
/// What would lie after the present is left out, for it has not happened. Not thread-safe.
/// </summary>
internal sealed class Diary(MovableClock clock, LibraryCalendar calendar, DateTime present)
{
    private readonly PriorityQueue<Func<Task>, (DateTime At, int Order)> entries = new();
    private int order;

    /// <summary>Today, as the library counts days.</summary>
    public DateOnly Today { get; } = calendar.DateOf(present);

    /// <summary>Writes something down for a day and a time such as <c>09:30</c>, by the library's clock; also while the diary is being lived.</summary>
    public void On(DateOnly day, string time, Func<Task> act) =>
        At(calendar.InstantOf(day, TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture)), act);

    /// <summary>Writes something down for an instant in UTC.</summary>
    public void At(DateTime instant, Func<Task> act) => entries.Enqueue(act, (instant, order++));

    /// <summary>Lives through all that is written down, and leaves the clock at the present.</summary>
    public async Task LiveAsync(CancellationToken stop)
    {
        while (entries.TryDequeue(out var act, out var moment) && moment.At <= present)
        {
            stop.ThrowIfCancellationRequested();
            clock.Now = moment.At > clock.Now ? moment.At : clock.Now;
            await act();
        }

        clock.Now = present;
    }
}
