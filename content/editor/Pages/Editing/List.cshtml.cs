using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>The list from which editors start: what there is, in what state, and many items published or withdrawn at once.</summary>
internal sealed class ListModel(EditorList editors, ContentStore store, ContentReader reader) : EditorPage
{
    private const int PageSize = 25;

    [BindProperty(SupportsGet = true)]
    public string? Type { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Language { get; set; }

    /// <summary><c>published</c>, <c>draft</c> or, for what has changes that are not public, <c>unpublished</c>; anything else for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Title { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Mine { get; set; }

    /// <summary>The last line of the page before, as <see cref="PlaceOf"/> wrote it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>What came of the bulk act before: each item with its refusal, which is empty where it was done.</summary>
    [TempData]
    public string? Outcomes { get; set; }

    public IReadOnlyList<EditorLine> Lines { get; private set; } = [];

    public string? NextPage { get; private set; }

    public IReadOnlyList<(string ItemId, string Title, string Refusal)> Done { get; private set; } = [];

    public IEnumerable<ContentTypeDef> Types => store.Types.All.Where(type => type.IsCreatable).OrderBy(type => type.Label(Reader), StringComparer.CurrentCulture);

    public IEnumerable<ContentTypeDef> TypesToWrite => Types.Where(type => Person.May(ContentAct.Edit, type.Name));

    public bool MayPublish => Has("PublishContent");

    public string LabelOf(string type) => store.Types.Find(type)?.Label(Reader) ?? type;

    public string ModifiedAt(EditorLine line) =>
        TimeZoneInfo.ConvertTimeFromUtc(line.ModifiedUtc, store.Settings.Zone).ToString("d MMM yyyy HH.mm", CultureInfo.CurrentCulture);

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        var found = await editors.FindAsync(Person, new EditorQuery
        {
            Type = string.IsNullOrEmpty(Type) ? null : Type,
            Culture = string.IsNullOrEmpty(Language) ? null : Language,
            IsPublished = State switch { "published" => true, "draft" => false, _ => null },
            HasDraft = State == "unpublished" ? true : null,
            Title = Title?.Trim(),
            Owner = Mine ? Person.Id : null,
            PageSize = PageSize + 1,
            After = PlaceOf(After),
        }, stop);
        if (!found.Succeeded) return Forbid();

        Lines = [.. found.Result.Take(PageSize)];
        if (found.Result.Count > PageSize) NextPage = AddressAfter(Lines[^1]);
        if (Outcomes is { } outcomes) Done = await ReadAsync(outcomes, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostBulkAsync(string? act, string[] items, string? back, CancellationToken stop)
    {
        var chosen = items.Distinct().Take(PageSize).ToList();
        if (chosen.Count == 0) Trouble = EditorTexts.Get("editor.bulk_none");
        else
        {
            var outcomes = act switch
            {
                "publish" => await store.PublishManyAsync(Person, chosen, stop),
                "unpublish" => await store.UnpublishManyAsync(Person, chosen, stop),
                _ => [],
            };
            Outcomes = JsonSerializer.Serialize(outcomes.Select(each => new[] { each.ItemId, each.Outcome.Refusal is { } refusal ? SentenceOf(refusal) : "" }));
        }

        return Go("/items" + (back is ['?', ..] ? back : ""));
    }

    private async Task<IReadOnlyList<(string, string, string)>> ReadAsync(string outcomes, CancellationToken stop)
    {
        var each = JsonSerializer.Deserialize<string[][]>(outcomes) ?? [];
        var items = await reader.FindLatestManyAsync([.. each.Select(one => one[0])], stop);
        return [.. each.Where(one => items.ContainsKey(one[0])).Select(one => (one[0], items[one[0]].DisplayText, one[1]))];
    }

    private string AddressAfter(EditorLine line) => At(QueryHelpers.AddQueryString("/items", new Dictionary<string, string?>
    {
        ["type"] = Type, ["language"] = Language, ["state"] = State, ["title"] = Title, ["mine"] = Mine ? "true" : null,
        ["after"] = string.Create(CultureInfo.InvariantCulture, $"{line.ModifiedUtc.Ticks}.{line.ItemId}"),
    }.Where(pair => !string.IsNullOrEmpty(pair.Value))));

    private static EditorLine? PlaceOf(string? after)
    {
        if (after?.Split('.', 2) is not [var ticks, var id] || !long.TryParse(ticks, CultureInfo.InvariantCulture, out var number)) return null;
        if (number < 0 || number > DateTime.MaxValue.Ticks || !ContentId.IsValid(id)) return null;

        return new EditorLine(id, "", "", "", null, "", ContentState.Draft, new DateTime(number, DateTimeKind.Utc));
    }
}
