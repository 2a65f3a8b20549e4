using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Metro.Content.Editor.Forms;

/// <summary>The form that follows from a content type, filled from a document. What has no place in the form stays in the document as it is.</summary>
internal sealed class ContentForm
{
    /// <summary>Names in the form under which the document says that a control was there: an empty box posts nothing.</summary>
    public const string Presented = "presented";

    private readonly ContentTypeDef type;
    private readonly TimeZoneInfo zone;
    private readonly FormChoices choices;

    private ContentForm(ContentTypeDef type, TimeZoneInfo zone, FormChoices choices) => (this.type, this.zone, this.choices) = (type, zone, choices);

    public IReadOnlyList<FormGroup> Groups { get; private init; } = [];

    public IEnumerable<FormInput> Inputs => Groups.SelectMany(group => group.Inputs);

    /// <param name="type">The item's type.</param>
    /// <param name="document">What fills the form.</param>
    /// <param name="choices">What its fields choose among.</param>
    /// <param name="settings">The library's zone.</param>
    /// <param name="mayPublish">Whether the person may schedule, which is to publish later.</param>
    /// <param name="faults">What is to be mended, shown where it is.</param>
    /// <param name="source">What the translation was made from; null for no translation.</param>
    public static ContentForm Of(
        ContentTypeDef type, JsonObject document, FormChoices choices, ContentSettings settings, bool mayPublish,
        IReadOnlyList<Fault>? faults = null, JsonObject? source = null)
    {
        var form = new ContentForm(type, settings.Zone, choices);
        var groups = form.Describe(document, mayPublish).ToList();
        var paths = groups.SelectMany(group => group.Inputs).Select(input => input.Path).ToList();
        var placed = (faults ?? []).Where(fault => fault.Severity == FaultSeverity.Error)
            .ToLookup(fault => PlaceOf(fault, paths), fault => fault.Sentence(CultureInfo.CurrentUICulture));
        return new ContentForm(type, settings.Zone, choices)
        {
            Groups = [.. groups.Select(group => group with { Inputs = [.. group.Inputs.Select(input => input with
            {
                Values = DocumentValue.Show(document, input, settings.Zone),
                Faults = [.. placed[input.Path].Distinct()],
                Source = source is not null && IsTranslated(input) ? string.Join('\n', DocumentValue.Show(source, input, settings.Zone)) : null,
            })] })],
        };
    }

    /// <summary>The name of the control that a fault is about; null when the form has none.</summary>
    public string? ControlOf(Fault fault) => PlaceOf(fault, [.. Inputs.Select(input => input.Path)])?[2..];

    /// <summary>The document with what was posted laid over it; the given one is not touched.</summary>
    public JsonObject LayOver(JsonObject document, string itemId, IFormCollection posted)
    {
        var laid = document.DeepClone().AsObject();
        var presented = posted[Presented].OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var input in Inputs.Where(input => presented.Contains(input.Name) && !input.Path.Contains('[')))
        {
            // Boxes that are not ticked post nothing; whatever is typed or chosen in posts at least an empty text.
            if (input.Kind is not (InputKind.SeveralOf or InputKind.YesNo) && !posted.ContainsKey(input.Name)) continue;

            DocumentValue.Lay(laid, input, [.. posted[input.Name].OfType<string>()], zone);
            if (input.Path.EndsWith(".TermContentItemIds", StringComparison.Ordinal) && laid.List(Steps(input)) is { Count: > 0 }
                && choices.TaxonomyIds.TryGetValue(input.Path.Split('.')[2], out var taxonomy) && laid.Text(type.Name, input.Path.Split('.')[2], "TaxonomyContentItemId") != taxonomy)
                DocumentValue.Put(laid, $"$.{type.Name}.{input.Path.Split('.')[2]}.TaxonomyContentItemId", taxonomy);
        }

        foreach (var field in type.Fields.Where(field => field.Kind == FieldKind.Media && presented.Contains($"{type.Name}.{field.Name}.Paths[0]")))
            Pictures(laid, field, posted);
        foreach (var rows in type.Parts.Select(ContainedRows.Of).OfType<ContainedRows>()) rows.LayOver(laid, itemId, posted);
        return laid;
    }

    /// <summary>Words are translated; addresses and the like are of each language's own.</summary>
    private static bool IsTranslated(FormInput input) =>
        input.Kind is InputKind.Line or InputKind.Paragraph or InputKind.Markdown or InputKind.Html or InputKind.Lines
        && !input.Path.StartsWith("$.AutoroutePart.", StringComparison.Ordinal) && !input.Path.StartsWith("$.AliasPart.", StringComparison.Ordinal);

    private static string[] Steps(FormInput input) => [.. input.Path.Split('.').Skip(1)];

    /// <summary>Rows whose path was emptied are gone; texts and focal points stay with their pictures.</summary>
    private void Pictures(JsonObject document, FieldDef field, IFormCollection posted)
    {
        var value = document.Object(type.Name, field.Name);
        var rows = new List<(string Path, string Alt, JsonNode? Anchor)>();
        for (var i = 0; posted.ContainsKey($"{type.Name}.{field.Name}.Paths[{i}]") && i < 100; i++)
        {
            var path = posted[$"{type.Name}.{field.Name}.Paths[{i}]"].ToString().Trim();
            var anchor = value?["Anchors"] is JsonArray anchors && i < anchors.Count ? anchors[i]?.DeepClone() : null;
            if (path.Length > 0) rows.Add((path.StartsWith("/media/", StringComparison.Ordinal) ? path[7..] : path, posted[$"{type.Name}.{field.Name}.MediaTexts[{i}]"].ToString(), anchor));
        }

        var before = value.List("Paths");
        var texts = (value?["MediaTexts"] as JsonArray)?.Select(text => text?.ToString() ?? "").ToList() ?? [];
        var isSame = before.SequenceEqual(rows.Select(row => row.Path))
            && rows.Select((row, i) => row.Alt == (i < texts.Count ? texts[i] : "")).All(same => same);
        if (isSame) return;

        DocumentValue.Put(document, $"{field.JsonPath}.Paths", new JsonArray([.. rows.Select(row => (JsonNode?)row.Path)]));
        DocumentValue.Put(document, $"{field.JsonPath}.MediaTexts", new JsonArray([.. rows.Select(row => (JsonNode?)row.Alt)]));
        if (rows.Any(row => row.Anchor is not null))
            DocumentValue.Put(document, $"{field.JsonPath}.Anchors", new JsonArray([.. rows.Select(row => row.Anchor ?? new JsonObject { ["X"] = 0.5, ["Y"] = 0.5 })]));
    }

    private static string? PlaceOf(Fault fault, IReadOnlyList<string> paths) =>
        paths.FirstOrDefault(path => path == fault.Path)
        ?? paths.FirstOrDefault(path => path.StartsWith(fault.Path + ".", StringComparison.Ordinal) || path.StartsWith(fault.Path + "[", StringComparison.Ordinal))
        ?? paths.FirstOrDefault(path => fault.Path.StartsWith(path + ".", StringComparison.Ordinal) || fault.Path.StartsWith(path + "[", StringComparison.Ordinal));

    private IEnumerable<FormGroup> Describe(JsonObject document, bool mayPublish)
    {
        foreach (var use in type.Parts.Where(use => use.Part is TitlePart)) yield return Of(use, "Title", InputKind.Line, 255);
        foreach (var field in type.Fields.Where(field => field.Name == "Summary")) yield return Of(field, document);
        foreach (var use in type.Parts.Where(use => use.Part is MarkdownBodyPart)) yield return Of(use, "Markdown", InputKind.Markdown, null);
        foreach (var use in type.Parts.Where(use => use.Part is HtmlBodyPart)) yield return Of(use, "Html", InputKind.Html, null);
        foreach (var field in type.Fields.Where(field => field.Name != "Summary" && field.Kind != FieldKind.UserPicker)) yield return Of(field, document);
        foreach (var use in type.Parts)
        {
            if (ContainedRows.Of(use) is { } rows) yield return rows.Describe(document, new Fault("", $"$.{use.Name}").Label(CultureInfo.CurrentUICulture));
            if (use.Part is AutoroutePart) yield return Of(use, "Path", InputKind.Line, 1024, EditorTexts.Get("editor.path_hint"));
            if (use.Part is AliasPart) yield return Of(use, "Alias", InputKind.Line, 256);
            if (use.Part is PublishLaterPart && mayPublish) yield return Of(use, "ScheduledPublishUtc", InputKind.Instant, null, EditorTexts.Get("editor.zone_hint", zone.Id));
            if (use.Part is ArchiveLaterPart && mayPublish) yield return Of(use, "ScheduledArchiveUtc", InputKind.Instant, null, EditorTexts.Get("editor.zone_hint", zone.Id));
            if (use.Part is not SeoMetaPart) continue;

            yield return Of(use, "PageTitle", InputKind.Line, 255);
            yield return Of(use, "MetaDescription", InputKind.Paragraph, 500);
        }
    }

    private FormGroup Of(PartUse use, string property, InputKind kind, int? maxLength, string? hint = null)
    {
        var isWhatThePartIsFor = use.Part.Properties[0].Name == property && use.Part is not (PublishLaterPart or ArchiveLaterPart or SeoMetaPart);
        var label = new Fault("", isWhatThePartIsFor ? $"$.{type.Name}.{use.Name}" : $"$.{use.Name}.{property}").Label(CultureInfo.CurrentUICulture);
        return new FormGroup(label, [new FormInput($"$.{use.Name}.{property}", label, kind) { MaxLength = maxLength, IsRequired = use.IsRequired, Hint = hint }]);
    }

    private FormGroup Of(FieldDef field, JsonObject document)
    {
        var label = field.Label(CultureInfo.CurrentUICulture);
        IReadOnlyList<FormInput> inputs = field.Kind switch
        {
            FieldKind.Text => [Input(field, "Text", field.Options.Count > 0 ? InputKind.OneOf : field.IsLong ? InputKind.Paragraph : InputKind.Line) with
            {
                Options = [.. field.Options.Select(option => new FormOption(option, field.OptionLabel(option, CultureInfo.CurrentUICulture)))],
                Hint = field.IsColour ? EditorTexts.Get("editor.colour_hint") : null,
            }],
            FieldKind.Html => [Input(field, "Html", InputKind.Html)],
            FieldKind.Markdown => [Input(field, "Markdown", InputKind.Markdown)],
            FieldKind.Boolean => [Input(field, "Value", InputKind.YesNo)],
            FieldKind.Numeric => [Input(field, "Value", InputKind.Number) with { Hint = RangeOf(field) }],
            FieldKind.Date => [Input(field, "Value", InputKind.Date)],
            FieldKind.DateTime => [Input(field, "Value", InputKind.Instant) with { Hint = EditorTexts.Get("editor.zone_hint", zone.Id) }],
            FieldKind.Time => [Input(field, "Value", InputKind.Time)],
            FieldKind.MultiText => [Input(field, "Values", InputKind.Lines) with { Hint = EditorTexts.Get("editor.lines_hint") }],
            FieldKind.Link =>
            [
                Input(field, "Url", InputKind.Line) with { Label = EditorTexts.Get("editor.link_url") },
                Input(field, "Text", InputKind.Line) with { Label = EditorTexts.Get("editor.link_text"), IsRequired = false },
            ],
            FieldKind.ContentPicker => [Choice(field, "ContentItemIds", document)],
            FieldKind.LocalizationSetContentPicker => [Choice(field, "LocalizationSets", document)],
            FieldKind.Taxonomy => [Choice(field, "TermContentItemIds", document)],
            FieldKind.GeoPoint =>
            [
                Input(field, "Latitude", InputKind.Number) with { Label = EditorTexts.Get("editor.latitude") },
                Input(field, "Longitude", InputKind.Number) with { Label = EditorTexts.Get("editor.longitude") },
            ],
            FieldKind.Media => [.. PictureRows(field, document)],
            _ => [],
        };
        return new FormGroup(label, inputs);
    }

    private static FormInput Input(FieldDef field, string property, InputKind kind) =>
        new($"{field.JsonPath}.{property}", field.Label(CultureInfo.CurrentUICulture), kind) { IsRequired = field.IsRequired, MaxLength = field.MaxLength };

    /// <summary>What is chosen and no longer offered stays on offer, by its id: saving must not lose it.</summary>
    private FormInput Choice(FieldDef field, string property, JsonObject document)
    {
        var offered = choices.ByField.GetValueOrDefault(field.Name, []);
        var chosen = document.List(type.Name, field.Name, property).Where(id => offered.All(option => option.Value != id));
        return Input(field, property, field.IsMultiple ? InputKind.SeveralOf : InputKind.OneOf) with
        {
            Options = [.. offered, .. chosen.Select(id => new FormOption(id, EditorTexts.Get("editor.gone", id)))],
        };
    }

    private IEnumerable<FormInput> PictureRows(FieldDef field, JsonObject document)
    {
        var used = document.List(type.Name, field.Name, "Paths").Count;
        var rows = field.IsMultiple ? used + 2 : Math.Max(used, 1);
        for (var i = 0; i < rows; i++)
        {
            yield return Input(field, $"Paths[{i}]", InputKind.MediaPath) with
            {
                Label = EditorTexts.Get("editor.media_path"),
                IsRequired = field.IsRequired && i == 0,
                Hint = EditorTexts.Get("editor.media_path_hint"),
            };
            yield return Input(field, $"MediaTexts[{i}]", InputKind.Line) with
            {
                Label = EditorTexts.Get("editor.media_alt"),
                IsRequired = false,
                Hint = EditorTexts.Get("editor.media_alt_hint"),
            };
        }
    }

    private static string? RangeOf(FieldDef field) => field is { Min: { } min, Max: { } max } ? EditorTexts.Get("editor.range", min, max) : null;
}
