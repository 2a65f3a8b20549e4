using Metro.Library.Catalog;
using Metro.Library.Input;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Circulation;

/// <summary>What a scan was for.</summary>
public enum ScanKind
{
    /// <summary>A copy was lent.</summary>
    Lend,

    /// <summary>A copy was taken in.</summary>
    Return,

    /// <summary>A copy had been read in the library.</summary>
    Read,
}

/// <summary>
/// A scan that did something. Its key lets a desk whose network failed send it again without doing anything twice; whose copy it
/// was is known only through the loan, which forgets it in time. Kept for some days.
/// </summary>
public sealed class DeskScan
{
    /// <summary>For how many days it is kept.</summary>
    public const int KeptDays = 7;

    private DeskScan()
    {
    }

    internal DeskScan(string key, ScanKind kind, long branchId, long copyId, Actor by, DateTime scannedAt, DateTime now) =>
        (Key, Kind, BranchId, CopyId, By, ScannedAt, At) = (key, kind, branchId, copyId, by.Id, scannedAt, now);

    /// <summary>Its key; a later one is greater.</summary>
    public long Id { get; private set; }

    /// <summary>The name that the desk gave it.</summary>
    public string Key { get; private set; } = "";

    /// <summary>What it was for.</summary>
    public ScanKind Kind { get; private set; }

    /// <summary>Where.</summary>
    public long BranchId { get; private set; }

    /// <summary>The copy.</summary>
    public long CopyId { get; private set; }

    /// <summary>The key of the account that scanned.</summary>
    public string By { get; private set; } = "";

    /// <summary>When it was scanned, in UTC; earlier than <see cref="At"/> where the network was down.</summary>
    public DateTime ScannedAt { get; private set; }

    /// <summary>When it arrived, in UTC.</summary>
    public DateTime At { get; private set; }

    /// <summary>The loan that began or ended; null where none did.</summary>
    public long? LoanId { get; private set; }

    /// <summary>Where a copy that was taken in went; null for other scans.</summary>
    public Routing? Routing { get; private set; }

    /// <summary>The branch into whose box it went; null unless it went to another branch.</summary>
    public long? DestinationBranchId { get; private set; }

    /// <summary>How many open days late it was.</summary>
    public int DaysLate { get; private set; }

    /// <summary>What being late cost, in rupiah.</summary>
    public int Fine { get; private set; }

    /// <summary>Until when being late keeps the member from borrowing; null for not.</summary>
    public DateOnly? SuspendedThrough { get; private set; }

    internal void Concern(long? loanId, CheckedIn? taken)
    {
        LoanId = loanId;
        if (taken is null) return;
        (Routing, DestinationBranchId) = (taken.Routing, taken.DestinationBranchId);
        (DaysLate, Fine, SuspendedThrough) = (taken.Lateness.DaysLate, taken.Lateness.Amount, taken.Lateness.SuspendedThrough);
    }

    internal const int KeyLimit = 40;
}

internal sealed class DeskScanConfiguration : IEntityTypeConfiguration<DeskScan>
{
    public void Configure(EntityTypeBuilder<DeskScan> builder)
    {
        builder.ToTable("desk_scans");
        builder.Property(scan => scan.Key).HasMaxLength(DeskScan.KeyLimit);
        builder.Property(scan => scan.By).HasMaxLength(100);
        builder.HasOne<Copy>().WithMany().HasForeignKey(scan => scan.CopyId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(scan => scan.Key).IsUnique();
        builder.HasIndex(scan => new { scan.By, scan.Kind, scan.Id });
        builder.HasIndex(scan => scan.At);
    }
}

/// <summary>Knows the scans that arrived, within the transactions of those who act on them.</summary>
internal sealed class ScanBook(LibraryDbContext db, Calendar.LibraryCalendar calendar)
{
    /// <summary>A scan older than that is looked at by somebody before it counts.</summary>
    private static readonly TimeSpan LongestAway = TimeSpan.FromDays(3);

    /// <summary>Clocks of devices are never quite right.</summary>
    private static readonly TimeSpan ClockDrift = TimeSpan.FromMinutes(5);

    /// <summary>Whether a scan's name and time can be.</summary>
    public Refusal? Check(string? key, DateTime? at)
    {
        if (key is not null && InputText.Check(key, "request_key", DeskScan.KeyLimit, required: true) is { } unusable) return unusable;
        return at is { } when && (when < calendar.Now - LongestAway || when > calendar.Now + ClockDrift) ? CirculationRefusals.ScannedWhen(when) : null;
    }

    /// <summary>The scan of that name where it has arrived before.</summary>
    public async Task<DeskScan?> EarlierAsync(string? key, CancellationToken stop) =>
        key is null ? null : await db.DeskScans.AsNoTracking().FirstOrDefaultAsync(scan => scan.Key == key, stop);

    /// <summary>Notes a scan that did something; one without a name is not noted.</summary>
    public void Note(string? key, ScanKind kind, long branchId, Copy copy, Actor by, DateTime at, long? loanId, CheckedIn? taken = null)
    {
        if (key is null) return;
        var scan = new DeskScan(key, kind, branchId, copy.Id, by, at, calendar.Now);
        scan.Concern(loanId, taken);
        db.DeskScans.Add(scan);
    }

    /// <summary>What became of a lending scan when it arrived first.</summary>
    public async Task<Outcome<CheckedOut>> LentAsync(DeskScan scan, CancellationToken stop)
    {
        var copy = await db.Copies.AsNoTracking().Include(one => one.Title).FirstAsync(one => one.Id == scan.CopyId, stop);
        if (scan.Kind != ScanKind.Lend || scan.LoanId is not { } loanId) return InputRefusals.Unreadable("request_key");
        var due = await db.Loans.Where(loan => loan.Id == loanId).Select(loan => loan.DueOn).FirstAsync(stop);
        return new CheckedOut(loanId, copy.Barcode, copy.Title!.Name, new(due, due, [], null), Repeated: true);
    }

    /// <summary>What became of a returning scan when it arrived first.</summary>
    public async Task<Outcome<CheckedIn>> ReturnedAsync(DeskScan scan, CancellationToken stop)
    {
        if (scan.Kind != ScanKind.Return || scan.Routing is not { } routing) return InputRefusals.Unreadable("request_key");
        var copy = await db.Copies.AsNoTracking().Include(one => one.Title).FirstAsync(one => one.Id == scan.CopyId, stop);
        var memberId = await db.Loans.Where(loan => loan.Id == scan.LoanId).Select(loan => loan.MemberId).FirstOrDefaultAsync(stop);
        return new CheckedIn(
            copy.Barcode, copy.Title!.Name, routing, scan.DestinationBranchId, scan.LoanId, memberId, new Lateness(scan.DaysLate, scan.Fine, scan.SuspendedThrough), Repeated: true);
    }
}
