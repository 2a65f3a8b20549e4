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
    Date,

    /// <summary>A date and time in the library's zone; the document has it in UTC.</summary>
    Instant,
    Time,

    /// <summary>Several short texts, one on each line.</summary>
    Lines,
    OneOf,
    SeveralOf,

    /// <summary>The path of a file of the media library.</summary>
    MediaPath,
}

/// <summary>A value among which is chosen.</summary>
internal sealed record FormOption(string Value, string Label);

/// <summary>One value of the document, as the form shows it. Its name in the form is its place in the document.</summary>
/// <param name="Path">The place in the document, <c>$.Workshop.StartsAt.Value</c>.</param>
/// <param name="Label">What it is called, in the reader's language.</param>
/// <param name="Kind">How it is typed or chosen.</param>
internal sealed record FormInput(string Path, string Label, InputKind Kind)
{
    /// <summary>The name of the control, and its id: what the links of the fault summary lead to.</summary>
    public string Name => Path[2..];

    public string? Hint { get; init; }

    public bool IsRequired { get; init; }

    public int? MaxLength { get; init; }

    public IReadOnlyList<FormOption> Options { get; init; } = [];

    /// <summary>What is shown: one text, or the chosen options.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public string Value => Values.Count > 0 ? Values[0] : "";

    /// <summary>What is to be mended here.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>What the source of the translation says here; null when this is no translation.</summary>
    public string? Source { get; init; }
}

/// <summary>What belongs together under one heading: most often a single input.</summary>
internal sealed record FormGroup(string Label, IReadOnlyList<FormInput> Inputs);
