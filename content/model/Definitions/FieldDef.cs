using System.Globalization;

namespace Metro.Content;

/// <summary>The stock fields of Orchard Core that a content type may have; the JSON of each is Orchard's.</summary>
public enum FieldKind
{
    /// <summary><c>{"Text": …}</c>: one line or several, or one of the <see cref="FieldDef.Options"/>.</summary>
    Text,

    /// <summary><c>{"Html": …}</c>: stored as written, sanitised on the way out.</summary>
    Html,

    /// <summary><c>{"Markdown": …}</c>: stored as written, rendered and sanitised on the way out.</summary>
    Markdown,

    /// <summary><c>{"Value": true}</c>.</summary>
    Boolean,

    /// <summary><c>{"Value": 12}</c>.</summary>
    Numeric,

    /// <summary><c>{"Value": "2026-01-05"}</c>: a day in the library's zone.</summary>
    Date,

    /// <summary><c>{"Value": "2026-01-05T02:00:00Z"}</c>: an instant, in UTC.</summary>
    DateTime,

    /// <summary><c>{"Value": "09:30:00"}</c>: a time of day in the library's zone.</summary>
    Time,

    /// <summary><c>{"Values": […]}</c>.</summary>
    MultiText,

    /// <summary><c>{"Url": …, "Text": …, "Target": …}</c>.</summary>
    Link,

    /// <summary><c>{"Paths": […], "MediaTexts": […], "Anchors": [{"X": 0.5, "Y": 0.5}]}</c>.</summary>
    Media,

    /// <summary><c>{"ContentItemIds": […]}</c>.</summary>
    ContentPicker,

    /// <summary><c>{"LocalizationSets": […]}</c>: other content, in whichever language the reader reads.</summary>
    LocalizationSetContentPicker,

    /// <summary><c>{"UserIds": […]}</c>.</summary>
    UserPicker,

    /// <summary><c>{"TaxonomyContentItemId": …, "TermContentItemIds": […]}</c>.</summary>
    Taxonomy,

    /// <summary><c>{"Latitude": …, "Longitude": …}</c>.</summary>
    GeoPoint,
}

/// <summary>
/// A field of a content type: what an editor fills in, what publishing requires of it, and by what the
/// content can be found. Described once, in the type's constructor; read by the editor, REST and GraphQL.
/// </summary>
public sealed class FieldDef
{
    internal FieldDef(ContentTypeDef type, string name, FieldKind kind) => (Type, Name, Kind, Holder) = (type, name, kind, type.Name);

    /// <summary>The type to which the field belongs.</summary>
    public ContentTypeDef Type { get; }

    /// <summary>The field's name in JSON, under the part that is named like the type.</summary>
    public string Name { get; }

    /// <summary>The key of the object that holds the field in the item's JSON: the type's name, or that of a part which a stored definition describes.</summary>
    public string Holder { get; internal init; }

    /// <summary>What a stored definition calls the field, the same in every language; null for fields that code describes.</summary>
    internal string? OwnLabel { get; init; }

    /// <summary>Which stock field it is.</summary>
    public FieldKind Kind { get; }

    /// <summary>Whether publishing refuses an empty value. A draft may always lack it.</summary>
    public bool IsRequired { get; private set; }

    /// <summary>Whether content can be filtered by it (<see cref="ContentQuery.Where"/>).</summary>
    public bool IsIndexed { get; private set; }

    /// <summary>Whether its text is found by the search over published text.</summary>
    public bool IsSearched { get; private set; }

    /// <summary>Whether it says when the thing described begins: the order of an agenda.</summary>
    public bool IsStart { get; private set; }

    /// <summary>Whether it says when the thing described is over. A day is over when the next one begins.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>Whether several values are allowed, for pictures, picked content and terms.</summary>
    public bool IsMultiple { get; private set; }

    /// <summary>Whether each picture needs an alternative text, here or in the media library, or is decorative.</summary>
    public bool RequiresAlt { get; private set; }

    /// <summary>Whether a text is written in several lines.</summary>
    public bool IsLong { get; private set; }

    /// <summary>Whether a text is a colour, <c>#rrggbb</c>.</summary>
    public bool IsColour { get; private set; }

    /// <summary>The colour field on which this colour is set as text, for the contrast check; null when none.</summary>
    public string? ReadableOn { get; private set; }

    /// <summary>The most characters of a text; null when only the document's size limits it.</summary>
    public int? MaxLength { get; private set; }

    /// <summary>The least number allowed, inclusive; null for none.</summary>
    public double? Min { get; private set; }

    /// <summary>The greatest number allowed, inclusive; null for none.</summary>
    public double? Max { get; private set; }

    /// <summary>How many decimals a number may have.</summary>
    public int Scale { get; private set; }

    /// <summary>The values among which a text is chosen; empty when it is free.</summary>
    public IReadOnlyList<string> Options { get; private set; } = [];

    /// <summary>The alias of the taxonomy whose terms are chosen; null for other fields.</summary>
    public string? Taxonomy { get; private set; }

    /// <summary>The item id of the taxonomy whose terms are chosen, where a stored definition names it so; null for other fields.</summary>
    public string? TaxonomyId { get; internal set; }

    /// <summary>The content types that may be picked; empty when any may.</summary>
    public IReadOnlyList<string> PickedTypes { get; private set; } = [];

    /// <summary>Where the field's object is in the item's JSON: <c>$.Workshop.StartsAt</c>.</summary>
    public string JsonPath => $"$.{Holder}.{Name}";

    /// <summary>What the field is called in the reader's language.</summary>
    public string Label(CultureInfo culture) => OwnLabel ?? Texts.Label(Type.Name, Name, culture);

    /// <summary>What an option of this field is called in the reader's language.</summary>
    public string OptionLabel(string option, CultureInfo culture) =>
        Texts.Find($"Option.{Name}.{option}", culture) ?? option;

    /// <summary>Publishing refuses the field empty.</summary>
    public FieldDef Required()
    {
        IsRequired = true;
        return this;
    }

    /// <summary>Content can be filtered by the field.</summary>
    public FieldDef Indexed()
    {
        IsIndexed = true;
        return this;
    }

    /// <summary>The field's text is found by search.</summary>
    public FieldDef Searched()
    {
        IsSearched = true;
        return this;
    }

    /// <summary>The field says when the thing begins.</summary>
    public FieldDef Starts()
    {
        IsStart = true;
        return this;
    }

    /// <summary>The field says when the thing is over; publishing refuses an end before the start.</summary>
    public FieldDef Ends()
    {
        IsEnd = true;
        return this;
    }

    /// <summary>Several values are allowed.</summary>
    public FieldDef Multiple()
    {
        IsMultiple = true;
        return this;
    }

    /// <summary>Each picture needs an alternative text or is decorative.</summary>
    public FieldDef RequireAlt()
    {
        RequiresAlt = true;
        return this;
    }

    /// <summary>The text is written in several lines.</summary>
    public FieldDef Long()
    {
        IsLong = true;
        return this;
    }

    /// <summary>The text has at most so many characters.</summary>
    public FieldDef AtMost(int characters)
    {
        MaxLength = characters;
        return this;
    }

    /// <summary>The number is in this range, both ends included.</summary>
    public FieldDef Between(double? min, double? max, int scale = 0)
    {
        (Min, Max, Scale) = (min, max, scale);
        return this;
    }

    /// <summary>The text is one of these.</summary>
    public FieldDef OneOf(params IReadOnlyList<string> options)
    {
        Options = options;
        return this;
    }

    /// <summary>The text is a colour, checked for contrast as text on <paramref name="readableOn"/> when given.</summary>
    public FieldDef Colour(string? readableOn = null)
    {
        (IsColour, ReadableOn) = (true, readableOn);
        return this;
    }

    internal FieldDef OfTaxonomy(string alias)
    {
        Taxonomy = alias;
        return this;
    }

    internal FieldDef Picking(IReadOnlyList<string> types)
    {
        PickedTypes = types;
        return this;
    }
}
