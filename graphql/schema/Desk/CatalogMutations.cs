using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;
using Audience = Metro.Library.Catalog.Audience;

namespace Metro.Portal.Schema.Desk;

/// <summary>What cataloguers may ask beside what everybody may.</summary>
[QueryType]
[Authorize(Permissions.ReadDesk)]
internal static class CatalogDeskQueries
{
    /// <summary>A book's record as cataloguers see it, also when it was withdrawn; null when there is none. For the desk.</summary>
    /// <param name="id">The book's id.</param>
    public static Task<Title?> GetBookRecordAsync([ID<Title>] long id, LibraryDbContext db, CancellationToken stop) =>
        db.Titles.AsNoTracking().Whole().SingleOrDefaultAsync(title => title.Id == id, stop);

    /// <summary>The copy with this barcode, also when it was withdrawn; null when there is none. For the desk.</summary>
    /// <param name="barcode">What the scanner reads.</param>
    public static Task<Copy?> GetCopyByBarcodeAsync(string barcode, LibraryDbContext db, CancellationToken stop)
    {
        var normal = Copy.NormalBarcode(barcode);
        return db.Copies.AsNoTracking().SingleOrDefaultAsync(copy => copy.Barcode == normal, stop);
    }
}

/// <summary>Books and their copies, as cataloguers describe them. Whole files of records are imported at the office's page or the command line.</summary>
[MutationType]
[Authorize(Permissions.WriteDesk)]
internal static class CatalogMutations
{
    /// <summary>Catalogues a book. Everything that keeps its description out of the catalogue is said at once.</summary>
    /// <param name="book">How it is described.</param>
    [Error<RefusalError>]
    public static async Task<FieldResult<Title>> AddBookAsync(
        BookDescription book, Cataloguing cataloguing, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await AnswerAsync(await cataloguing.AddTitleAsync(book.ToDescription(), await acting.AsStaffAsync(stop), stop), db, stop);

    /// <summary>Describes a book anew. Everything that keeps the description out of the catalogue is said at once.</summary>
    /// <param name="book">The book.</param>
    /// <param name="version">The `version` of the record that the cataloguer saw; what somebody else changed meanwhile is not overwritten.</param>
    /// <param name="description">How it is described from now on, all of it.</param>
    [Error<RefusalError>]
    public static async Task<FieldResult<Title>> DescribeBookAsync(
        [ID<Title>] long book, int version, BookDescription description, Cataloguing cataloguing, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await AnswerAsync(await cataloguing.DescribeTitleAsync(book, version, description.ToDescription(), await acting.AsStaffAsync(stop), stop), db, stop);

    /// <summary>Takes a book without copies out of the catalogue.</summary>
    /// <param name="book">The book.</param>
    public static async Task<FieldResult<Title, RefusalError>> WithdrawBookAsync(
        [ID<Title>] long book, Cataloguing cataloguing, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await cataloguing.WithdrawTitleAsync(book, await acting.AsStaffAsync(stop), stop)).OrAsync(() => BookAsync(db, book, stop));

    /// <summary>Puts a withdrawn book back into the catalogue.</summary>
    /// <param name="book">The book.</param>
    public static async Task<FieldResult<Title, RefusalError>> ReinstateBookAsync(
        [ID<Title>] long book, Cataloguing cataloguing, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await cataloguing.ReinstateTitleAsync(book, await acting.AsStaffAsync(stop), stop)).OrAsync(() => BookAsync(db, book, stop));

    /// <summary>Adds a copy of a book. It is in process until it is shelved.</summary>
    /// <param name="book">The book.</param>
    /// <param name="copy">What is written down about it.</param>
    public static async Task<FieldResult<Copy, RefusalError>> AddCopyAsync(
        [ID<Title>] long book, CopyRecord copy, Cataloguing cataloguing, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await cataloguing.AddCopyAsync(book, copy.ToDescription(), await acting.AsStaffAsync(stop), stop)).ThenAsync(id => CopyAsync(db, id, stop));

    /// <summary>Describes a copy anew: its barcode, owner, shelf, condition, source and price. Where it is stays as it is.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="version">The `version` of the copy that the cataloguer saw; what somebody else changed meanwhile is not overwritten.</param>
    /// <param name="description">What is written down about it from now on, all of it.</param>
    public static Task<FieldResult<Copy, RefusalError>> DescribeCopyAsync(
        [ID<Copy>] long copy, int version, CopyRecord description, Cataloguing cataloguing, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(copy, by => cataloguing.DescribeCopyAsync(copy, version, description.ToDescription(), by, stop), db, acting, stop);

    /// <summary>Puts a copy on the shelf of a branch: processed, mended or found. Whoever waits for it gets it first.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="branch">Where it stands from now on.</param>
    public static Task<FieldResult<Copy, RefusalError>> ShelveCopyAsync(
        [ID<Copy>] long copy, [ID<Branch>] long branch, Cataloguing cataloguing, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(copy, by => cataloguing.ShelveCopyAsync(copy, branch, by, stop), db, acting, stop);

    /// <summary>Takes note that a copy is not where it should be.</summary>
    /// <param name="copy">The copy.</param>
    public static Task<FieldResult<Copy, RefusalError>> ReportCopyMissingAsync(
        [ID<Copy>] long copy, Cataloguing cataloguing, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(copy, by => cataloguing.ReportMissingAsync(copy, by, stop), db, acting, stop);

    /// <summary>Sends a copy to be mended.</summary>
    /// <param name="copy">The copy.</param>
    public static Task<FieldResult<Copy, RefusalError>> SendCopyToRepairAsync(
        [ID<Copy>] long copy, Cataloguing cataloguing, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(copy, by => cataloguing.SendToRepairAsync(copy, by, stop), db, acting, stop);

    /// <summary>Takes a copy out of the collection for good.</summary>
    /// <param name="copy">The copy.</param>
    public static Task<FieldResult<Copy, RefusalError>> WithdrawCopyAsync(
        [ID<Copy>] long copy, Cataloguing cataloguing, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(copy, by => cataloguing.WithdrawCopyAsync(copy, by, stop), db, acting, stop);

    private static async Task<FieldResult<Title>> AnswerAsync(CatalogueAnswer answer, LibraryDbContext db, CancellationToken stop) => answer.TitleId is { } id
        ? await BookAsync(db, id, stop)
        : new FieldResult<Title>([.. answer.Refusals.Select(refusal => (object)new RefusalError(refusal))]);

    private static async Task<FieldResult<Copy, RefusalError>> ChangeAsync(
        long id, Func<Actor, Task<Refusal?>> change, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await change(await acting.AsStaffAsync(stop))).OrAsync(() => CopyAsync(db, id, stop));

    private static Task<Title> BookAsync(LibraryDbContext db, long id, CancellationToken stop) => db.Titles.AsNoTracking().Whole().SingleAsync(title => title.Id == id, stop);

    private static Task<Copy> CopyAsync(LibraryDbContext db, long id, CancellationToken stop) => db.Copies.AsNoTracking().SingleAsync(copy => copy.Id == id, stop);
}

/// <summary>How a cataloguer describes a book, whatever its format.</summary>
/// <param name="Title">The title proper, such as `Laskar pelangi`; at most 500 characters.</param>
/// <param name="Format">What kind of thing it is.</param>
/// <param name="Audience">For whom it is meant.</param>
/// <param name="Subtitle">The rest of the title.</param>
/// <param name="Edition">The edition, such as `Cetakan ke-5`.</param>
/// <param name="PlaceOfPublication">Where it was published.</param>
/// <param name="Publisher">Who published it.</param>
/// <param name="YearOfPublication">The year of publication in the Gregorian calendar.</param>
/// <param name="Extent">Pages, size, playing time.</param>
/// <param name="Series">The series to which it belongs.</param>
/// <param name="SeriesNumber">Its number in the series.</param>
/// <param name="Language">The main language as three letters, such as `ind`, `eng`, `jav`.</param>
/// <param name="Classification">The class in the Dewey Decimal Classification, such as `899.221`.</param>
/// <param name="Summary">What it is about, in a paragraph; at most 4,000 characters.</param>
public sealed record BookDescription(
    string Title, TitleFormat Format = TitleFormat.Print, Audience Audience = Audience.Unspecified, string? Subtitle = null, string? Edition = null, string? PlaceOfPublication = null,
    string? Publisher = null, int? YearOfPublication = null, string? Extent = null, string? Series = null, string? SeriesNumber = null, string? Language = null,
    string? Classification = null, string? Summary = null)
{
    /// <summary>Who made it, the main one first.</summary>
    public IReadOnlyList<BookMaker>? Contributors { get; init; }

    /// <summary>What it is about, as headings, the main one first.</summary>
    public IReadOnlyList<string>? Subjects { get; init; }

    /// <summary>Its numbers; ISBN and ISSN are checked.</summary>
    public IReadOnlyList<BookNumber>? Identifiers { get; init; }

    internal TitleDescription ToDescription() => new()
    {
        Name = Title,
        Format = Format,
        Audience = Audience,
        Subtitle = Subtitle,
        Edition = Edition,
        Place = PlaceOfPublication,
        Publisher = Publisher,
        Year = YearOfPublication,
        Extent = Extent,
        Series = Series,
        SeriesNumber = SeriesNumber,
        Language = Language,
        Ddc = Classification,
        Summary = Summary,
        Contributors = [.. (Contributors ?? []).Select(one => new DescribedContributor(one.FilingName, one.Role, one.Kind))],
        Subjects = Subjects ?? [],
        Identifiers = [.. (Identifiers ?? []).Select(one => new DescribedIdentifier(one.Kind, one.Value))],
    };
}

/// <summary>Somebody who made a book.</summary>
/// <param name="FilingName">The name in the form for filing, such as `Hirata, Andrea`; an organisation's as it is.</param>
/// <param name="Role">What they did.</param>
/// <param name="Kind">Person, organisation or meeting.</param>
public sealed record BookMaker(string FilingName, ContributorRole Role = ContributorRole.Author, ContributorKind Kind = ContributorKind.Person);

/// <summary>A number by which a book is known.</summary>
/// <param name="Kind">Whose number it is.</param>
/// <param name="Value">The number, hyphens and all.</param>
public sealed record BookNumber(IdentifierKind Kind, string Value);

/// <summary>What is written down about a copy.</summary>
/// <param name="Barcode">What the scanner reads; at most 40 characters.</param>
/// <param name="Branch">The branch that owns it.</param>
/// <param name="ShelfMark">Where it stands on the shelf, such as `899.221 HIR l`.</param>
/// <param name="Condition">How worn it is.</param>
/// <param name="Source">How it came to the library.</param>
/// <param name="Price">Its price in rupiah, which a lost copy costs.</param>
/// <param name="AcquiredOn">The day it came to the library.</param>
/// <param name="ForReferenceOnly">Whether it is read in the library only and not lent.</param>
/// <param name="Note">A note for the staff; at most 500 characters.</param>
public sealed record CopyRecord(
    string Barcode, [property: ID<Branch>] long Branch, string? ShelfMark = null, CopyCondition Condition = CopyCondition.Good, CopySource Source = CopySource.Purchase,
    int? Price = null, DateOnly? AcquiredOn = null, bool ForReferenceOnly = false, string? Note = null)
{
    internal CopyDescription ToDescription() => new(Barcode, Branch)
    {
        ShelfMark = ShelfMark, Condition = Condition, Source = Source, Price = Price, AcquiredOn = AcquiredOn, ForReferenceOnly = ForReferenceOnly, Note = Note,
    };
}
