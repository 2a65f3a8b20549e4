namespace Metro.Content.Editor.Forms;

/// <summary>How a value is typed or chosen.</summary>
internal enum InputKind
{
    Line,
    Paragraph,
    Markdown,
    Html,
    YesNo,
    Number,

    /// <summary>A share of a side, which the document has from 0 to 1 and people say in hundredths.</summary>
    Percent,
    Date,

    /// <summary>A date and time in the library's zone; the document has it in UTC.</summary>
    Instant,
    Time,

    /// <summary>Several short texts, one on each line.</summary>
    Lines,

    /// <summary>A colour, <c>#rrggbb</c>.</summary>
    Colour,
    OneOf,

    /// <summary>One of several numbers.</summary>
    OneNumberOf,
    SeveralOf,
}

/// <summary>A value among which is chosen.</summary>
internal sealed record FormOption(string Value, string Label);

/// <summary>A piece of the form, in the order in which it is filled.</summary>
internal abstract record FormPiece;

/// <summary>One value of the document, as the form shows it. Its name in the form is its place in the document.</summary>
/// <param name="Path">The place in the document, <c>$.Workshop.StartsAt.Value</c>.</param>
/// <param name="Label">What it is called, in the reader's language.</param>
/// <param name="Kind">How it is typed or chosen.</param>
internal sealed record FormInput(string Path, string Label, InputKind Kind) : FormPiece
{
    /// <summary>The name of the control, and its id: what the links of the fault summary lead to.</summary>
    public string Name => Path[2..];

    public string? Hint { get; init; }

    public bool IsRequired { get; init; }

    public int? MaxLength { get; init; }

    public IReadOnlyList<FormOption> Options { get; init; } = [];

    /// <summary>The id of the taxonomy whose terms are chosen; null for other inputs.</summary>
    public string? Taxonomy { get; init; }

    /// <summary>What is shown: one text, or the chosen options.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public string Value => Values.Count > 0 ? Values[0] : "";

    /// <summary>What is to be mended here.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>What the source of the translation says here; null when this is no translation.</summary>
    public string? Source { get; init; }
}

/// <summary>A part of the form that is filled in one go.</summary>
/// <param name="Label">Its heading; null for the first, which is what the item says.</param>
/// <param name="Pieces">What is in it.</param>
internal sealed record FormSection(string? Label, IReadOnlyList<FormPiece> Pieces) : FormPiece
{
    /// <summary>Whether it is seldom filled, and so folded away until it is opened.</summary>
    public bool IsSeldom { get; init; }
}

/// <summary>Inputs that belong together under one heading.</summary>
internal sealed record FormGroup(string Label, IReadOnlyList<FormInput> Inputs) : FormPiece;
