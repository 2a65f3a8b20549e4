using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>
/// The content types that came with recipes and that no code describes, made from their stored definitions: editors
/// write such content in a form as any other. Publishing asks of it only what all content must be.
/// </summary>
public sealed class StoredTypes(ContentDbContext db, ContentTypes types)
{
    private const int MostDefinitions = 1_000;

    /// <summary>The types that code describes, and those that are stored; code comes first where both know a name.</summary>
    public async Task<ContentTypes> WithCodeAsync(CancellationToken stop = default)
    {
        var rows = await db.Definitions.AsNoTracking().Where(row => row.Kind == "Type" || row.Kind == "Part")
            .OrderBy(row => row.Position).ThenBy(row => row.Name).Take(MostDefinitions).ToListAsync(stop);
        if (rows.Count == 0) return types;

        var parts = rows.Where(row => row.Kind == "Part").ToDictionary(row => row.Name, row => ContentJson.Read(row.Doc), StringComparer.OrdinalIgnoreCase);
        return types.With(rows.Where(row => row.Kind == "Type").Select(row => new StoredType(row.Name, ContentJson.Read(row.Doc), parts)));
    }

    /// <summary>A type made from the record of a ContentDefinition step. What the record leaves out has Orchard's defaults.</summary>
    private sealed class StoredType : ContentTypeDef
    {
        private static readonly Dictionary<string, Func<ContentPart>> Stock = typeof(ContentPart).Assembly.GetExportedTypes()
            .Where(part => part.IsSubclassOf(typeof(ContentPart)) && !part.IsAbstract)
            .ToDictionary(part => part.Name, part => (Func<ContentPart>)(() => (ContentPart)Activator.CreateInstance(part)!), StringComparer.OrdinalIgnoreCase);

        private readonly string name;
        private readonly string label;

        public StoredType(string name, JsonObject record, Dictionary<string, JsonObject> parts)
        {
            var settings = record.Object("Settings", "ContentTypeSettings");
            (this.name, label) = (name, record.Text("DisplayName") is { Length: > 0 } called ? called : name);
            (IsCreatable, Stereotype) = (settings.Flag("Creatable"), settings.Text("Stereotype"));
            foreach (var use in InOrder(record["ContentTypePartDefinitionRecords"], "ContentTypePartSettings"))
            {
                if (use.Text("PartName") is not { Length: > 0 } partName) continue;

                var key = use.Text("Name") is { Length: > 0 } own ? own : partName;
                if (Stock.TryGetValue(partName, out var part)) Add(UseOf(part(), key, use.Object("Settings")));
                else if (parts.TryGetValue(partName, out var fields)) AddFields(key, fields);
            }
        }

        public override string Name => name;

        public override string Label(CultureInfo culture) => label;

        private static PartUse UseOf(ContentPart part, string key, JsonObject? settings) => new(part, key)
        {
            OwnLabel = key == part.Name ? null : settings.Text("ContentTypePartSettings", "DisplayName") ?? key,
            IsRequired = settings.Text("TitlePartSettings", "Options") == "EditableRequired",
            ContainedTypes = settings.List($"{part.Name}Settings", "ContainedContentTypes"),
        };

        private void AddFields(string holder, JsonObject part)
        {
            foreach (var record in InOrder(part["ContentPartFieldDefinitionRecords"], "ContentPartFieldSettings"))
            {
                if (record.Text("Name") is not { Length: > 0 } field || Fields.Any(one => one.Name == field && one.Holder == holder)) continue;
                if (record.Text("FieldName") is not { } kindName || !kindName.EndsWith("Field", StringComparison.Ordinal)
                    || !Enum.TryParse<FieldKind>(kindName[..^"Field".Length], out var kind)) continue;

                var (all, own) = (record.Object("Settings"), record.Object("Settings", $"{kindName}Settings"));
                var made = Add(field, kind, holder, all.Text("ContentPartFieldSettings", "DisplayName") is { Length: > 0 } called ? called : field);
                if (own.Flag("Required")) made.Required();
                if (own.Flag("Multiple") || (kind == FieldKind.Taxonomy && !own.Flag("Unique"))) made.Multiple();
                if (kind == FieldKind.Numeric) made.Between(own.Number("Minimum"), own.Number("Maximum"), (int)Math.Clamp(own.Number("Scale") ?? 0, 0, 10));
                if (kind == FieldKind.Text) Describe(made, all);
                made.TaxonomyId = own.Text("TaxonomyContentItemId");
                made.Picking(own.Flag("DisplayAllContentTypes") ? [] : own.List("DisplayedContentTypes"));
            }
        }

        private static void Describe(FieldDef field, JsonObject? settings)
        {
            var editor = settings.Text("ContentPartFieldSettings", "Editor");
            if (editor is "TextArea" or "CodeMirror" or "Monaco") field.Long();
            if (editor == "Color") field.Colour();
            if (editor == "PredefinedList" && settings.At("TextFieldPredefinedListEditorSettings", "Options") is JsonArray options)
                field.OneOf([.. options.OfType<JsonObject>().Select(option => option.Text("value")).OfType<string>()]);
        }

        private static IEnumerable<JsonObject> InOrder(JsonNode? records, string settings) => (records as JsonArray ?? []).OfType<JsonObject>()
            .OrderBy(record => int.TryParse(record.Text("Settings", settings, "Position"), CultureInfo.InvariantCulture, out var position) ? position : int.MaxValue);
    }
}
