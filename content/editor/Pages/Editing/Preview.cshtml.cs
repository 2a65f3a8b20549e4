using Metro.Content.Editor.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>A draft as readers would meet it: a version that is stored, or the form as it is being written, of which nothing is stored.</summary>
internal sealed class PreviewModel(ContentStore store, ContentReader reader, ContentHistory history, MediaLibrary media, FormSources sources)
    : DocumentPage(store, reader, history, sources)
{
    public ShownContent Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, string? version, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Preview, stop) is { } answer) return answer;
        if ((version is null ? Item : await History.VersionAsync(id, version, stop)) is not { } found) return NotFound();

        return await ShowAsync(found, stop);
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Edit, stop) is { } answer) return answer;
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
        Shown = await ShownContent.LoadAsync(item, Items, media, Types, Store.Settings, stop);
        return Page();
    }
}
