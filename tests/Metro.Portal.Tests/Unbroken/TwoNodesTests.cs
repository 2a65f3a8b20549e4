using System.Net;
using Metro.Data;

namespace Metro.Portal.Tests.Unbroken;

/// <summary>Two portals on one PostgreSQL, whatever database the run is about: what one of them did outlives it at the other.</summary>
public sealed class TwoNodesTests
{
    private const int Members = 80;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_one_of_two_portals_is_killed_under_load_nothing_is_lost_or_doubled_and_nobody_is_signed_out()
    {
        await using var race = await RaceForSeats.OpenAsync(seats: 20, Members, DatabaseProvider.PostgreSql);
        var (one, other) = (await race.StartNodeAsync(), await race.StartNodeAsync());
        var opened = await race.OpenFormAsync(Members - 1, one);
        var toldAtTheOther = race.NoSeatIsLeftAccordingToAsync(other);

        var asking = Enumerable.Range(0, Members - 1).Select(member => race.AskForSeatAsync(member, member % 2 == 0 ? [one, other] : [other, one])).ToList();
        while (race.Acknowledged < 12) await await Task.WhenAny(asking.Where(task => !task.IsCompleted));
        await one.Process.KillAsync(Stop);
        await Task.WhenAll(asking);
        // The form that the dead portal had shown, with its antiforgery token and its session, is taken by the other.
        var sent = await race.SendFormAsync(Members - 1, opened, other);

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.DoesNotContain("sign-in", sent.Location!, StringComparison.Ordinal);
        Assert.Equal(Members, race.Acknowledged);
        await race.AssertNothingIsLostOrDoubledAsync();
        await toldAtTheOther;
    }
}
