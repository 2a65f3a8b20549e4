using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Metro.Portal.Web;

/// <summary>So many permits of somebody were spent under a policy.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Who">The address, account or token.</param>
/// <param name="Permits">How many; at least one.</param>
internal sealed record SpentPermits(string Policy, string Who, int Permits);

/// <summary>
/// How often people may ask, over all nodes: each node has limits of its own, and takes from them what was spent at the others as
/// soon as it hears of it. Until then somebody may get at two nodes what was meant for one, for a moment. Safe for use by several
/// threads at once.
/// </summary>
/// <param name="make">Makes the limiter of a policy for somebody; it does not replenish itself.</param>
/// <param name="areTold">Whether what is spent is counted for others, who will take it.</param>
internal sealed class SharedLimits(Func<string, string, ReplenishingRateLimiter> make, bool areTold)
{
    private readonly ConcurrentDictionary<(string Policy, string Who), ReplenishingRateLimiter> limiters = new();
    private readonly Lock gate = new();
    private Dictionary<(string Policy, string Who), int> spent = [];

    /// <summary>The partition of somebody under a policy.</summary>
    public RateLimitPartition<(string Policy, string Who)> Of(string policy, string who) =>
        RateLimitPartition.Get<(string Policy, string Who)>((policy, who), key => new Here(this, key));

    /// <summary>Takes what was spent elsewhere, as far as it is left.</summary>
    public void TakeSpentElsewhere(SpentPermits elsewhere)
    {
        var limiter = LimiterOf((elsewhere.Policy, elsewhere.Who));
        limiter.TryReplenish();
        for (var i = 0; i < elsewhere.Permits; i++)
        {
            using var lease = limiter.AttemptAcquire();
            if (!lease.IsAcquired) return;
        }
    }

    /// <summary>What was spent here since it was last asked.</summary>
    public IReadOnlyList<SpentPermits> TakeSpentHere()
    {
        lock (gate)
        {
            if (spent.Count == 0) return [];
            var all = spent;
            spent = [];
            return [.. all.Select(one => new SpentPermits(one.Key.Policy, one.Key.Who, one.Value))];
        }
    }

    /// <summary>Forgets those who have everything left again.</summary>
    public void ForgetIdle()
    {
        foreach (var (key, limiter) in limiters)
        {
            limiter.TryReplenish();
            if (limiter.IdleDuration is not null) limiters.TryRemove(key, out _);
        }
    }

    private ReplenishingRateLimiter LimiterOf((string Policy, string Who) key) => limiters.GetOrAdd(key, static (one, make) => make(one.Policy, one.Who), make);

    private void NoteSpent((string Policy, string Who) key, int permits)
    {
        if (!areTold) return;
        lock (gate) spent[key] = spent.GetValueOrDefault(key) + permits;
    }

    /// <summary>Somebody's limiter as this node's requests meet it.</summary>
    private sealed class Here(SharedLimits limits, (string Policy, string Who) key) : ReplenishingRateLimiter
    {
        private ReplenishingRateLimiter Limiter => limits.LimiterOf(key);

        public override TimeSpan? IdleDuration => Limiter.IdleDuration;

        public override bool IsAutoReplenishing => false;

        public override TimeSpan ReplenishmentPeriod => Limiter.ReplenishmentPeriod;

        public override RateLimiterStatistics? GetStatistics() => Limiter.GetStatistics();

        public override bool TryReplenish() => Limiter.TryReplenish();

        protected override RateLimitLease AttemptAcquireCore(int permitCount)
        {
            var lease = Limiter.AttemptAcquire(permitCount);
            if (lease.IsAcquired && permitCount > 0) limits.NoteSpent(key, permitCount);
            return lease;
        }

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => new(AttemptAcquireCore(permitCount));

        protected override void Dispose(bool disposing)
        {
            if (disposing) limits.limiters.TryRemove(key, out _);
            base.Dispose(disposing);
        }
    }
}
