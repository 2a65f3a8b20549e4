namespace Metro.Library.Time;

/// <summary>
/// A half-open stretch of time in UTC: its start belongs to it, its end does not, so that what ends at ten and what
/// starts at ten do not collide (DOMAIN.md rule 7). Immutable, never empty.
/// </summary>
public sealed record Interval
{
    /// <summary>The interval from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    /// <exception cref="ArgumentException">An instant is not UTC, or the end is not after the start.</exception>
    public Interval(DateTime start, DateTime end)
    {
        if (start.Kind != DateTimeKind.Utc) throw new ArgumentException($"{start:O} is not UTC.", nameof(start));
        if (end.Kind != DateTimeKind.Utc) throw new ArgumentException($"{end:O} is not UTC.", nameof(end));
        if (end <= start) throw new ArgumentException($"{end:O} is not after {start:O}.", nameof(end));
        (Start, End) = (start, end);
    }

    /// <summary>The first instant that belongs to the interval, UTC.</summary>
    public DateTime Start { get; }

    /// <summary>The first instant after the interval, UTC.</summary>
    public DateTime End { get; }

    /// <summary>How long it lasts; more than zero.</summary>
    public TimeSpan Duration => End - Start;

    /// <summary>The interval, or null when the end is not after the start: for what people type in.</summary>
    public static Interval? Between(DateTime start, DateTime end) => end > start ? new Interval(start, end) : null;

    /// <summary>Whether the two share an instant. Touching ends do not.</summary>
    public bool Overlaps(Interval other) => Start < other.End && other.Start < End;

    /// <summary>Whether the instant belongs to it: the start does, the end does not.</summary>
    public bool Contains(DateTime instant) => Start <= instant && instant < End;

    /// <summary>Whether the other lies wholly inside.</summary>
    public bool Contains(Interval other) => Start <= other.Start && other.End <= End;

    /// <summary>The interval with time added at both ends, for setting up and cleaning.</summary>
    public Interval Widened(TimeSpan before, TimeSpan after) => new(Start - before, End + after);

    /// <summary>What is left of it when the others are taken away, in order of time.</summary>
    public IEnumerable<Interval> Without(IEnumerable<Interval> others)
    {
        var from = Start;
        foreach (var other in others.Where(Overlaps).OrderBy(o => o.Start))
        {
            if (other.Start > from) yield return new Interval(from, other.Start);
            if (other.End > from) from = other.End;
        }

        if (from < End) yield return new Interval(from, End);
    }

    /// <summary>The multiples of the grain (counted from midnight UTC) whose cells the interval touches, in order.</summary>
    public IEnumerable<DateTime> Cells(TimeSpan grain)
    {
        for (var cell = new DateTime(Start.Ticks - (Start.Ticks % grain.Ticks), DateTimeKind.Utc); cell < End; cell += grain)
            yield return cell;
    }

    /// <summary>
    /// The most that is in use at any one instant of this interval. Counting every use that touches it would refuse what
    /// fits: two projectors lent one after the other are one projector.
    /// </summary>
    public int MaximumOf(IEnumerable<(Interval When, int Count)> uses)
    {
        var changes = uses
            .Where(use => Overlaps(use.When))
            .SelectMany(use => new[] { (At: use.When.Start, By: use.Count), (At: use.When.End, By: -use.Count) })
            .OrderBy(change => change.At)
            .ThenBy(change => change.By); // what ends makes room before what starts: half-open

        var (inUse, most) = (0, 0);
        foreach (var (at, by) in changes)
        {
            inUse += by;
            if (at < End && inUse > most) most = inUse;
        }

        return most;
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{Start:O}, {End:O})";
}
