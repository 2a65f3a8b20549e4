using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Input;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Metro.Portal.Pages.Office.Catalog;

/// <summary>Somebody who made a title, as a line of the form.</summary>
internal sealed class TypedContributor
{
    public string? Name { get; set; }

    public ContributorRole Role { get; set; }

    public ContributorKind Kind { get; set; }
}

/// <summary>A number of a title, as a line of the form.</summary>
internal sealed class TypedIdentifier
{
    public IdentifierKind Kind { get; set; }

    public string? Value { get; set; }
}

/// <summary>What is asked about a title, be it new or known. Lists have empty lines at their end; what is left empty is not kept.</summary>
internal abstract class TitleForm : DeskPage
{
    private const int EmptyContributors = 3;
    private const int EmptyIdentifiers = 2;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Subtitle { get; set; }

    [BindProperty]
    public TitleFormat Format { get; set; }

    [BindProperty(Name = "Contributors")]
    public List<TypedContributor> Contributors { get; set; } = [];

    [BindProperty]
    public string? Edition { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? Publisher { get; set; }

    [BindProperty]
    public int? Year { get; set; }

    [BindProperty]
    public string? Extent { get; set; }

    [BindProperty]
    public string? Series { get; set; }

    [BindProperty]
    public string? SeriesNumber { get; set; }

    [BindProperty]
    public string? Language { get; set; }

    [BindProperty]
    public Audience Audience { get; set; }

    [BindProperty]
    public string? Ddc { get; set; }

    /// <summary>One subject a line.</summary>
    [BindProperty]
    public string? Subjects { get; set; }

    [BindProperty]
    public string? Summary { get; set; }

    [BindProperty(Name = "Identifiers")]
    public List<TypedIdentifier> Identifiers { get; set; } = [];

    public static IEnumerable<SelectListItem> Formats => Choices<TitleFormat>("Format");

    public static IEnumerable<SelectListItem> Audiences => Choices<Audience>("Audience");

    public static IEnumerable<SelectListItem> Roles => Choices<ContributorRole>("Role");

    public static IEnumerable<SelectListItem> Kinds => Choices<ContributorKind>("Maker");

    public static IEnumerable<SelectListItem> IdentifierKinds => Choices<IdentifierKind>("Identifier");

    protected TitleDescription Description => new()
    {
        Name = Name ?? "",
        Subtitle = Subtitle,
        Format = Format,
        Contributors = [.. Contributors.Where(one => !string.IsNullOrWhiteSpace(one.Name)).Select(one => new DescribedContributor(one.Name!, one.Role, one.Kind))],
        Edition = Edition,
        Place = Place,
        Publisher = Publisher,
        Year = Year,
        Extent = Extent,
        Series = Series,
        SeriesNumber = SeriesNumber,
        Language = Language,
        Audience = Audience,
        Ddc = Ddc,
        Subjects = [.. (Subjects ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        Summary = Summary,
        Identifiers = [.. Identifiers.Where(one => !string.IsNullOrWhiteSpace(one.Value)).Select(one => new DescribedIdentifier(one.Kind, one.Value!))],
    };

    protected void Show(TitleDescription description)
    {
        (Name, Subtitle, Format, Edition, Place, Publisher, Year) =
            (description.Name, description.Subtitle, description.Format, description.Edition, description.Place, description.Publisher, description.Year);
        (Extent, Series, SeriesNumber, Language, Audience, Ddc, Summary) =
            (description.Extent, description.Series, description.SeriesNumber, description.Language, description.Audience, description.Ddc, description.Summary);
        Contributors = [.. description.Contributors.Select(one => new TypedContributor { Name = one.Name, Role = one.Role, Kind = one.Kind })];
        Identifiers = [.. description.Identifiers.Select(one => new TypedIdentifier { Kind = one.Kind, Value = one.Value })];
        Subjects = string.Join('\n', description.Subjects);
    }

    /// <summary>Room for more at the end of the lists.</summary>
    protected void AddEmptyLines()
    {
        Contributors = [.. Contributors.Where(one => !string.IsNullOrWhiteSpace(one.Name)), .. Enumerable.Range(0, EmptyContributors).Select(_ => new TypedContributor())];
        Identifiers = [.. Identifiers.Where(one => !string.IsNullOrWhiteSpace(one.Value)), .. Enumerable.Range(0, EmptyIdentifiers).Select(_ => new TypedIdentifier())];
    }

    /// <summary>Every reason why the description cannot be kept, each beside its question.</summary>
    protected PageResult Refuse(IReadOnlyList<Refusal> refusals)
    {
        foreach (var refusal in refusals) this.Refuse(refusal, About(refusal));
        AddEmptyLines();
        return this.Refused();
    }

    private static (string Code, string Field)[] About(Refusal refusal) => refusal.Arguments.OfType<FieldName>().FirstOrDefault()?.Key switch
    {
        "title" => [(refusal.Code, nameof(Name))],
        "contributor" or "contributors" => [(refusal.Code, "Contributors[0].Name")],
        "subject" or "subjects" => [(refusal.Code, nameof(Subjects))],
        "identifier" or "identifiers" => [(refusal.Code, "Identifiers[0].Value")],
        { } => [],
        null =>
        [
            ("catalog.not_an_isbn", "Identifiers[0].Value"), ("catalog.not_an_issn", "Identifiers[0].Value"),
            ("catalog.not_a_language", nameof(Language)), ("catalog.not_a_class", nameof(Ddc)),
        ],
    };

    private static IEnumerable<SelectListItem> Choices<TEnum>(string prefix)
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Select(value => new SelectListItem(CataloguingText.Get($"{prefix}.{value}"), value.ToString()));
}
