using System.Globalization;
using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>
/// A content type as Orchard Core defines it, so that a real site can edit what it imports from here: only
/// stock parts, fields and their settings. Pure.
/// </summary>
public static class OrchardDefinition
{
    /// <summary>The type's record, for <c>ContentTypes</c> of a ContentDefinition step.</summary>
    public static JsonObject TypeRecord(ContentTypeDef type)
    {
        var settings = new JsonObject
        {
            ["Creatable"] = type.IsCreatable, ["Listable"] = type.IsCreatable, ["Draftable"] = type.IsCreatable, ["Versionable"] = type.IsCreatable, ["Securable"] = true,
        };
        if (type.Stereotype is not null) settings["Stereotype"] = type.Stereotype;

        var parts = new JsonArray();
        foreach (var use in type.Parts) parts.Add(PartUseRecord(use, parts.Count));
        if (type.Fields.Count > 0)
            parts.Add(new JsonObject { ["PartName"] = type.Name, ["Name"] = type.Name, ["Settings"] = Position(parts.Count) });
        return new JsonObject
        {
            ["Name"] = type.Name,
            ["DisplayName"] = type.Label(CultureInfo.GetCultureInfo("en")),
            ["Settings"] = new JsonObject { ["ContentTypeSettings"] = settings },
            ["ContentTypePartDefinitionRecords"] = parts,
        };
    }

    /// <summary>The record of the part that holds the type's fields, for <c>ContentParts</c>; null when it has none.</summary>
    /// <param name="type">The type.</param>
    /// <param name="taxonomyId">The item id of the taxonomy with an alias; null when it is not there.</param>
    public static JsonObject? PartRecord(ContentTypeDef type, Func<string, string?> taxonomyId)
    {
        if (type.Fields.Count == 0) return null;

        return new JsonObject
        {
            ["Name"] = type.Name,
            ["Settings"] = new JsonObject(),
            ["ContentPartFieldDefinitionRecords"] = new JsonArray([.. type.Fields.Select((field, position) => FieldRecord(field, position, taxonomyId))]),
        };
    }

    private static JsonObject PartUseRecord(PartUse use, int position)
    {
        var settings = Position(position);
        if (use.Pattern is { } pattern)
            settings["AutoroutePartSettings"] = new JsonObject { ["AllowCustomPath"] = true, ["Pattern"] = Liquid(pattern), ["ShowHomepageOption"] = true };
        if (use is { Part: TitlePart, IsRequired: true }) settings["TitlePartSettings"] = new JsonObject { ["Options"] = "EditableRequired" };
        if (use is { Part: BagPart, ContainedTypes.Count: > 0 })
            settings["BagPartSettings"] = new JsonObject { ["ContainedContentTypes"] = Strings(use.ContainedTypes) };
        return new JsonObject { ["PartName"] = use.Part.Name, ["Name"] = use.Name, ["Settings"] = settings };
    }

    private static JsonObject Position(int position) =>
        new() { ["ContentTypePartSettings"] = new JsonObject { ["Position"] = position.ToString(CultureInfo.InvariantCulture) } };

    /// <summary>Our two gaps in the language of Orchard's patterns.</summary>
    private static string Liquid(string pattern) => pattern
        .Replace("{culture}/", "{% assign culture = Model.ContentItem.Content.LocalizationPart.Culture %}{% if culture and culture != 'id' %}{{ culture }}/{% endif %}", StringComparison.Ordinal)
        .Replace("{slug}", "{{ Model.ContentItem | display_text | slugify }}", StringComparison.Ordinal);

    private static JsonNode FieldRecord(FieldDef field, int position, Func<string, string?> taxonomyId)
    {
        var own = new JsonObject { ["DisplayName"] = field.Label(CultureInfo.GetCultureInfo("en")), ["Position"] = position.ToString(CultureInfo.InvariantCulture) };
        var editor = field switch
        {
            { Options.Count: > 0 } => "PredefinedList",
            { IsColour: true } => "Color",
            { Kind: FieldKind.Text, IsLong: true } => "TextArea",
            { Kind: FieldKind.Html or FieldKind.Markdown } => "Wysiwyg",
            _ => null,
        };
        if (editor is not null) own["Editor"] = editor;

        var kind = new JsonObject();
        if (field.IsRequired) kind["Required"] = true;
        switch (field.Kind)
        {
            case FieldKind.Numeric:
                kind["Scale"] = field.Scale;
                if (field.Min is { } min) kind["Minimum"] = min;
                if (field.Max is { } max) kind["Maximum"] = max;
                break;
            case FieldKind.Media:
                (kind["Multiple"], kind["AllowMediaText"], kind["AllowAnchors"]) = (field.IsMultiple, true, true);
                break;
            case FieldKind.ContentPicker or FieldKind.LocalizationSetContentPicker:
                kind["Multiple"] = field.IsMultiple;
                if (field.PickedTypes.Count > 0) kind["DisplayedContentTypes"] = Strings(field.PickedTypes);
                else kind["DisplayAllContentTypes"] = true;
                break;
            case FieldKind.Taxonomy:
                (kind["TaxonomyContentItemId"], kind["Unique"]) = (taxonomyId(field.Taxonomy!), !field.IsMultiple);
                break;
        }

        var settings = new JsonObject { ["ContentPartFieldSettings"] = own, [$"{field.Kind}FieldSettings"] = kind };
        if (field.Options.Count > 0)
            settings["TextFieldPredefinedListEditorSettings"] = new JsonObject
            {
                ["Options"] = new JsonArray([.. field.Options.Select(option => (JsonNode)new JsonObject { ["name"] = field.OptionLabel(option, CultureInfo.GetCultureInfo("en")), ["value"] = option })]),
                ["Editor"] = 1,
            };
        return new JsonObject { ["FieldName"] = $"{field.Kind}Field", ["Name"] = field.Name, ["Settings"] = settings };
    }

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
