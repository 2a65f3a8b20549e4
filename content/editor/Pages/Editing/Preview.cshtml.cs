using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>A draft as readers would meet it: a version that is stored, or the form as it is being written, of which nothing is stored.</summary>
internal sealed class PreviewModel(ContentStore store, ContentReader reader, ContentHistory history, MediaLibrary media) : DocumentPage(store, reader, history)
{
    public ContentItem Shown { get; private set; } = null!;

    public IReadOnlyList<ShownPicture> Pictures { get; private set; } = [];

    public string? Summary => Shown.Text("Summary");

    public string Body => MarkdownText.ToHtml(Shown.Markdown) + SafeHtml.Sanitise(Shown.Content.Text("HtmlBodyPart", "Html"));

    public IEnumerable<(string Label, string Value)> Facts => (Type?.Fields ?? [])
        .Where(each => each.Name != "Summary")
        .Select(each => (Label: each.Label(Reader), Value: ValueOf(each)))
        .Where(fact => fact.Value.Length > 0);

    public async Task<IActionResult> OnGetAsync(string id, string? version, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Preview, stop) is { } answer) return answer;
        if ((version is null ? Item : await History.VersionAsync(id, version, stop)) is not { } found) return NotFound();

        return await ShowAsync(found, stop);
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Edit, stop) is { } answer) return answer;
        if (Type is null) return NotFound();

        var document = await PostedAsync(stop);
        if (Item is not null)
        {
            var previewed = await Store.PreviewAsync(Person, id, document, stop);
            return previewed.Succeeded ? await ShowAsync(previewed.Result, stop) : NotFound();
        }

        return await ShowAsync(new ContentItem
        {
            ItemId = id, VersionId = "", Number = 0, Type = TypeName, Culture = Language, Owner = Person.Id, Author = Person.Name,
            DisplayText = document.Text("TitlePart", "Title") ?? "", CreatedUtc = DateTime.UnixEpoch, ModifiedUtc = DateTime.UnixEpoch,
            IsLatest = true, IsPublished = false, ItemIsPublished = false, Content = document,
        }, stop);
    }

    private async Task<IActionResult> ShowAsync(ContentItem item, CancellationToken stop)
    {
        Shown = item;
        foreach (var field in Type?.Fields.Where(field => field.Kind == FieldKind.Media) ?? [])
            Pictures = [.. Pictures, .. await media.PicturesAsync(item, field.Name, stop)];
        return Page();
    }

    private string ValueOf(FieldDef field) => field.Kind switch
    {
        FieldKind.Text => Shown.Text(field.Name) is { Length: > 0 } text ? field.OptionLabel(text, Reader) : "",
        FieldKind.MultiText => string.Join(", ", Shown.Content.List(Shown.Type, field.Name, "Values")),
        FieldKind.Numeric => Shown.Amount(field.Name)?.ToString("N0", CultureInfo.CurrentCulture) ?? "",
        FieldKind.Date => Shown.Day(field.Name)?.ToString("D", CultureInfo.CurrentCulture) ?? "",
        FieldKind.DateTime when Shown.Instant(field.Name) is { } instant =>
            TimeZoneInfo.ConvertTimeFromUtc(instant, Store.Settings.Zone).ToString("dddd, d MMMM yyyy, HH.mm", CultureInfo.CurrentCulture),
        FieldKind.Link => Shown.Field(field.Name).Text("Text") is { Length: > 0 } named ? named : Shown.Field(field.Name).Text("Url") ?? "",
        _ => "",
    };
}
