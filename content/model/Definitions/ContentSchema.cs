using System.Globalization;
using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>A content type as JSON Schema (draft 2020-12): what the REST endpoint <c>schema/{type}</c> answers. Pure.</summary>
public static class ContentSchema
{
    /// <summary>The schema of the type's items, with titles in the reader's language. What publishing requires is in <c>x-requiredToPublish</c>; drafts require nothing.</summary>
    public static JsonObject Of(ContentTypeDef type, CultureInfo culture)
    {
        var parts = new JsonObject();
        var required = new JsonArray();
        foreach (var use in type.Parts)
        {
            parts[use.Name] = Described(Texts.Label(type.Name, use.Name, culture), new JsonObject(use.Part.Properties.Select(property => KeyValuePair.Create<string, JsonNode?>(property.Name, Of(property.Kind)))));
            if (use.IsRequired) required.Add($"$.{use.Name}.{use.Part.Properties[0].Name}");
        }

        if (type.Fields.Count > 0)
        {
            parts[type.Name] = Described(type.Label(culture), new JsonObject(type.Fields.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Name, Of(field, culture)))));
            foreach (var field in type.Fields.Where(field => field.IsRequired)) required.Add(field.JsonPath);
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = type.Label(culture),
            ["type"] = "object",
            ["properties"] = parts,
            ["x-contentType"] = type.Name,
            ["x-localised"] = type.IsLocalised,
            ["x-requiredToPublish"] = required,
        };
    }

    private static JsonObject Of(FieldDef field, CultureInfo culture)
    {
        var text = new JsonObject { ["type"] = "string" };
        if (field.MaxLength is { } length) text["maxLength"] = length;
        if (field.Options.Count > 0) text["enum"] = new JsonArray([.. field.Options.Select(option => (JsonNode)option)]);
        if (field.IsColour) text["pattern"] = "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$";
        var number = new JsonObject { ["type"] = field.Scale == 0 ? "integer" : "number" };
        if (field.Min is { } min) number["minimum"] = min;
        if (field.Max is { } max) number["maximum"] = max;
        var properties = field.Kind switch
        {
            FieldKind.Text => new JsonObject { ["Text"] = text },
            FieldKind.Html => new JsonObject { ["Html"] = text },
            FieldKind.Markdown => new JsonObject { ["Markdown"] = text },
            FieldKind.Boolean => new JsonObject { ["Value"] = new JsonObject { ["type"] = "boolean" } },
            FieldKind.Numeric => new JsonObject { ["Value"] = number },
            FieldKind.Date => new JsonObject { ["Value"] = Formatted("date") },
            FieldKind.DateTime => new JsonObject { ["Value"] = Formatted("date-time") },
            FieldKind.Time => new JsonObject { ["Value"] = Formatted("time") },
            FieldKind.MultiText => new JsonObject { ["Values"] = Many(field, true) },
            FieldKind.Link => new JsonObject { ["Url"] = Formatted("uri-reference"), ["Text"] = Formatted(null), ["Target"] = Formatted(null) },
            FieldKind.Media => new JsonObject
            {
                ["Paths"] = Many(field, field.IsMultiple), ["MediaTexts"] = Many(field, field.IsMultiple), ["Anchors"] = new JsonObject { ["type"] = "array" },
            },
            FieldKind.ContentPicker => new JsonObject { ["ContentItemIds"] = Many(field, field.IsMultiple) },
            FieldKind.LocalizationSetContentPicker => new JsonObject { ["LocalizationSets"] = Many(field, field.IsMultiple) },
            FieldKind.UserPicker => new JsonObject { ["UserIds"] = Many(field, field.IsMultiple) },
            FieldKind.Taxonomy => new JsonObject { ["TaxonomyContentItemId"] = Formatted(null), ["TermContentItemIds"] = Many(field, field.IsMultiple) },
            _ => new JsonObject { ["Latitude"] = new JsonObject { ["type"] = "number" }, ["Longitude"] = new JsonObject { ["type"] = "number" } },
        };
        var described = Described(field.Label(culture), properties);
        described["x-field"] = $"{field.Kind}Field";
        if (field.IsIndexed) described["x-indexed"] = true;
        if (field.Taxonomy is not null) described["x-taxonomy"] = field.Taxonomy;
        return described;
    }

    private static JsonObject Of(PartValueKind kind) => kind switch
    {
        PartValueKind.Boolean => new JsonObject { ["type"] = "boolean" },
        PartValueKind.Number => new JsonObject { ["type"] = "number" },
        PartValueKind.Instant => Formatted("date-time"),
        PartValueKind.Items => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } },
        PartValueKind.Json => [],
        _ => Formatted(null),
    };

    private static JsonObject Described(string title, JsonObject properties) => new() { ["title"] = title, ["type"] = "object", ["properties"] = properties };

    private static JsonObject Formatted(string? format)
    {
        var text = new JsonObject { ["type"] = "string" };
        if (format is not null) text["format"] = format;
        return text;
    }

    private static JsonObject Many(FieldDef field, bool several)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = Formatted(null) };
        if (!several && field.Kind != FieldKind.MultiText) list["maxItems"] = 1;
        return list;
    }
}
