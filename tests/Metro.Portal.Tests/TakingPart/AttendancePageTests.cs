using System.Net;
using Metro.Library;
using Metro.Library.Members;
using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.TakingPart;

/// <summary>A member looks at their absences and says why one is unjust.</summary>
public sealed class AttendancePageTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_member_and_a_guardian_appeal_once_and_a_stranger_never()
    {
        var guardian = await town.MemberAsync("Wati");
        var child = await town.ChildOfAsync(guardian, "Ani");
        var strikes = new List<long> { await AbsenceAsync(guardian), await AbsenceAsync(child) };
        var (browser, stranger) = (await town.SignedInAsync(guardian), await town.SignedInAsync(await town.MemberAsync("Andi")));
        Assert.Contains("1 dari 3 catatan ketidakhadiran berlaku sekarang", await browser.ReadAsync("/account/attendance"), StringComparison.Ordinal);

        (await Appeal(browser, strikes[0], "")).Refuses("id=\"Text-fault\"");
        (await Appeal(browser, strikes[0], "Saya sakit.")).LeadsOn();
        (await Appeal(browser, strikes[1], "Anak saya sakit.", child)).LeadsOn();
        (await Appeal(browser, strikes[0], "Sekali lagi.")).Refuses("sudah");

        var page = await browser.ReadAsync("/account/attendance");
        Assert.Contains("Anda menulis: Saya sakit.", page, StringComparison.Ordinal);
        Assert.Contains("0 dari 3", page, StringComparison.Ordinal);
        Assert.Contains("Anak saya sakit.", await browser.ReadAsync($"/account/attendance?for={child.Id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Appeal(stranger, strikes[0], "Bukan saya.")).Status);
        Assert.Equal(HttpStatusCode.NotFound, await stranger.StatusOfAsync($"/account/attendance?for={child.Id}"));
        Assert.Contains("Tidak ada catatan", await stranger.ReadAsync("/account/attendance"), StringComparison.Ordinal);
    }

    private static Task<Reply> Appeal(HttpClient browser, long strike, string text, Member? child = null) =>
        browser.SendAsync("/account/attendance" + (child is null ? "" : $"?for={child.Id}"), null, ("Strike", strike.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Text", text));

    /// <summary>Somebody has a seat and stays away; the key of the strike.</summary>
    private async Task<long> AbsenceAsync(Member member)
    {
        var session = await town.SessionAsync(await town.ProgramAsync(new ProgramDetails { Title = "Mendongeng", NeedsGuardianConsent = false }), inDays: 1);
        var made = await town.DoAsync((SessionRegistrations desk) => desk.RegisterAsync(session.Id, new RegistrationRequest { MemberId = member.Id }, Town.Clerk, Town.Stop));
        Assert.True(made.Succeeded, made.Refusal?.ToString());
        town.Clock.MoveTo(new DateTimeOffset(session.StartsAt.AddMinutes(30)));
        await town.DoAsync((CheckIns door) => door.ReleaseNoShowsAsync(stop: Town.Stop));
        return await town.DoAsync((LibraryDbContext db) => db.Strikes.Where(one => one.MemberId == member.Id).Select(one => one.Id).SingleAsync(Town.Stop));
    }
}
