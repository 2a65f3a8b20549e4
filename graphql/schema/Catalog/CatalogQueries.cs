using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Search;
using Audience = Metro.Library.Catalog.Audience;

namespace Metro.Portal.Schema.Catalog;

/// <summary>What everybody may ask of the catalogue.</summary>
[QueryType]
internal static class CatalogQueries
{
    /// <summary>The books of the catalogue, for those who read it from end to end. To look for something, use `searchBooks`.</summary>
    [CacheControl(60)]
    [UsePaging(IncludeTotalCount = true, MaxPageSize = 100, DefaultPageSize = 20)]
    [UseProjection]
    [UseFiltering]
    [UseSorting]
    public static IQueryable<Title> GetBooks(LibraryDbContext db) => db.Titles.InCatalogue();

    /// <summary>One book; null when it is not in the catalogue, or no longer.</summary>
    /// <param name="id">Its global id.</param>
    [CacheControl(60)]
    [UseSingleOrDefault]
    [UseProjection]
    public static IQueryable<Title> GetBook([ID<Title>] long id, LibraryDbContext db) => db.Titles.InCatalogue().Where(title => title.Id == id);

    /// <summary>The book with this ISBN; null when the library has none.</summary>
    /// <param name="isbn">Ten or thirteen digits; spaces and hyphens do not matter.</param>
    [CacheControl(60)]
    [UseFirstOrDefault]
    [UseProjection]
    public static IQueryable<Title> GetBookByIsbn(string isbn, LibraryDbContext db)
    {
        var digits = Library.Catalog.Isbn.TryParse(isbn, out var read) ? read.Digits : "";
        return db.Titles.InCatalogue().WithIdentifier(digits).OrderBy(title => title.Id);
    }

    /// <summary>
    /// Finds books by words: the obvious first, mistyped words corrected, with facets to narrow down by. What was catalogued a
    /// moment ago is found.
    /// </summary>
    /// <param name="text">
    /// Words in any order, "phrases", -words to leave out, prefix*, and author:, title:, subject:, series:, isbn:, ddc:. Any text has
    /// a meaning; none finds everything.
    /// </param>
    /// <param name="filter">What to narrow down by; all of it holds together.</param>
    /// <param name="order">The order of the results.</param>
    /// <param name="first">How many books, up to 100.</param>
    /// <param name="after">The `endCursor` of the page before.</param>
    [CacheControl(60)]
    [Cost(20)]
    [ListSize(SlicingArguments = ["first"], SlicingArgumentDefaultValue = 20, AssumedSize = 100, SizedFields = ["books"], RequireOneSlicingArgument = false)]
    public static async Task<BookSearch> SearchBooksAsync(
        string? text, BookSearchFilter? filter, CatalogSearch search, CancellationToken stop,
        SearchOrder order = SearchOrder.Relevance, int first = 20, string? after = null)
    {
        if (first is < 0 or > CatalogQuery.LargestPage) throw TooMany(CatalogQuery.LargestPage);
        var query = (filter ?? new()).ToQuery() with { Text = text, Order = order, Size = first, After = after };
        return new(await search.SearchAsync(query, stop));
    }

    /// <summary>What somebody who has typed so far may be looking for.</summary>
    /// <param name="text">What is typed so far.</param>
    /// <param name="first">How many suggestions, up to 20.</param>
    [CacheControl(60)]
    [Cost(10)]
    [ListSize(SlicingArguments = ["first"], SlicingArgumentDefaultValue = 8, AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static Task<IReadOnlyList<Suggestion>> SuggestAsync(string text, CatalogSearch search, CancellationToken stop, int first = 8)
    {
        if (first is < 1 or > 20) throw TooMany(20);
        return search.SuggestAsync(text, first, stop);
    }

    private static GraphQLException TooMany(int most) => new(ErrorBuilder.New()
        .SetMessage($"At most {most} can be asked for at once.").SetCode("HC0051").SetExtension("maxAllowedItems", most).Build());
}

/// <summary>What to narrow a search down by. A list that is left out or empty leaves everything in.</summary>
public sealed record BookSearchFilter
{
    /// <summary>Only books of one of these formats.</summary>
    public IReadOnlyList<TitleFormat>? Formats { get; init; }

    /// <summary>Only books in one of these languages, by their codes of three letters, such as `ind`, `eng`, `jav`.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Only books for one of these audiences.</summary>
    public IReadOnlyList<Audience>? Audiences { get; init; }

    /// <summary>Only books with one of these subject headings, as the facet gives them.</summary>
    public IReadOnlyList<string>? Subjects { get; init; }

    /// <summary>Only books with a copy at one of these branches.</summary>
    [ID<Branch>]
    public IReadOnlyList<long>? Branches { get; init; }

    /// <summary>Only books published in this year or later.</summary>
    public int? YearFrom { get; init; }

    /// <summary>Only books published in this year or earlier.</summary>
    public int? YearTo { get; init; }

    /// <summary>Only books of this class of the Dewey Decimal Classification: one, two or three digits.</summary>
    public string? Classification { get; init; }

    /// <summary>Only books with a copy that can be taken from a shelf now, at one of the branches if any are given.</summary>
    [DefaultValue(false)]
    public bool AvailableNow { get; init; }

    internal CatalogQuery ToQuery() => new()
    {
        Formats = Formats ?? [],
        Languages = Languages ?? [],
        Audiences = Audiences ?? [],
        Subjects = Subjects ?? [],
        Branches = Branches ?? [],
        YearFrom = YearFrom,
        YearTo = YearTo,
        Ddc = Classification,
        AvailableNow = AvailableNow,
    };
}

/// <summary>What a search found.</summary>
[ObjectType]
public sealed class BookSearch
{
    private readonly SearchResult found;

    internal BookSearch(SearchResult found) => this.found = found;

    /// <summary>How many books were found in all.</summary>
    public int TotalCount => found.Total;

    /// <summary>This page's books, best first.</summary>
    public async Task<IReadOnlyList<Title>> GetBooksAsync(IDataLoader<long, Title> books, CancellationToken stop) =>
        [.. (await books.LoadAsync([.. found.TitleIds], stop)).OfType<Title>()];

    /// <summary>Whether more follow.</summary>
    public bool HasNextPage => found.Next is not null;

    /// <summary>What to ask for the next page with; null on the last.</summary>
    public string? EndCursor => found.Next;

    /// <summary>How many of all books found have each value. The counts of one facet disregard the choice made in that facet.</summary>
    [Cost(5)]
    public BookFacets Facets => new(found.Facets!);

    /// <summary>Words that nothing has, and the words that were searched for in their place.</summary>
    public IReadOnlyList<WordCorrection> Corrections => found.Corrections;

    /// <summary>Words that nothing has and that were left out, because the others found something.</summary>
    public IReadOnlyList<string> IgnoredWords => found.Ignored;
}

/// <summary>How many of the books found have each value, the most frequent first.</summary>
[ObjectType]
public sealed class BookFacets
{
    private readonly SearchFacets counted;

    internal BookFacets(SearchFacets counted) => this.counted = counted;

    /// <summary>By format.</summary>
    public IReadOnlyList<FormatCount> Formats => [.. counted.Formats.Select(one => new FormatCount(one.Value, one.Count))];

    /// <summary>By language, as codes of three letters.</summary>
    public IReadOnlyList<ValueCount> Languages => [.. counted.Languages.Select(one => new ValueCount(one.Value, one.Count))];

    /// <summary>By audience.</summary>
    public IReadOnlyList<AudienceCount> Audiences => [.. counted.Audiences.Select(one => new AudienceCount(one.Value, one.Count))];

    /// <summary>By year of publication, the latest first.</summary>
    public IReadOnlyList<NumberCount> Years => [.. counted.Years.Select(one => new NumberCount(one.Value, one.Count))];

    /// <summary>By subject heading: the thirty most frequent.</summary>
    public IReadOnlyList<ValueCount> Subjects => [.. counted.Subjects.Select(one => new ValueCount(one.Value, one.Count))];

    /// <summary>By branch that has a copy.</summary>
    [Cost(2)]
    public async Task<IReadOnlyList<BranchCount>> GetBranchesAsync(IDataLoader<long, Branch> branches, CancellationToken stop)
    {
        var found = await branches.LoadAsync([.. counted.Branches.Select(one => one.Value)], stop);
        return [.. found.Zip(counted.Branches).Where(one => one.First is not null).Select(one => new BranchCount(one.First!, one.Second.Count))];
    }

    /// <summary>By hundred of the Dewey Decimal Classification: 0 for 000 to 9 for 900.</summary>
    public IReadOnlyList<NumberCount> Classes => [.. counted.Classes.Select(one => new NumberCount(one.Value, one.Count))];

    /// <summary>How many could be taken from a shelf now.</summary>
    public int AvailableNow => counted.AvailableNow;
}

/// <summary>A format and how many books have it.</summary>
/// <param name="Value">The format.</param>
/// <param name="Count">How many books.</param>
public sealed record FormatCount(TitleFormat Value, int Count);

/// <summary>An audience and how many books are meant for it.</summary>
/// <param name="Value">The audience.</param>
/// <param name="Count">How many books.</param>
public sealed record AudienceCount(Audience Value, int Count);

/// <summary>A value and how many books have it.</summary>
/// <param name="Value">The value, to filter by.</param>
/// <param name="Count">How many books.</param>
public sealed record ValueCount(string Value, int Count);

/// <summary>A number and how many books have it.</summary>
/// <param name="Value">The number.</param>
/// <param name="Count">How many books.</param>
public sealed record NumberCount(int Value, int Count);

/// <summary>A branch and how many books have a copy there.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Count">How many books.</param>
public sealed record BranchCount(Branch Branch, int Count);

/// <summary>What a suggestion of a book leads to.</summary>
[ExtendObjectType<Suggestion>]
internal static class SuggestionFields
{
    internal static void Describe(ObjectTypeDescriptor<Suggestion> suggestion)
    {
        suggestion.BindFieldsExplicitly().Description("Something that a reader who typed so far may be looking for.");
        suggestion.Field(one => one.Kind);
        suggestion.Field(one => one.Text);
    }

    /// <summary>The book; null unless it is one.</summary>
    [Cost(2)]
    public static async Task<Title?> GetBookAsync([Parent] Suggestion suggestion, IDataLoader<long, Title> books, CancellationToken stop) =>
        suggestion.TitleId is { } id ? await books.LoadAsync(id, stop) : null;
}
