using System.Text.Json.Nodes;

namespace Metro.Content.Editor.Forms;

/// <summary>
/// What the buttons of a list do to the document: nothing is saved by it. An act that does not fit the form, because it was
/// sent twice or by hand, changes nothing.
/// </summary>
/// <param name="Done">Whether anything was changed.</param>
/// <param name="Focus">The id of the control at which the person goes on; null to stay where the act was.</param>
/// <param name="Said">What happened, for those who do not see it; null when nothing did.</param>
internal sealed record RowChange(bool Done, string? Focus, string? Said)
{
    private static readonly RowChange Nothing = new(false, null, null);

    public static RowChange Make(JsonObject document, ContentForm form, RowAct act, string itemId) => act.Verb switch
    {
        RowVerb.Add => form.RowsAt(act.Path) is { Of: RowsOf.Items, HasRoom: true } rows && rows.Addable.FirstOrDefault(type => type.Value == act.Value) is { } type
            ? Add(document, rows, type, itemId)
            : Nothing,
        RowVerb.Pick => form.RowsAt(act.Path) is { HasRoom: true, Listed: not null } rows ? Pick(document, rows, act.Value) : Nothing,
        RowVerb.Up or RowVerb.Down or RowVerb.In or RowVerb.Out or RowVerb.Remove =>
            form.RowAt(act.Path) is var (rows, row, at) && row.Verbs.Contains(act.Verb) ? Move(document, form, rows, row, at, act.Verb) : Nothing,
        _ => Nothing,
    };

    private static RowChange Add(JsonObject document, FormRows rows, FormOption type, string itemId)
    {
        var made = new JsonObject { ["ContentItemId"] = ContentId.New(), ["ContentType"] = type.Value, ["DisplayText"] = "" };
        if (rows.Path.EndsWith(".Terms", StringComparison.Ordinal)) made["TermPart"] = new JsonObject { ["TaxonomyContentItemId"] = itemId };
        if (rows.Path.EndsWith(".Widgets", StringComparison.Ordinal)) made["FlowMetadata"] = new JsonObject { ["Alignment"] = 3, ["Size"] = 100 };
        ListAt(document, rows.Path).Add(made);
        return new RowChange(true, $"{rows.Name}[{rows.Rows.Count}]", FormTexts.Get("rows.added", type.Label));
    }

    private static RowChange Pick(JsonObject document, FormRows rows, string value)
    {
        var list = ListAt(document, $"{rows.Path}.{rows.Listed}");
        if (value.Length is 0 or > 1_000 || list.Any(one => one is JsonValue known && known.TryGetValue<string>(out var text) && text == value)) return Nothing;

        list.Add(value);
        return new RowChange(true, $"{rows.Name}[{list.Count - 1}]", FormTexts.Get("rows.picked", rows.Label));
    }

    private static RowChange Move(JsonObject document, ContentForm form, FormRows rows, FormRow row, int at, RowVerb verb)
    {
        switch (verb)
        {
            case RowVerb.Remove:
                foreach (var list in ListsOf(document, rows)) if (at < list.Count) list.RemoveAt(at);
                return new RowChange(true, rows.Rows.Count > 1 ? $"{rows.Name}[{Math.Min(at, rows.Rows.Count - 2)}]" : rows.Name, FormTexts.Get("rows.removed", row.Label));

            case RowVerb.Up or RowVerb.Down:
                var to = verb == RowVerb.Up ? at - 1 : at + 1;
                foreach (var list in ListsOf(document, rows))
                {
                    var moved = list[at];
                    list.RemoveAt(at);
                    list.Insert(to, moved);
                }

                // The pointer and the keyboard stay on the same button, as long as the row can go on.
                var canGoOn = verb == RowVerb.Up ? to > 0 : to < rows.Rows.Count - 1;
                var next = new RowAct(canGoOn ? verb : verb == RowVerb.Up ? RowVerb.Down : RowVerb.Up, $"{rows.Path}[{to}]");
                return new RowChange(true, next.Id, FormTexts.Get("rows.moved", row.Label, to + 1, rows.Rows.Count));

            case RowVerb.In:
                var before = rows.Rows[at - 1];
                var below = ListAt(document, before.Below!);
                var taken = Take(document, rows.Path, at);
                below.Add(taken);
                return new RowChange(true, new RowAct(RowVerb.Out, $"{before.Below}[{below.Count - 1}]").Id, FormTexts.Get("rows.in", row.Label, before.Label));

            default:
                if (form.ParentOf(rows) is not var (upper, above, place)) return Nothing;

                var raised = Take(document, rows.Path, at);
                ListAt(document, upper.Path).Insert(place + 1, raised);
                return new RowChange(true, new RowAct(RowVerb.Up, $"{upper.Path}[{place + 1}]").Id, FormTexts.Get("rows.out", row.Label, above.Label));
        }
    }

    private static JsonNode? Take(JsonObject document, string path, int at)
    {
        var list = ListAt(document, path);
        var node = list[at];
        list.RemoveAt(at);
        return node;
    }

    /// <summary>The arrays that a row has a place in: a picture has its text and its point beside its path.</summary>
    private static IEnumerable<JsonArray> ListsOf(JsonObject document, FormRows rows) => rows.Of switch
    {
        RowsOf.Items => [ListAt(document, rows.Path)],
        RowsOf.Pictures => PictureLists(document, rows.Path),
        _ => [ListAt(document, $"{rows.Path}.{rows.Listed}")],
    };

    private static List<JsonArray> PictureLists(JsonObject document, string field)
    {
        var paths = ListAt(document, $"{field}.Paths");
        var lists = new List<JsonArray> { paths };
        foreach (var key in (string[])["MediaTexts", "Anchors"])
        {
            if (DocumentValue.Find(document, $"{field}.{key}") is not JsonArray list) continue;

            while (list.Count < paths.Count) list.Add(key == "MediaTexts" ? "" : new JsonObject { ["X"] = 0.5, ["Y"] = 0.5 });
            lists.Add(list);
        }

        return lists;
    }

    private static JsonArray ListAt(JsonObject document, string path)
    {
        if (DocumentValue.Find(document, path) is JsonArray list) return list;

        DocumentValue.Put(document, path, list = []);
        return list;
    }
}
