using Metro.Library.Circulation;
using Metro.Library.Outbox;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;

namespace Metro.Portal.Demo;

/// <summary>What the library's jobs did every night of the last weeks, so that nothing is left to be made up for.</summary>
internal sealed partial class City
{
    private const int NightsBack = 45;

    private void PlanNights()
    {
        for (var ago = NightsBack; ago >= 0; ago--) diary.On(Ago(ago), "06:10", NightAsync);
    }

    private async Task NightAsync()
    {
        await Ask<HoldQueue>().ExpireAsync();
        await Ask<HoldQueue>().ResumeAsync();
        await Ask<SessionRegistrations>().ExpireOffersAsync();
        await Ask<CheckIns>().ReleaseNoShowsAsync();
        await Ask<Bookings>().ReleaseNoShowsAsync();
        await Ask<Bookings>().LapseRequestsAsync();
        await Ask<ClassVisits>().LapseRequestsAsync();
        await Ask<ClassVisits>().RemindAsync();
        await Ask<LoanReminders>().QueueDueSoonAsync();
        await Ask<LoanReminders>().QueueDueTodayAsync();
        await Ask<LoanReminders>().QueueOverdueAsync();
        await Ask<LoanPrivacy>().UnlinkEndedAsync();
        await DeliverAsync();
    }

    /// <summary>Letters that were due went out, as far as they were still true; those of today are left to the real post.</summary>
    private async Task DeliverAsync()
    {
        var post = Ask<OutgoingLetters>();
        while (true)
        {
            var claimed = await post.ClaimAsync(Rounds);
            foreach (var letter in claimed.Letters)
                if (await post.RecheckAsync(letter, topic: null) is { } addressed) await post.SentAsync(addressed.Letter, "250 OK");
            if (claimed.Letters.Count == 0) return;
        }
    }

    private static readonly ClaimRules Rounds = new()
    {
        Sender = "demo", Most = 200, GoTogether = kind => kind.StartsWith("circulation.", StringComparison.Ordinal), MayWait = _ => false,
    };
}
