namespace Metro.Testing;

/// <summary>A clock that stands still until it is moved; timers due on the way fire in order, on the mover's thread.</summary>
public sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<FakeTimer> timers = [];
    private DateTimeOffset now = start.ToUniversalTime();

    /// <summary>A Monday morning at the library: 5 January 2026, 09:00 WIB.</summary>
    public FakeClock() : this(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.FromHours(7)))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public DateTime UtcNow => GetUtcNow().UtcDateTime;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock forward, firing each timer at its own instant.</summary>
    public void Advance(TimeSpan by) => MoveTo(GetUtcNow() + by);

    /// <inheritdoc cref="Advance"/>
    public void MoveTo(DateTimeOffset instant)
    {
        while (true)
        {
            FakeTimer? due;
            lock (gate)
            {
                due = timers.Where(timer => timer.DueAt <= instant).MinBy(timer => timer.DueAt);
                now = due?.DueAt > now ? due.DueAt.Value : due is null ? instant.ToUniversalTime() : now;
                due?.Rearm();
            }

            if (due is null) return;
            due.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (gate) timers.Add(timer);
        return timer;
    }

    private sealed class FakeTimer(FakeClock clock, Action callback) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? DueAt { get; private set; }

        public void Fire() => callback();

        public void Rearm() => DueAt = period > TimeSpan.Zero ? DueAt + period : null;

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (clock.gate)
            {
                period = newPeriod;
                DueAt = dueTime < TimeSpan.Zero ? null : clock.now + dueTime;
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
