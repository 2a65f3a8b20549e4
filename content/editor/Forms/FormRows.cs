namespace Metro.Content.Editor.Forms;

/// <summary>What the rows of a list are.</summary>
internal enum RowsOf
{
    /// <summary>Content items inside the item: terms, entries of a menu, the contents of a bag, widgets.</summary>
    Items,

    /// <summary>Files of the media library, each with its text and focal point.</summary>
    Pictures,

    /// <summary>Other content, by its id.</summary>
    Content,

    /// <summary>Other content, by what joins it to its translations.</summary>
    ContentSets,

    /// <summary>People, by the ids of their accounts.</summary>
    People,
}

/// <summary>What can be done to a row, or to the list that it is in.</summary>
internal enum RowVerb
{
    /// <summary>Adds an item of the type that is named.</summary>
    Add,
    Up,
    Down,

    /// <summary>Makes the row the last one below the row before it.</summary>
    In,

    /// <summary>Puts the row after the one that it is below.</summary>
    Out,
    Remove,

    /// <summary>Opens the picker of the list, or searches in it.</summary>
    Find,

    /// <summary>Adds what is named to the list.</summary>
    Pick,

    /// <summary>Uploads a file to the media library and adds it to the list.</summary>
    Upload,

    /// <summary>Closes the picker.</summary>
    Close,
}

/// <summary>What a submit button of a list asks for, as its value says: <c>up|$.TaxonomyPart.Terms[1]|</c>.</summary>
internal sealed record RowAct(RowVerb Verb, string Path, string Value = "")
{
    /// <summary>The name under which the buttons of all lists post.</summary>
    public const string Name = "rows";

    public static RowAct? Read(string? posted)
    {
        var steps = posted?.Split('|', 3) ?? [];
        return steps.Length == 3 && Enum.TryParse<RowVerb>(steps[0], ignoreCase: true, out var verb) && Enum.IsDefined(verb) ? new RowAct(verb, steps[1], steps[2]) : null;
    }

    public override string ToString() => $"{Verb}|{Path}|{Value}";

    /// <summary>The id of the button, by which it is found again after the page was made anew.</summary>
    public string Id => $"{Verb}-{Path[2..]}{(Value.Length > 0 ? "-" : "")}{Value}";
}

/// <summary>A list of the document as rows that are added, moved and removed by submit buttons.</summary>
/// <param name="Path">The place of the list, <c>$.TaxonomyPart.Terms</c>; of a field that holds several lists, the field's, <c>$.Page.Image</c>.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Of">What its rows are.</param>
internal sealed record FormRows(string Path, string Label, RowsOf Of) : FormPiece
{
    /// <summary>The id of the list: what the links of the fault summary lead to.</summary>
    public string Name => Path[2..];

    public IReadOnlyList<FormRow> Rows { get; init; } = [];

    /// <summary>The types of which a row can be added; for lists of items only.</summary>
    public IReadOnlyList<FormOption> Addable { get; init; } = [];

    /// <summary>The content types that its picker offers; all when empty.</summary>
    public IReadOnlyList<string> PickedTypes { get; init; } = [];

    /// <summary>Whether the list is below a row of its own kind: a tree's branch.</summary>
    public bool IsBelow { get; init; }

    public bool IsRequired { get; init; }

    public bool IsMultiple { get; init; } = true;

    /// <summary>Whether another row may be added.</summary>
    public bool HasRoom => Rows.Count < (IsMultiple ? MostRows : 1);

    /// <summary>The key of the array of a field whose rows are picked: <c>ContentItemIds</c>; null for items and pictures.</summary>
    public string? Listed => Of switch
    {
        RowsOf.Content => "ContentItemIds",
        RowsOf.ContentSets => "LocalizationSets",
        RowsOf.People => "UserIds",
        RowsOf.Pictures => "Paths",
        _ => null,
    };

    /// <summary>What is to be mended here.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    private const int MostRows = 500;
}

/// <summary>A row of a list.</summary>
/// <param name="Path">Its place, <c>$.TaxonomyPart.Terms[1]</c>.</param>
/// <param name="Label">What it is called: its title, or where it stands.</param>
internal sealed record FormRow(string Path, string Label)
{
    public string Name => Path[2..];

    public IReadOnlyList<FormPiece> Pieces { get; init; } = [];

    /// <summary>What can be done to it where it stands.</summary>
    public IReadOnlyList<RowVerb> Verbs { get; init; } = [];

    /// <summary>The list below it, which other rows can be put into; null where there is none.</summary>
    public string? Below { get; init; }

    /// <summary>What kind of row it is, where there are several; else null.</summary>
    public string? Kind { get; init; }

    /// <summary>The file that the row shows; null for other rows, or where the file is gone.</summary>
    public MediaAsset? Asset { get; init; }

    /// <summary>The editor's page of what the row points to; null where there is none.</summary>
    public string? Link { get; init; }
}

/// <summary>The open picker of a list, with what it found.</summary>
/// <param name="Rows">The list.</param>
/// <param name="Words">What was searched for.</param>
/// <param name="Found">What can be picked.</param>
internal sealed record FormPicker(FormRows Rows, string Words, IReadOnlyList<FormPick> Found)
{
    /// <summary>The name under which the search words of the open picker post.</summary>
    public const string WordsName = "pickWords";

    /// <summary>The name under which the open picker says whose it is.</summary>
    public const string OpenName = "picker";

    /// <summary>Why the upload was refused; null when nothing was.</summary>
    public string? Refused { get; init; }
}

/// <summary>Something that can be picked.</summary>
/// <param name="Value">What the document will hold.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Detail">What tells it from others of the same name.</param>
internal sealed record FormPick(string Value, string Label, string Detail)
{
    public MediaAsset? Asset { get; init; }

    /// <summary>Whether the list has it already.</summary>
    public bool IsPicked { get; init; }
}
