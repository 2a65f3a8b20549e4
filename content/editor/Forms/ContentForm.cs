using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Metro.Content.Editor.Forms;

/// <summary>The form that follows from a content type, filled from a document. What has no place in the form stays in the document as it is.</summary>
internal sealed class ContentForm
{
    /// <summary>Names in the form under which the document says that a control was there: an empty box posts nothing.</summary>
    public const string Presented = "presented";

    private readonly TimeZoneInfo zone;

    private ContentForm(IReadOnlyList<FormPiece> pieces, TimeZoneInfo zone) => (Pieces, this.zone) = (pieces, zone);

    public IReadOnlyList<FormPiece> Pieces { get; }

    /// <summary>Every input, at any depth.</summary>
    public IEnumerable<FormInput> Inputs => InputsOf(Pieces);

    /// <summary>Every list, outer ones first.</summary>
    public IEnumerable<FormRows> Lists => ListsOf(Pieces);

    /// <param name="type">The item's type.</param>
    /// <param name="document">What fills the form.</param>
    /// <param name="knowledge">What its fields choose among and point to.</param>
    /// <param name="settings">The library's zone.</param>
    /// <param name="mayPublish">Whether the person may schedule, which is to publish later.</param>
    /// <param name="faults">What is to be mended, shown where it is.</param>
    /// <param name="source">What the translation was made from; null for no translation.</param>
    public static ContentForm Of(
        ContentTypeDef type, JsonObject document, FormKnowledge knowledge, ContentSettings settings, bool mayPublish,
        IReadOnlyList<Fault>? faults = null, JsonObject? source = null)
    {
        var bare = new ContentForm([.. new FormDescription(document, knowledge, settings.Zone, mayPublish).Of(type)], settings.Zone);
        var placed = (faults ?? []).Where(fault => fault.Severity == FaultSeverity.Error)
            .ToLookup(bare.PlaceOf, fault => fault.Sentence(CultureInfo.CurrentUICulture));
        return new ContentForm([.. bare.Pieces.Select(piece => Filled(piece, document, settings.Zone, placed, source))], settings.Zone);
    }

    /// <summary>The id of the control that a fault is about; null when the form has none.</summary>
    public string? ControlOf(Fault fault) => PlaceOf(fault)?[2..];

    public FormRows? RowsAt(string path) => Lists.FirstOrDefault(rows => rows.Path == path);

    /// <summary>The row of that path, with its list and where it stands in it.</summary>
    public (FormRows Rows, FormRow Row, int At)? RowAt(string path)
    {
        foreach (var rows in Lists)
            for (var i = 0; i < rows.Rows.Count; i++)
                if (rows.Rows[i].Path == path) return (rows, rows.Rows[i], i);
        return null;
    }

    /// <summary>The row that a list is below, with the list that this row is in; null for a list that is below none.</summary>
    public (FormRows Rows, FormRow Row, int At)? ParentOf(FormRows below) =>
        Lists.SelectMany(rows => rows.Rows).FirstOrDefault(row => row.Below == below.Path) is { } row ? RowAt(row.Path) : null;

    /// <summary>The document with what was posted laid over it; the given one is not touched.</summary>
    public JsonObject LayOver(JsonObject document, IFormCollection posted)
    {
        var laid = document.DeepClone().AsObject();
        var presented = posted[Presented].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in Inputs.Where(input => presented.Contains(input.Name)))
        {
            // Boxes that are not ticked post nothing; whatever is typed or chosen in posts at least an empty text.
            if (input.Kind is not (InputKind.SeveralOf or InputKind.YesNo) && !posted.ContainsKey(input.Name)) continue;
            if (!DocumentValue.Lay(laid, input, [.. posted[input.Name].OfType<string>()], zone)) continue;

            changed.Add(input.Path);
            if (input.Taxonomy is { } taxonomy) DocumentValue.Put(laid, $"{input.Path[..input.Path.LastIndexOf('.')]}.TaxonomyContentItemId", taxonomy);
        }

        // What is inside is called in lists what its title calls it.
        foreach (var row in Lists.Where(rows => rows.Of == RowsOf.Items).SelectMany(rows => rows.Rows))
            foreach (var title in (string[])[$"{row.Path}.TitlePart.Title", $"{row.Path}.LinkMenuItemPart.Name"])
                if (changed.Contains(title)) DocumentValue.Put(laid, $"{row.Path}.DisplayText", DocumentValue.Find(laid, title)?.DeepClone());
        return laid;
    }

    private static FormPiece Filled(FormPiece piece, JsonObject document, TimeZoneInfo zone, ILookup<string?, string> faults, JsonObject? source)
    {
        FormInput Fill(FormInput input) => input with
        {
            Values = DocumentValue.Show(document, input, zone),
            Faults = [.. faults[input.Path].Distinct()],
            Source = source is not null && IsTranslated(input) ? string.Join('\n', DocumentValue.Show(source, input, zone)) : null,
        };

        return piece switch
        {
            FormInput input => Fill(input),
            FormSection section => section with { Pieces = [.. section.Pieces.Select(inner => Filled(inner, document, zone, faults, source))] },
            FormGroup group => group with { Inputs = [.. group.Inputs.Select(Fill)] },
            FormRows rows => rows with
            {
                Faults = [.. faults[rows.Path].Distinct()],
                Rows = [.. rows.Rows.Select(row => row with { Pieces = [.. row.Pieces.Select(inner => Filled(inner, document, zone, faults, source))] })],
            },
            _ => piece,
        };
    }

    /// <summary>Words are translated; addresses and the like are of each language's own.</summary>
    private static bool IsTranslated(FormInput input) =>
        input.Kind is InputKind.Line or InputKind.Paragraph or InputKind.Markdown or InputKind.Html or InputKind.Lines
        && !input.Path.StartsWith("$.AutoroutePart.", StringComparison.Ordinal) && !input.Path.StartsWith("$.AliasPart.", StringComparison.Ordinal);

    /// <summary>The innermost place of the form that a fault is about.</summary>
    private string? PlaceOf(Fault fault)
    {
        var inputs = Inputs.Select(input => input.Path).ToList();
        return inputs.FirstOrDefault(path => path == fault.Path)
            ?? inputs.FirstOrDefault(path => IsWithin(path, fault.Path))
            ?? inputs.FirstOrDefault(path => IsWithin(fault.Path, path))
            ?? Lists.Select(rows => rows.Path).Where(path => path == fault.Path || IsWithin(fault.Path, path)).MaxBy(path => path.Length);
    }

    private static bool IsWithin(string inner, string outer) =>
        inner.StartsWith(outer + ".", StringComparison.Ordinal) || inner.StartsWith(outer + "[", StringComparison.Ordinal);

    /// <summary>The inputs of these pieces, at any depth.</summary>
    public static IEnumerable<FormInput> InputsOf(IEnumerable<FormPiece> pieces) => pieces.SelectMany(piece => piece switch
    {
        FormInput input => [input],
        FormGroup group => group.Inputs,
        FormSection section => InputsOf(section.Pieces),
        FormRows rows => rows.Rows.SelectMany(row => InputsOf(row.Pieces)),
        _ => [],
    });

    private static IEnumerable<FormRows> ListsOf(IEnumerable<FormPiece> pieces) => pieces.SelectMany(piece => piece switch
    {
        FormRows rows => rows.Rows.SelectMany(row => ListsOf(row.Pieces)).Prepend(rows),
        FormSection section => ListsOf(section.Pieces),
        _ => [],
    });
}
