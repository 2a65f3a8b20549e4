using Metro.Library.Catalog;

namespace Metro.Library.Search;

/// <summary>What a reader looks for.</summary>
public sealed record CatalogQuery
{
    /// <summary>The most results on a page.</summary>
    public const int LargestPage = 100;

    /// <summary>
    /// Words in any order, "phrases", -words to leave out, prefix*, and author:, title:, subject:, series:,
    /// isbn:, ddc: (pengarang:, judul:, subjek:, seri:, kelas:). Any text has a meaning; null and blank find everything.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Whether the last word may be unfinished.</summary>
    public bool AsYouType { get; init; }

    /// <summary>Only titles of one of these formats; empty for all, as with every list here.</summary>
    public IReadOnlyCollection<TitleFormat> Formats { get; init; } = [];

    /// <summary>Only titles in one of these languages, by their codes of three letters.</summary>
    public IReadOnlyCollection<string> Languages { get; init; } = [];

    /// <summary>Only titles for one of these audiences.</summary>
    public IReadOnlyCollection<Audience> Audiences { get; init; } = [];

    /// <summary>Only titles with one of these subject headings, as the facet gives them.</summary>
    public IReadOnlyCollection<string> Subjects { get; init; } = [];

    /// <summary>Only titles with a copy at one of these branches.</summary>
    public IReadOnlyCollection<long> Branches { get; init; } = [];

    /// <summary>Only titles published in this year or later.</summary>
    public int? YearFrom { get; init; }

    /// <summary>Only titles published in this year or earlier.</summary>
    public int? YearTo { get; init; }

    /// <summary>Only titles of this DDC class: one, two or three digits (8 for all of literature, 899 for other literatures).</summary>
    public string? Ddc { get; init; }

    /// <summary>Only titles with a copy that can be taken from the shelf now, at one of <see cref="Branches"/> if any are given.</summary>
    public bool AvailableNow { get; init; }

    /// <summary>The order of the results.</summary>
    public SearchOrder Order { get; init; }

    /// <summary>How many results, from 0 (only count) to <see cref="LargestPage"/>; other numbers are brought into this range.</summary>
    public int Size { get; init; } = 20;

    /// <summary>The <see cref="SearchResult.Next"/> of the page before; null for the first page, and read as null when it is not one.</summary>
    public string? After { get; init; }

    /// <summary>Whether to count facets.</summary>
    public bool WithFacets { get; init; } = true;
}

/// <summary>The order of search results; equals stand in the order of their keys, so that pages are stable.</summary>
public enum SearchOrder
{
    /// <summary>The obvious first: the exact title, then titles that begin so, contain the phrase, the words; authors; the rest. Equals by popularity.</summary>
    Relevance,

    /// <summary>The latest to come into the catalogue first.</summary>
    Newest,

    /// <summary>The latest year of publication first.</summary>
    Year,

    /// <summary>By the title, A to Z.</summary>
    Title,
}

/// <summary>What was found.</summary>
/// <param name="TitleIds">The keys of this page's titles, best first.</param>
/// <param name="Total">How many titles were found in all.</param>
/// <param name="Next">What to ask for the next page with; null on the last.</param>
/// <param name="Facets">The counts over all titles found; null when they were not asked for.</param>
/// <param name="Corrections">Words that nothing has, and the words that were searched for in their place.</param>
/// <param name="Ignored">Words that nothing has and nothing is near, and that were left out because the others found something.</param>
public sealed record SearchResult(
    IReadOnlyList<long> TitleIds, int Total, string? Next, SearchFacets? Facets,
    IReadOnlyList<WordCorrection> Corrections, IReadOnlyList<string> Ignored);

/// <summary>A mistyped word and the one that was searched for.</summary>
/// <param name="Typed">As typed, folded.</param>
/// <param name="Used">The word of the catalogue.</param>
public sealed record WordCorrection(string Typed, string Used);

/// <summary>
/// How many of the titles found have each value. The counts of one facet disregard the reader's own choice
/// in that facet, so that the other values can still be chosen; they regard all other choices.
/// </summary>
/// <param name="Formats">By format, the most frequent first, as in every facet but the years.</param>
/// <param name="Languages">By language code.</param>
/// <param name="Audiences">By audience.</param>
/// <param name="Years">By year of publication, the latest first.</param>
/// <param name="Subjects">By subject heading: the <see cref="MostSubjects"/> most frequent.</param>
/// <param name="Branches">By branch where a copy is, by the branch's key.</param>
/// <param name="Classes">By hundred of the DDC: 0 for 000 to 9 for 900.</param>
/// <param name="AvailableNow">How many could be taken from a shelf now.</param>
public sealed record SearchFacets(
    IReadOnlyList<FacetCount<TitleFormat>> Formats,
    IReadOnlyList<FacetCount<string>> Languages,
    IReadOnlyList<FacetCount<Audience>> Audiences,
    IReadOnlyList<FacetCount<int>> Years,
    IReadOnlyList<FacetCount<string>> Subjects,
    IReadOnlyList<FacetCount<long>> Branches,
    IReadOnlyList<FacetCount<int>> Classes,
    int AvailableNow)
{
    /// <summary>The most subject headings in a facet.</summary>
    public const int MostSubjects = 30;
}

/// <summary>A value of a facet and how many titles have it.</summary>
public readonly record struct FacetCount<T>(T Value, int Count);

/// <summary>What a suggestion leads to.</summary>
public enum SuggestionKind
{
    /// <summary>A title.</summary>
    Title,

    /// <summary>A contributor: search for author:"…".</summary>
    Contributor,

    /// <summary>A subject heading: search for subject:"…".</summary>
    Subject,
}

/// <summary>Something that a reader who typed so far may be looking for.</summary>
/// <param name="Kind">What it leads to.</param>
/// <param name="Text">What to show.</param>
/// <param name="TitleId">The title's key; null unless it is one.</param>
public sealed record Suggestion(SuggestionKind Kind, string Text, long? TitleId);
