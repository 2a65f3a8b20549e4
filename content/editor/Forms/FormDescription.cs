using System.Globalization;
using System.Text.Json.Nodes;

namespace Metro.Content.Editor.Forms;

/// <summary>What a form has, from the types of the item and of all that is inside it. Values come later.</summary>
internal sealed class FormDescription(JsonObject document, FormKnowledge knowledge, TimeZoneInfo zone, bool mayPublish)
{
    private const int DeepestItem = 8;

    private static readonly string[] BelowKeys = ["Terms", "MenuItems"];

    private static CultureInfo Reader => CultureInfo.CurrentUICulture;

    public IEnumerable<FormPiece> Of(ContentTypeDef type)
    {
        FormSection[] sections =
        [
            new(null, [.. Words(type, "$", document)]),
            new(FormTexts.Get("form.details"), [.. Details(type, "$", document, 0)]),
            new(FormTexts.Get("form.where_and_when"), [.. WhereAndWhen(type)]),
            new(FormTexts.Get("form.found"), [.. Found(type)]) { IsSeldom = true },
        ];
        return sections.Where(section => section.Pieces.Count > 0);
    }

    private IEnumerable<FormPiece> WhereAndWhen(ContentTypeDef type)
    {
        foreach (var use in type.Parts)
        {
            if (use.Part is AutoroutePart) yield return Of(type, "$", use, "Path", InputKind.Line, 1024, EditorTexts.Get("editor.path_hint"));
            if (use.Part is AliasPart) yield return Of(type, "$", use, "Alias", InputKind.Line, 256);
            if (use.Part is PublishLaterPart && mayPublish) yield return Of(type, "$", use, "ScheduledPublishUtc", InputKind.Instant, null, EditorTexts.Get("editor.zone_hint", zone.Id));
            if (use.Part is ArchiveLaterPart && mayPublish) yield return Of(type, "$", use, "ScheduledArchiveUtc", InputKind.Instant, null, EditorTexts.Get("editor.zone_hint", zone.Id));
        }
    }

    private static IEnumerable<FormPiece> Found(ContentTypeDef type)
    {
        if (type.Part<SeoMetaPart>() is not { } use) yield break;

        yield return Of(type, "$", use, "PageTitle", InputKind.Line, 255);
        yield return Of(type, "$", use, "MetaDescription", InputKind.Paragraph, 500);
    }

    /// <summary>Title, summary and body.</summary>
    private IEnumerable<FormPiece> Words(ContentTypeDef type, string root, JsonObject item)
    {
        foreach (var use in type.Parts.Where(use => use.Part is TitlePart)) yield return Of(type, root, use, "Title", InputKind.Line, 255);
        foreach (var use in type.Parts.Where(use => use.Part is LinkMenuItemPart))
        {
            yield return Of(type, root, use, "Name", InputKind.Line, 255);
            yield return Of(type, root, use, "Url", InputKind.Line, 1024);
        }

        foreach (var field in type.Fields.Where(field => field.Name == "Summary")) yield return Of(field, root, item);
        foreach (var use in type.Parts.Where(use => use.Part is MarkdownBodyPart)) yield return Of(type, root, use, "Markdown", InputKind.Markdown, null);
        foreach (var use in type.Parts.Where(use => use.Part is HtmlBodyPart)) yield return Of(type, root, use, "Html", InputKind.Html, null);
    }

    /// <summary>The other fields, then what is inside.</summary>
    private IEnumerable<FormPiece> Details(ContentTypeDef type, string root, JsonObject item, int depth)
    {
        foreach (var field in type.Fields.Where(field => field.Name != "Summary")) yield return Of(field, root, item);
        foreach (var use in type.Parts.Concat(new UndeclaredParts(type, item).Parts))
            if (use.Part.Properties.FirstOrDefault(property => property.Kind == PartValueKind.Items) is { } list)
                yield return Items(type, use, $"{root}.{use.Name}.{list.Name}", item, depth);
        // A term has the terms below it beside its parts, in no part of their own.
        if (type.Parts.Any(use => use.Part is TermPart) || item["TermPart"] is not null) yield return Items(type, null, $"{root}.Terms", item, depth);
    }

    private FormRows Items(ContentTypeDef type, PartUse? use, string path, JsonObject item, int depth)
    {
        var isTree = BelowKeys.Any(key => path.EndsWith($".{key}", StringComparison.Ordinal));
        var rows = (DocumentValue.Find(document, path) as JsonArray ?? []).Select((row, i) => Row(path, row as JsonObject, i, isTree, depth)).ToList();
        for (var i = 0; i < rows.Count; i++)
        {
            var verbs = new List<RowVerb>();
            if (i > 0) verbs.Add(RowVerb.Up);
            if (i < rows.Count - 1) verbs.Add(RowVerb.Down);
            if (isTree && i > 0 && rows[i - 1].Below is not null) verbs.Add(RowVerb.In);
            if (isTree && depth > 0) verbs.Add(RowVerb.Out);
            verbs.Add(RowVerb.Remove);
            rows[i] = rows[i] with { Verbs = verbs };
        }

        var label = isTree && depth > 0 ? TitleOf(item) ?? FormTexts.Get("rows.entries_below")
            : use!.OwnLabel ?? (new Fault("", $"$.{type.Name}.{use.Name}").Label(Reader));
        return new FormRows(path, label.StartsWith('$') ? use!.Name : label, RowsOf.Items) { IsBelow = isTree && depth > 0, Rows = rows, Addable = depth < DeepestItem ? Addable(use, path, item) : [] };
    }

    private FormRow Row(string path, JsonObject? row, int at, bool isTree, int depth)
    {
        var (place, typeName) = ($"{path}[{at}]", row.Text("ContentType"));
        var known = typeName is null ? null : knowledge.Types.Find(typeName);
        var title = TitleOf(row);
        var type = known ?? new ShapedType(typeName ?? "", row ?? []);
        var pieces = row is null || depth >= DeepestItem ? [] : Words(type, place, row).Concat(Details(type, place, row, depth + 1)).ToList();
        if (path.EndsWith(".Widgets", StringComparison.Ordinal)) pieces.Add(Placement(place, row));
        return new FormRow(place, title ?? FormTexts.Get("rows.untitled", at + 1))
        {
            Pieces = pieces,
            Below = isTree ? pieces.OfType<FormRows>().FirstOrDefault(rows => BelowKeys.Any(key => rows.Path.EndsWith($".{key}", StringComparison.Ordinal)))?.Path : null,
            Kind = isTree ? null : known?.Label(Reader) ?? typeName,
        };
    }

    private static string? TitleOf(JsonObject? row) =>
        new[] { row.Text("TitlePart", "Title"), row.Text("LinkMenuItemPart", "Name"), row.Text("DisplayText") }.FirstOrDefault(title => title is { Length: > 0 });

    /// <summary>Where a widget stands and how wide it is; alignment is a number or a name, as it came.</summary>
    private static FormGroup Placement(string place, JsonObject? row)
    {
        var isNamed = row.Text("FlowMetadata", "Alignment") is not null;
        return new FormGroup(FormTexts.Get("rows.placement"),
        [
            new FormInput($"{place}.FlowMetadata.Alignment", FormTexts.Get("rows.alignment"), isNamed ? InputKind.OneOf : InputKind.OneNumberOf)
            {
                Options = [.. ((string[])["Left", "Center", "Right", "Justify"]).Select((name, i) => new FormOption(isNamed ? name : $"{i}", FormTexts.Get($"rows.alignment.{name}")))],
            },
            new FormInput($"{place}.FlowMetadata.Size", FormTexts.Get("rows.size"), InputKind.OneNumberOf)
            {
                Options = [.. ((int[])[25, 33, 50, 66, 75, 100]).Select(size => new FormOption($"{size}", $"{size} %"))],
            },
        ]);
    }

    /// <summary>The types of which a row can be added: those that the part names, else those that are made for it.</summary>
    private IReadOnlyList<FormOption> Addable(PartUse? use, string path, JsonObject item)
    {
        IEnumerable<string> names = use switch
        {
            null => [item.Text("ContentType") ?? "Term"],
            { Part: TaxonomyPart } => [item.Text("TaxonomyPart", "TermContentType") ?? use.ContainedTypes.FirstOrDefault() ?? "Term"],
            { ContainedTypes.Count: > 0 } => use.ContainedTypes,
            { Part: FlowPart } => knowledge.Types.All.Where(type => type.Stereotype == "Widget").Select(type => type.Name),
            { Part: MenuItemsListPart } => ["LinkMenuItem"],
            _ => knowledge.Types.All.Where(type => type.Stereotype is null && !type.Uses<TaxonomyPart>() && !type.Uses<TermPart>() && !type.Uses<MenuPart>()).Select(type => type.Name),
        };
        return [.. names.Select(name => knowledge.Types.Find(name)).OfType<ContentTypeDef>().Select(type => new FormOption(type.Name, type.Label(Reader)))];
    }

    private static FormInput Of(ContentTypeDef type, string root, PartUse use, string property, InputKind kind, int? maxLength, string? hint = null)
    {
        var isWhatThePartIsFor = use.Part.Properties[0].Name == property && use.Part is not (PublishLaterPart or ArchiveLaterPart or SeoMetaPart or LinkMenuItemPart);
        var label = new Fault("", isWhatThePartIsFor ? $"$.{type.Name}.{use.Name}" : $"$.{use.Name}.{property}").Label(Reader);
        return new FormInput($"{root}.{use.Name}.{property}", label, kind) { MaxLength = maxLength, IsRequired = use.IsRequired, Hint = hint };
    }

    private FormPiece Of(FieldDef field, string root, JsonObject item)
    {
        FormInput Input(string property, InputKind kind) => new($"{root}.{field.Holder}.{field.Name}.{property}", field.Label(Reader), kind)
        {
            IsRequired = field.IsRequired, MaxLength = field.MaxLength,
        };

        return field.Kind switch
        {
            FieldKind.Text => Input("Text", field.Options.Count > 0 ? InputKind.OneOf : field.IsColour ? InputKind.Colour : field.IsLong ? InputKind.Paragraph : InputKind.Line) with
            {
                Options = [.. field.Options.Select(option => new FormOption(option, field.OptionLabel(option, Reader)))],
                Hint = field.IsColour ? EditorTexts.Get("editor.colour_hint") : null,
            },
            FieldKind.Html => Input("Html", InputKind.Html),
            FieldKind.Markdown => Input("Markdown", InputKind.Markdown),
            FieldKind.Boolean => Input("Value", InputKind.YesNo),
            FieldKind.Numeric => Input("Value", InputKind.Number) with { Hint = RangeOf(field) },
            FieldKind.Date => Input("Value", InputKind.Date),
            FieldKind.DateTime => Input("Value", InputKind.Instant) with { Hint = EditorTexts.Get("editor.zone_hint", zone.Id) },
            FieldKind.Time => Input("Value", InputKind.Time),
            FieldKind.MultiText => Input("Values", InputKind.Lines) with { Hint = EditorTexts.Get("editor.lines_hint") },
            FieldKind.Link => new FormGroup(field.Label(Reader),
            [
                Input("Url", InputKind.Line) with { Label = EditorTexts.Get("editor.link_url") },
                Input("Text", InputKind.Line) with { Label = EditorTexts.Get("editor.link_text"), IsRequired = false },
            ]),
            FieldKind.GeoPoint => new FormGroup(field.Label(Reader),
            [
                Input("Latitude", InputKind.Number) with { Label = EditorTexts.Get("editor.latitude") },
                Input("Longitude", InputKind.Number) with { Label = EditorTexts.Get("editor.longitude") },
            ]),
            FieldKind.Taxonomy => Terms(field, Input("TermContentItemIds", field.IsMultiple ? InputKind.SeveralOf : InputKind.OneOf), item),
            FieldKind.Media => Picked(field, root, RowsOf.Pictures, item),
            FieldKind.ContentPicker => Picked(field, root, RowsOf.Content, item),
            FieldKind.LocalizationSetContentPicker => Picked(field, root, RowsOf.ContentSets, item),
            _ => Picked(field, root, RowsOf.People, item),
        };
    }

    /// <summary>What is chosen and no longer offered stays on offer, by its id: saving must not lose it.</summary>
    private FormInput Terms(FieldDef field, FormInput input, JsonObject item)
    {
        var taxonomy = FormKnowledge.TaxonomyOf(field) ?? item.Text(field.Holder, field.Name, "TaxonomyContentItemId") ?? "";
        var offered = knowledge.Terms.GetValueOrDefault(taxonomy, []);
        var chosen = item.List(field.Holder, field.Name, "TermContentItemIds").Where(id => offered.All(option => option.Value != id));
        return input with
        {
            Taxonomy = knowledge.TaxonomyIds.GetValueOrDefault(taxonomy),
            Options = [.. offered, .. chosen.Select(id => new FormOption(id, EditorTexts.Get("editor.gone", id)))],
        };
    }

    private FormRows Picked(FieldDef field, string root, RowsOf of, JsonObject item)
    {
        var list = new FormRows($"{root}.{field.Holder}.{field.Name}", field.Label(Reader), of)
        {
            IsRequired = field.IsRequired, IsMultiple = field.IsMultiple, PickedTypes = field.PickedTypes,
        };
        var values = item.List(field.Holder, field.Name, list.Listed!);
        return list with { Rows = [.. values.Select((value, i) => Picked(list, value, i, values.Count))] };
    }

    private FormRow Picked(FormRows list, string value, int at, int count)
    {
        var row = new FormRow($"{list.Path}[{at}]", value)
        {
            Verbs = [.. at > 0 ? [RowVerb.Up] : (RowVerb[])[], .. at < count - 1 ? [RowVerb.Down] : (RowVerb[])[], RowVerb.Remove],
        };
        switch (list.Of)
        {
            case RowsOf.Pictures:
                return row with { Asset = knowledge.Media.GetValueOrDefault(MediaPath.Normalise(value)), Pieces = Picture(list, at) };
            case RowsOf.People:
                return row with { Label = knowledge.People.TryGetValue(value, out var person) ? person.Name : EditorTexts.Get("editor.gone", value) };
            default:
                return knowledge.Content.TryGetValue(value, out var line)
                    ? row with { Label = line.DisplayText, Kind = knowledge.Types.Find(line.Type)?.Label(Reader) ?? line.Type, Link = line.ItemId }
                    : row with { Label = EditorTexts.Get("editor.gone", value) };
        }
    }

    private static IReadOnlyList<FormPiece> Picture(FormRows list, int at) =>
    [
        new FormInput($"{list.Path}.MediaTexts[{at}]", EditorTexts.Get("editor.media_alt"), InputKind.Line) { Hint = EditorTexts.Get("editor.media_alt_hint"), MaxLength = 500 },
        new FormGroup(FormTexts.Get("rows.focus"),
        [
            new FormInput($"{list.Path}.Anchors[{at}].X", FormTexts.Get("rows.focus_x"), InputKind.Percent),
            new FormInput($"{list.Path}.Anchors[{at}].Y", FormTexts.Get("rows.focus_y"), InputKind.Percent),
        ]),
    ];

    private static string? RangeOf(FieldDef field) => field is { Min: { } min, Max: { } max } ? EditorTexts.Get("editor.range", min, max) : null;

    /// <summary>The type of an item that neither code nor a recipe describes: the stock parts that it is seen to have.</summary>
    internal sealed class ShapedType : ContentTypeDef
    {
        private readonly string name;

        public ShapedType(string name, JsonObject item)
        {
            this.name = name;
            if (item["TitlePart"] is not null) With<TitlePart>();
            if (item["LinkMenuItemPart"] is not null) With<LinkMenuItemPart>();
            if (item["MarkdownBodyPart"] is not null) With<MarkdownBodyPart>();
            if (item["HtmlBodyPart"] is not null) With<HtmlBodyPart>();
            if (item["MenuItemsListPart"] is not null) With<MenuItemsListPart>();
            if (item["TaxonomyPart"] is not null) With<TaxonomyPart>();
            if (item["AutoroutePart"] is not null) With<AutoroutePart>();
            if (item["AliasPart"] is not null) With<AliasPart>();
        }

        public override string Name => name;
    }

    /// <summary>Bags and flows that a recipe put into an item whose type has none: they are edited all the same.</summary>
    private sealed class UndeclaredParts : ContentTypeDef
    {
        public UndeclaredParts(ContentTypeDef type, JsonObject item)
        {
            foreach (var (key, value) in item.Where(part => type.Parts.All(use => use.Name != part.Key)))
            {
                if (value is not JsonObject part) continue;
                if (part["ContentItems"] is JsonArray) With<BagPart>(key);
                else if (part["Widgets"] is JsonArray) With<FlowPart>(key);
            }
        }
    }
}
