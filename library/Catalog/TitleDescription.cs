using Metro.Library.Input;

namespace Metro.Library.Catalog;

/// <summary>
/// How a cataloguer describes a title: what is typed at the desk, or read from a MARC record. Nothing is
/// checked until a <see cref="Title"/> takes it; see <see cref="Check"/>.
/// </summary>
public sealed record TitleDescription
{
    /// <summary>What kind of thing it is.</summary>
    public TitleFormat Format { get; init; }

    /// <summary>The title proper, such as <c>Laskar pelangi</c>; required.</summary>
    public string Name { get; init; } = "";

    /// <summary>The rest of the title, or null.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The edition, such as <c>Cetakan ke-5</c>, or null.</summary>
    public string? Edition { get; init; }

    /// <summary>Where it was published, or null.</summary>
    public string? Place { get; init; }

    /// <summary>Who published it, or null.</summary>
    public string? Publisher { get; init; }

    /// <summary>The year of publication in the Gregorian calendar, or null when nobody knows.</summary>
    public int? Year { get; init; }

    /// <summary>Pages, size, playing time; or null.</summary>
    public string? Extent { get; init; }

    /// <summary>The series to which it belongs, or null.</summary>
    public string? Series { get; init; }

    /// <summary>Its number in the series, or null.</summary>
    public string? SeriesNumber { get; init; }

    /// <summary>The main language as three lower-case letters (ISO 639-2/B, as MARC has it: <c>ind</c>, <c>eng</c>, <c>jav</c>), or null.</summary>
    public string? Language { get; init; }

    /// <summary>For whom it is meant.</summary>
    public Audience Audience { get; init; }

    /// <summary>What it is about, in a paragraph; or null.</summary>
    public string? Summary { get; init; }

    /// <summary>The class in the Dewey Decimal Classification, such as <c>899.221</c>, or null.</summary>
    public string? Ddc { get; init; }

    /// <summary>Who made it, the main one first.</summary>
    public IReadOnlyList<DescribedContributor> Contributors { get; init; } = [];

    /// <summary>What it is about, as headings, the main one first.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Its numbers; ISBN and ISSN are checked.</summary>
    public IReadOnlyList<DescribedIdentifier> Identifiers { get; init; } = [];

    /// <summary>The most UTF-16 units of each text, here and in the database.</summary>
    public static class Limits
    {
        /// <summary>Of the title proper and of the subtitle.</summary>
        public const int Name = 500;

        /// <summary>Of edition, extent, place, publisher and series.</summary>
        public const int Line = 250;

        /// <summary>Of a number in a series, a class, an identifier.</summary>
        public const int Number = 60;

        /// <summary>Of a contributor's name and of a subject heading.</summary>
        public const int Heading = 250;

        /// <summary>Of the summary.</summary>
        public const int Summary = 4000;

        /// <summary>How many contributors, subjects or identifiers one title has at most.</summary>
        public const int Many = 100;
    }

    /// <summary>The description with every text tidied, names and numbers in their normal forms, repetitions and empty parts gone.</summary>
    public TitleDescription Normalised() => this with
    {
        Name = InputText.Tidy(Name) ?? "",
        Subtitle = InputText.Tidy(Subtitle),
        Edition = InputText.Tidy(Edition),
        Place = InputText.Tidy(Place),
        Publisher = InputText.Tidy(Publisher),
        Extent = InputText.Tidy(Extent),
        Series = InputText.Tidy(Series),
        SeriesNumber = InputText.Tidy(SeriesNumber),
        Language = InputText.Tidy(Language)?.ToLowerInvariant(),
        Summary = InputText.Tidy(Summary),
        Ddc = InputText.Tidy(Ddc),
        Contributors = [.. Contributors
            .Select(one => one with { Name = InputText.Tidy(one.Name) ?? "" })
            .Where(one => one.Name.Length > 0)
            .DistinctBy(one => (PersonName.KeyOf(one.Name), one.Role))],
        Subjects = [.. Subjects.Select(InputText.Tidy).OfType<string>().DistinctBy(text => CatalogText.KeyOf(text))],
        Identifiers = [.. Identifiers.Select(one => one.Normalised()).Where(one => one.Value.Length > 0).Distinct()],
    };

    /// <summary>Everything that keeps this description out of the catalogue; empty when it may come in.</summary>
    public IReadOnlyList<Refusal> Check()
    {
        var refusals = new List<Refusal?>();
        refusals.Add(InputText.CheckName(Name, "title", Limits.Name));
        refusals.Add(InputText.Check(Subtitle, "subtitle", Limits.Name));
        refusals.Add(InputText.Check(Edition, "edition", Limits.Line));
        refusals.Add(InputText.Check(Place, "place", Limits.Line));
        refusals.Add(InputText.Check(Publisher, "publisher", Limits.Line));
        refusals.Add(InputText.Check(Extent, "extent", Limits.Line));
        refusals.Add(InputText.Check(Series, "series", Limits.Line));
        refusals.Add(InputText.Check(SeriesNumber, "series_number", Limits.Number));
        refusals.Add(InputText.Check(Summary, "summary", Limits.Summary));
        if (Year is { } year) refusals.Add(InputText.CheckNumber(year, "year", 1, 2200));
        if (Language is { } language && !(language.Length == 3 && language.All(char.IsAsciiLetter)))
            refusals.Add(CatalogRefusals.NotALanguage(language));
        if (Ddc is { } ddc && !DdcClass.IsClass(ddc)) refusals.Add(CatalogRefusals.NotAClass(ddc));
        if (!Enum.IsDefined(Format) || !Enum.IsDefined(Audience)) refusals.Add(InputRefusals.Unreadable("format"));

        refusals.Add(TooMany(Contributors.Count, "contributors"));
        refusals.Add(TooMany(Subjects.Count, "subjects"));
        refusals.Add(TooMany(Identifiers.Count, "identifiers"));
        foreach (var contributor in Contributors.Take(Limits.Many))
            refusals.Add(InputText.CheckName(contributor.Name, "contributor", Limits.Heading));
        foreach (var subject in Subjects.Take(Limits.Many)) refusals.Add(InputText.CheckName(subject, "subject", Limits.Heading));
        foreach (var identifier in Identifiers.Take(Limits.Many)) refusals.Add(identifier.Check());
        return [.. refusals.OfType<Refusal>()];
    }

    private static Refusal? TooMany(int count, string field) => InputText.CheckNumber(count, field, 0, Limits.Many);
}

/// <summary>A contributor as a cataloguer names them.</summary>
/// <param name="Name">The name in the form for filing: <c>Hirata, Andrea</c>; an organisation's as it is.</param>
/// <param name="Role">What they did.</param>
/// <param name="Kind">Person, organisation or meeting.</param>
public sealed record DescribedContributor(string Name, ContributorRole Role = ContributorRole.Author, ContributorKind Kind = ContributorKind.Person);

/// <summary>A number as a cataloguer copies it.</summary>
/// <param name="Kind">Whose number it is.</param>
/// <param name="Value">The number, hyphens and all.</param>
public sealed record DescribedIdentifier(IdentifierKind Kind, string Value)
{
    internal DescribedIdentifier Normalised() => Kind switch
    {
        IdentifierKind.Isbn when Isbn.TryParse(Value, out var isbn) => this with { Value = isbn.Digits },
        IdentifierKind.Issn when Issn.TryParse(Value, out var issn) => this with { Value = issn.Value },
        _ => this with { Value = InputText.Tidy(Value) ?? "" },
    };

    internal Refusal? Check() => Kind switch
    {
        IdentifierKind.Isbn when !Isbn.TryParse(Value, out _) => CatalogRefusals.NotAnIsbn(Value),
        IdentifierKind.Issn when !Issn.TryParse(Value, out _) => CatalogRefusals.NotAnIssn(Value),
        _ => InputText.Check(Value, "identifier", TitleDescription.Limits.Number, required: true),
    };
}

/// <summary>The form of a class in the Dewey Decimal Classification.</summary>
public static class DdcClass
{
    /// <summary>Three digits, and perhaps a point and more digits: <c>005</c>, <c>899.221</c>.</summary>
    public static bool IsClass(string text) => text.Length is 3 or (> 4 and <= 30)
        && text.AsSpan(0, 3).ContainsOnlyDigits()
        && (text.Length == 3 || (text[3] == '.' && text.AsSpan(4).ContainsOnlyDigits()));
}
