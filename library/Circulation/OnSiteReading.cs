using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Circulation;

/// <summary>A copy that was read in the library and left on a table (<i>baca di tempat</i>); counted, without the reader.</summary>
public sealed class OnSiteReading
{
    private OnSiteReading()
    {
    }

    internal OnSiteReading(Copy copy, long branchId, DateTime at, DateOnly on) =>
        (CopyId, TitleId, BranchId, At, On) = (copy.Id, copy.TitleId, branchId, at, on);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The copy.</summary>
    public long CopyId { get; private set; }

    /// <summary>The copy's title.</summary>
    public long TitleId { get; private set; }

    /// <summary>Where it was read.</summary>
    public long BranchId { get; private set; }

    /// <summary>When it was scanned, in UTC.</summary>
    public DateTime At { get; private set; }

    /// <summary>The day, by the library's clock.</summary>
    public DateOnly On { get; private set; }
}

internal sealed class OnSiteReadingConfiguration : IEntityTypeConfiguration<OnSiteReading>
{
    public void Configure(EntityTypeBuilder<OnSiteReading> builder)
    {
        builder.ToTable("on_site_readings");
        builder.HasOne<Copy>().WithMany().HasForeignKey(reading => reading.CopyId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(reading => new { reading.CopyId, reading.At });
        builder.HasIndex(reading => new { reading.On, reading.BranchId });
    }
}

/// <summary>A copy before the scanner that was found on a table.</summary>
/// <param name="Barcode">The copy's.</param>
/// <param name="BranchId">Where it was read.</param>
public sealed record ReadingScan(string Barcode, long BranchId)
{
    /// <inheritdoc cref="LendingScan.Key"/>
    public string? Key { get; init; }

    /// <inheritdoc cref="LendingScan.At"/>
    public DateTime? At { get; init; }
}

/// <summary>Counts what is read in the library.</summary>
public sealed class OnSiteCounter(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>Counts a copy that was found on a table; the same copy scanned again within some minutes is not counted again.</summary>
    /// <returns>How often the copy was counted at this branch today.</returns>
    public Task<Outcome<int>> CountAsync(string barcode, long branchId, CancellationToken stop = default) =>
        CountAsync(new ReadingScan(barcode, branchId), by: null, stop);

    /// <inheritdoc cref="CountAsync(string, long, CancellationToken)"/>
    /// <param name="scan">What was scanned.</param>
    /// <param name="by">Who scans; null where nobody wants to see it listed.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Outcome<int>> CountAsync(ReadingScan scan, Actor? by, CancellationToken stop = default) => db.WriteAsync<Outcome<int>>(async inner =>
    {
        var book = new ScanBook(db, calendar);
        if (book.Check(scan.Key, scan.At) is { } unknowable) return unknowable;
        if (await Scan.CheckAsync(db, scan.Barcode, scan.BranchId, inner) is { } unusable) return unusable;
        var copy = await db.Copies.FirstAsync(one => one.Barcode == Copy.NormalBarcode(scan.Barcode), inner);
        var at = scan.At ?? calendar.Now;
        var (since, until, day) = (at.AddMinutes(-settings.Circulation.SameReadingMinutes), at.AddMinutes(settings.Circulation.SameReadingMinutes), calendar.DateOf(at));
        if (await book.EarlierAsync(scan.Key, inner) is null)
        {
            if (!await db.OnSiteReadings.AnyAsync(reading => reading.CopyId == copy.Id && reading.At > since && reading.At < until, inner))
                db.OnSiteReadings.Add(new OnSiteReading(copy, scan.BranchId, at, day));
            if (by is not null) book.Note(scan.Key, ScanKind.Read, scan.BranchId, copy, by, at, null);
            await db.SaveChangesAsync(inner);
        }

        return await db.OnSiteReadings.CountAsync(reading => reading.CopyId == copy.Id && reading.On == day && reading.BranchId == scan.BranchId, inner);
    }, stop);

    /// <summary>How many readings each branch counted, day by day, from the first day to the last, at most a year.</summary>
    public async Task<IReadOnlyDictionary<(long BranchId, DateOnly Day), int>> ByDayAsync(DateOnly from, DateOnly through, CancellationToken stop = default)
    {
        var last = through.DayNumber - from.DayNumber > 366 ? from.AddDays(366) : through;
        var counts = await db.OnSiteReadings.Where(reading => reading.On >= from && reading.On <= last)
            .GroupBy(reading => new { reading.BranchId, reading.On })
            .Select(same => new { same.Key.BranchId, same.Key.On, Count = same.Count() })
            .ToListAsync(stop);
        return counts.ToDictionary(count => (count.BranchId, count.On), count => count.Count);
    }
}

/// <summary>What every scan is checked for.</summary>
internal static class Scan
{
    public static async Task<Refusal?> CheckAsync(LibraryDbContext db, string barcode, long branchId, CancellationToken stop)
    {
        if (Input.InputText.Check(barcode, "barcode", Copy.BarcodeLimit, required: true) is { } unusable) return unusable;
        if (!await db.Branches.AnyAsync(branch => branch.Id == branchId && branch.IsActive, stop)) return CatalogRefusals.NoSuchBranch;
        var normal = Copy.NormalBarcode(barcode);
        return await db.Copies.AnyAsync(copy => copy.Barcode == normal, stop) ? null : CirculationRefusals.UnknownBarcode(barcode);
    }
}
