namespace Metro.Scheduler.Delivery;

/// <summary>
/// Remembers that the mail server is away and leaves it alone, longer each time, up to ten minutes: a server that comes back is
/// not met by everybody at once. Safe for several threads.
/// </summary>
public sealed class MailServerWatch(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private int failures;
    private DateTime restsUntil = DateTime.MinValue;

    /// <summary>Why it could not be used last, in one sentence; null while all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Until when it is left alone, in UTC; null when it may be asked.</summary>
    public DateTime? RestsUntil
    {
        get
        {
            lock (gate) return restsUntil > clock.GetUtcNow().UtcDateTime ? restsUntil : null;
        }
    }

    /// <summary>It answered.</summary>
    public void Came()
    {
        lock (gate) (failures, Trouble, restsUntil) = (0, null, DateTime.MinValue);
    }

    /// <summary>It was away, or would not have us.</summary>
    /// <returns>Until when to leave it alone.</returns>
    public DateTime WentAway(string trouble)
    {
        lock (gate)
        {
            var pause = First * Math.Pow(2, Math.Min(failures++, 10));
            (Trouble, restsUntil) = (trouble, clock.GetUtcNow().UtcDateTime + Backoff.WithJitter(pause < Longest ? pause : Longest));
            return restsUntil;
        }
    }
}

/// <summary>How long to wait before trying again.</summary>
internal static class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>A minute, four, sixteen … up to six hours, each a little more or less, so that what failed together does not meet again.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    public static TimeSpan After(int attempt)
    {
        var minutes = Math.Pow(4, Math.Clamp(attempt - 1, 0, 6));
        return WithJitter(minutes < Longest.TotalMinutes ? TimeSpan.FromMinutes(minutes) : Longest);
    }

    public static TimeSpan WithJitter(TimeSpan pause) => pause * (0.8 + (Random.Shared.NextDouble() * 0.4));
}
