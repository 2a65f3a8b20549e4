using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Policies;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Elending;

/// <summary>Where a hold stands.</summary>
/// <param name="Position">From 1.</param>
/// <param name="Length">How many wait in all, at least <paramref name="Position"/>.</param>
public sealed record QueuePosition(int Position, int Length);

/// <summary>How a member stands with an e-resource.</summary>
/// <param name="Loan">Their loan; null for none.</param>
/// <param name="Hold">Their place in the queue, or what is kept for them; null for none.</param>
/// <param name="Place">The honest place; null unless they wait.</param>
/// <param name="NotLent">Why it would not be lent to them now; null where it would be, or is.</param>
public sealed record DigitalStanding(DigitalLoan? Loan, DigitalHold? Hold, QueuePosition? Place, Refusal? NotLent)
{
    /// <summary>Whether all that keeps them from it is that others read it: they can wait.</summary>
    public bool CanWait => Hold is null && NotLent?.Code == ElendingRefusals.AllOut(0).Code;
}

/// <summary>
/// Borrowing e-resources, giving them back early, waiting for them. How many at once, how many in all and until when are asked in
/// the one serialised write that records the loan (DOMAIN.md rule 12). Not thread-safe: one per request.
/// </summary>
public sealed class DigitalLending(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings, Guardians guardians)
{
    /// <summary>
    /// Lends a resource. Who has it already gets the same loan again; who is offered it takes up the offer.
    /// </summary>
    /// <param name="memberId">The member.</param>
    /// <param name="resourceKey">The resource.</param>
    /// <param name="by">The member, a guardian, or staff.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<DigitalLoan>> BorrowAsync(long memberId, string resourceKey, Actor by, CancellationToken stop = default) =>
        db.WriteInTurnAsync<Outcome<DigitalLoan>>(Turn.Elending, DigitalQueue.TurnOf(resourceKey), async inner =>
        {
            if (await WhyNotAsync(memberId, resourceKey, by, inner) is { } no) return no;

            var now = calendar.Now;
            await db.SettleAsync(resourceKey, calendar, settings, inner);
            if (await ActiveLoanAsync(memberId, resourceKey, inner) is { } same) return same;
            var most = (await db.LimitsAsync(settings, inner)).MostDigitalLoans;
            if (await db.DigitalLoans.CountAsync(one => one.MemberId == memberId && one.EndedAt == null && one.DueAt > now, inner) >= most) return ElendingRefusals.TooManyLoans(most);

            var hold = await HoldOfAsync(memberId, resourceKey, inner);
            var licence = hold is { Status: DigitalHoldStatus.Offered } ? hold.Licence : await TakePlaceAsync(resourceKey, now, inner);
            if (licence is null) return await WhyNothingLeftAsync(resourceKey, now, inner);

            hold?.Fulfil(now);
            if (hold is not null) await db.UntellAsync(hold.Subject, "it was borrowed", now, inner);
            var loan = new DigitalLoan(licence, memberId, calendar.EndOf(calendar.Today.AddDays(licence.LoanDays)), now);
            db.Add(loan);
            await db.SaveChangesAsync(inner);
            return loan;
        }, stop);

    /// <summary>
    /// Opens a file for somebody who may read it: everybody where the licence is open, otherwise whoever has it on loan now. Without
    /// a loan that was recorded nothing is served (DOMAIN.md rule 12).
    /// </summary>
    /// <param name="memberId">The member; null for a visitor, who reads what is open.</param>
    /// <param name="resourceKey">The resource.</param>
    /// <param name="open">Opens the file; given the loan, or null where the licence is open.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<Outcome<T>> ServeAsync<T>(long? memberId, string resourceKey, Func<DigitalLoan?, CancellationToken, Task<T>> open, Actor by, CancellationToken stop = default)
    {
        if (await IsOpenToAllAsync(resourceKey, stop)) return await open(null, stop);
        if (memberId is not { } reader || !await IsTheirsAsync(reader, by, stop)) return MemberRefusals.Unknown;

        var loan = await ActiveLoanAsync(reader, resourceKey, stop);
        return loan?.IsOpenAt(calendar.Now) == true ? await open(loan, stop) : ElendingRefusals.NotOnLoan;
    }

    /// <summary>Whether a resource is read with a loan only: the library has a licence for it, and none that is open to everybody.</summary>
    public async Task<bool> IsLentAsync(string resourceKey, CancellationToken stop = default) =>
        (await LentAsync([resourceKey], stop)).Count > 0;

    /// <summary>Those of some resources for which <see cref="IsLentAsync"/> holds. At most 500 are looked for.</summary>
    public async Task<IReadOnlySet<string>> LentAsync(IReadOnlyCollection<string> resourceKeys, CancellationToken stop = default)
    {
        var (now, keys) = (calendar.Now, resourceKeys.Distinct().Take(500).ToArray());
        if (keys.Length == 0) return new HashSet<string>();

        return await db.Licences.Where(one => keys.Contains(one.ResourceKey)).GroupBy(one => one.ResourceKey)
            .Where(licences => licences.Count(one => one.IsOpen && (one.EndsAt == null || one.EndsAt > now)) == 0)
            .Select(licences => licences.Key).ToHashSetAsync(stop);
    }

    /// <summary>How a member stands with a resource: what they have of it, and what borrowing would be answered. Changes nothing.</summary>
    /// <param name="memberId">The member.</param>
    /// <param name="resourceKey">The resource.</param>
    /// <param name="by">The member or a guardian.</param>
    /// <param name="stop">Ends the search.</param>
    public async Task<DigitalStanding> StandingOfAsync(long memberId, string resourceKey, Actor by, CancellationToken stop = default)
    {
        var now = calendar.Now;
        if (await ActiveLoanAsync(memberId, resourceKey, stop) is { } loan && loan.IsOpenAt(now)) return new DigitalStanding(loan, null, null, null);

        var hold = await HoldOfAsync(memberId, resourceKey, stop);
        var place = hold is { Status: DigitalHoldStatus.Waiting } ? await PositionOfAsync(hold.Id, stop) : null;
        var no = await WhyNotAsync(memberId, resourceKey, by, stop);
        var most = (await db.LimitsAsync(settings, stop)).MostDigitalLoans;
        if (no is null && await db.DigitalLoans.CountAsync(one => one.MemberId == memberId && one.EndedAt == null && one.DueAt > now, stop) >= most)
            no = ElendingRefusals.TooManyLoans(most);
        if (no is null && hold is not { Status: DigitalHoldStatus.Offered } && await db.NextLicenceAsync(resourceKey, now, stop) is null)
            no = await WhyNothingLeftAsync(resourceKey, now, stop);
        return new DigitalStanding(null, hold, place, no);
    }

    /// <summary>Gives a resource back before its time; whoever is next is offered it at once.</summary>
    public async Task<Refusal?> ReturnAsync(long loanId, Actor by, CancellationToken stop = default)
    {
        var key = await db.DigitalLoans.Where(one => one.Id == loanId).Select(one => one.ResourceKey).SingleOrDefaultAsync(stop);
        if (key is null) return ElendingRefusals.UnknownLoan;

        return await db.WriteInTurnAsync<Refusal?>(Turn.Elending, DigitalQueue.TurnOf(key), async inner =>
        {
            var loan = await db.DigitalLoans.Include(one => one.Licence).SingleAsync(one => one.Id == loanId, inner);
            if (loan.EndedAt is not null || !await IsTheirsAsync(loan.MemberId, by, inner)) return ElendingRefusals.UnknownLoan;

            loan.End(calendar.Now);
            await db.UntellAsync(loan.Subject, "it came back", calendar.Now, inner);
            await db.SettleAsync(key, calendar, settings, inner);
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }

    /// <summary>Puts a member into the queue of a resource that is out. What can be borrowed is not waited for.</summary>
    public Task<Outcome<DigitalHold>> HoldAsync(long memberId, string resourceKey, Actor by, CancellationToken stop = default) =>
        db.WriteInTurnAsync<Outcome<DigitalHold>>(Turn.Elending, DigitalQueue.TurnOf(resourceKey), async inner =>
        {
            if (await WhyNotAsync(memberId, resourceKey, by, inner) is { } no) return no;

            var now = calendar.Now;
            await db.SettleAsync(resourceKey, calendar, settings, inner);
            if (await ActiveLoanAsync(memberId, resourceKey, inner) is { } loan) return ElendingRefusals.OnLoanToYou(calendar.DateOf(loan.DueAt.AddTicks(-1)));
            if (await HoldOfAsync(memberId, resourceKey, inner) is not null) return ElendingRefusals.AlreadyWaiting;
            if (await db.NextLicenceAsync(resourceKey, now, inner) is not null) return ElendingRefusals.BorrowInstead;
            if (await WhyNothingLeftAsync(resourceKey, now, inner) is var why && why.Code != ElendingRefusals.AllOut(0).Code) return why;
            if (await db.DigitalHolds.CountAsync(one => one.ResourceKey == resourceKey && one.Status == DigitalHoldStatus.Waiting, inner) >= DigitalQueue.MostWaiting)
                return ElendingRefusals.QueueFull;

            var hold = new DigitalHold(resourceKey, memberId, now);
            db.Add(hold);
            await db.SaveChangesAsync(inner);
            return hold;
        }, stop);

    /// <summary>Leaves the queue, or lets an offer go to the next.</summary>
    public async Task<Refusal?> CancelHoldAsync(long holdId, Actor by, CancellationToken stop = default)
    {
        var key = await db.DigitalHolds.Where(one => one.Id == holdId).Select(one => one.ResourceKey).SingleOrDefaultAsync(stop);
        if (key is null) return ElendingRefusals.UnknownHold;

        return await db.WriteInTurnAsync<Refusal?>(Turn.Elending, DigitalQueue.TurnOf(key), async inner =>
        {
            var hold = await db.DigitalHolds.Include(one => one.Licence).SingleAsync(one => one.Id == holdId, inner);
            if (hold.EndedAt is not null || !await IsTheirsAsync(hold.MemberId, by, inner)) return ElendingRefusals.UnknownHold;

            hold.GiveUp(DigitalHoldStatus.Cancelled, calendar.Now);
            await db.UntellAsync(hold.Subject, "the hold was cancelled", calendar.Now, inner);
            await db.SettleAsync(key, calendar, settings, inner);
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }

    /// <summary>How many are before a waiting member, honestly counted; null for a hold that does not wait.</summary>
    public async Task<QueuePosition?> PositionOfAsync(long holdId, CancellationToken stop = default)
    {
        var hold = await db.DigitalHolds.AsNoTracking().SingleOrDefaultAsync(one => one.Id == holdId && one.Status == DigitalHoldStatus.Waiting, stop);
        if (hold is null) return null;
        var waiting = db.DigitalHolds.Where(one => one.ResourceKey == hold.ResourceKey && one.Status == DigitalHoldStatus.Waiting);
        return new QueuePosition(await waiting.CountAsync(one => one.Id <= hold.Id, stop), await waiting.CountAsync(stop));
    }

    /// <summary>Takes back what is over and offers it on, for resources that nobody has asked for since. For a job: idempotent and bounded.</summary>
    /// <returns>How many resources were looked at; call again until it is 0.</returns>
    public async Task<int> SettleAsync(int most = 200, CancellationToken stop = default)
    {
        var now = calendar.Now;
        var over = await db.DigitalLoans.Where(one => one.EndedAt == null && one.DueAt <= now).OrderBy(one => one.DueAt).Select(one => one.ResourceKey).Take(most).ToListAsync(stop);
        var lapsed = await db.DigitalHolds.Where(one => one.Status == DigitalHoldStatus.Offered && one.OfferExpiresAt <= now)
            .OrderBy(one => one.OfferExpiresAt).Select(one => one.ResourceKey).Take(most).ToListAsync(stop);
        var keys = over.Concat(lapsed).Distinct().ToList();
        foreach (var key in keys)
        {
            await db.WriteInTurnAsync(Turn.Elending, DigitalQueue.TurnOf(key), async inner =>
            {
                await db.SettleAsync(key, calendar, settings, inner);
                await db.SaveChangesAsync(inner);
                return true;
            }, stop);
        }

        return keys.Count;
    }

    private async Task<Refusal?> WhyNotAsync(long memberId, string resourceKey, Actor by, CancellationToken stop)
    {
        var member = await db.Members.SingleOrDefaultAsync(one => one.Id == memberId, stop);
        if (member is null || !await guardians.MayActForAsync(by, member, stop)) return MemberRefusals.Unknown;
        if (member.CannotUseCardOn(calendar.Today) is { } no) return no;
        if (!await guardians.MayDecideForAsync(by, member, stop)
            && !await db.Consents.AnyAsync(one => one.MemberId == memberId && one.Purpose == ConsentPurpose.OnlineUse && one.WithdrawnAt == null, stop))
            return ElendingRefusals.ConsentNeeded;
        if (!await db.Licences.AnyAsync(one => one.ResourceKey == resourceKey, stop)) return ElendingRefusals.NotLicensed;
        return await IsOpenToAllAsync(resourceKey, stop) ? ElendingRefusals.OpenToAll : null;
    }

    private Task<bool> IsOpenToAllAsync(string resourceKey, CancellationToken stop)
    {
        var now = calendar.Now;
        return db.Licences.AnyAsync(one => one.ResourceKey == resourceKey && one.IsOpen && (one.EndsAt == null || one.EndsAt > now), stop);
    }

    private async Task<Licence?> TakePlaceAsync(string resourceKey, DateTime now, CancellationToken stop)
    {
        var licence = await db.NextLicenceAsync(resourceKey, now, stop);
        licence?.Take();
        return licence;
    }

    private async Task<Refusal> WhyNothingLeftAsync(string resourceKey, DateTime now, CancellationToken stop)
    {
        var licences = await db.Licences.Where(one => one.ResourceKey == resourceKey).ToListAsync(stop);
        if (licences.TrueForAll(one => !one.IsInForce(now))) return ElendingRefusals.LicenceEnded;
        // A place that is kept may come back as a loan that was not made.
        if (!licences.Exists(one => one.LendsAgain(now)) && !await db.DigitalHolds.AnyAsync(one => one.ResourceKey == resourceKey && one.Status == DigitalHoldStatus.Offered, stop))
            return ElendingRefusals.UsedUp;
        return ElendingRefusals.AllOut(await db.DigitalHolds.CountAsync(one => one.ResourceKey == resourceKey && one.Status == DigitalHoldStatus.Waiting, stop));
    }

    private Task<DigitalLoan?> ActiveLoanAsync(long memberId, string resourceKey, CancellationToken stop)
    {
        var key = DigitalLoan.KeyOf(memberId);
        return db.DigitalLoans.Include(one => one.Licence).SingleOrDefaultAsync(one => one.ResourceKey == resourceKey && one.ActiveKey == key, stop);
    }

    private Task<DigitalHold?> HoldOfAsync(long memberId, string resourceKey, CancellationToken stop)
    {
        var key = DigitalLoan.KeyOf(memberId);
        return db.DigitalHolds.Include(one => one.Licence).SingleOrDefaultAsync(one => one.ResourceKey == resourceKey && one.ActiveKey == key, stop);
    }

    private async Task<bool> IsTheirsAsync(long? memberId, Actor by, CancellationToken stop) =>
        memberId is { } id && await db.Members.FindAsync([id], stop) is { } member && await guardians.MayActForAsync(by, member, stop);
}
