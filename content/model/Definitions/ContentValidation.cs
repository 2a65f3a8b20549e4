using System.Globalization;
using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>What validation needs to know beyond the document, read in the same transaction.</summary>
/// <param name="PathHolder">The item that already publishes the document's path; null when it is free.</param>
/// <param name="AliasHolder">The item that already publishes the document's alias; null when it is free.</param>
/// <param name="DescribedMedia">The document's media that are in the library, normalised; true when the library itself says what they show, or that they are decoration.</param>
/// <param name="TermsOf">The ids of each taxonomy's terms, by the taxonomy's alias; a taxonomy that is not there is missing.</param>
internal sealed record ValidationFacts(
    string? PathHolder, string? AliasHolder, IReadOnlyDictionary<string, bool> DescribedMedia, IReadOnlyDictionary<string, IReadOnlySet<string>> TermsOf)
{
    public static readonly ValidationFacts None = new(null, null, new Dictionary<string, bool>(), new Dictionary<string, IReadOnlySet<string>>());
}

/// <summary>A document against its type. A draft is kept as long as it is a document at all; publishing is strict.</summary>
internal static class ContentValidation
{
    /// <summary>What makes a document impossible to keep, even as a draft.</summary>
    public static IReadOnlyList<Fault> Draft(JsonObject content, ContentSettings settings)
    {
        var faults = new List<Fault>();
        if (DepthOf(content) > ContentJson.MaxDepth) return [new Fault("content.too_deep", "$", $"{ContentJson.MaxDepth}")];
        if (!ContentJson.IsStorable(content)) return [new Fault("content.unstorable", "$")];

        var text = ContentJson.Write(content);
        if (text.Length > settings.MaxDocumentLength) faults.Add(new Fault("content.too_large", "$", $"{text.Length}", $"{settings.MaxDocumentLength}"));
        foreach (var (name, part) in content)
            if (part is not (JsonObject or JsonArray)) faults.Add(new Fault("content.part_shape", $"$.{name}"));
        return faults;
    }

    /// <summary>All that stands in the way of publishing, and the advice of the checks.</summary>
    public static IReadOnlyList<Fault> Strict(
        ContentTypes types, string typeName, JsonObject content, string? culture, ValidationFacts facts, ContentSettings settings)
    {
        var type = types.Find(typeName);
        var faults = new List<Fault>(Draft(content, settings));
        if (faults.Count > 0) return faults;

        Route(content, facts, settings, faults);
        if (content.Text("AliasPart", "Alias") is { Length: > 0 } alias)
        {
            if (alias.Length > 256) faults.Add(new Fault("content.too_long", "$.AliasPart.Alias", "256"));
            if (facts.AliasHolder is not null) faults.Add(new Fault("content.alias.taken", "$.AliasPart.Alias", alias));
        }

        foreach (var (path, instant) in (ReadOnlySpan<(string, JsonNode?)>)
                 [
                     ("$.PublishLaterPart.ScheduledPublishUtc", content.At("PublishLaterPart", "ScheduledPublishUtc")),
                     ("$.ArchiveLaterPart.ScheduledArchiveUtc", content.At("ArchiveLaterPart", "ScheduledArchiveUtc")),
                 ])
            if (instant is not null && ContentJson.Instant(ContentJson.TextOf(instant)) is null) faults.Add(new Fault("content.not_an_instant", path));

        if (type is not null) Document(type, content, "$", facts, faults);
        foreach (var (path, item) in DocumentWalk.Contained(content))
            if (item.Text("ContentType") is { } name && types.Find(name) is { } contained) Document(contained, item, path, facts, faults);
        faults.AddRange(ContentChecks.Of(type, content, culture));
        return faults;
    }

    private static int DepthOf(JsonObject content)
    {
        var deepest = 0;
        var waiting = new Stack<(JsonNode Node, int Depth)>([(content, 1)]);
        while (waiting.TryPop(out var next) && deepest <= ContentJson.MaxDepth)
        {
            deepest = Math.Max(deepest, next.Depth);
            foreach (var child in next.Node is JsonObject item ? item.Select(property => property.Value) : next.Node is JsonArray list ? list : [])
                if (child is JsonObject or JsonArray) waiting.Push((child, next.Depth + 1));
        }

        return deepest;
    }

    private static void Route(JsonObject content, ValidationFacts facts, ContentSettings settings, List<Fault> faults)
    {
        if (content.Text("AutoroutePart", "Path") is not { Length: > 0 } path) return;

        const string place = "$.AutoroutePart.Path";
        if (!ContentPath.IsValid(path)) faults.Add(new Fault("content.path.invalid", place, path));
        else if (settings.ReservedPaths.Contains(ContentPath.Normalise(path).Split('/')[0]) || settings.Cultures.Contains(ContentPath.Normalise(path)))
            faults.Add(new Fault("content.path.reserved", place, path));
        else if (facts.PathHolder is not null) faults.Add(new Fault("content.path.taken", place, path));
    }

    private static void Document(ContentTypeDef type, JsonObject content, string root, ValidationFacts facts, List<Fault> faults)
    {
        foreach (var part in type.Parts.Where(part => part.IsRequired))
        {
            // The first property is what the part is for: the title, the body, the alias.
            var property = part.Part.Properties[0].Name;
            if (string.IsNullOrWhiteSpace(content.Text(part.Name, property))) faults.Add(new Fault("content.required", $"{root}.{part.Name}.{property}"));
        }

        if (content.Text("TitlePart", "Title") is { Length: > 255 }) faults.Add(new Fault("content.too_long", $"{root}.TitlePart.Title", "255"));
        foreach (var part in type.Parts.Where(part => part.Part is BagPart or MenuItemsListPart && part.ContainedTypes.Count > 0))
            if (content.At(part.Name, part.Part.Properties[0].Name) is JsonArray inside)
                for (var i = 0; i < inside.Count; i++)
                    if ((inside[i] as JsonObject).Text("ContentType") is not { } name || !part.ContainedTypes.Contains(name))
                        faults.Add(new Fault("content.contained_type", $"{root}.{part.Name}.{part.Part.Properties[0].Name}[{i}]"));

        foreach (var field in type.Fields) Field(field, content.At(field.Holder, field.Name), $"{root}.{field.Holder}.{field.Name}", facts, faults);

        var start = Bound(type, content, field => field.IsStart);
        var end = Bound(type, content, field => field.IsEnd);
        if (start is { } from && end is { } to && to.Value < from.Value)
            faults.Add(new Fault("content.ends_before_start", $"{root}.{type.Name}.{to.Field.Name}.Value"));
    }

    private static (FieldDef Field, DateTime Value)? Bound(ContentTypeDef type, JsonObject content, Func<FieldDef, bool> which) =>
        type.Fields.FirstOrDefault(which) is { } field && content.Instant(type.Name, field.Name, "Value") is { } value ? (field, value) : null;

    private static void Field(FieldDef field, JsonNode? node, string path, ValidationFacts facts, List<Fault> faults)
    {
        if (node is not null and not JsonObject)
        {
            faults.Add(new Fault("content.field_shape", path));
            return;
        }

        var value = node as JsonObject;
        switch (field.Kind)
        {
            case FieldKind.Text: Text(field, value, $"{path}.Text", faults); break;
            case FieldKind.Html or FieldKind.Markdown: Words(field, value, $"{path}.{field.Kind}", faults); break;
            case FieldKind.Boolean: Shaped(field, value, path, faults, v => v.TryGetValue<bool>(out _), "content.not_a_boolean"); break;
            case FieldKind.Numeric: Numeric(field, value, $"{path}.Value", faults); break;
            case FieldKind.Date: Shaped(field, value, path, faults, v => ContentJson.Instant(ContentJson.TextOf(v)) is not null, "content.not_a_date"); break;
            case FieldKind.DateTime: Shaped(field, value, path, faults, v => ContentJson.Instant(ContentJson.TextOf(v)) is not null, "content.not_an_instant"); break;
            case FieldKind.Time:
                Shaped(field, value, path, faults, v => TimeOnly.TryParse(ContentJson.TextOf(v), CultureInfo.InvariantCulture, out _), "content.not_a_time");
                break;
            case FieldKind.MultiText: Listed(field, value, "Values", path, faults); break;
            case FieldKind.Link: Link(field, value, path, faults); break;
            case FieldKind.Media: Media(field, value, path, facts, faults); break;
            case FieldKind.ContentPicker: Listed(field, value, "ContentItemIds", path, faults); break;
            case FieldKind.LocalizationSetContentPicker: Listed(field, value, "LocalizationSets", path, faults); break;
            case FieldKind.UserPicker: Listed(field, value, "UserIds", path, faults); break;
            case FieldKind.Taxonomy: Terms(field, value, path, facts, faults); break;
            case FieldKind.GeoPoint: Place(field, value, path, faults); break;
        }
    }

    private static void Required(FieldDef field, string path, List<Fault> faults)
    {
        if (field.IsRequired) faults.Add(new Fault("content.required", path));
    }

    private static void Words(FieldDef field, JsonObject? value, string path, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(value.Text(field.Kind.ToString()))) Required(field, path, faults);
    }

    private static void Text(FieldDef field, JsonObject? value, string path, List<Fault> faults)
    {
        var text = value.Text("Text");
        if (string.IsNullOrWhiteSpace(text))
        {
            if (value?["Text"] is not null && text is null) faults.Add(new Fault("content.field_shape", path));
            else Required(field, path, faults);
            return;
        }

        if (field.MaxLength is { } most && text.Length > most) faults.Add(new Fault("content.too_long", path, $"{most}"));
        if (field.Options.Count > 0 && !field.Options.Contains(text)) faults.Add(new Fault("content.not_an_option", path, text));
        if (field.IsColour && !Contrast.IsColour(text)) faults.Add(new Fault("content.not_a_colour", path, text));
    }

    private static void Numeric(FieldDef field, JsonObject? value, string path, List<Fault> faults)
    {
        if (value?["Value"] is not { } given)
        {
            Required(field, path, faults);
            return;
        }

        if (ContentJson.Number(given) is not { } number || !double.IsFinite(number)) faults.Add(new Fault("content.not_a_number", path));
        else if (number < field.Min) faults.Add(new Fault("content.too_small", path, Plain(field.Min.Value)));
        else if (number > field.Max) faults.Add(new Fault("content.too_great", path, Plain(field.Max.Value)));
        else if (Math.Round(number, field.Scale) != number) faults.Add(new Fault("content.too_precise", path, $"{field.Scale}"));
    }

    private static void Shaped(FieldDef field, JsonObject? value, string path, List<Fault> faults, Func<JsonValue, bool> fits, string code)
    {
        if (value?["Value"] is not { } given) Required(field, $"{path}.Value", faults);
        else if (given is not JsonValue scalar || !fits(scalar)) faults.Add(new Fault(code, $"{path}.Value"));
    }

    private static void Listed(FieldDef field, JsonObject? value, string property, string path, List<Fault> faults)
    {
        if (value?[property] is not null and not JsonArray) faults.Add(new Fault("content.field_shape", $"{path}.{property}"));
        else if (value.List(property) is not { Count: > 0 } list) Required(field, $"{path}.{property}", faults);
        else if (!field.IsMultiple && field.Kind != FieldKind.MultiText && list.Count > 1) faults.Add(new Fault("content.only_one", $"{path}.{property}"));
    }

    private static void Link(FieldDef field, JsonObject? value, string path, List<Fault> faults)
    {
        if (value.Text("Url") is not { Length: > 0 } url) Required(field, $"{path}.Url", faults);
        else if (!SafeHtml.IsSafeLink(url)) faults.Add(new Fault("content.link.unsafe", $"{path}.Url", url));
    }

    private static void Media(FieldDef field, JsonObject? value, string path, ValidationFacts facts, List<Fault> faults)
    {
        Listed(field, value, "Paths", path, faults);
        var paths = value.List("Paths");
        var texts = value?["MediaTexts"] as JsonArray;
        for (var i = 0; i < paths.Count; i++)
        {
            if (!facts.DescribedMedia.TryGetValue(MediaPath.Normalise(paths[i]), out var described))
                faults.Add(new Fault("content.media.missing", $"{path}.Paths[{i}]", paths[i]));
            else if (field.RequiresAlt && !described && string.IsNullOrWhiteSpace(i < texts?.Count ? ContentJson.TextOf(texts[i]) : null))
                faults.Add(new Fault("content.media.alt", $"{path}.MediaTexts[{i}]", paths[i]));
        }
    }

    private static void Terms(FieldDef field, JsonObject? value, string path, ValidationFacts facts, List<Fault> faults)
    {
        Listed(field, value, "TermContentItemIds", path, faults);
        if (field.Taxonomy is null || !facts.TermsOf.TryGetValue(field.Taxonomy, out var known)) return;

        foreach (var term in value.List("TermContentItemIds").Where(term => !known.Contains(term)))
            faults.Add(new Fault("content.term.unknown", $"{path}.TermContentItemIds", term));
    }

    private static void Place(FieldDef field, JsonObject? value, string path, List<Fault> faults)
    {
        var (latitude, longitude) = (value.Number("Latitude"), value.Number("Longitude"));
        if (latitude is null && longitude is null) Required(field, path, faults);
        else if (latitude is not (>= -90 and <= 90) || longitude is not (>= -180 and <= 180)) faults.Add(new Fault("content.not_a_place", path));
    }

    private static string Plain(double number) => number.ToString(CultureInfo.InvariantCulture);
}
