using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Catalog;

/// <summary>What the API tells of a copy. Who has it is the desk's to know.</summary>
[ExtendObjectType<Copy>]
internal static class CopyFields
{
    internal static void Describe(ObjectTypeDescriptor<Copy> copy)
    {
        copy.BindFieldsExplicitly().Description("One physical item of a book, with a barcode of its own.");
        copy.Field(one => one.Id).Description("Its global id.");
        copy.Field(one => one.ShelfMark);
        copy.Field(one => one.Status);
        copy.Field(one => one.Condition);
        copy.Field(one => one.ForReferenceOnly);
        copy.Field(one => one.IsFree).Description("Whether it could be taken from the shelf and borrowed now.");
    }

    [NodeResolver]
    public static Task<Copy?> GetCopyAsync(long id, IDataLoader<long, Copy> copies, CancellationToken stop) => copies.LoadAsync(id, stop);

    /// <summary>The book of which it is a copy.</summary>
    [Cost(2)]
    public static Task<Title?> GetBookAsync([Parent] Copy copy, IDataLoader<long, Title> books, CancellationToken stop) => books.LoadAsync(copy.TitleId, stop);

    /// <summary>The branch where it is, or from which it was lent or sent.</summary>
    [Cost(2)]
    public static Task<Branch?> GetBranchAsync([Parent] Copy copy, IDataLoader<long, Branch> branches, CancellationToken stop) =>
        branches.LoadAsync(copy.CurrentBranchId, stop);

    /// <summary>The branch that owns it.</summary>
    [Cost(2)]
    public static Task<Branch?> GetHomeBranchAsync([Parent] Copy copy, IDataLoader<long, Branch> branches, CancellationToken stop) =>
        branches.LoadAsync(copy.OwnerBranchId, stop);

    /// <summary>The day on which it is due back; null unless it is out.</summary>
    [Cost(2)]
    public static async Task<DateOnly?> GetDueOnAsync([Parent] Copy copy, [DataLoader("DueByCopyDataLoader")] IDataLoader<long, DateOnly?> due, CancellationToken stop) =>
        copy.Status == CopyStatus.OnLoan ? await due.LoadAsync(copy.Id, stop) : null;

    /// <summary>What the scanner reads. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    public static string? Barcode([Parent] Copy copy) => copy.Barcode;

    /// <summary>How it came to the library. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    public static CopySource? Source([Parent] Copy copy) => copy.Source;

    /// <summary>Its price in rupiah, which a lost copy costs; null when nobody knows. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    public static int? Price([Parent] Copy copy) => copy.Price;

    /// <summary>The day it came to the library; null when nobody knows. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    public static DateOnly? AcquiredOn([Parent] Copy copy) => copy.AcquiredOn;

    /// <summary>Counts its changes, for `describeCopy`. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    public static int? Version([Parent] Copy copy) => copy.Version;

    /// <summary>A note for the staff. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    public static string? Note([Parent] Copy copy) => copy.Note;

    [DataLoader]
    public static async Task<IReadOnlyDictionary<long, Copy>> GetCopyByIdAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        await db.Copies.AsNoTracking().Where(copy => ids.Contains(copy.Id)).ToDictionaryAsync(copy => copy.Id, stop);

    [DataLoader]
    public static async Task<IReadOnlyDictionary<long, DateOnly?>> GetDueByCopyAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        // What is lost is left out here: asked for its state, SQLite would look through all that is out.
        (await db.Loans.OpenOfCopies(ids).Select(loan => new { loan.CopyId, loan.State, loan.DueOn }).ToListAsync(stop))
            .Where(loan => loan.State == LoanState.Out).ToDictionary(loan => loan.CopyId, loan => (DateOnly?)loan.DueOn);
}
