using System.Globalization;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Elending;

/// <summary>What people are told about e-resources (DOMAIN.md rule 14).</summary>
internal static class DigitalMessages
{
    public const string Offered = "elending.offered";
    public const string OfferLapsed = "elending.offer_lapsed";
    public const string Shortened = "elending.loan_shortened";
    public const string HoldEnded = "elending.hold_ended";

    extension(LibraryDbContext db)
    {
        public Task TellAsync(DigitalLoan loan, string kind, DateTime now, CancellationToken stop) =>
            db.TellAsync(loan.Subject, loan.MemberId, kind, loan.Licence, loan.DueAt, now, stop);

        public Task TellAsync(DigitalHold hold, string kind, Licence? licence, DateTime now, CancellationToken stop) =>
            db.TellAsync(hold.Subject, hold.MemberId, kind, licence, hold.OfferExpiresAt, now, stop);

        private async Task TellAsync(Subject about, long? memberId, string kind, Licence? licence, DateTime? until, DateTime now, CancellationToken stop)
        {
            if (memberId is not { } id || await db.Members.FindAsync([id], stop) is not { } member) return;
            await db.TellAsync(about, Recipient.Member(id, member.Language), kind, now,
                new { licence?.Title, licence?.TitleEnglish, licence?.ResourceKey, Until = until }, now, stop);
        }
    }
}

/// <summary>What was told about e-resources, looked at once more before it is sent.</summary>
internal sealed class DigitalMessageCheck(LibraryCalendar calendar) : IMessageCheck
{
    public bool Knows(string kind) => kind.StartsWith("elending.", StringComparison.Ordinal);

    public async Task<bool> IsStillTrueAsync(LibraryDbContext db, OutboxMessage message, CancellationToken stop)
    {
        var id = long.Parse(message.Subject.AsSpan(message.Subject.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        var now = calendar.Now;
        return message.Kind switch
        {
            DigitalMessages.Offered => await db.DigitalHolds.AnyAsync(one => one.Id == id && one.Status == DigitalHoldStatus.Offered && one.OfferExpiresAt > now, stop),
            DigitalMessages.Shortened => await db.DigitalLoans.AnyAsync(one => one.Id == id && one.EndedAt == null && one.DueAt > now, stop),
            _ => true,
        };
    }
}

/// <summary>The queue for an e-resource: who is next, and what comes free for them.</summary>
internal static class DigitalQueue
{
    /// <summary>The most members that wait for one resource.</summary>
    public const int MostWaiting = 500;

    /// <summary>Writers to one resource take turns; a few that share a number wait for each other without harm.</summary>
    public static long TurnOf(string resourceKey) => resourceKey.Aggregate(17, (sum, sign) => unchecked((sum * 31) + sign));

    extension(LibraryDbContext db)
    {
        /// <summary>
        /// Brings a resource up to this instant, within the caller's write: loans whose time is over have come back, offers have
        /// lapsed, and what is free is offered down the queue. Called before anybody is answered, so that nothing rests on the job
        /// that calls it for resources that nobody asks for. The caller saves.
        /// </summary>
        public async Task SettleAsync(string resourceKey, LibraryCalendar calendar, LibrarySettings settings, CancellationToken stop)
        {
            var now = calendar.Now;
            await db.SaveChangesAsync(stop);
            foreach (var over in await db.DigitalLoans.Include(one => one.Licence)
                .Where(one => one.ResourceKey == resourceKey && one.ActiveKey != null && one.DueAt <= now).ToListAsync(stop)) over.End(now);
            var offers = await db.DigitalHolds.Include(one => one.Licence)
                .Where(one => one.ResourceKey == resourceKey && one.Status == DigitalHoldStatus.Offered).ToListAsync(stop);
            foreach (var passed in offers.Where(one => one.Status == DigitalHoldStatus.Offered && (one.OfferExpiresAt <= now || !one.Licence!.IsInForce(now))))
            {
                var licence = passed.Licence;
                passed.GiveUp(DigitalHoldStatus.Lapsed, now);
                await db.UntellAsync(passed.Subject, "the offer lapsed", now, stop);
                await db.TellAsync(passed, DigitalMessages.OfferLapsed, licence, now, stop);
            }

            await db.SaveChangesAsync(stop);
            await db.OfferAsync(resourceKey, now, calendar.Today, settings, stop);
        }

        /// <summary>The licence from which the next loan is made: one whose loans are not counted before one whose are, and what ends first before what lasts.</summary>
        public async Task<Licence?> NextLicenceAsync(string resourceKey, DateTime now, CancellationToken stop) =>
            (await db.Licences.Where(one => one.ResourceKey == resourceKey).ToListAsync(stop))
            .Where(one => one.HasRoom(now)).OrderBy(one => one.MostLoans is null ? 0 : 1).ThenBy(one => one.EndsAt ?? DateTime.MaxValue).ThenBy(one => one.Id).FirstOrDefault();

        private async Task OfferAsync(string resourceKey, DateTime now, DateOnly today, LibrarySettings settings, CancellationToken stop)
        {
            var licences = await db.Licences.Where(one => one.ResourceKey == resourceKey).ToListAsync(stop);
            var lendsAgain = licences.Exists(one => one.LendsAgain(now)) || await db.DigitalHolds.AnyAsync(one => one.ResourceKey == resourceKey && one.Status == DigitalHoldStatus.Offered, stop);
            if (lendsAgain && !licences.Exists(one => one.HasRoom(now))) return;

            var queue = await db.DigitalHolds.Where(one => one.ResourceKey == resourceKey && one.Status == DigitalHoldStatus.Waiting)
                .OrderBy(one => one.Id).Take(MostWaiting).ToListAsync(stop);
            foreach (var hold in queue.Where(one => one.Status == DigitalHoldStatus.Waiting))
            {
                if (!lendsAgain)
                {
                    hold.GiveUp(DigitalHoldStatus.Cancelled, now);
                    await db.TellAsync(hold, DigitalMessages.HoldEnded, licences.LastOrDefault(), now, stop);
                    continue;
                }

                // Whoever cannot borrow today keeps the place and is passed over.
                if (await db.Members.FindAsync([hold.MemberId!.Value], stop) is not { } member || member.CannotUseCardOn(today) is not null) continue;
                if (await db.NextLicenceAsync(resourceKey, now, stop) is not { } licence) return;
                hold.Offer(licence, now.AddHours(settings.DigitalOfferHours));
                await db.TellAsync(hold, DigitalMessages.Offered, licence, now, stop);
                await db.SaveChangesAsync(stop);
            }
        }
    }
}
