namespace Metro.Library.Catalog;

/// <summary>
/// A bibliographic record (<em>judul</em>): what the library describes once, however many copies it has.
/// Changes by <see cref="Describe"/>; is never deleted, only withdrawn, so that harvesters learn of it.
/// </summary>
public sealed class Title
{
    private readonly List<Contributor> contributors = [];
    private readonly List<SubjectHeading> subjects = [];
    private readonly List<TitleIdentifier> identifiers = [];

    private Title()
    {
    }

    /// <summary>The title's key.</summary>
    public long Id { get; private set; }

    /// <inheritdoc cref="TitleDescription.Format"/>
    public TitleFormat Format { get; private set; }

    /// <inheritdoc cref="TitleDescription.Name"/>
    public string Name { get; private set; } = "";

    /// <inheritdoc cref="TitleDescription.Subtitle"/>
    public string? Subtitle { get; private set; }

    /// <inheritdoc cref="TitleDescription.Edition"/>
    public string? Edition { get; private set; }

    /// <inheritdoc cref="TitleDescription.Place"/>
    public string? Place { get; private set; }

    /// <inheritdoc cref="TitleDescription.Publisher"/>
    public string? Publisher { get; private set; }

    /// <inheritdoc cref="TitleDescription.Year"/>
    public int? Year { get; private set; }

    /// <inheritdoc cref="TitleDescription.Extent"/>
    public string? Extent { get; private set; }

    /// <inheritdoc cref="TitleDescription.Series"/>
    public string? Series { get; private set; }

    /// <inheritdoc cref="TitleDescription.SeriesNumber"/>
    public string? SeriesNumber { get; private set; }

    /// <inheritdoc cref="TitleDescription.Language"/>
    public string? Language { get; private set; }

    /// <inheritdoc cref="TitleDescription.Audience"/>
    public Audience Audience { get; private set; }

    /// <inheritdoc cref="TitleDescription.Summary"/>
    public string? Summary { get; private set; }

    /// <inheritdoc cref="TitleDescription.Ddc"/>
    public string? Ddc { get; private set; }

    /// <summary>Who made it, the main one first.</summary>
    public IReadOnlyList<Contributor> Contributors => contributors;

    /// <summary>What it is about, the main heading first.</summary>
    public IReadOnlyList<SubjectHeading> Subjects => subjects;

    /// <summary>Its numbers.</summary>
    public IReadOnlyList<TitleIdentifier> Identifiers => identifiers;

    /// <summary>The library that made the imported record and its number there (MARC 003 and 001); null for titles typed here.</summary>
    public string? SourceKey { get; private set; }

    /// <summary>What makes it the same title as another without numbers; see the import.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>How often its copies have been borrowed; breaks ties between equally good search results.</summary>
    public int TimesBorrowed { get; private set; }

    /// <summary>When it came into the catalogue, in UTC.</summary>
    public DateTime AddedAt { get; private set; }

    /// <summary>When its description last changed, in UTC; what OAI-PMH calls the datestamp.</summary>
    public DateTime ChangedAt { get; private set; }

    /// <summary>When it left the catalogue, in UTC; null while it is in it.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>Counts the changes of the description; an edit made on an older version is refused.</summary>
    public int Version { get; private set; }

    /// <summary>A new title, or every reason why the description cannot be one.</summary>
    /// <param name="description">What the cataloguer wrote.</param>
    /// <param name="now">The instant, in UTC.</param>
    /// <param name="sourceKey">The key of an imported record, or null.</param>
    public static (Title? Title, IReadOnlyList<Refusal> Refusals) Create(TitleDescription description, DateTime now, string? sourceKey = null)
    {
        var title = new Title { AddedAt = now, SourceKey = sourceKey };
        var refusals = title.Describe(description, now);
        return refusals.Count == 0 ? (title, []) : (null, refusals);
    }

    /// <summary>
    /// Describes the title anew; the parts (contributors, subjects, identifiers) are replaced as a whole.
    /// Nothing changes when anything is refused, nor when the description says what is known already.
    /// </summary>
    /// <returns>Every reason why not; empty when it was done.</returns>
    public IReadOnlyList<Refusal> Describe(TitleDescription description, DateTime now)
    {
        if (WithdrawnAt is not null) return [CatalogRefusals.TitleWithdrawn];
        if (description.Check() is { Count: > 0 } first) return first;
        var said = description.Normalised();
        if (said.Check() is { Count: > 0 } refusals) return refusals;
        if (Version > 0 && TitleDescriptions.Same(said, Description())) return [];

        (Format, Name, Subtitle, Edition) = (said.Format, said.Name, said.Subtitle, said.Edition);
        (Place, Publisher, Year, Extent) = (said.Place, said.Publisher, said.Year, said.Extent);
        (Series, SeriesNumber, Language, Audience) = (said.Series, said.SeriesNumber, said.Language, said.Audience);
        (Summary, Ddc, Fingerprint) = (said.Summary, said.Ddc, CatalogText.FingerprintOf(said));

        Replace(contributors, said.Contributors.Select((one, at) => new Contributor(at, one.Name, one.Role, one.Kind)));
        Replace(subjects, said.Subjects.Select((text, at) => new SubjectHeading(at, text)));
        Replace(identifiers, said.Identifiers.Select(one => new TitleIdentifier(one.Kind, one.Value)));
        (ChangedAt, Version) = (now, Version + 1);
        return [];
    }

    /// <summary>The title as a cataloguer would describe it: what an edit form starts from.</summary>
    public TitleDescription Description() => new()
    {
        Format = Format,
        Name = Name,
        Subtitle = Subtitle,
        Edition = Edition,
        Place = Place,
        Publisher = Publisher,
        Year = Year,
        Extent = Extent,
        Series = Series,
        SeriesNumber = SeriesNumber,
        Language = Language,
        Audience = Audience,
        Summary = Summary,
        Ddc = Ddc,
        Contributors = [.. contributors.OrderBy(one => one.Position).Select(one => new DescribedContributor(one.Name, one.Role, one.Kind))],
        Subjects = [.. subjects.OrderBy(one => one.Position).Select(one => one.Text)],
        Identifiers = [.. identifiers.OrderBy(one => one.Id).Select(one => new DescribedIdentifier(one.Kind, one.Value))],
    };

    /// <summary>Takes the title out of the catalogue; its row stays, so that harvesters learn of the deletion.</summary>
    /// <returns>Null when done or done before; a refusal while <paramref name="copiesLeft"/> is not zero.</returns>
    public Refusal? Withdraw(int copiesLeft, DateTime now)
    {
        if (WithdrawnAt is not null) return null;
        if (copiesLeft > 0) return CatalogRefusals.TitleHasCopies(copiesLeft);
        (WithdrawnAt, ChangedAt, Version) = (now, now, Version + 1);
        return null;
    }

    /// <summary>Puts a withdrawn title back.</summary>
    public void Reinstate(DateTime now)
    {
        if (WithdrawnAt is null) return;
        (WithdrawnAt, ChangedAt, Version) = (null, now, Version + 1);
    }

    /// <summary>Counts a loan of one of its copies.</summary>
    public void CountLoan() => TimesBorrowed++;

    private static void Replace<T>(List<T> kept, IEnumerable<T> said)
    {
        kept.Clear();
        kept.AddRange(said);
    }
}

/// <summary>Someone who made a title; a row of the title's.</summary>
public sealed class Contributor
{
    internal Contributor(int position, string name, ContributorRole role, ContributorKind kind) =>
        (Position, Name, NameKey, Role, Kind) = (position, name, PersonName.KeyOf(name), role, kind);

    /// <summary>The row's key.</summary>
    public long Id { get; private set; }

    /// <summary>The title's key.</summary>
    public long TitleId { get; private set; }

    /// <summary>The place among the title's contributors, from 0.</summary>
    public int Position { get; private set; }

    /// <summary>The name in the form for filing: <c>Hirata, Andrea</c>.</summary>
    public string Name { get; private set; }

    /// <summary>By which the same person is found under every order of the name; see <see cref="PersonName.KeyOf"/>.</summary>
    public string NameKey { get; private set; }

    /// <summary>What they did.</summary>
    public ContributorRole Role { get; private set; }

    /// <summary>Person, organisation or meeting.</summary>
    public ContributorKind Kind { get; private set; }
}

/// <summary>What a title is about; a row of the title's.</summary>
public sealed class SubjectHeading
{
    internal SubjectHeading(int position, string text) => (Position, Text, Key) = (position, text, CatalogText.KeyOf(text));

    /// <summary>The row's key.</summary>
    public long Id { get; private set; }

    /// <summary>The title's key.</summary>
    public long TitleId { get; private set; }

    /// <summary>The place among the title's subjects, from 0.</summary>
    public int Position { get; private set; }

    /// <summary>The heading, subdivisions behind double hyphens: <c>Indonesia -- Sejarah</c>.</summary>
    public string Text { get; private set; }

    /// <summary>By which the same heading is found without case, accents and punctuation.</summary>
    public string Key { get; private set; }
}

/// <summary>A number by which a title is known; a row of the title's.</summary>
public sealed class TitleIdentifier
{
    internal TitleIdentifier(IdentifierKind kind, string value) => (Kind, Value) = (kind, value);

    /// <summary>The row's key.</summary>
    public long Id { get; private set; }

    /// <summary>The title's key.</summary>
    public long TitleId { get; private set; }

    /// <summary>Whose number it is.</summary>
    public IdentifierKind Kind { get; private set; }

    /// <summary>The number in its normal form: ISBN as 13 digits, ISSN with its hyphen.</summary>
    public string Value { get; private set; }
}

internal static class TitleDescriptions
{
    /// <summary>Whether two normalised descriptions say the same.</summary>
    public static bool Same(TitleDescription one, TitleDescription other) =>
        one.Contributors.SequenceEqual(other.Contributors)
        && one.Subjects.SequenceEqual(other.Subjects)
        && one.Identifiers.Count == other.Identifiers.Count && !one.Identifiers.Except(other.Identifiers).Any()
        && Bare(one) == Bare(other);

    private static TitleDescription Bare(TitleDescription said) => said with { Contributors = None.People, Subjects = None.Texts, Identifiers = None.Numbers };

    private static class None
    {
        public static readonly IReadOnlyList<DescribedContributor> People = [];
        public static readonly IReadOnlyList<string> Texts = [];
        public static readonly IReadOnlyList<DescribedIdentifier> Numbers = [];
    }
}
