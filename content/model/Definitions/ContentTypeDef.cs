using System.Globalization;

namespace Metro.Content;

/// <summary>
/// A content type: one file of declarative C#. Its constructor names parts and fields; from them follow the
/// editor's form, validation, index rows, the API's schema and Orchard's definition record. A type is found
/// by reflection (<see cref="ContentTypes.Of"/>) and never changes after it is made, so it is safe to share.
/// </summary>
/// <example>
/// <code>
/// public sealed class Workshop : ContentTypeDef
/// {
///     public Workshop()
///     {
///         With&lt;TitlePart&gt;(required: true);
///         With&lt;AutoroutePart&gt;(pattern: "{culture}/workshops/{slug}");
///         DateTime("StartsAt").Required().Indexed().Starts();
///     }
/// }
/// </code>
/// </example>
public abstract class ContentTypeDef
{
    private readonly List<PartUse> parts = [];
    private readonly List<FieldDef> fields = [];

    /// <summary>The type's name in JSON: the class's name, or the one that its stored definition gives.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The parts in the order of the editor's form.</summary>
    public IReadOnlyList<PartUse> Parts => parts;

    /// <summary>The fields in the order of the editor's form.</summary>
    public IReadOnlyList<FieldDef> Fields => fields;

    /// <summary>Whether editors create items of the type by themselves; others live inside items.</summary>
    public bool IsCreatable { get; protected init; } = true;

    /// <summary>Orchard's stereotype (<c>MenuItem</c>, <c>Widget</c>); null for ordinary content.</summary>
    public string? Stereotype { get; protected init; }

    /// <summary>Whether an item is written in one language and translated in others.</summary>
    public bool IsLocalised => Uses<LocalizationPart>();

    /// <summary>What the type is called in the reader's language.</summary>
    public virtual string Label(CultureInfo culture) => Texts.Find($"Type.{Name}", culture) ?? Name;

    /// <summary>Whether the type has the part.</summary>
    public bool Uses<TPart>() where TPart : ContentPart => Part<TPart>() is not null;

    /// <summary>How the type uses the part; null when it does not.</summary>
    public PartUse? Part<TPart>() where TPart : ContentPart => parts.Find(use => use.Part is TPart);

    /// <summary>The field of that name; null when there is none.</summary>
    public FieldDef? Field(string name) => fields.Find(field => field.Name == name);

    /// <summary>The type has a stock part.</summary>
    /// <param name="name">The key of the part's object, for a named bag; the part's own name when null.</param>
    /// <param name="pattern">How a path is made: <c>{culture}</c> (nothing for the portal's first language) and <c>{slug}</c>.</param>
    /// <param name="required">Whether publishing refuses the part's text empty.</param>
    /// <param name="containing">The content types that may be inside.</param>
    protected void With<TPart>(string? name = null, string? pattern = null, bool required = false, params IReadOnlyList<string> containing)
        where TPart : ContentPart, new()
    {
        var part = new TPart();
        parts.Add(new PartUse(part, name ?? part.Name) { Pattern = pattern, IsRequired = required, ContainedTypes = containing });
    }

    /// <summary>What every page of the portal has: a title, an address, a language, a schedule, a card for search results.</summary>
    protected void IsAPage(string pattern)
    {
        With<TitlePart>(required: true);
        With<AutoroutePart>(pattern: pattern);
        With<LocalizationPart>();
        With<PublishLaterPart>();
        With<ArchiveLaterPart>();
        With<SeoMetaPart>();
    }

    /// <summary>A text field.</summary>
    protected FieldDef Text(string name) => Add(name, FieldKind.Text);

    /// <summary>A field of HTML.</summary>
    protected FieldDef Html(string name) => Add(name, FieldKind.Html);

    /// <summary>A field of Markdown.</summary>
    protected FieldDef Markdown(string name) => Add(name, FieldKind.Markdown);

    /// <summary>A yes-or-no field.</summary>
    protected FieldDef Boolean(string name) => Add(name, FieldKind.Boolean);

    /// <summary>A number.</summary>
    protected FieldDef Numeric(string name) => Add(name, FieldKind.Numeric);

    /// <summary>A day in the library's zone.</summary>
    protected FieldDef Date(string name) => Add(name, FieldKind.Date);

    /// <summary>An instant.</summary>
    protected FieldDef DateTime(string name) => Add(name, FieldKind.DateTime);

    /// <summary>A time of day.</summary>
    protected FieldDef Time(string name) => Add(name, FieldKind.Time);

    /// <summary>Several short texts.</summary>
    protected FieldDef MultiText(string name) => Add(name, FieldKind.MultiText);

    /// <summary>A link with its text.</summary>
    protected FieldDef Link(string name) => Add(name, FieldKind.Link);

    /// <summary>Pictures or other files of the media library.</summary>
    protected FieldDef Media(string name) => Add(name, FieldKind.Media);

    /// <summary>Other content items of the given types.</summary>
    protected FieldDef ContentPicker(string name, params IReadOnlyList<string> types) =>
        Add(name, FieldKind.ContentPicker).Picking(types);

    /// <summary>Other content, in whichever language the reader reads.</summary>
    protected FieldDef LocalizationSetContentPicker(string name, params IReadOnlyList<string> types) =>
        Add(name, FieldKind.LocalizationSetContentPicker).Picking(types);

    /// <summary>Users.</summary>
    protected FieldDef UserPicker(string name) => Add(name, FieldKind.UserPicker);

    /// <summary>Terms of the taxonomy with that alias.</summary>
    protected FieldDef Taxonomy(string name, string taxonomy) => Add(name, FieldKind.Taxonomy).OfTaxonomy(taxonomy);

    /// <summary>A place on the map.</summary>
    protected FieldDef GeoPoint(string name) => Add(name, FieldKind.GeoPoint);

    internal void Add(PartUse use) => parts.Add(use);

    /// <summary>A field under the type's own name in JSON, or under that of another holder.</summary>
    internal FieldDef Add(string name, FieldKind kind, string? holder = null, string? label = null)
    {
        if (fields.Exists(field => field.Name == name && field.Holder == (holder ?? Name))) throw new InvalidOperationException($"{Name} has two fields named {name}.");

        var field = new FieldDef(this, name, kind) { Holder = holder ?? Name, OwnLabel = label };
        fields.Add(field);
        return field;
    }
}
