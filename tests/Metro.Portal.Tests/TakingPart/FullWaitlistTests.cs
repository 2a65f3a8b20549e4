using System.Net;
using Metro.Library;
using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.TakingPart;

/// <summary>Where nobody can wait any more, either: a town of its own, since visitors may ask only so often.</summary>
public sealed class FullWaitlistTests(Town town) : IClassFixture<Town>
{
    private static readonly ProgramDetails Workshop = new() { Title = "Lokakarya menulis", OpenToNonMembers = true, NeedsGuardianConsent = false };

    [Fact]
    public async Task A_full_waitlist_answers_an_address_that_waits_as_any_other()
    {
        var session = await town.SessionAsync(await town.ProgramAsync(Workshop), 1);
        foreach (var email in (string[])["kursi@contoh.id", "tunggu@contoh.id"])
            (await town.Visitor().SendAsync($"/programs/{session.ProgramId}/register/{session.Id}", null, ("Name", "Tamu"), ("Email", email), ("Wait", "true"))).LeadsOn();
        await town.DoAsync((LibraryDbContext db) => db.Sessions.Where(one => one.Id == session.Id).ExecuteUpdateAsync(row => row.SetProperty(one => one.Waiting, 200), Town.Stop));

        var answers = new List<(HttpStatusCode, string)>();
        foreach (var email in (string[])["kursi@contoh.id", "tunggu@contoh.id", "orang.lain@contoh.id"])
        {
            var answer = await town.Visitor().SendAsync($"/programs/{session.ProgramId}/register/{session.Id}", null, ("Name", "Tamu"), ("Email", email), ("Wait", "true"));
            answers.Add((answer.Status, string.Join('\n', answer.Html.Split('\n').Where(line => line.Contains("notice--", StringComparison.Ordinal)))));
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answers[0].Item1);
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }
}
