using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Input;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>Where a copy goes that came free or was scanned.</summary>
public enum Routing
{
    /// <summary>Back to its shelf at this branch.</summary>
    ToShelf,

    /// <summary>To the hold shelf at this branch: somebody waits for it.</summary>
    ToHoldShelf,

    /// <summary>Into the box for another branch: its own, or that of a pickup.</summary>
    ToBranch,
}

/// <summary>A hold that was placed, and where it stands.</summary>
/// <param name="HoldId">Its key.</param>
/// <param name="State">Whether it waits, or a copy on the shelf was claimed at once.</param>
/// <param name="Position">Its place among those who wait, from 1; 0 when a copy was claimed.</param>
/// <param name="QueueLength">How many wait.</param>
/// <param name="Repeated">Whether the member had this hold already: asking again changes nothing.</param>
public sealed record PlacedHold(long HoldId, HoldState State, int Position, int QueueLength, bool Repeated);

/// <summary>
/// The queue of each title (DOMAIN.md rule 2). Every way a copy comes free leads through <see cref="RouteAsync"/> or
/// <see cref="OfferFromShelfAsync"/>, in the transaction in which it comes free: no copy stands on the shelf
/// while somebody waits for its title.
/// </summary>
public sealed class HoldQueue(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings, Guardians guardians)
{
    private readonly LendingGate gate = new(db, calendar, settings);

    /// <summary>Joins the queue for a title, or claims a copy that stands on the shelf.</summary>
    /// <param name="memberId">Who waits.</param>
    /// <param name="titleId">For what.</param>
    /// <param name="pickupBranchId">Where it will be picked up.</param>
    /// <param name="by">The member, the guardian, or the staff.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<PlacedHold>> PlaceAsync(long memberId, long titleId, long pickupBranchId, Actor by, CancellationToken stop = default) =>
        db.WriteInTurnAsync<Outcome<PlacedHold>>(Turn.Title, titleId, async inner =>
        {
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null || !await guardians.MayActForAsync(by, member, inner)) return MemberRefusals.Unknown;
            var active = await db.Holds.Active().Where(hold => hold.MemberId == memberId).ToListAsync(inner);
            if (active.Find(hold => hold.TitleId == titleId) is { } same) return await PlacedAsync(same, repeated: true, inner);
            if (await CheckAsync(member, titleId, pickupBranchId, active.Count, inner) is { } refusal) return refusal;

            var placed = new Hold(titleId, memberId, pickupBranchId, calendar.Now);
            db.Holds.Add(placed);
            await db.SaveChangesAsync(inner);
            await ClaimFromShelfAsync(placed, inner);
            AuditStaff(by, "hold.placed", placed, after: new { placed.TitleId, placed.MemberId, placed.PickupBranchId });
            await db.SaveChangesAsync(inner);
            return await PlacedAsync(placed, repeated: false, inner);
        }, stop);

    /// <summary>Gives a hold up; its copy is offered to the next in the queue. Cancelling again changes nothing.</summary>
    public Task<Refusal?> CancelAsync(long holdId, Actor by, CancellationToken stop = default) => ChangeAsync(holdId, by, async (hold, inner) =>
    {
        if (hold.State == HoldState.Cancelled) return null;
        if (!hold.IsActive) return CirculationRefusals.HoldEnded;

        await EndAsync(hold, (now, toClear) => hold.Cancel(now, toClear), "cancelled", inner);
        AuditStaff(by, "hold.cancelled", hold);
        return null;
    }, stop);

    /// <summary>Lets others go first for a while; the place is kept. Null ends a suspension.</summary>
    /// <param name="holdId">The hold.</param>
    /// <param name="through">The last day of the suspension; null to end it now.</param>
    /// <param name="by">The member, the guardian, or the staff.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Refusal?> SuspendAsync(long holdId, DateOnly? through, Actor by, CancellationToken stop = default) => ChangeAsync(holdId, by, async (hold, inner) =>
    {
        if (!hold.IsActive) return CirculationRefusals.HoldEnded;
        if (hold.State != HoldState.Waiting) return CirculationRefusals.HoldHasCopy;
        var today = calendar.Today;
        if (through is { } last && InputText.CheckDate(last, "date", today, today.AddDays(settings.Circulation.LongestHoldSuspension)) is { } unusable) return unusable;

        hold.Suspend(through);
        await db.SaveChangesAsync(inner);
        if (through is null) await ClaimFromShelfAsync(hold, inner);
        AuditStaff(by, "hold.suspended", hold, after: new { through });
        return null;
    }, stop);

    /// <summary>Picks up elsewhere; only while no copy has been claimed.</summary>
    public Task<Refusal?> PickUpAtAsync(long holdId, long branchId, Actor by, CancellationToken stop = default) => ChangeAsync(holdId, by, async (hold, inner) =>
    {
        if (!hold.IsActive) return CirculationRefusals.HoldEnded;
        if (hold.State != HoldState.Waiting) return CirculationRefusals.HoldHasCopy;
        if (!await OffersPickupAsync(branchId, inner)) return CirculationRefusals.NoPickupThere;

        hold.PickUpAt(branchId);
        AuditStaff(by, "hold.moved", hold, after: new { branchId });
        return null;
    }, stop);

    /// <summary>Gives the copies of holds that were not collected in time to the next in line.</summary>
    /// <returns>How many holds expired; call again until none does.</returns>
    public Task<int> ExpireAsync(CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        var today = calendar.Today;
        var late = await db.Holds.Where(hold => hold.State == HoldState.Ready && hold.PickupBy < today)
            .OrderBy(hold => hold.PickupBy).ThenBy(hold => hold.Id).Take(100).ToListAsync(inner);
        foreach (var hold in late)
        {
            await EndAsync(hold, (now, toClear) => hold.Expire(now, toClear), "expired", inner);
            await TellAsync(hold, "circulation.hold_expired", inner);
            await db.SaveChangesAsync(inner);
        }

        return late.Count;
    }, stop);

    /// <summary>
    /// Offers what stands on the shelf to those who wait: a suspension has run out, or an import brought copies in.
    /// </summary>
    /// <returns>How many got a copy; call again until none does.</returns>
    public Task<int> ResumeAsync(CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        var waiting = await db.Holds.Where(hold => hold.State == HoldState.Waiting).NotSuspendedOn(calendar.Today)
            .Where(hold => db.Copies.Any(copy => copy.TitleId == hold.TitleId && copy.Status == CopyStatus.Available && !copy.ForReferenceOnly))
            .OrderBy(hold => hold.Id).Take(200).ToListAsync(inner);
        foreach (var hold in waiting)
        {
            await ClaimFromShelfAsync(hold, inner);
            await db.SaveChangesAsync(inner);
        }

        return waiting.Count(hold => hold.State != HoldState.Waiting);
    }, stop);

    /// <summary>Takes note that the copy of a hold that was not collected has been taken from the hold shelf.</summary>
    public Task<Refusal?> ClearAsync(long holdId, Actor by, CancellationToken stop = default) => ChangeAsync(holdId, by, (hold, _) =>
    {
        hold.Cleared();
        return Task.FromResult<Refusal?>(null);
    }, stop);

    /// <summary>Where a hold stands in its queue: 1 is next, 0 when a copy has been claimed for it or it has ended.</summary>
    public async Task<(int Position, int Length)> PositionAsync(long holdId, CancellationToken stop = default)
    {
        var hold = await db.Holds.AsNoTracking().FirstOrDefaultAsync(one => one.Id == holdId, stop);
        return hold is null ? (0, 0) : await PositionAsync(hold, stop);
    }

    /// <summary>
    /// Decides where a copy in the hands of the staff goes next: to the first who waits, home, or to the shelf. Within
    /// the caller's transaction.
    /// </summary>
    internal async Task<Routing> RouteAsync(Copy copy, long branchId, CancellationToken stop)
    {
        await ClearShelfAsync(copy, stop);
        var hold = await ActiveHoldOfAsync(copy, stop) ?? await NextAsync(copy, stop);
        if (hold is not null) return await RouteToHoldAsync(copy, hold, branchId, stop);
        if (copy.OwnerBranchId == branchId)
        {
            Do(copy.Shelve(branchId, calendar.Now));
            return Routing.ToShelf;
        }

        if (copy.Status != CopyStatus.InTransit || copy.CurrentBranchId != branchId)
        {
            Do(copy.Shelve(branchId, calendar.Now));
            Do(copy.SendTo(copy.OwnerBranchId, calendar.Now));
        }

        return Routing.ToBranch;
    }

    /// <summary>
    /// Its borrower put a copy into the box of a return point, where nobody has it in hand yet: whoever waits is not told that it is
    /// ready before somebody has fetched it. Within the caller's transaction.
    /// </summary>
    internal async Task<Routing> LeaveInBoxAsync(Copy copy, long branchId, CancellationToken stop)
    {
        Do(copy.Shelve(branchId, calendar.Now));
        await OfferFromShelfAsync(copy, stop);
        return Routing.ToShelf;
    }

    /// <summary>
    /// A copy stands on the open shelf of its branch, where nobody holds it in hand: the next who waits gets it, and the staff
    /// fetch it. Within the caller's transaction.
    /// </summary>
    internal async Task OfferFromShelfAsync(Copy copy, CancellationToken stop)
    {
        if (!copy.IsFree || await NextAsync(copy, stop) is not { } hold) return;
        Do(copy.KeepForHold(copy.CurrentBranchId, calendar.Now));
        hold.Claim(copy, HoldState.Fetching);
    }

    /// <summary>
    /// A copy is not to be had any more: the hold that had it goes back to its place and gets another copy if one is free. Where
    /// no copy is left that could ever come, the holds are given up and their people told. Within the caller's transaction.
    /// </summary>
    internal async Task LoseCopyAsync(Copy copy, CancellationToken stop)
    {
        if (await ActiveHoldOfAsync(copy, stop) is { } hold)
        {
            await TakeBackAsync(hold, stop);
            await db.SaveChangesAsync(stop);
            await ClaimFromShelfAsync(hold, stop);
        }

        if (copy.Status != CopyStatus.Withdrawn || await AnyToLendAsync(copy.TitleId, except: copy.Id, stop)) return;
        foreach (var hopeless in await db.Holds.QueueFor(copy.TitleId).ToListAsync(stop))
        {
            hopeless.Cancel(calendar.Now, toClear: false);
            await TellAsync(hopeless, "circulation.hold_impossible", stop);
        }
    }

    /// <summary>The active hold that a copy is claimed for; null for none.</summary>
    internal Task<Hold?> ActiveHoldOfAsync(Copy copy, CancellationToken stop) =>
        db.Holds.Active().FirstOrDefaultAsync(hold => hold.CopyId == copy.Id, stop);

    /// <summary>Ends every active hold of a member, as when they are forgotten. Within the caller's transaction.</summary>
    internal async Task CancelAllOfAsync(long memberId, CancellationToken stop)
    {
        foreach (var hold in await db.Holds.Active().Where(one => one.MemberId == memberId).ToListAsync(stop))
        {
            await EndAsync(hold, (now, toClear) => hold.Cancel(now, toClear), "member left", stop);
            await db.SaveChangesAsync(stop);
        }
    }

    /// <summary>Cancels one hold within the caller's transaction; its copy is offered to the next.</summary>
    internal Task CancelWithinAsync(Hold hold, CancellationToken stop) =>
        EndAsync(hold, (now, toClear) => hold.Cancel(now, toClear), "merged", stop);

    /// <summary>The copies of uncollected holds are scanned or lent: nothing is left to clear.</summary>
    internal async Task ClearShelfAsync(Copy copy, CancellationToken stop)
    {
        foreach (var ended in await db.Holds.Where(hold => hold.CopyId == copy.Id && hold.ToClear).ToListAsync(stop)) ended.Cleared();
    }

    private async Task<Refusal?> CheckAsync(Member member, long titleId, long pickupBranchId, int activeHolds, CancellationToken stop)
    {
        var standing = await gate.StandingOfAsync(member, stop);
        if (gate.ToWait(standing, activeHolds) is { } refusal) return refusal;
        if (!await db.Titles.InCatalogue().AnyAsync(title => title.Id == titleId, stop)) return CirculationRefusals.NoSuchTitle;
        if (standing.Loans.Any(loan => loan.TitleId == titleId && loan.State == LoanState.Out)) return CirculationRefusals.AlreadyBorrowed;
        if (!await OffersPickupAsync(pickupBranchId, stop)) return CirculationRefusals.NoPickupThere;
        return await AnyToLendAsync(titleId, except: null, stop) ? null : CirculationRefusals.NothingToLend;
    }

    private Task<bool> OffersPickupAsync(long branchId, CancellationToken stop) =>
        db.Branches.AnyAsync(branch => branch.Id == branchId && branch.IsActive && branch.OffersPickup, stop);

    private Task<bool> AnyToLendAsync(long titleId, long? except, CancellationToken stop) =>
        db.Copies.AnyAsync(copy => copy.TitleId == titleId && copy.Id != except && !copy.ForReferenceOnly
            && copy.Status != CopyStatus.Withdrawn && copy.Status != CopyStatus.Lost && copy.Status != CopyStatus.Missing, stop);

    private async Task ClaimFromShelfAsync(Hold hold, CancellationToken stop)
    {
        if (hold.State != HoldState.Waiting || hold.IsSuspendedOn(calendar.Today)) return;
        var copy = await db.Copies.Where(one => one.TitleId == hold.TitleId && one.Status == CopyStatus.Available && !one.ForReferenceOnly)
            .OrderByDescending(one => one.CurrentBranchId == hold.PickupBranchId).ThenBy(one => one.Id).FirstOrDefaultAsync(stop);
        if (copy is null) return;

        Do(copy.KeepForHold(copy.CurrentBranchId, calendar.Now));
        hold.Claim(copy, HoldState.Fetching);
    }

    private async Task<Hold?> NextAsync(Copy copy, CancellationToken stop) => copy.ForReferenceOnly
        ? null
        : await db.Holds.QueueFor(copy.TitleId).NotSuspendedOn(calendar.Today).FirstOrDefaultAsync(stop);

    private async Task<Routing> RouteToHoldAsync(Copy copy, Hold hold, long branchId, CancellationToken stop)
    {
        // Scanned again where it stands or waits for its box: nothing starts anew.
        if (hold.State == HoldState.Ready && copy.CurrentBranchId == branchId) return Routing.ToHoldShelf;
        if (hold.PickupBranchId != branchId)
        {
            if (copy.Status != CopyStatus.InTransit || copy.CurrentBranchId != branchId)
            {
                Do(copy.KeepForHold(branchId, calendar.Now));
                Do(copy.SendTo(hold.PickupBranchId, calendar.Now));
            }

            if (hold.State == HoldState.Ready) await TakeBackAsync(hold, stop);
            hold.Claim(copy, HoldState.InTransit);
            return Routing.ToBranch;
        }

        hold.Claim(copy, HoldState.Fetching);
        Do(copy.KeepForHold(branchId, calendar.Now));
        var member = await db.Members.FindAsync([hold.MemberId!.Value], stop);
        var terms = await TermsTable.ReadAsync(db, member!.Category, stop);
        var branch = await calendar.OfAsync(db, branchId, stop);
        hold.BecomeReady(calendar.Now, branch.AfterOpenDays(calendar.Today, terms.PickupDays));
        await TellAsync(hold, "circulation.hold_ready", stop);
        return Routing.ToHoldShelf;
    }

    /// <summary>A copy that was claimed or even ready is not there after all; nobody is told that it is.</summary>
    private async Task TakeBackAsync(Hold hold, CancellationToken stop)
    {
        hold.LoseCopy();
        await db.UntellAsync(hold.Subject, "not there", calendar.Now, stop);
    }

    private async Task EndAsync(Hold hold, Action<DateTime, bool> end, string why, CancellationToken stop)
    {
        var (state, copyId) = (hold.State, hold.CopyId);
        end(calendar.Now, state == HoldState.Ready);
        await db.UntellAsync(hold.Subject, why, calendar.Now, stop);
        await db.SaveChangesAsync(stop);
        // One on its way arrives somewhere, and is routed there.
        if (copyId is null || state == HoldState.InTransit) return;

        var copy = await db.Copies.FirstAsync(one => one.Id == copyId, stop);
        if (state == HoldState.Fetching)
        {
            Do(copy.Shelve(copy.CurrentBranchId, calendar.Now));
            await OfferFromShelfAsync(copy, stop);
            return;
        }

        // It stands behind the desk already; whoever is next there can have it at once.
        var next = await NextAsync(copy, stop);
        if (next?.PickupBranchId == copy.CurrentBranchId) hold.Cleared();
        if (next is not null) await RouteToHoldAsync(copy, next, copy.CurrentBranchId, stop);
        else if (copy.OwnerBranchId == copy.CurrentBranchId) Do(copy.Shelve(copy.CurrentBranchId, calendar.Now));
        else Do(copy.SendTo(copy.OwnerBranchId, calendar.Now));
    }

    private async Task<PlacedHold> PlacedAsync(Hold hold, bool repeated, CancellationToken stop)
    {
        var (position, length) = await PositionAsync(hold, stop);
        return new PlacedHold(hold.Id, hold.State, position, length, repeated);
    }

    private async Task<(int Position, int Length)> PositionAsync(Hold hold, CancellationToken stop)
    {
        var length = await db.Holds.QueueFor(hold.TitleId).CountAsync(stop);
        return hold.State == HoldState.Waiting
            ? (await db.Holds.QueueFor(hold.TitleId).CountAsync(one => one.Id <= hold.Id, stop), length)
            : (0, length);
    }

    private Task<Refusal?> ChangeAsync(long holdId, Actor by, Func<Hold, CancellationToken, Task<Refusal?>> change, CancellationToken stop) =>
        db.WriteAsync(async inner =>
        {
            var hold = await db.Holds.FindAsync([holdId], inner);
            if (hold is null) return CirculationRefusals.NoSuchHold;
            if (by.MemberId is not null)
            {
                var member = hold.MemberId is { } id ? await db.Members.FindAsync([id], inner) : null;
                if (member is null || !await guardians.MayActForAsync(by, member, inner)) return CirculationRefusals.NoSuchHold;
            }

            if (await change(hold, inner) is { } refusal) return refusal;
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);

    private async Task TellAsync(Hold hold, string kind, CancellationToken stop)
    {
        var member = await db.Members.FindAsync([hold.MemberId!.Value], stop);
        var title = await db.Titles.Where(one => one.Id == hold.TitleId).Select(one => one.Name).FirstAsync(stop);
        var branch = await db.Branches.Where(one => one.Id == hold.PickupBranchId).Select(one => new { one.Name, one.NameEnglish }).FirstAsync(stop);
        await db.TellAsync(hold.Subject, member!.Recipient, kind, calendar.Now,
            new { Title = title, Branch = branch.Name, BranchEnglish = branch.NameEnglish, hold.PickupBy }, calendar.Now, stop);
    }

    private void AuditStaff(Actor by, string action, Hold hold, object? after = null)
    {
        // What members do with their own holds would only tell afterwards what they read.
        if (by.Kind == ActorKind.Staff) db.Audit(by, action, hold.Subject, calendar.Now, after: after);
    }

    private static void Do(Refusal? impossible)
    {
        if (impossible is not null) throw new InvalidOperationException($"The queue moved a copy that cannot be moved: {impossible}");
    }
}

internal static class CirculationSubjects
{
    extension(Loan loan)
    {
        public Subject Subject => new("loan", loan.Id);
    }

    extension(Hold hold)
    {
        public Subject Subject => new("hold", hold.Id);
    }

    extension(Fine fine)
    {
        public Subject Subject => new("fine", fine.Id);
    }
}
