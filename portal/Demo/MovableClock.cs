namespace Metro.Portal.Demo;

/// <summary>A clock that stands where it was put: the demonstration lives its past by it. Not thread-safe.</summary>
internal sealed class MovableClock(DateTime now) : TimeProvider
{
    /// <summary>The instant it shows, UTC.</summary>
    public DateTime Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => new(Now);
}
