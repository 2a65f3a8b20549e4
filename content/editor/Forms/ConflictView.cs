using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Metro.Content.Editor.Forms;

/// <summary>Two documents that both came from one, field by field, for a person to choose between them.</summary>
/// <param name="Theirs">What was saved first.</param>
/// <param name="Yours">What was refused, as JSON, to be sent again with the choices.</param>
/// <param name="Act">What was to be done with it: <c>publish</c>, or a draft saved.</param>
/// <param name="Choices">The fields that differ.</param>
internal sealed record ConflictView(ContentItem Theirs, string Yours, string? Act, IReadOnlyList<ConflictChoice> Choices)
{
    public static ConflictView Of(EditConflict conflict, string? act)
    {
        var (theirs, yours) = (conflict.Theirs.Content, conflict.Yours);
        var choices = ContentDiff.Between(theirs, yours).GroupBy(change => UnitOf(change.Path)).Select(group => new ConflictChoice(
            group.Key, group.First().Label(CultureInfo.CurrentUICulture),
            Lines(group.Select(change => change.Before)), Lines(group.Select(change => change.After)),
            // What only the other changed stays theirs; where both wrote, or nobody knows, one's own comes first.
            IsYours: conflict.Base is null || !JsonNode.DeepEquals(At(conflict.Base.Content, group.Key), At(yours, group.Key))));
        return new ConflictView(conflict.Theirs, ContentJson.Write(yours), act, [.. choices]);
    }

    /// <summary>Their document with the fields of yours that were chosen.</summary>
    public static JsonObject Merge(JsonObject theirs, JsonObject yours, Func<string, bool> isYours)
    {
        var merged = theirs.DeepClone().AsObject();
        foreach (var unit in ContentDiff.Between(theirs, yours).Select(change => UnitOf(change.Path)).Distinct().Where(isYours))
        {
            var steps = unit.Split('.');
            if (At(yours, unit) is { } value) DocumentValue.Put(merged, unit, value.DeepClone());
            else if (steps.Length == 2) merged.Remove(steps[1]);
            else (merged[steps[1]] as JsonObject)?.Remove(steps[2]);
        }

        return merged;
    }

    /// <summary>The document that a form sends back; null when it is none.</summary>
    public static JsonObject? Read(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = ContentJson.MaxDepth, AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A field of the type, or a property of a part: what is chosen as a whole.</summary>
    private static string UnitOf(string path) => string.Join('.', path.Split('[')[0].Split('.').Take(3));

    private static JsonNode? At(JsonObject document, string unit) => DocumentValue.Find(document, unit);

    private static string Lines(IEnumerable<string?> values) => string.Join('\n', values.Where(value => !string.IsNullOrEmpty(value)));
}

/// <summary>A field that differs.</summary>
/// <param name="Unit">Its place: <c>$.Workshop.StartsAt</c>.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Theirs">What the other wrote.</param>
/// <param name="Yours">What this person wrote.</param>
/// <param name="IsYours">Whether one's own is chosen unless the person chooses.</param>
internal sealed record ConflictChoice(string Unit, string Label, string Theirs, string Yours, bool IsYours);
