namespace Metro.Portal.Tests.Unbroken;

/// <summary>DESIGN.md, invariant 2, from the outside: a portal that is killed under load has kept what it acknowledged, and half of nothing.</summary>
public sealed class CrashTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_portal_killed_under_load_keeps_what_it_acknowledged_and_goes_on_where_it_was()
    {
        await using var race = await RaceForSeats.OpenAsync(seats: 12, members: 40);
        foreach (var until in (int[])[4, 15])
        {
            var node = await race.StartNodeAsync();
            var asking = Enumerable.Range(0, 40).Select(member => race.AskForSeatAsync(member, node)).ToList();
            while (race.Acknowledged < until) await await Task.WhenAny(asking.Where(one => !one.IsCompleted));
            await node.Process.KillAsync(Stop);
            await Task.WhenAll(asking);

            await race.AssertNothingIsLostOrDoubledAsync();
        }

        var last = await race.StartNodeAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(member => race.AskForSeatAsync(member, last)));
        Assert.Equal(40, race.Acknowledged);
        await race.AssertNothingIsLostOrDoubledAsync();
    }
}
