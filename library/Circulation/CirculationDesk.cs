using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Input;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>A copy that was lent.</summary>
/// <param name="LoanId">The loan.</param>
/// <param name="Barcode">The copy.</param>
/// <param name="Title">Its title's name.</param>
/// <param name="Due">When it is due, and why then.</param>
/// <param name="Repeated">Whether this member had it already: a scan that repeats itself changes nothing.</param>
public sealed record CheckedOut(long LoanId, string Barcode, string Title, DueDate Due, bool Repeated);

/// <summary>A copy that was taken in.</summary>
/// <param name="Barcode">The copy.</param>
/// <param name="Title">Its title's name.</param>
/// <param name="Routing">Where the staff put it.</param>
/// <param name="DestinationBranchId">The branch whose box it goes into; null unless <see cref="Routing.ToBranch"/>.</param>
/// <param name="LoanId">The loan that ended; null when none did.</param>
/// <param name="MemberId">Whose loan ended; null when none did.</param>
/// <param name="Lateness">What being late costs.</param>
/// <param name="Repeated">Whether it had been taken in already: a scan that repeats itself changes nothing.</param>
public sealed record CheckedIn(
    string Barcode, string Title, Routing Routing, long? DestinationBranchId, long? LoanId, long? MemberId, Lateness Lateness, bool Repeated);

/// <summary>A loan that was renewed.</summary>
/// <param name="LoanId">The loan.</param>
/// <param name="Due">When it is due now, and why then.</param>
/// <param name="RenewalsLeft">How often it can still be renewed.</param>
/// <param name="Repeated">Whether it had been renewed today to the same day: asking again uses no renewal.</param>
public sealed record Renewed(long LoanId, DueDate Due, int RenewalsLeft, bool Repeated);

/// <summary>One of several things asked for at once, and its outcome.</summary>
/// <param name="Asked">The loan's key or the barcode.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record OneOf<TAsked, TDone>(TAsked Asked, Outcome<TDone> Outcome);

/// <summary>A copy before the scanner, to be lent.</summary>
/// <param name="Card">The member's card number or barcode.</param>
/// <param name="Barcode">The copy's.</param>
/// <param name="BranchId">Where it is lent; its calendar decides the due date.</param>
public sealed record LendingScan(string Card, string Barcode, long BranchId)
{
    /// <summary>The scan's name, so that sending it again does nothing twice; null where nobody sends again.</summary>
    public string? Key { get; init; }

    /// <summary>When it was scanned, in UTC, where the network was down; null for now.</summary>
    public DateTime? At { get; init; }

    /// <summary>Why the staff lend in spite of a limit, a debt or an overdue copy; null where they do not. The audit trail keeps it.</summary>
    public string? InSpiteBecause { get; init; }
}

/// <summary>A copy before the scanner, to be taken in.</summary>
/// <param name="Barcode">The copy's.</param>
/// <param name="BranchId">Where it is taken in.</param>
public sealed record ReturnScan(string Barcode, long BranchId)
{
    /// <inheritdoc cref="LendingScan.Key"/>
    public string? Key { get; init; }

    /// <inheritdoc cref="LendingScan.At"/>
    public DateTime? At { get; init; }

    /// <summary>The day it lay in the book drop; null for the day of the scan.</summary>
    public DateOnly? ReturnedOn { get; init; }
}

/// <summary>
/// Check-out, check-in, renewal, loss (<i>sirkulasi</i>). The desk, the telephone and the self-check machine all come through
/// here. Each call is one transaction.
/// </summary>
public sealed class CirculationDesk(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings, Guardians guardians, HoldQueue queue)
{
    /// <summary>The most copies in one bulk return.</summary>
    public const int MostAtOnce = 500;

    private readonly LendingGate gate = new(db, calendar, settings);
    private readonly RenewalLetters letters = new(db, calendar);
    private readonly ScanBook scans = new(db, calendar);
    private readonly PhoneReceipts phone = new(db, calendar);

    /// <summary>Whether the staff may lend in spite of this, when they say why: a limit, a debt or an overdue copy, but not somebody else's reservation or a card that is not valid.</summary>
    public static bool MayBeOverridden(Refusal refusal) =>
        refusal.Code is "circulation.too_many_loans" or "circulation.too_many_of_format" or "circulation.has_overdue" or "circulation.owes_too_much";

    /// <summary>Lends a copy.</summary>
    /// <param name="card">The member's card number or barcode.</param>
    /// <param name="barcode">The copy's.</param>
    /// <param name="branchId">Where the copy is lent; its calendar decides the due date.</param>
    /// <param name="by">The staff, or the member themselves or their guardian.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<CheckedOut>> CheckOutAsync(string card, string barcode, long branchId, Actor by, CancellationToken stop = default) =>
        CheckOutAsync(new LendingScan(card, barcode, branchId), by, stop);

    /// <inheritdoc cref="CheckOutAsync(string, string, long, Actor, CancellationToken)"/>
    /// <param name="scan">What was scanned.</param>
    /// <param name="by">The staff, or the member themselves or their guardian.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<CheckedOut>> CheckOutAsync(LendingScan scan, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<CheckedOut>>(async inner =>
        {
            var (barcode, branchId) = (scan.Barcode, scan.BranchId);
            if (scans.Check(scan.Key, scan.At) is { } unknowable) return unknowable;
            if (await Scan.CheckAsync(db, barcode, branchId, inner) is { } unusable) return unusable;
            if (await scans.EarlierAsync(scan.Key, inner) is { } earlier) return await scans.LentAsync(earlier, inner);
            var member = await MemberOfAsync(scan.Card, by, inner);
            if (member is null) return MemberRefusals.Unknown;

            var copy = await CopyOfAsync(barcode, inner);
            var branch = await calendar.OfAsync(db, branchId, inner);
            if (await db.Loans.Open().FirstOrDefaultAsync(loan => loan.CopyId == copy.Id, inner) is { } open)
                return open.MemberId == member.Id && open.State == LoanState.Out
                    ? new CheckedOut(open.Id, copy.Barcode, copy.Title!.Name, Known(open.DueOn), Repeated: true)
                    : CirculationRefusals.LentToAnother(copy.Barcode);

            var hold = await queue.ActiveHoldOfAsync(copy, inner);
            if (hold is not null && hold.MemberId != member.Id) return CirculationRefusals.KeptForAnother(copy.Barcode);
            var standing = await gate.StandingOfAsync(member, inner);
            var against = gate.ToBorrow(standing, copy.Title!.Format);
            if (against is not null && WhyNotInSpite(against, scan.InSpiteBecause, by) is { } refusal) return refusal;

            // A copy carried over from another branch is here, whatever was written down.
            if (copy.Status == CopyStatus.Available && copy.CurrentBranchId != branchId && copy.Shelve(branchId, calendar.Now) is { } misplaced) return misplaced;
            if (copy.Lend(calendar.Now) is { } cannot) return cannot;

            var terms = standing.Terms.For(copy.Title.Format);
            var at = scan.At ?? calendar.Now;
            var due = branch.DueAfter(calendar.DateOf(at), terms.LoanDays, member.MembershipEnd);
            var loan = new Loan(copy, copy.Title.Format, member, branchId, by.Kind == ActorKind.Member ? Channel.SelfService : Channel.Desk, at, calendar.DateOf(at), due.Date);
            db.Loans.Add(loan);
            copy.Title.CountLoan();
            await FulfilAsync(hold, member, copy, inner);
            await queue.ClearShelfAsync(copy, inner);
            await db.SaveChangesAsync(inner);
            scans.Note(scan.Key, ScanKind.Lend, branchId, copy, by, at, loan.Id);
            AuditStaff(by, "loan.lent", loan, after: new { copy.Barcode, loan.MemberId, loan.DueOn, InSpiteOf = against?.Code, Because = against is null ? null : scan.InSpiteBecause });
            await phone.LentAsync(loan, copy, member, by, inner);
            await db.SaveChangesAsync(inner);
            return new CheckedOut(loan.Id, copy.Barcode, copy.Title.Name, due, Repeated: false);
        }, stop);

    /// <summary>
    /// Takes a copy in, whatever it was: on loan, lost, missing, on its way or fetched for a hold; and says where it goes.
    /// </summary>
    /// <param name="barcode">The copy's.</param>
    /// <param name="branchId">Where it is taken in.</param>
    /// <param name="by">The staff or the return machine; a member only for their own loan.</param>
    /// <param name="returnedOn">The day it lay in the book drop; null for today.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<CheckedIn>> CheckInAsync(string barcode, long branchId, Actor by, DateOnly? returnedOn = null, CancellationToken stop = default) =>
        CheckInAsync(new ReturnScan(barcode, branchId) { ReturnedOn = returnedOn }, by, stop);

    /// <inheritdoc cref="CheckInAsync(string, long, Actor, DateOnly?, CancellationToken)"/>
    /// <param name="scan">What was scanned.</param>
    /// <param name="by">The staff or the return machine; a member only for their own loan.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<CheckedIn>> CheckInAsync(ReturnScan scan, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<CheckedIn>>(async inner =>
        {
            var (barcode, branchId) = (scan.Barcode, scan.BranchId);
            if (scans.Check(scan.Key, scan.At) is { } unknowable) return unknowable;
            if (await Scan.CheckAsync(db, barcode, branchId, inner) is { } unusable) return unusable;
            if (await scans.EarlierAsync(scan.Key, inner) is { } earlier) return await scans.ReturnedAsync(earlier, inner);
            var copy = await CopyOfAsync(barcode, inner);
            if (copy.Status is CopyStatus.InProcess or CopyStatus.InRepair or CopyStatus.Withdrawn) return CirculationRefusals.NotInCirculation(copy.Barcode);

            var loan = await db.Loans.Open().FirstOrDefaultAsync(one => one.CopyId == copy.Id, inner);
            if (by.MemberId is not null && !await IsOwnAsync(loan, by, inner)) return CirculationRefusals.NotLent(copy.Barcode);
            var at = scan.At ?? calendar.Now;
            if (loan is null)
            {
                var routed = await RouteOnlyAsync(copy, branchId, inner);
                scans.Note(scan.Key, ScanKind.Return, branchId, copy, by, at, null, routed);
                await db.SaveChangesAsync(inner);
                return routed;
            }

            var on = scan.ReturnedOn ?? calendar.DateOf(at);
            if (on < loan.LentOn || on > calendar.Today) return CirculationRefusals.ReturnedWhen(on);
            var memberId = loan.MemberId;
            var lateness = await EndAsync(loan, branchId, on, by, inner);
            await db.SaveChangesAsync(inner);
            var routing = by.Kind == ActorKind.Member ? await queue.LeaveInBoxAsync(copy, branchId, inner) : await queue.RouteAsync(copy, branchId, inner);
            await phone.ReturnedAsync(loan, copy, by, inner);
            AuditStaff(by, "loan.returned", loan, after: new { copy.Barcode, loan.ReturnedOn, lateness.Amount });
            var taken = new CheckedIn(copy.Barcode, copy.Title!.Name, routing, copy.DestinationBranchId, loan.Id, memberId, lateness, Repeated: false);
            scans.Note(scan.Key, ScanKind.Return, branchId, copy, by, at, loan.Id, taken);
            await db.SaveChangesAsync(inner);
            return taken;
        }, stop);

    /// <summary>Takes in a pile of copies; one that is refused does not keep the others out.</summary>
    /// <returns>The outcome of each in the order of scanning, or a refusal of the whole when there are more than <see cref="MostAtOnce"/>.</returns>
    public async Task<Outcome<IReadOnlyList<OneOf<string, CheckedIn>>>> CheckInAllAsync(
        IReadOnlyCollection<string> barcodes, long branchId, Actor by, DateOnly? returnedOn = null, CancellationToken stop = default)
    {
        if (barcodes.Count > MostAtOnce) return CirculationRefusals.TooManyAtOnce(MostAtOnce);
        var done = new List<OneOf<string, CheckedIn>>(barcodes.Count);
        foreach (var barcode in barcodes) done.Add(new(barcode, await CheckInAsync(barcode, branchId, by, returnedOn, stop)));
        return done;
    }

    /// <summary>Renews a loan: checks membership, limits and holds again, and never shortens it (DOMAIN.md rule 4).</summary>
    public async Task<Outcome<Renewed>> RenewAsync(long loanId, Actor by, CancellationToken stop = default)
    {
        var outcome = await db.WriteAsync<Outcome<Renewed>>(async inner =>
        {
            var loan = await db.Loans.FindAsync([loanId], inner);
            if (loan is null || !await MayActOnAsync(loan, by, inner)) return CirculationRefusals.NoSuchLoan;

            var renewed = await RenewWithinAsync(loan, by, calendar.Now, inner);
            if (renewed.Succeeded) await db.SaveChangesAsync(inner);
            return renewed;
        }, stop);
        // What was refused is undone with all that was written; the letter about it is a write of its own.
        if (outcome.Refusal is { } refusal && by.Kind == ActorKind.Member && refusal.Code != CirculationRefusals.NoSuchLoan.Code)
            await db.WriteAsync(async inner =>
            {
                await letters.TellRefusedAsync([(loanId, refusal)], by, inner);
                await db.SaveChangesAsync(inner);
            }, stop);
        return outcome;
    }

    /// <summary>Renews whatever can be renewed of a member's loans.</summary>
    /// <returns>The outcome for each open loan, the first due first.</returns>
    public Task<Outcome<IReadOnlyList<OneOf<long, Renewed>>>> RenewAllAsync(long memberId, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<IReadOnlyList<OneOf<long, Renewed>>>>(async inner =>
        {
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null || !await guardians.MayActForAsync(by, member, inner)) return MemberRefusals.Unknown;

            var (done, now) = (new List<OneOf<long, Renewed>>(), calendar.Now);
            foreach (var loan in await db.Loans.Open().Of(memberId).Where(loan => loan.State == LoanState.Out).OrderBy(loan => loan.DueOn).ThenBy(loan => loan.Id).ToListAsync(inner))
                done.Add(new(loan.Id, await RenewWithinAsync(loan, by, now, inner)));
            await letters.TellRefusedAsync(done.Where(one => one.Outcome.Refusal is not null).Select(one => (one.Asked, one.Outcome.Refusal!)), by, inner);
            await db.SaveChangesAsync(inner);
            return done;
        }, stop);

    /// <summary>
    /// A borrower has lost a copy. The loan stays open until the copy is found, replaced or paid; nothing is charged unless the library decided so.
    /// </summary>
    public Task<Refusal?> ReportLostAsync(string barcode, Actor by, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        if (InputText.Check(barcode, "barcode", Copy.BarcodeLimit, required: true) is { } unusable) return unusable;
        var copy = await db.Copies.FirstOrDefaultAsync(one => one.Barcode == Copy.NormalBarcode(barcode), inner);
        if (copy is null) return CirculationRefusals.UnknownBarcode(barcode);
        var loan = await db.Loans.Open().FirstOrDefaultAsync(one => one.CopyId == copy.Id, inner);
        if (loan is null || !await MayActOnAsync(loan, by, inner)) return CirculationRefusals.NotLent(copy.Barcode);
        if (loan.State == LoanState.Lost) return null;

        if (copy.ReportLost(calendar.Now) is { } cannot) return cannot;
        loan.ReportLost(calendar.Now);
        await db.UntellAsync(loan.Subject, "lost", calendar.Now, inner);
        if (settings.Circulation.ChargesForLost)
            db.Fines.Add(new Fine(FineReason.Lost, loan, Math.Max(1, copy.Price ?? settings.Circulation.UnknownPrice), 0, null, calendar.Now));
        await TellMemberAsync(loan, "circulation.lost", inner);
        AuditStaff(by, "loan.lost", loan, after: new { copy.Barcode });
        await db.SaveChangesAsync(inner);
        return (Refusal?)null;
    }, stop);

    /// <summary>
    /// A borrower says that they brought a copy back, and it is not among those returned. It stays on their record until it is found,
    /// but keeps them from nothing and nobody reminds them, while the staff look on the shelves. Saying it again changes nothing.
    /// </summary>
    public Task<Refusal?> ClaimReturnedAsync(long loanId, Actor by, CancellationToken stop = default) => ClaimAsync(loanId, calendar.Today, "loan.claimed_returned", by, stop);

    /// <summary>It was not returned after all: the loan counts again as any other.</summary>
    public Task<Refusal?> WithdrawClaimAsync(long loanId, Actor by, CancellationToken stop = default) => ClaimAsync(loanId, null, "loan.claim_withdrawn", by, stop);

    /// <summary>
    /// The borrower brought another copy in place of the lost one: the loan ends, what was charged for the loss is waived, and
    /// the lost copy leaves the collection. The new one is catalogued as a replacement.
    /// </summary>
    public Task<Refusal?> AcceptReplacementAsync(long loanId, string note, Actor by, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        if (InputText.Check(note, "note", 1_000, required: true) is { } unusable) return unusable;
        var loan = await db.Loans.FindAsync([loanId], inner);
        if (loan is null) return CirculationRefusals.NoSuchLoan;
        if (loan.State != LoanState.Lost) return CirculationRefusals.NotOut;

        var copy = await db.Copies.FirstAsync(one => one.Id == loan.CopyId, inner);
        loan.Replace(calendar.Now);
        await WaiveLossAsync(loan, note, by, inner);
        if (copy.Withdraw(calendar.Now) is { } cannot) return cannot;
        await db.SaveChangesAsync(inner);
        await queue.LoseCopyAsync(copy, inner);
        AuditStaff(by, "loan.replaced", loan, after: new { copy.Barcode, note });
        await db.SaveChangesAsync(inner);
        return (Refusal?)null;
    }, stop);

    private Task<Refusal?> ClaimAsync(long loanId, DateOnly? on, string action, Actor by, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        var loan = await db.Loans.FindAsync([loanId], inner);
        if (loan is null) return CirculationRefusals.NoSuchLoan;
        if (loan.State != LoanState.Out) return CirculationRefusals.NotOut;
        if (loan.ClaimedReturnedOn is null == on is null) return null;

        loan.ClaimReturned(on);
        if (on is not null) await db.UntellAsync(loan.Subject, "claimed returned", calendar.Now, inner);
        AuditStaff(by, action, loan);
        await db.SaveChangesAsync(inner);
        return (Refusal?)null;
    }, stop);

    private static Refusal? WhyNotInSpite(Refusal against, string? because, Actor by) => because is null || by.Kind != ActorKind.Staff || !MayBeOverridden(against)
        ? against
        : InputText.Check(because, "reason", 500, required: true);

    /// <summary>The member of a card number or barcode; null for none, and for one whose card the actor may not use.</summary>
    private async Task<Member?> MemberOfAsync(string card, Actor by, CancellationToken stop)
    {
        if (InputText.Check(card, "barcode", 40, required: true) is not null) return null;
        var text = card.Trim().ToUpperInvariant();
        var member = await db.Members.FirstOrDefaultAsync(one => one.CardNumber == text || one.Barcode == text, stop);
        return member is not null && await guardians.MayActForAsync(by, member, stop) ? member : null;
    }

    private Task<Copy> CopyOfAsync(string barcode, CancellationToken stop)
    {
        var normal = Copy.NormalBarcode(barcode);
        return db.Copies.Include(copy => copy.Title).FirstAsync(copy => copy.Barcode == normal, stop);
    }

    /// <summary>The hold of this copy is collected, or the member's place in the queue for its title is no longer needed.</summary>
    private async Task FulfilAsync(Hold? hold, Member member, Copy copy, CancellationToken stop)
    {
        var collected = hold ?? await db.Holds.Active().FirstOrDefaultAsync(one => one.MemberId == member.Id && one.TitleId == copy.TitleId, stop);
        if (collected is null) return;

        if (collected.CopyId is { } kept && kept != copy.Id)
        {
            // Another copy was kept for them: it is offered to the next in line.
            await queue.CancelWithinAsync(collected, stop);
            return;
        }

        collected.Collect(copy.Id, calendar.Now);
        await db.UntellAsync(collected.Subject, "collected", calendar.Now, stop);
    }

    private async Task<CheckedIn> RouteOnlyAsync(Copy copy, long branchId, CancellationToken stop)
    {
        var (status, current, destination) = (copy.Status, copy.CurrentBranchId, copy.DestinationBranchId);
        var last = await db.Loans.Where(loan => loan.CopyId == copy.Id).OrderByDescending(loan => loan.Id).Select(loan => (long?)loan.Id).FirstOrDefaultAsync(stop);
        var routing = await queue.RouteAsync(copy, branchId, stop);
        await db.SaveChangesAsync(stop);
        var repeated = (status, current, destination) == (copy.Status, copy.CurrentBranchId, copy.DestinationBranchId);
        return new CheckedIn(copy.Barcode, copy.Title!.Name, routing, copy.DestinationBranchId, repeated ? last : null, null, Lateness.None, repeated);
    }

    private async Task<Lateness> EndAsync(Loan loan, long branchId, DateOnly on, Actor by, CancellationToken stop)
    {
        var lateness = Lateness.None;
        var wasLost = loan.State == LoanState.Lost;
        if (on > loan.DueOn)
        {
            var terms = (await TermsTable.ReadAsync(db, loan.MemberCategory, stop)).For(loan.Format);
            lateness = Lateness.Of(loan.DueOn, on, terms, await calendar.OfAsync(db, loan.BranchId, stop));
        }

        if (lateness.Amount > 0) db.Fines.Add(new Fine(FineReason.Overdue, loan, lateness.Amount, lateness.DaysLate, null, calendar.Now));
        if (lateness.SuspendedThrough is { } through && through >= calendar.Today && loan.MemberId is { } memberId)
        {
            var member = await db.Members.FindAsync([memberId], stop);
            await db.SuspendAsync(member!, calendar.Today, through, "circulation.late_return", loan.Subject, calendar.Now, stop);
        }

        loan.Return(calendar.Now, on, branchId);
        if (wasLost) await WaiveLossAsync(loan, FineWaiver.Found, by, stop);
        await db.UntellAsync(loan.Subject, "returned", calendar.Now, stop);
        return lateness;
    }

    private async Task<Outcome<Renewed>> RenewWithinAsync(Loan loan, Actor by, DateTime at, CancellationToken stop)
    {
        if (loan.State != LoanState.Out) return CirculationRefusals.NotOut;
        var member = (await db.Members.FindAsync([loan.MemberId!.Value], stop))!;
        var standing = await gate.StandingOfAsync(member, stop);
        var terms = standing.Terms.For(loan.Format);
        var today = calendar.Today;
        var due = (await calendar.OfAsync(db, loan.BranchId, stop)).DueAfter(today, terms.LoanDays, member.MembershipEnd);
        if (loan.RenewedOn == today && due.Date == loan.DueOn) return new Renewed(loan.Id, due, Math.Max(0, terms.MostRenewals - loan.Renewals), Repeated: true);

        if (await gate.WhyNotRenewAsync(standing, loan, due, stop) is { } refusal) return refusal;

        var before = loan.DueOn;
        loan.Renew(due.Date, today);
        await db.UntellAsync(loan.Subject, "renewed", calendar.Now, stop);
        await letters.TellRenewedAsync(loan, member, before, terms.MostRenewals - loan.Renewals, at, stop);
        AuditStaff(by, "loan.renewed", loan, new { DueOn = before }, new { loan.DueOn, loan.Renewals });
        return new Renewed(loan.Id, due, terms.MostRenewals - loan.Renewals, Repeated: false);
    }

    private async Task WaiveLossAsync(Loan loan, string reason, Actor by, CancellationToken stop)
    {
        var charged = await db.Fines.FirstOrDefaultAsync(fine => fine.LoanId == loan.Id && fine.Reason == FineReason.Lost && fine.Outstanding > 0, stop);
        if (charged is null) return;

        db.FineWaivers.Add(new FineWaiver(charged.Id, charged.Outstanding, reason, AuditLine.CutName(by.Name), calendar.Now));
        charged.Settle(charged.Outstanding);
    }

    private async Task TellMemberAsync(Loan loan, string kind, CancellationToken stop)
    {
        var member = (await db.Members.FindAsync([loan.MemberId!.Value], stop))!;
        var title = await db.Titles.Where(one => one.Id == loan.TitleId).Select(one => one.Name).FirstAsync(stop);
        await db.TellAsync(loan.Subject, member.Recipient, kind, calendar.Now, new { Title = title, loan.DueOn }, calendar.Now, stop);
    }

    private async Task<bool> IsOwnAsync(Loan? loan, Actor by, CancellationToken stop) => loan is not null && await MayActOnAsync(loan, by, stop);

    private async Task<bool> MayActOnAsync(Loan loan, Actor by, CancellationToken stop)
    {
        if (by.MemberId is null) return true;
        var member = loan.MemberId is { } id ? await db.Members.FindAsync([id], stop) : null;
        return member is not null && await guardians.MayActForAsync(by, member, stop);
    }

    /// <summary>A due date that was explained when it was set.</summary>
    private static DueDate Known(DateOnly due) => new(due, due, [], null);

    private void AuditStaff(Actor by, string action, Loan loan, object? before = null, object? after = null)
    {
        // What members do with their own loans would only tell afterwards what they read.
        if (by.Kind == ActorKind.Staff) db.Audit(by, action, loan.Subject, calendar.Now, before, after);
    }
}
