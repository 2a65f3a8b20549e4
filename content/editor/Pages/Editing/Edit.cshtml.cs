using System.Globalization;
using System.Text.Json.Nodes;
using Metro.Content.Editor.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>
/// Where an item is written. A draft is saved whatever it lacks; publishing is strict and leads to what is to be
/// mended; when somebody else saved first, both texts are shown and nothing is lost.
/// </summary>
internal sealed class EditModel(
    ContentStore store, ContentReader reader, ContentHistory history, Translations translations, Autosaves autosaves, EditLocks locks,
    MediaLibrary media, TimeProvider clock)
    : DocumentPage(store, reader, history)
{
    public ContentForm? Form { get; private set; }

    /// <summary>What the checks find, errors first.</summary>
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    /// <summary>Whether the faults were asked for: they are then shown at the fields too, and said aloud.</summary>
    public bool IsChecked { get; private set; }

    public ReadingLevel? Reading { get; private set; }

    public ConflictView? Conflict { get; private set; }

    /// <summary>Somebody else who is editing now.</summary>
    public EditLock? Lock { get; private set; }

    /// <summary>What this person typed here and never saved.</summary>
    public Autosave? Kept { get; private set; }

    public IReadOnlyList<LanguageVersion> Languages { get; private set; } = [];

    public SideBySide? Beside { get; private set; }

    /// <summary>The newest files of the media library, offered where one is asked for.</summary>
    public IReadOnlyList<MediaAsset> Offered { get; private set; } = [];

    public string State => EditorTexts.Get(Item switch
    {
        null or { ItemIsPublished: false } => "editor.state.Draft",
        { IsPublished: true } => "editor.state.Published",
        _ => "editor.state.PublishedWithDraft",
    });

    public string InZone(DateTime instant) => TimeZoneInfo.ConvertTimeFromUtc(instant, Store.Settings.Zone).ToString("d MMM yyyy HH.mm", CultureInfo.CurrentCulture);

    public async Task<IActionResult> OnGetAsync(string id, bool check, bool autosave, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Edit, stop) is { } answer) return answer;

        Kept = await autosaves.FindAsync(Person, id, stop);
        if (autosave && Kept is not null)
        {
            BaseVersion = Kept.BaseVersionId;
            return await ShowAsync(Kept.Content, isChecked: false, stop);
        }

        BaseVersion = Item?.VersionId;
        return await ShowAsync(Item?.Content ?? [], check, stop);
    }

    public async Task<IActionResult> OnPostAsync(string id, string? act, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Edit, stop) is { } answer) return answer;
        if (Type is null) return NotFound();

        var document = await PostedAsync(stop);
        if (act == "check") return await ShowAsync(document, isChecked: true, stop);
        if (Item is null) return await CreateAsync(document, act, stop);

        return await WriteAsync(document, BaseVersion ?? "", act, stop);
    }

    public async Task<IActionResult> OnPostResolveAsync(string id, string? act, string theirVersion, string yours, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Edit, stop) is { } answer) return answer;
        if (Item is null || Type is null || await History.VersionAsync(id, theirVersion, stop) is not { } theirs) return NotFound();
        if (ConflictView.Read(yours) is not { } mine) return BadRequest();

        var form = await Request.ReadFormAsync(stop);
        return await WriteAsync(ConflictView.Merge(theirs.Content, mine, unit => form[$"take-{unit}"] == "yours"), theirVersion, act, stop);
    }

    public async Task<IActionResult> OnPostUnpublishAsync(string id, CancellationToken stop) =>
        Tell((await Store.UnpublishAsync(Person, id, stop)).Refusal, "editor.unpublished", $"/{id}");

    public async Task<IActionResult> OnPostDeleteAsync(string id, CancellationToken stop)
    {
        var deleted = await Store.DeleteAsync(Person, id, stop);
        return Tell(deleted.Refusal, "editor.deleted_done", deleted.Succeeded ? "" : $"/{id}");
    }

    public async Task<IActionResult> OnPostCloneAsync(string id, CancellationToken stop)
    {
        var cloned = await Store.CloneAsync(Person, id, stop);
        return Tell(cloned.Refusal, "editor.cloned", $"/{cloned.Result?.ItemId ?? id}");
    }

    public async Task<IActionResult> OnPostTranslateAsync(string id, string to, CancellationToken stop)
    {
        var translated = await Store.TranslateAsync(Person, id, to, stop);
        return Tell(translated.Refusal, "editor.translated", $"/{translated.Result?.ItemId ?? id}");
    }

    public async Task<IActionResult> OnPostConfirmAsync(string id, string sourceVersion, CancellationToken stop) =>
        Tell((await Store.ConfirmTranslationAsync(Person, id, sourceVersion, stop)).Refusal, "editor.translation_confirmed", $"/{id}");

    public async Task<IActionResult> OnPostTakeOverAsync(string id, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Edit, stop) is { } answer) return answer;

        await locks.TakeOverAsync(Person, id, stop);
        return Tell(null, "editor.taken_over", $"/{id}");
    }

    public async Task<IActionResult> OnPostDiscardAsync(string id, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Edit, stop) is { } answer) return answer;

        await autosaves.DiscardAsync(Person, id, stop);
        return Tell(null, "editor.autosave_discarded", Item is null ? $"/{id}?type={Type!.Name}&language={Language}" : $"/{id}");
    }

    /// <summary>Keeps what is typed, outside the history, and holds the lock while somebody types.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(string id, string? lockToken, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Edit, stop) is { } answer) return answer;
        if (Type is null) return NotFound();

        if (await autosaves.KeepAsync(Person, id, BaseVersion is { Length: > 0 } basis ? basis : null, await PostedAsync(stop), stop) is { } refusal)
            return new JsonResult(new { message = SentenceOf(refusal) }) { StatusCode = StatusCodes.Status422UnprocessableEntity };

        var held = await locks.TakeAsync(Person, id, string.IsNullOrEmpty(lockToken) ? null : lockToken, stop);
        var isOthers = !held.IsYours && held.UserId != Person.Id;
        return new JsonResult(new
        {
            message = isOthers ? EditorTexts.Get("editor.locked", held.UserName) : EditorTexts.Get("editor.autosaved", InZone(clock.GetUtcNow().UtcDateTime)),
            token = held.Token,
        });
    }

    private async Task<IActionResult> CreateAsync(JsonObject document, string? act, CancellationToken stop)
    {
        var created = await Store.CreateAsync(Person, Type!.Name, document, Language, Id, stop);
        if (!created.Succeeded) return await RefusedAsync(created.Refusal, document, act, stop);
        if (act != "publish") return Tell(null, "editor.saved", $"/{Id}");

        // The draft is there by now, so nothing typed is lost when publishing is refused.
        var published = await Store.PublishAsync(Person, Id, created.Result.VersionId, stop: stop);
        return published.Succeeded ? Tell(null, "editor.published", $"/{Id}") : Go($"/{Id}?check=true");
    }

    private async Task<IActionResult> WriteAsync(JsonObject document, string basis, string? act, CancellationToken stop)
    {
        var comment = Request.Form["comment"].ToString() is { Length: > 0 and <= 500 } said ? said : null;
        var written = act == "publish"
            ? await Store.PublishAsync(Person, Id, basis, document, comment, stop)
            : await Store.SaveAsync(Person, Id, basis, document, comment, stop);
        return written.Succeeded
            ? Tell(null, act == "publish" ? "editor.published" : "editor.saved", $"/{Id}")
            : await RefusedAsync(written.Refusal, document, act, stop);
    }

    private async Task<IActionResult> RefusedAsync(Refusal refusal, JsonObject document, string? act, CancellationToken stop)
    {
        if (refusal == Refusal.NotFound) return NotFound();
        if (refusal == Refusal.Forbidden) return Forbid();

        if (refusal is EditConflict conflict)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            Conflict = ConflictView.Of(conflict, act);
            return Page();
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Refused = refusal.Sentence(Reader);
        return await ShowAsync(document, isChecked: true, stop, refusal.Faults);
    }

    private async Task<IActionResult> ShowAsync(JsonObject document, bool isChecked, CancellationToken stop, IReadOnlyList<Fault>? faults = null)
    {
        if (Type is null) return Page();

        Faults = [.. (faults is { Count: > 0 } ? faults : await FaultsAsync(document, stop)).OrderBy(fault => fault.Severity)];
        (IsChecked, Reading) = (isChecked, ContentChecks.ReadingOf(TypeName, document, Language));
        if (Item is not null)
        {
            Languages = await translations.OfAsync(Id, stop);
            Beside = await translations.BesideSourceAsync(Id, stop);
            if (await locks.FindAsync(Id, stop) is { } held && held.UserId != Person.Id) Lock = held;
        }

        if (Type.Fields.Any(field => field.Kind == FieldKind.Media)) Offered = await media.ListAsync(limit: 200, stop: stop);
        Form = await FormAsync(document, stop, isChecked ? Faults : null, Beside?.Source.Content);
        return Page();
    }
}
