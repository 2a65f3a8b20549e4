using System.Globalization;
using Metro.Library.Catalog;
using Metro.Library.Search;
using Metro.Portal.Web;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Catalog;

/// <summary>
/// What a reader asks of the catalogue, as it stands in the address. Whatever is written there has a meaning: values that are none
/// are passed over.
/// </summary>
internal sealed class CatalogRequest
{
    /// <summary>How many titles a page shows.</summary>
    public const int PageSize = 20;

    /// <summary>The most values of one facet that count.</summary>
    private const int MostValues = 20;

    /// <inheritdoc cref="CatalogQuery.Text"/>
    [FromQuery(Name = "q")]
    public string? Text { get; set; }

    [FromQuery(Name = "format")]
    public string[] Format { get; set; } = [];

    [FromQuery(Name = "language")]
    public string[] Language { get; set; } = [];

    [FromQuery(Name = "audience")]
    public string[] Audience { get; set; } = [];

    [FromQuery(Name = "subject")]
    public string[] Subject { get; set; } = [];

    [FromQuery(Name = "branch")]
    public string[] Branch { get; set; } = [];

    [FromQuery(Name = "from")]
    public string? From { get; set; }

    [FromQuery(Name = "to")]
    public string? To { get; set; }

    [FromQuery(Name = "available")]
    public string? Available { get; set; }

    [FromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [FromQuery(Name = "after")]
    public string? After { get; set; }

    /// <summary>How many titles stand before this page, for the words of the pager; nothing is looked up by it.</summary>
    [FromQuery(Name = "skipped")]
    public string? Skipped { get; set; }

    public IReadOnlyList<TitleFormat> Formats => [.. Values<TitleFormat>(Format)];

    public IReadOnlyList<Audience> Audiences => [.. Values<Audience>(Audience)];

    public IReadOnlyList<string> Languages => [.. Language.Where(code => code is { Length: 3 } && code.All(char.IsAsciiLetterLower)).Distinct().Take(MostValues)];

    public IReadOnlyList<string> Subjects => [.. Subject.Where(text => text is { Length: > 0 and <= TitleDescription.Limits.Heading }).Distinct().Take(MostValues)];

    public IReadOnlyList<long> Branches =>
        [.. Branch.Select(key => long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct().Take(MostValues)];

    public int? YearFrom => Year(From);

    public int? YearTo => Year(To);

    public bool IsAvailableNow => Available == "1";

    /// <summary>Words have an order of their own; a list of everything begins with the newest.</summary>
    public SearchOrder Order => Values<SearchOrder>([Sort ?? ""]).Cast<SearchOrder?>().FirstOrDefault()
        ?? (string.IsNullOrWhiteSpace(Text) ? SearchOrder.Newest : SearchOrder.Relevance);

    public int SkippedTitles => int.TryParse(Skipped, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    /// <summary>How many filters are set.</summary>
    public int Filters => Formats.Count + Audiences.Count + Languages.Count + Subjects.Count + Branches.Count
        + (YearFrom is null && YearTo is null ? 0 : 1) + (IsAvailableNow ? 1 : 0);

    public CatalogQuery Query() => new()
    {
        Text = Text,
        Formats = Formats,
        Audiences = Audiences,
        Languages = Languages,
        Subjects = Subjects,
        Branches = Branches,
        YearFrom = YearFrom,
        YearTo = YearTo,
        AvailableNow = IsAvailableNow,
        Order = Order,
        Size = PageSize,
        After = After,
    };

    /// <summary>The address of this request, changed; always of the first page unless <paramref name="after"/> says otherwise.</summary>
    public string Address(string? without = null, string? value = null, string? after = null, int skipped = 0)
    {
        var query = QueryString.Empty;
        if (!string.IsNullOrWhiteSpace(Text) && without != "q") query = query.Add("q", Text);
        Add("format", Formats.Select(one => one.ToString()));
        Add("audience", Audiences.Select(one => one.ToString()));
        Add("language", Languages);
        Add("subject", Subjects);
        Add("branch", Branches.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        if (without != "year")
        {
            if (YearFrom is { } from) query = query.Add("from", from.ToString(CultureInfo.InvariantCulture));
            if (YearTo is { } to) query = query.Add("to", to.ToString(CultureInfo.InvariantCulture));
        }

        if (IsAvailableNow && without != "available") query = query.Add("available", "1");
        if (!string.IsNullOrEmpty(Sort)) query = query.Add("sort", Order.ToString());
        if (after is not null) query = query.Add("after", after).Add("skipped", skipped.ToString(CultureInfo.InvariantCulture));
        return PortalChrome.InLanguage("/catalog") + query.ToUriComponent();

        void Add(string name, IEnumerable<string> values)
        {
            foreach (var one in values)
                if (without != name || (value is not null && value != one)) query = query.Add(name, one);
        }
    }

    /// <summary>The list of titles that have these words, in the reader's language.</summary>
    public static string AddressOf(string text) => PortalChrome.InLanguage("/catalog") + QueryString.Create("q", text).ToUriComponent();

    private static IEnumerable<T> Values<T>(IEnumerable<string?> names) where T : struct, Enum =>
        names.Where(name => name?.All(char.IsAsciiLetter) == true)
            .Select(name => Enum.TryParse<T>(name, ignoreCase: true, out var value) ? value : (T?)null)
            .OfType<T>().Distinct();

    private static int? Year(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 0 and <= 2200 ? year : null;
}
