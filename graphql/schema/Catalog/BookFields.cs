using System.Linq.Expressions;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Portal.Schema.Callers;
using Metro.Portal.Schema.Social;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Catalog;

/// <summary>What the API tells of a title. Everybody calls it a book, whatever its format.</summary>
[ExtendObjectType<Title>]
internal static class BookFields
{
    internal static void Describe(ObjectTypeDescriptor<Title> book)
    {
        book.Name("Book").BindFieldsExplicitly().Description(
            "A title of the catalogue, described once, however many copies the library has: a printed book, an audio book, a film, a map. "
            + "What the record says of itself is in the language of its cataloguers.");
        book.Field(title => title.Id).Description("Its global id, for `book(id:)` and `node(id:)`.");
        book.Field(title => title.Name).Name("title").Description("The title proper, such as `Laskar pelangi`.");
        book.Field(title => title.Subtitle);
        book.Field(title => title.Format).IsFilterable();
        book.Field(title => title.Contributors);
        book.Field(title => title.Edition);
        book.Field(title => title.Place).Name("placeOfPublication");
        book.Field(title => title.Publisher);
        book.Field(title => title.Year).Name("yearOfPublication").IsFilterable();
        book.Field(title => title.Extent);
        book.Field(title => title.Series);
        book.Field(title => title.SeriesNumber);
        book.Field(title => title.Language).IsFilterable();
        book.Field(title => title.Audience).IsFilterable();
        book.Field(title => title.Summary);
        book.Field(title => title.Ddc).Name("classification");
        book.Field(title => title.Subjects);
        book.Field(title => title.Identifiers);
        book.Field(title => title.TimesBorrowed);
        book.Field(title => title.AddedAt).Description("When it came into the catalogue.");
        book.Field(title => title.ChangedAt).Description("When its description last changed; harvesters ask for what changed since they last came.").IsFilterable().IsSortable();
    }

    internal static void Describe(ObjectTypeDescriptor<Contributor> contributor)
    {
        contributor.BindFieldsExplicitly().Description("Somebody who made a book: its author, translator, illustrator, narrator.");
        contributor.Field(one => one.Name).Name("filingName").Description("The name in the form for filing, such as `Hirata, Andrea`.");
        contributor.Field(one => one.Role);
        contributor.Field(one => one.Kind);
    }

    internal static void Describe(ObjectTypeDescriptor<SubjectHeading> subject)
    {
        subject.BindFieldsExplicitly().Description("What a book is about.");
        subject.Field(one => one.Text);
    }

    internal static void Describe(ObjectTypeDescriptor<TitleIdentifier> identifier)
    {
        identifier.Name("BookIdentifier").BindFieldsExplicitly().Description("A number by which a book is known.");
        identifier.Field(one => one.Kind);
        identifier.Field(one => one.Value);
    }

    [NodeResolver]
    public static Task<Title?> GetBookAsync(long id, IDataLoader<long, Title> books, CancellationToken stop) => books.LoadAsync(id, stop);

    [GraphQLIgnore]
    public static Expression<Func<Title, string?>> IsbnOf { get; } = title =>
        title.Identifiers.Where(one => one.Kind == IdentifierKind.Isbn).OrderBy(one => one.Id).Select(one => one.Value).FirstOrDefault();

    /// <summary>Its first ISBN, as 13 digits; null where it has none.</summary>
    [Cost(1)]
    [UseExpression(nameof(IsbnOf))]
    public static string? Isbn([Parent(requires: nameof(Title.Id))] Title title) =>
        title.Identifiers.Where(one => one.Kind == IdentifierKind.Isbn).OrderBy(one => one.Id).Select(one => one.Value).FirstOrDefault();

    /// <summary>Its cover, woven by the portal from its title: cloth with motifs, and no words on it.</summary>
    public static Content.Picture Cover([Parent(requires: "Id Name")] Title title, PortalAddress portal) => BookPictures.Cover(title, portal);

    /// <summary>Whether it can be had now, and where: the answer to "is this book in?".</summary>
    [Cost(2)]
    public static async Task<BookAvailability> GetAvailabilityAsync(
        [Parent(requires: nameof(Title.Id))] Title title, IDataLoader<long, Availability> loader, CancellationToken stop) =>
        new(title.Id, await loader.LoadAsync(title.Id, stop) ?? None);

    /// <summary>Its copies, those on their shelves first.</summary>
    [Cost(2)]
    [ListSize(AssumedSize = 10, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<Copy>> GetCopiesAsync(
        [Parent(requires: nameof(Title.Id))] Title title, [DataLoader("CopiesByBookDataLoader")] IDataLoader<long, Copy[]> loader, CancellationToken stop) =>
        await loader.LoadAsync(title.Id, stop) ?? [];

    /// <summary>The address of its page in the portal.</summary>
    /// <param name="language">The language of the page; that of the request unless told otherwise.</param>
    public static Uri Url([Parent(requires: nameof(Title.Id))] Title title, PortalAddress portal, Language? language = null) =>
        portal.Of($"/catalog/{title.Id}", language);

    /// <summary>Counts the changes of its record, for `describeBook`. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    public static int? Version([Parent(requires: nameof(Title.Version))] Title title) => title.Version;

    /// <summary>Whether it was taken out of the catalogue. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    public static bool? IsWithdrawn([Parent(requires: nameof(Title.WithdrawnAt))] Title title) => title.WithdrawnAt is not null;

    /// <summary>What to post about it in social media.</summary>
    [Cost(2)]
    public static async Task<SocialKit?> GetSocialKitAsync(
        [Parent(requires: nameof(Title.Id))] Title title, IDataLoader<long, Title> books, PortalAddress portal, CancellationToken stop) =>
        await books.LoadAsync(title.Id, stop) is { } whole ? SocialKits.OfBook(whole, portal) : null;

    [DataLoader]
    public static async Task<IReadOnlyDictionary<long, Title>> GetBookByIdAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        await db.Titles.AsNoTracking().InCatalogue().Where(title => ids.Contains(title.Id)).Whole().ToDictionaryAsync(title => title.Id, stop);

    [DataLoader]
    public static Task<IReadOnlyDictionary<long, Availability>> GetAvailabilityByBookAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        db.AvailabilityOfAsync([.. ids], stop);

    [DataLoader]
    public static async Task<ILookup<long, Copy>> GetCopiesByBookAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        (await db.Copies.AsNoTracking()
            .Where(copy => ids.Contains(copy.TitleId) && copy.Status != CopyStatus.Withdrawn)
            .OrderByDescending(copy => copy.Status == CopyStatus.Available).ThenBy(copy => copy.Id)
            .Take(MostCopies).ToListAsync(stop)).ToLookup(copy => copy.TitleId);

    private const int MostCopies = 2_000;

    private static Availability None { get; } = new(0, 0, 0, 0, new Dictionary<long, int>());
}

/// <summary>More about somebody who made a book.</summary>
[ExtendObjectType<Contributor>]
internal static class ContributorFields
{
    /// <summary>The name in reading order, such as `Andrea Hirata`.</summary>
    public static string Name([Parent(requires: nameof(Contributor.Name))] Contributor contributor) => PersonName.InReadingOrder(contributor.Name);
}

/// <summary>What the copies of a book are doing.</summary>
[ObjectType]
public sealed class BookAvailability
{
    private readonly long titleId;
    private readonly Availability counted;

    internal BookAvailability(long titleId, Availability counted) => (this.titleId, this.counted) = (titleId, counted);

    /// <summary>Whether a copy could be taken from a shelf and borrowed now.</summary>
    public bool IsAvailable => counted.Free > 0;

    /// <summary>How many copies the library has, whatever they are doing.</summary>
    public int Copies => counted.Copies;

    /// <summary>How many could be taken from a shelf and borrowed now. An overdue copy is still out.</summary>
    public int Free => counted.Free;

    /// <summary>How many are with borrowers.</summary>
    public int OnLoan => counted.OnLoan;

    /// <summary>How many stand on a shelf to be read in the library only.</summary>
    public int ForReference => counted.ForReference;

    /// <summary>The branches where a free copy stands.</summary>
    [Cost(2)]
    public async Task<IReadOnlyList<BranchAvailability>> GetBranchesAsync(IDataLoader<long, Branch> branches, CancellationToken stop)
    {
        var found = await branches.LoadAsync([.. counted.FreeAtBranch.Keys], stop);
        return [.. found.OfType<Branch>().OrderBy(branch => branch.Name, StringComparer.Ordinal).Select(branch => new BranchAvailability(branch, counted.FreeAtBranch[branch.Id]))];
    }

    /// <summary>The day on which the next copy is due back; null where none is out. Others may wait for it.</summary>
    [Cost(2)]
    public async Task<DateOnly?> GetNextDueOnAsync([DataLoader("NextDueByBookDataLoader")] IDataLoader<long, DateOnly?> due, CancellationToken stop) =>
        counted.OnLoan == 0 ? null : await due.LoadAsync(titleId, stop);

    /// <summary>How many people wait for a copy.</summary>
    [Cost(2)]
    public async Task<int> GetWaitingAsync([DataLoader("WaitingByBookDataLoader")] IDataLoader<long, int> waiting, CancellationToken stop) =>
        await waiting.LoadAsync(titleId, stop);

    [DataLoader]
    internal static async Task<IReadOnlyDictionary<long, DateOnly?>> GetNextDueByBookAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop)
    {
        // From the books to their copies to the loans: the other way round, all that is out would be looked through.
        var away = await db.Copies.Where(copy => ids.Contains(copy.TitleId) && copy.Status == CopyStatus.OnLoan)
            .Select(copy => new { copy.Id, copy.TitleId }).ToDictionaryAsync(copy => copy.Id, copy => copy.TitleId, stop);
        var open = await db.Loans.OpenOfCopies(away.Keys).Select(loan => new { loan.CopyId, loan.State, loan.DueOn }).ToListAsync(stop);
        return open.Where(loan => loan.State == LoanState.Out).GroupBy(loan => away[loan.CopyId]).ToDictionary(due => due.Key, due => (DateOnly?)due.Min(loan => loan.DueOn));
    }

    [DataLoader]
    internal static async Task<IReadOnlyDictionary<long, int>> GetWaitingByBookAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        await db.Holds.Where(hold => ids.Contains(hold.TitleId) && hold.State == HoldState.Waiting)
            .GroupBy(hold => hold.TitleId).Select(queue => new { queue.Key, Count = queue.Count() }).ToDictionaryAsync(queue => queue.Key, queue => queue.Count, stop);
}

/// <summary>How many copies of a book are free at a branch.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Free">How many copies stand there and can be borrowed now.</param>
public sealed record BranchAvailability(Branch Branch, int Free);
