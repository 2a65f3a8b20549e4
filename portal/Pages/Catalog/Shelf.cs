using System.Globalization;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Portal.Web;
using Metro.Theme;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Catalog;

/// <summary>The copies of a title at one branch, as everybody may know of them: where they stand, and until when they are out.</summary>
/// <param name="Branch">The branch's name.</param>
/// <param name="Copies">The copies, those to be had first.</param>
internal sealed record Shelf(string Branch, IReadOnlyList<ShelfCopy> Copies)
{
    private const int MostCopies = 200;

    /// <summary>How many can be taken and borrowed now.</summary>
    public int Free => Copies.Count(copy => copy.Status == CopyStatus.Available && !copy.ForReferenceOnly);

    /// <summary>The shelves of a title, the main building first.</summary>
    public static async Task<IReadOnlyList<Shelf>> OfAsync(LibraryDbContext db, long titleId, CancellationToken stop)
    {
        var copies = await db.Copies.AsNoTracking().Where(copy => copy.TitleId == titleId && copy.Status != CopyStatus.Withdrawn)
            .OrderBy(copy => copy.CurrentBranchId).ThenBy(copy => copy.Id).Take(MostCopies).ToListAsync(stop);
        // By the copies, of which each has one open loan at most: of a title's loans no index knows.
        var away = copies.Where(copy => copy.Status == CopyStatus.OnLoan).Select(copy => copy.Id).ToArray();
        var due = away.Length == 0 ? [] : await db.Loans.OpenOfCopies(away).Select(loan => new { loan.CopyId, loan.DueOn }).ToDictionaryAsync(loan => loan.CopyId, loan => loan.DueOn, stop);
        var branches = await db.Branches.AsNoTracking().ToDictionaryAsync(branch => branch.Id, stop);
        return
        [
            .. copies.GroupBy(copy => copy.CurrentBranchId)
                .OrderBy(branch => branches[branch.Key].Kind).ThenBy(branch => branches[branch.Key].Name, StringComparer.CurrentCulture)
                .Select(branch => new Shelf(branches[branch.Key].LocalName.Explain(CultureInfo.CurrentUICulture),
                [
                    .. branch.Select(copy => new ShelfCopy(copy.ShelfMark, copy.Status, copy.ForReferenceOnly, due.TryGetValue(copy.Id, out var on) ? on : null))
                        .OrderBy(copy => copy.Status != CopyStatus.Available).ThenBy(copy => copy.DueOn ?? DateOnly.MaxValue),
                ])),
        ];
    }
}

/// <summary>A copy on a shelf, or away from it.</summary>
/// <param name="ShelfMark">Where it stands; null where nobody wrote it down.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="ForReferenceOnly">Whether it is read in the library only.</param>
/// <param name="DueOn">When it is due back; null unless it is out.</param>
internal sealed record ShelfCopy(string? ShelfMark, CopyStatus Status, bool ForReferenceOnly, DateOnly? DueOn)
{
    /// <summary>Where it is, in words that stand without colour.</summary>
    public Mark Mark(Dates dates) => this switch
    {
        { Status: CopyStatus.Available, ForReferenceOnly: true } => new Mark(CatalogText.Get("Available.Reference"), Tone.Good),
        { Status: CopyStatus.Available } => new Mark(CatalogText.Get("Copy.OnShelf"), Tone.Good),
        { DueOn: { } due } when due < dates.Today => new Mark(CatalogText.Get("Copy.Overdue", dates.ShortDay(due)), Tone.Caution),
        { DueOn: { } due } => new Mark(CatalogText.Get("Copy.Due", dates.ShortDay(due)), Tone.Caution),
        _ => new Mark(Sentence(CatalogWords.Of(Status, CultureInfo.CurrentUICulture)), Status is CopyStatus.Lost or CopyStatus.Missing ? Tone.Bad : Tone.Caution),
    };

    private static string Sentence(string words) => char.ToUpper(words[0], CultureInfo.CurrentCulture) + words[1..];
}
