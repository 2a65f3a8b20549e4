using Metro.Library;
using Metro.Library.Calendar;
using Metro.Portal.Web.Caching;
using Metro.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Site;

/// <summary>Every page says whether the library is open: by the minute, however often it is asked for.</summary>
public sealed class KeptHoursTests : IAsyncLifetime
{
    private readonly PortalUnderTest portal = new() { Clock = new FakeClock() };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await AddAsync(new Branch("MTR", "Perpustakaan Kota Metro", BranchKind.Main, WeeklyHours.Parse("mon 08:00-16:00; tue 08:00-16:00")));
        while (!portal.Services.GetRequiredService<Editions>().AreCurrent) await Task.Delay(5, Stop);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task Doors_close_on_the_minute()
    {
        portal.Clock!.MoveTo(new DateTimeOffset(2026, 1, 5, 15, 59, 59, TimeSpan.FromHours(7)));
        Assert.Contains("Buka sekarang, sampai 16.00", await KeptAsync("/hours"), StringComparison.Ordinal);

        portal.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.DoesNotContain("Buka sekarang", await portal.Visitor().GetStringAsync("/hours", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_on_which_other_hours_hold_is_seen_in_the_next_answer()
    {
        Assert.Contains("Buka sekarang, sampai 16.00", await KeptAsync("/faq"), StringComparison.Ordinal);

        await AddAsync(CalendarException.Closure(null, FurnishedPortal.Monday, FurnishedPortal.Monday, "Hari ini tutup"));

        Assert.DoesNotContain("Buka sekarang", await portal.Visitor().GetStringAsync("/faq", Stop), StringComparison.Ordinal);
    }

    /// <summary>A page as it stands for the second visitor.</summary>
    private async Task<string> KeptAsync(string path)
    {
        await portal.Visitor().GetStringAsync(path, Stop);
        using var kept = await portal.Visitor().GetAsync(path, Stop);
        Assert.True(kept.Headers.Contains("Age"), path);
        return await kept.Content.ReadAsStringAsync(Stop);
    }

    private async Task AddAsync(object row)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
        db.Add(row);
        await db.SaveChangesAsync(Stop);
    }
}
