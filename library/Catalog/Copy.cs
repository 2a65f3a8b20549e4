using Metro.Library.Input;

namespace Metro.Library.Catalog;

/// <summary>
/// One physical item (<em>eksemplar</em>) with a barcode. Its status changes by verbs only; circulation
/// asks them in its own transactions.
/// </summary>
public sealed class Copy
{
    /// <summary>The most characters of a barcode.</summary>
    public const int BarcodeLimit = 40;

    /// <summary>The most characters of a shelf mark.</summary>
    public const int ShelfMarkLimit = 100;

    /// <summary>The most characters of a note.</summary>
    public const int NoteLimit = 500;

    /// <summary>The highest price, in rupiah: a billion.</summary>
    public const int HighestPrice = 1_000_000_000;

    private Copy()
    {
    }

    /// <summary>The copy's key.</summary>
    public long Id { get; private set; }

    /// <summary>The key of the title of which it is a copy.</summary>
    public long TitleId { get; private set; }

    /// <summary>The title of which it is a copy; null unless it was loaded with it.</summary>
    public Title? Title { get; private set; }

    /// <summary>What the scanner reads; upper case, unique in the library.</summary>
    public string Barcode { get; private set; } = "";

    /// <summary>The branch that owns it.</summary>
    public long OwnerBranchId { get; private set; }

    /// <summary>The branch where it is, or from which it was lent or sent.</summary>
    public long CurrentBranchId { get; private set; }

    /// <summary>The branch to which it is on its way; null unless <see cref="CopyStatus.InTransit"/>.</summary>
    public long? DestinationBranchId { get; private set; }

    /// <summary>Where it stands on the shelf, such as <c>899.221 HIR l</c>, or null.</summary>
    public string? ShelfMark { get; private set; }

    /// <summary>Where it is in its life.</summary>
    public CopyStatus Status { get; private set; }

    /// <summary>How worn it is.</summary>
    public CopyCondition Condition { get; private set; }

    /// <summary>How it came to the library.</summary>
    public CopySource Source { get; private set; }

    /// <summary>Its price in rupiah, which a lost copy costs; null when nobody knows.</summary>
    public int? Price { get; private set; }

    /// <summary>The day it came to the library; null when nobody knows.</summary>
    public DateOnly? AcquiredOn { get; private set; }

    /// <summary>Whether it is read in the library only and not lent.</summary>
    public bool ForReferenceOnly { get; private set; }

    /// <summary>A note for the staff, or null.</summary>
    public string? Note { get; private set; }

    /// <summary>When its status last changed, in UTC.</summary>
    public DateTime StatusSince { get; private set; }

    /// <summary>Counts the changes; two people who change one copy at once cannot both win.</summary>
    public int Version { get; private set; }

    /// <summary>Whether someone could take it from the shelf of its current branch now and borrow it.</summary>
    public bool IsFree => Status == CopyStatus.Available && !ForReferenceOnly;

    /// <summary>A new copy of a title, in process until it is shelved; or why not.</summary>
    public static Outcome<Copy> Create(long titleId, CopyDescription description, DateTime now)
    {
        var copy = new Copy { TitleId = titleId, Status = CopyStatus.InProcess, StatusSince = now };
        if (copy.Describe(description) is { } refusal) return refusal;
        copy.CurrentBranchId = copy.OwnerBranchId;
        return copy;
    }

    /// <summary>Describes the copy anew; its status and current branch stay as they are.</summary>
    /// <returns>Null when it was done.</returns>
    public Refusal? Describe(CopyDescription description)
    {
        if (description.Check() is { } refusal) return refusal;
        (Barcode, OwnerBranchId, ShelfMark) = (NormalBarcode(description.Barcode), description.OwnerBranchId, InputText.Tidy(description.ShelfMark));
        (Condition, Source, Price) = (description.Condition, description.Source, description.Price);
        (AcquiredOn, ForReferenceOnly, Note) = (description.AcquiredOn, description.ForReferenceOnly, InputText.Tidy(description.Note));
        Version++;
        return null;
    }

    /// <summary>A borrower takes it: from the shelf, or from the shelf of holds.</summary>
    public Refusal? Lend(DateTime now)
    {
        if (ForReferenceOnly) return CatalogRefusals.ForReferenceOnly(Barcode);
        return Status is CopyStatus.Available or CopyStatus.OnHoldShelf
            ? Become(CopyStatus.OnLoan, now)
            : CatalogRefusals.NotHere(Barcode, Status);
    }

    /// <summary>It stands on the shelf of a branch again: returned, arrived, mended, found, or new.</summary>
    public Refusal? Shelve(long branchId, DateTime now)
    {
        if (Status == CopyStatus.Withdrawn) return CatalogRefusals.CopyWithdrawn(Barcode);
        CurrentBranchId = branchId;
        return Become(CopyStatus.Available, now);
    }

    /// <summary>It is set aside at a branch for whoever is next in the queue.</summary>
    public Refusal? KeepForHold(long branchId, DateTime now)
    {
        if (Status == CopyStatus.Withdrawn) return CatalogRefusals.CopyWithdrawn(Barcode);
        if (ForReferenceOnly) return CatalogRefusals.ForReferenceOnly(Barcode);
        CurrentBranchId = branchId;
        return Become(CopyStatus.OnHoldShelf, now);
    }

    /// <summary>It leaves its current branch for another; where it is now stays its current branch until it arrives.</summary>
    public Refusal? SendTo(long branchId, DateTime now)
    {
        if (Status == CopyStatus.Withdrawn) return CatalogRefusals.CopyWithdrawn(Barcode);
        if (Become(CopyStatus.InTransit, now) is { } refusal) return refusal;
        DestinationBranchId = branchId;
        return null;
    }

    /// <summary>A borrower has lost it.</summary>
    public Refusal? ReportLost(DateTime now) =>
        Status == CopyStatus.Withdrawn ? CatalogRefusals.CopyWithdrawn(Barcode) : Become(CopyStatus.Lost, now);

    /// <summary>It is not where it should be. A copy on loan is not missing: it is with its borrower.</summary>
    public Refusal? ReportMissing(DateTime now) => UnlessOut() ?? Become(CopyStatus.Missing, now);

    /// <summary>It goes to be mended.</summary>
    public Refusal? SendToRepair(DateTime now) => UnlessOut() ?? Become(CopyStatus.InRepair, now);

    /// <summary>It leaves the library for good, and not while a borrower has it.</summary>
    public Refusal? Withdraw(DateTime now) => UnlessOut() ?? Become(CopyStatus.Withdrawn, now);

    /// <summary>A barcode as it is stored: no blanks at its ends, upper case.</summary>
    public static string NormalBarcode(string barcode) => barcode.Trim().ToUpperInvariant();

    private Refusal? UnlessOut() => Status switch
    {
        CopyStatus.OnLoan => CatalogRefusals.OnLoan(Barcode),
        CopyStatus.Withdrawn => CatalogRefusals.CopyWithdrawn(Barcode),
        _ => null,
    };

    private Refusal? Become(CopyStatus status, DateTime now)
    {
        if (status != CopyStatus.InTransit) DestinationBranchId = null;
        if (Status != status) StatusSince = now;
        (Status, Version) = (status, Version + 1);
        return null;
    }
}

/// <summary>What is written down about a copy when it comes in.</summary>
/// <param name="Barcode">What the scanner will read; required.</param>
/// <param name="OwnerBranchId">The key of the branch that owns it.</param>
public sealed record CopyDescription(string Barcode, long OwnerBranchId)
{
    /// <inheritdoc cref="Copy.ShelfMark"/>
    public string? ShelfMark { get; init; }

    /// <inheritdoc cref="Copy.Condition"/>
    public CopyCondition Condition { get; init; } = CopyCondition.Good;

    /// <inheritdoc cref="Copy.Source"/>
    public CopySource Source { get; init; }

    /// <inheritdoc cref="Copy.Price"/>
    public int? Price { get; init; }

    /// <inheritdoc cref="Copy.AcquiredOn"/>
    public DateOnly? AcquiredOn { get; init; }

    /// <inheritdoc cref="Copy.ForReferenceOnly"/>
    public bool ForReferenceOnly { get; init; }

    /// <inheritdoc cref="Copy.Note"/>
    public string? Note { get; init; }

    /// <summary>Why it cannot be kept; null when it can. Whether the barcode is taken, only the database knows.</summary>
    public Refusal? Check() =>
        InputText.CheckName(Barcode, "barcode", Copy.BarcodeLimit)
        ?? (Barcode.Trim().All(sign => sign is > ' ' and < '\u007F') ? null : CatalogRefusals.NotABarcode(Barcode))
        ?? InputText.Check(ShelfMark, "shelf_mark", Copy.ShelfMarkLimit)
        ?? InputText.Check(Note, "note", Copy.NoteLimit)
        ?? (Price is { } price ? InputText.CheckNumber(price, "price", 0, Copy.HighestPrice) : null)
        ?? (AcquiredOn is { } day ? InputText.CheckDate(day, "acquired_on", new DateOnly(1800, 1, 1), new DateOnly(2200, 1, 1)) : null)
        ?? (Enum.IsDefined(Condition) && Enum.IsDefined(Source) ? null : InputRefusals.Unreadable("condition"));
}
