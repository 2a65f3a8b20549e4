using System.Globalization;
using Metro.Content;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Search;
using Metro.Portal.Pages.Catalog;
using Metro.Portal.Pages.EResources;
using Metro.Portal.Web;

namespace Metro.Portal.Feeds;

/// <summary>Something to read, as catalogues for reading programs know it.</summary>
/// <param name="Id">Its own address with scheme and host; never changes.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Updated">When what is said of it last changed, in UTC.</param>
internal sealed record Publication(string Id, string Title, DateTime Updated)
{
    /// <summary>Who made it.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    public string? Publisher { get; init; }

    /// <summary>The tag of its language (BCP 47).</summary>
    public string? Language { get; init; }

    public int? Year { get; init; }

    public string? Summary { get; init; }

    public IReadOnlyList<string> Subjects { get; init; } = [];

    public string? Isbn { get; init; }

    /// <summary>How it is got: the file itself where anyone may have it, otherwise the page on which it is borrowed.</summary>
    public required Acquisition Acquisition { get; init; }

    /// <summary>A picture, with scheme and host, and its type; null for none.</summary>
    public (string Address, string MediaType)? Picture { get; init; }
}

/// <summary>How a publication is got.</summary>
/// <param name="Address">Where, with scheme and host.</param>
/// <param name="MediaType">What is there: a file for everyone, or a page for people.</param>
/// <param name="IsOpen">Whether anyone may have it without signing in.</param>
internal sealed record Acquisition(string Address, string MediaType, bool IsOpen)
{
    /// <summary>How many copies there are and how many are free; null where nobody counts.</summary>
    public (int Total, int Free)? Copies { get; init; }

    /// <summary>The link relation of OPDS.</summary>
    public string Relation => IsOpen ? "http://opds-spec.org/acquisition/open-access" : "http://opds-spec.org/acquisition/borrow";
}

/// <summary>A page of publications.</summary>
/// <param name="Items">The publications, in order.</param>
/// <param name="Next">What to ask for the next page with; null on the last.</param>
/// <param name="Total">How many there are in all; null where nobody counts.</param>
internal sealed record PublicationPage(IReadOnlyList<Publication> Items, string? Next = null, int? Total = null);

/// <summary>The publications of the library for feeds: titles of the catalogue and e-resources, in the language of the request.</summary>
internal sealed class Publications(LibraryDbContext db, CatalogSearch catalog, ContentReader content, MediaLibrary media, IHttpContextAccessor request, KeptFiles kept)
{
    private const int PageSize = 30;

    private string Origin => request.HttpContext is { Request: var asked } ? $"{asked.Scheme}://{asked.Host}" : throw new InvalidOperationException("Feeds are written for a request.");

    /// <summary>The titles that came last into the catalogue.</summary>
    public Task<PublicationPage> NewAsync(string? after, CancellationToken stop) => BooksAsync(new CatalogQuery { Order = SearchOrder.Newest, After = after }, stop);

    /// <summary>Titles that have these words; any text has an answer.</summary>
    public Task<PublicationPage> FoundAsync(string? words, string? after, CancellationToken stop) => BooksAsync(new CatalogQuery { Text = words, After = after }, stop);

    /// <summary>Titles on one subject.</summary>
    public Task<PublicationPage> OnAsync(string subject, string? after, CancellationToken stop) => BooksAsync(new CatalogQuery { Subjects = [subject], Order = SearchOrder.Newest, After = after }, stop);

    /// <summary>The subjects on which there is most to read, with their numbers of titles.</summary>
    public async Task<IReadOnlyList<FacetCount<string>>> SubjectsAsync(CancellationToken stop) =>
        (await catalog.SearchAsync(new CatalogQuery { Size = 0 }, stop)).Facets?.Subjects ?? [];

    /// <summary>What is read over the network, by title.</summary>
    public async Task<PublicationPage> EResourcesAsync(string? after, CancellationToken stop)
    {
        var query = new ContentQuery(ContentCards.Culture, "EResource") { Order = ContentOrder.Title, PageSize = PageSize };
        var cursor = ContentCursor.TryParse(after);
        ContentPage page;
        try
        {
            page = await content.ListAsync(query with { After = cursor }, stop);
        }
        catch (ArgumentException) when (cursor is not null)
        {
            page = await content.ListAsync(query, stop);
        }

        var topics = (await content.TermsAsync("topic", ContentCards.Culture, stop)).ToDictionary(term => term.TermId, term => term.Text);
        var items = page.Items.Select(each => each.Item).ToList();
        var keptItems = await kept.KeptAsync(items, stop);
        var pictures = await media.FilesOfAsync(items, "Image", stop);
        var files = await media.FilesOfAsync(items, "File", stop);
        return new PublicationPage(
            [.. items.Select(item => EResource(item, topics, pictures, keptItems.Contains(item) ? null : OpenFile(item, files))).OfType<Publication>()],
            page.HasMore ? $"{page.Items[^1].Cursor}" : null);
    }

    private async Task<PublicationPage> BooksAsync(CatalogQuery query, CancellationToken stop)
    {
        var result = await catalog.SearchAsync(query with { Size = PageSize, WithFacets = false }, stop);
        var books = await db.BookLinesAsync(await catalog.TitlesOfAsync(result, stop), stop);
        return new PublicationPage([.. books.Select(Book)], result.Next, result.Total);
    }

    private Publication Book(BookLine book)
    {
        var address = Origin + book.Address;
        return new Publication(address, book.FullTitle, book.Title.ChangedAt)
        {
            Authors = [.. book.Title.Contributors.Where(one => one.Role == ContributorRole.Author).Select(one => PersonName.InReadingOrder(one.Name))],
            Publisher = book.Title.Publisher,
            Language = LanguageNames.TagOf(book.Title.Language),
            Year = book.Title.Year,
            Summary = book.Title.Summary,
            Subjects = [.. book.Title.Subjects.Select(subject => subject.Text)],
            Isbn = book.Title.Identifiers.FirstOrDefault(one => one.Kind == IdentifierKind.Isbn)?.Value,
            Picture = (string.Create(CultureInfo.InvariantCulture, $"{Origin}/b/{book.Title.Id}/cover.png"), "image/png"),
            Acquisition = new Acquisition(address, "text/html", IsOpen: false) { Copies = book.Copies is { } copies ? (copies.Copies, copies.Free) : (0, 0) },
        };
    }

    /// <summary>An e-resource that has a page. Only what anyone may read is offered as a file; everything else is borrowed on its page.</summary>
    private Publication? EResource(ContentItem item, Dictionary<string, string> topics, IReadOnlyDictionary<string, MediaAsset> pictures, MediaAsset? open)
    {
        if (ContentCards.AddressOf(item) is not { } path) return null;

        var picture = MediaLibrary.Pictures(item, "Image", pictures).FirstOrDefault();
        return new Publication(Origin + path, item.DisplayText, item.ModifiedUtc)
        {
            Publisher = item.Text("Provider"),
            Language = item.Culture,
            Summary = item.Text("Summary"),
            Year = item.PublishedUtc?.Year,
            Subjects = [.. item.Terms("Topics").Select(term => topics.GetValueOrDefault(term)).OfType<string>()],
            Acquisition = open is null ? new Acquisition(Origin + path, "text/html", IsOpen: false) : new Acquisition($"{Origin}/media/{open.Path}", open.ContentType, IsOpen: true),
            Picture = picture is null ? null : ($"{Origin}/media/{picture.Asset.Path}", picture.Asset.ContentType),
        };
    }

    private static MediaAsset? OpenFile(ContentItem item, IReadOnlyDictionary<string, MediaAsset> files) =>
        item.Pictures("File").FirstOrDefault() is { } file ? files.GetValueOrDefault(MediaPath.Normalise(file)) : null;
}
