using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Metro.Content.Editor.Forms;

/// <summary>
/// Small items inside an item, a row for each: the terms of a taxonomy, the entries of a menu. A row whose first value
/// was emptied goes, unless there are rows below it; what the rows do not show stays as it is.
/// </summary>
internal sealed record ContainedRows(string List, string ItemType, IReadOnlyList<string> Values)
{
    private const int BlankRows = 2;

    /// <summary>The rows of a part; null when the part has none.</summary>
    public static ContainedRows? Of(PartUse use) => use switch
    {
        { Part: TaxonomyPart, ContainedTypes: ["Term"] } => new("$.TaxonomyPart.Terms", "Term", ["TitlePart.Title", "Term.EnglishTitle.Text"]),
        { Part: MenuItemsListPart, ContainedTypes: ["LinkMenuItem"] } =>
            new("$.MenuItemsListPart.MenuItems", "LinkMenuItem", ["LinkMenuItemPart.Name", "LinkMenuItemPart.Url"]),
        _ => null,
    };

    public FormGroup Describe(JsonObject document, string label)
    {
        var rows = (DocumentValue.Find(document, List) as JsonArray)?.Count ?? 0;
        return new FormGroup(label,
        [
            .. Enumerable.Range(0, rows + BlankRows).SelectMany(row => Values.Select(value =>
            {
                var name = new Fault("", $"$.{value}").Label(CultureInfo.CurrentUICulture);
                return new FormInput($"{List}[{row}].{value}", EditorTexts.Get("editor.row", row + 1, name), InputKind.Line)
                {
                    MaxLength = 255, Hint = value == Values[0] && row < rows ? EditorTexts.Get("editor.row_hint") : null,
                };
            })),
        ]);
    }

    public void LayOver(JsonObject document, string itemId, IFormCollection posted)
    {
        var rows = (DocumentValue.Find(document, List) as JsonArray)?.OfType<JsonObject>().Select(row => row.DeepClone().AsObject()).ToList() ?? [];
        var (known, emptied) = (rows.Count, new HashSet<JsonObject>(ReferenceEqualityComparer.Instance));
        for (var i = 0; i < known + BlankRows; i++)
        {
            if (!posted.ContainsKey(NameOf(i, Values[0]))) continue;

            var row = i < known ? rows[i] : New(itemId);
            if (i >= known) rows.Add(row);
            foreach (var value in Values)
            {
                var typed = posted[NameOf(i, value)].ToString().Trim();
                if (typed != (DocumentValue.Find(row, $"$.{value}")?.ToString() ?? "")) DocumentValue.Put(row, $"$.{value}", typed);
            }

            if (row.Text(Values[0].Split('.')) is not { Length: > 0 } first) emptied.Add(row);
            else if (row.Text("DisplayText") != first) row["DisplayText"] = first;
        }

        var kept = rows.Where(row => !emptied.Contains(row) || HasRowsBelow(row));
        var laid = new JsonArray([.. kept.Select(row => (JsonNode?)row)]);
        if (!JsonNode.DeepEquals(laid, DocumentValue.Find(document, List) ?? new JsonArray())) DocumentValue.Put(document, List, laid);
    }

    private string NameOf(int row, string value) => $"{List[2..]}[{row}].{value}";

    private JsonObject New(string itemId)
    {
        var made = new JsonObject { ["ContentItemId"] = ContentId.New(), ["ContentType"] = ItemType };
        if (ItemType == "Term") made["TermPart"] = new JsonObject { ["TaxonomyContentItemId"] = itemId };
        return made;
    }

    private static bool HasRowsBelow(JsonObject row) =>
        row["Terms"] is JsonArray { Count: > 0 } || row.Object("MenuItemsListPart")?["MenuItems"] is JsonArray { Count: > 0 };
}
