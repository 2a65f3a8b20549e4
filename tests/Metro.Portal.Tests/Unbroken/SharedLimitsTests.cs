using System.Threading.RateLimiting;
using Metro.GraphQL.Subscriptions;
using Metro.Portal.Web;
using Metro.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Metro.Portal.Tests.Unbroken;

/// <summary>How often somebody may ask is one number for all nodes.</summary>
public sealed class SharedLimitsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_spent_at_one_node_is_not_left_at_another()
    {
        var (topics, clock) = (new InMemoryTopics(64), new FakeClock());
        var (here, there) = (new SharedLimits(Ten, areTold: true), new SharedLimits(Ten, areTold: true));
        using var tells = new LimitsAmongNodes(here, topics, topics, clock, NullLogger<LimitsAmongNodes>.Instance);
        using var hears = new LimitsAmongNodes(there, topics, topics, clock, NullLogger<LimitsAmongNodes>.Instance);
        await tells.StartAsync(Stop);
        await hears.StartAsync(Stop);

        Assert.Equal(7, Spend(here, "from 10.0.0.1", 7));
        Assert.Equal(2, Spend(here, "from 10.0.0.2", 2));
        while (Left(there, "from 10.0.0.1") > 3 || Left(there, "from 10.0.0.2") > 8)
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(10, Stop);
        }

        Assert.Equal(3, Spend(there, "from 10.0.0.1", 7));
        Assert.Equal(8, Spend(there, "from 10.0.0.2", 10));
        await tells.StopAsync(Stop);
        await hears.StopAsync(Stop);
    }

    [Fact]
    public void One_node_alone_counts_for_nobody()
    {
        var alone = new SharedLimits(Ten, areTold: false);

        Assert.Equal(10, Spend(alone, "from 10.0.0.1", 12));

        Assert.Empty(alone.TakeSpentHere());
    }

    private static int Spend(SharedLimits limits, string who, int times)
    {
        var limiter = Of(limits, who);
        return Enumerable.Range(0, times).Count(_ =>
        {
            using var lease = limiter.AttemptAcquire();
            return lease.IsAcquired;
        });
    }

    private static long Left(SharedLimits limits, string who) => Of(limits, who).GetStatistics()!.CurrentAvailablePermits;

    private static RateLimiter Of(SharedLimits limits, string who) => limits.Of("sign-in", who).Factory(("sign-in", who));

    private static FixedWindowRateLimiter Ten(string policy, string who) => new(new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromMinutes(1), AutoReplenishment = false });
}
