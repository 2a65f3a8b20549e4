using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Catalog;

/// <summary>
/// What cataloguers do at the desk. Every change leaves an audit line. Not thread-safe, as the context is not.
/// </summary>
public sealed class Cataloguing(LibraryDbContext db, TimeProvider clock, IEnumerable<ICopyListener> listeners)
{
    /// <summary>Adds a title; the key of the new title, or everything that keeps the description out.</summary>
    public Task<CatalogueAnswer> AddTitleAsync(TitleDescription description, Actor actor, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            var (title, refusals) = Title.Create(description, Now);
            if (title is null) return new CatalogueAnswer(null, refusals);

            db.Titles.Add(title);
            await db.SaveChangesAsync(inner);
            db.Audit(actor, "title.added", SubjectOf(title), Now, after: Facts(title));
            await db.SaveChangesAsync(inner);
            return new CatalogueAnswer(title.Id, []);
        }, stop);

    /// <summary>Describes a title anew.</summary>
    /// <param name="titleId">The title.</param>
    /// <param name="version">The <see cref="Title.Version"/> that the cataloguer saw; another one is refused.</param>
    /// <param name="description">The whole description as it shall be.</param>
    /// <param name="actor">Who.</param>
    /// <param name="stop">Gives up.</param>
    public Task<CatalogueAnswer> DescribeTitleAsync(long titleId, int version, TitleDescription description, Actor actor, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            var title = await db.Titles.Whole().SingleOrDefaultAsync(one => one.Id == titleId, inner);
            if (title is null) return new CatalogueAnswer(null, [CatalogRefusals.NoSuchTitle]);
            if (title.Version != version) return new CatalogueAnswer(null, [CatalogRefusals.ChangedMeanwhile]);

            var before = Facts(title);
            if (title.Describe(description, Now) is { Count: > 0 } refusals) return new CatalogueAnswer(null, refusals);
            if (title.Version != version) db.Audit(actor, "title.described", SubjectOf(title), Now, before, Facts(title));
            await db.SaveChangesAsync(inner);
            return new CatalogueAnswer(titleId, []);
        }, stop);

    /// <summary>Takes a title without copies out of the catalogue.</summary>
    public Task<Refusal?> WithdrawTitleAsync(long titleId, Actor actor, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            var title = await db.Titles.SingleOrDefaultAsync(one => one.Id == titleId, inner);
            if (title is null) return CatalogRefusals.NoSuchTitle;

            var left = await db.Copies.CountAsync(copy => copy.TitleId == titleId && copy.Status != CopyStatus.Withdrawn, inner);
            var version = title.Version;
            if (title.Withdraw(left, Now) is { } refusal) return refusal;
            if (title.Version != version) db.Audit(actor, "title.withdrawn", SubjectOf(title), Now);
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);

    /// <summary>Puts a withdrawn title back into the catalogue: it was found again, or withdrawn by mistake.</summary>
    public Task<Refusal?> ReinstateTitleAsync(long titleId, Actor actor, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            var title = await db.Titles.SingleOrDefaultAsync(one => one.Id == titleId, inner);
            if (title is null) return CatalogRefusals.NoSuchTitle;

            var version = title.Version;
            title.Reinstate(Now);
            if (title.Version != version) db.Audit(actor, "title.reinstated", SubjectOf(title), Now);
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    /// <summary>Adds a copy, in process until it is shelved; its key, or why not.</summary>
    public Task<Outcome<long>> AddCopyAsync(long titleId, CopyDescription description, Actor actor, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<long>>(async inner =>
        {
            var title = await db.Titles.SingleOrDefaultAsync(one => one.Id == titleId, inner);
            if (title is null) return CatalogRefusals.NoSuchTitle;
            if (title.WithdrawnAt is not null) return CatalogRefusals.TitleWithdrawn;

            var outcome = Copy.Create(titleId, description, Now);
            if (outcome.Refusal is { } refusal) return refusal;
            var copy = outcome.Value;
            if (await WrongPlaceOrBarcodeAsync(copy, inner) is { } no) return no;

            db.Copies.Add(copy);
            await db.SaveChangesAsync(inner);
            db.Audit(actor, "copy.added", SubjectOf(copy), Now, after: Facts(copy));
            await db.SaveChangesAsync(inner);
            return copy.Id;
        }, stop);

    /// <summary>Describes a copy anew.</summary>
    /// <param name="copyId">The copy.</param>
    /// <param name="version">The <see cref="Copy.Version"/> that the cataloguer saw; another one is refused.</param>
    /// <param name="description">The whole description as it shall be.</param>
    /// <param name="actor">Who.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Refusal?> DescribeCopyAsync(long copyId, int version, CopyDescription description, Actor actor, CancellationToken stop = default) =>
        ChangeCopyAsync(copyId, "copy.described", actor, async (copy, inner) =>
        {
            if (copy.Version != version) return CatalogRefusals.ChangedMeanwhile;
            return copy.Describe(description) ?? await WrongPlaceOrBarcodeAsync(copy, inner);
        }, stop);

    /// <summary>Puts a copy on the shelf of a branch: processed, mended or found.</summary>
    public Task<Refusal?> ShelveCopyAsync(long copyId, long branchId, Actor actor, CancellationToken stop = default) =>
        ChangeCopyAsync(copyId, "copy.shelved", actor, async (copy, inner) =>
            copy.Status == CopyStatus.OnLoan ? CatalogRefusals.OnLoan(copy.Barcode)
            : !await db.Branches.AnyAsync(branch => branch.Id == branchId, inner) ? CatalogRefusals.NoSuchBranch
            : copy.Shelve(branchId, Now) ?? await FirstRefusalAsync(listener => listener.ShelvedAsync(db, copy, inner)), stop);

    /// <summary>Notes that a copy is not where it should be.</summary>
    public Task<Refusal?> ReportMissingAsync(long copyId, Actor actor, CancellationToken stop = default) =>
        ChangeCopyAsync(copyId, "copy.missing", actor, async (copy, inner) =>
            copy.ReportMissing(Now) ?? await FirstRefusalAsync(listener => listener.GoneAsync(db, copy, inner)), stop);

    /// <summary>Sends a copy to be mended.</summary>
    public Task<Refusal?> SendToRepairAsync(long copyId, Actor actor, CancellationToken stop = default) =>
        ChangeCopyAsync(copyId, "copy.in_repair", actor, async (copy, inner) =>
            copy.SendToRepair(Now) ?? await FirstRefusalAsync(listener => listener.GoneAsync(db, copy, inner)), stop);

    /// <summary>Takes a copy out of the collection for good.</summary>
    public Task<Refusal?> WithdrawCopyAsync(long copyId, Actor actor, CancellationToken stop = default) =>
        ChangeCopyAsync(copyId, "copy.withdrawn", actor, async (copy, inner) =>
            copy.Withdraw(Now) ?? await FirstRefusalAsync(listener => listener.GoneAsync(db, copy, inner)), stop);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task<Refusal?> ChangeCopyAsync(
        long copyId, string action, Actor actor, Func<Copy, CancellationToken, Task<Refusal?>> change, CancellationToken stop) =>
        db.WriteAsync(async inner =>
        {
            var copy = await db.Copies.SingleOrDefaultAsync(one => one.Id == copyId, inner);
            if (copy is null) return CatalogRefusals.NoSuchCopy;

            var before = Facts(copy);
            if (await change(copy, inner) is { } refusal)
            {
                db.ChangeTracker.Clear();
                return refusal;
            }

            db.Audit(actor, action, SubjectOf(copy), Now, before, Facts(copy));
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);

    private async Task<Refusal?> FirstRefusalAsync(Func<ICopyListener, Task<Refusal?>> tell)
    {
        foreach (var listener in listeners)
            if (await tell(listener) is { } refusal) return refusal;
        return null;
    }

    private async Task<Refusal?> WrongPlaceOrBarcodeAsync(Copy copy, CancellationToken stop)
    {
        if (!await db.Branches.AnyAsync(branch => branch.Id == copy.OwnerBranchId, stop)) return CatalogRefusals.NoSuchBranch;
        return await db.Copies.AnyAsync(other => other.Barcode == copy.Barcode && other.Id != copy.Id, stop)
            ? CatalogRefusals.BarcodeTaken(copy.Barcode)
            : null;
    }

    private static Subject SubjectOf(Title title) => new("title", title.Id);

    private static Subject SubjectOf(Copy copy) => new("copy", copy.Id);

    /// <summary>What the audit trail keeps of a title: enough to see what was changed, short enough for a line.</summary>
    private static object Facts(Title title) => new
    {
        title.Format,
        Name = Short(title.Name),
        Subtitle = Short(title.Subtitle),
        Edition = Short(title.Edition),
        Publisher = Short(title.Publisher),
        title.Year,
        Series = Short(title.Series),
        title.Language,
        title.Audience,
        title.Ddc,
        Summary = Short(title.Summary),
        Contributors = title.Contributors.Take(5).Select(one => $"{Short(one.Name)} ({one.Role})"),
        Subjects = title.Subjects.Take(5).Select(one => Short(one.Text)),
        Identifiers = title.Identifiers.Take(5).Select(one => one.Value),
    };

    private static string? Short(string? text) => text is { Length: > 120 } ? text[..120] + "…" : text;

    private static object Facts(Copy copy) => new
    {
        copy.Barcode,
        copy.OwnerBranchId,
        copy.CurrentBranchId,
        copy.ShelfMark,
        copy.Status,
        copy.Condition,
        copy.Source,
        copy.Price,
        copy.AcquiredOn,
        copy.ForReferenceOnly,
        copy.Note,
    };
}

/// <summary>What became of a title that a cataloguer described.</summary>
/// <param name="TitleId">Its key; null when it was refused.</param>
/// <param name="Refusals">Every reason why not, so that a form can show them all at once.</param>
public sealed record CatalogueAnswer(long? TitleId, IReadOnlyList<Refusal> Refusals);
