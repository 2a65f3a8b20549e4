using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Input;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>A copy that somebody has.</summary>
/// <param name="LoanId">The loan.</param>
/// <param name="Barcode">The copy.</param>
/// <param name="TitleId">Its title.</param>
/// <param name="Title">The title's name.</param>
/// <param name="LentOn">Since when.</param>
/// <param name="DueOn">Until when.</param>
/// <param name="State">Whether it is out or lost.</param>
/// <param name="Renewals">How often it was renewed.</param>
/// <param name="ClaimedReturnedOn">The day on which they said that it was back; null where they did not.</param>
public sealed record LoanLine(long LoanId, string Barcode, long TitleId, string Title, DateOnly LentOn, DateOnly DueOn, LoanState State, int Renewals, DateOnly? ClaimedReturnedOn)
{
    /// <inheritdoc cref="Loan.IsOverdueOn"/>
    public bool IsOverdueOn(DateOnly date) => State == LoanState.Out && DueOn < date;
}

/// <summary>A hold of somebody who stands at the desk.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="TitleId">For what.</param>
/// <param name="Title">The title's name.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Barcode">The copy kept for it; null while it waits.</param>
/// <param name="PickupBranchId">Where it is picked up.</param>
/// <param name="PickupBy">Until when; null until it is ready.</param>
/// <param name="SuspendedThrough">Until when others go first; null for not.</param>
public sealed record HoldLine(long HoldId, long TitleId, string Title, HoldState State, string? Barcode, long PickupBranchId, DateOnly? PickupBy, DateOnly? SuspendedThrough);

/// <summary>Somebody who stands at the desk.</summary>
/// <param name="Member">Who.</param>
/// <param name="Loans">What they have, the first due first.</param>
/// <param name="Holds">What they wait for, ready ones first.</param>
/// <param name="Owed">What they owe, in rupiah.</param>
/// <param name="MostLoans">How many copies they may have at a time.</param>
/// <param name="Against">Everything that keeps them from borrowing now.</param>
public sealed record MemberAtTheDesk(
    Member Member, IReadOnlyList<LoanLine> Loans, IReadOnlyList<HoldLine> Holds, long Owed, int MostLoans, IReadOnlyList<Refusal> Against);

/// <summary>A copy that somebody holds in hand.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Barcode">Its barcode.</param>
/// <param name="TitleId">Its title.</param>
/// <param name="Title">The title's name.</param>
/// <param name="ShelfMark">Where it stands; null where nobody wrote it down.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="BorrowerId">Who has it; null for nobody.</param>
/// <param name="DueOn">Until when; null for nobody.</param>
public sealed record CopyAtTheDesk(long Id, string Barcode, long TitleId, string Title, string? ShelfMark, CopyStatus Status, long? BorrowerId, DateOnly? DueOn);

/// <summary>A slip that lies in a copy on the hold shelf.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="MemberId">Who waits.</param>
/// <param name="MemberName">Their name.</param>
/// <param name="CardNumber">The number on their card.</param>
/// <param name="Barcode">The copy.</param>
/// <param name="Title">Its title's name.</param>
/// <param name="BranchId">Where it is picked up.</param>
/// <param name="PickupBy">Until when; null while it is on its way.</param>
public sealed record HoldSlip(long HoldId, long MemberId, string MemberName, string? CardNumber, string Barcode, string Title, long BranchId, DateOnly? PickupBy);

/// <summary>A scan as the desk lists it.</summary>
/// <param name="Scan">The scan.</param>
/// <param name="Barcode">The copy.</param>
/// <param name="Title">Its title's name.</param>
/// <param name="ShelfMark">Where it stands; null where nobody wrote it down.</param>
/// <param name="HoldId">The hold for which it is kept now; null for none.</param>
public sealed record ScanLine(DeskScan Scan, string Barcode, string Title, string? ShelfMark, long? HoldId);

/// <summary>What the staff see while somebody stands before them.</summary>
public sealed class AtTheDesk(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>How many of the last scans are listed.</summary>
    public const int LastScans = 20;

    private readonly LendingGate gate = new(db, calendar, settings);

    /// <summary>The key of the member with that card number or barcode; null for none.</summary>
    public async Task<long?> FindMemberAsync(string text, CancellationToken stop = default)
    {
        if (InputText.Check(text, "barcode", 40, required: true) is not null) return null;
        var card = text.Trim().ToUpperInvariant();
        return await db.Members.Where(member => member.CardNumber == card || member.Barcode == card).Select(member => (long?)member.Id).FirstOrDefaultAsync(stop);
    }

    /// <summary>Whether this is a card's number or barcode by its looks, be there such a card or not.</summary>
    public static bool LooksLikeACard(string text) =>
        CardBarcode.IsValid(text.Trim()) || (text.Trim() is { Length: >= 5 and <= 20 } card && card.StartsWith("MTR-", StringComparison.OrdinalIgnoreCase));

    /// <summary>A member with all that matters at the desk. That somebody looked is audited where the record is opened, not at each scan.</summary>
    public async Task<MemberAtTheDesk?> MemberAsync(long memberId, CancellationToken stop = default)
    {
        if (await db.Members.AsNoTracking().FirstOrDefaultAsync(one => one.Id == memberId, stop) is not { } member) return null;

        var standing = await gate.StandingOfAsync(member, stop);
        return new MemberAtTheDesk(member, await LoansOfAsync(memberId, stop), await HoldsOfAsync(memberId, stop), standing.Owed, standing.Terms.MostLoans, gate.AgainstBorrowing(standing));
    }

    /// <summary>What a member has, the first due first.</summary>
    public Task<List<LoanLine>> LoansOfAsync(long memberId, CancellationToken stop = default) => (
        from loan in db.Loans.AsNoTracking().Open().Of(memberId)
        join copy in db.Copies on loan.CopyId equals copy.Id
        orderby loan.DueOn, loan.Id
        select new LoanLine(loan.Id, copy.Barcode, copy.TitleId, copy.Title!.Name, loan.LentOn, loan.DueOn, loan.State, loan.Renewals, loan.ClaimedReturnedOn)).Take(1_000).ToListAsync(stop);

    /// <summary>What a member waits for, ready ones first.</summary>
    public Task<List<HoldLine>> HoldsOfAsync(long memberId, CancellationToken stop = default) => (
        from hold in db.Holds.AsNoTracking().Active().Where(hold => hold.MemberId == memberId)
        join title in db.Titles on hold.TitleId equals title.Id
        join copy in db.Copies on hold.CopyId equals (long?)copy.Id into kept
        from copy in kept.DefaultIfEmpty()
        orderby hold.State descending, hold.Id
        select new HoldLine(hold.Id, title.Id, title.Name, hold.State, copy == null ? null : copy.Barcode, hold.PickupBranchId, hold.PickupBy, hold.SuspendedThrough)).Take(1_000).ToListAsync(stop);

    /// <summary>The copy with that barcode; null for none.</summary>
    public async Task<CopyAtTheDesk?> CopyAsync(string barcode, CancellationToken stop = default)
    {
        if (InputText.Check(barcode, "barcode", Copy.BarcodeLimit, required: true) is not null) return null;
        var normal = Copy.NormalBarcode(barcode);
        return await (
            from copy in db.Copies.AsNoTracking()
            where copy.Barcode == normal
            join loan in db.Loans.Open() on copy.Id equals loan.CopyId into open
            from loan in open.DefaultIfEmpty()
            select new CopyAtTheDesk(copy.Id, copy.Barcode, copy.TitleId, copy.Title!.Name, copy.ShelfMark, copy.Status, loan == null ? null : loan.MemberId, loan == null ? null : loan.DueOn))
            .FirstOrDefaultAsync(stop);
    }

    /// <summary>The last scans of a kind by somebody, the latest first.</summary>
    public Task<List<ScanLine>> LastAsync(ScanKind kind, Actor staff, CancellationToken stop = default) => (
        from scan in db.DeskScans.AsNoTracking()
        where scan.By == staff.Id && scan.Kind == kind
        orderby scan.Id descending
        join copy in db.Copies on scan.CopyId equals copy.Id
        select new ScanLine(
            scan, copy.Barcode, copy.Title!.Name, copy.ShelfMark, db.Holds.Where(hold => hold.CopyId == copy.Id && hold.State == HoldState.Ready).Select(hold => (long?)hold.Id).FirstOrDefault()))
        .Take(LastScans).ToListAsync(stop);

    /// <summary>The slip for a copy on the hold shelf; null where it stands there for nobody.</summary>
    public Task<HoldSlip?> SlipAsync(long copyId, CancellationToken stop = default) =>
        Slips(db.Holds.Where(hold => hold.CopyId == copyId && hold.State == HoldState.Ready)).FirstOrDefaultAsync(stop);

    /// <summary>The slip of a hold that has a copy, on its way or ready; null for any other.</summary>
    public Task<HoldSlip?> SlipOfAsync(long holdId, CancellationToken stop = default) =>
        Slips(db.Holds.Where(hold => hold.Id == holdId && (hold.State == HoldState.Ready || hold.State == HoldState.InTransit))).FirstOrDefaultAsync(stop);

    /// <summary>The slips of everything on a branch's hold shelf, the first to lapse first; at most <see cref="CirculationLists.MostRows"/>.</summary>
    public Task<List<HoldSlip>> SlipsAsync(long branchId, CancellationToken stop = default) =>
        Slips(db.Holds.Where(hold => hold.State == HoldState.Ready && hold.PickupBranchId == branchId))
            .Take(CirculationLists.MostRows).ToListAsync(stop);

    private IQueryable<HoldSlip> Slips(IQueryable<Hold> holds) =>
        from hold in holds.AsNoTracking()
        join member in db.Members on hold.MemberId equals member.Id
        join copy in db.Copies on hold.CopyId equals copy.Id
        orderby hold.PickupBy, hold.Id
        select new HoldSlip(hold.Id, member.Id, member.Name, member.CardNumber, copy.Barcode, copy.Title!.Name, hold.PickupBranchId, hold.PickupBy);
}
