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
    FormSources sources, TimeProvider clock)
    : DocumentPage(store, reader, history, sources)
{
    private const int PicksShown = 24;

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

    /// <summary>The open picker; null while none is open.</summary>
    public FormPicker? Picker { get; private set; }

    /// <summary>The id of the control at which the person goes on after an act on a list; null for the top of the page.</summary>
    public string? Focus { get; private set; }

    /// <summary>What an act on a list did, for those who do not see it.</summary>
    public string? RowsSaid { get; private set; }

    /// <summary>What the person's window renews its lock with; carried along, as no script is needed to hold it.</summary>
    [TempData]
    public string? LockToken { get; set; }

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
        var document = await PostedAsync(stop);
        await HoldAsync(stop);
        if (RowAct.Read(Request.Form[RowAct.Name]) is { } rows) return await ChangeAsync(document, rows, stop);
        if (act == "check") return await ShowAsync(document, isChecked: true, stop);
        if (Item is null) return await CreateAsync(document, act, stop);

        return await WriteAsync(document, BaseVersion ?? "", act, stop);
    }

    public async Task<IActionResult> OnPostResolveAsync(string id, string? act, string theirVersion, string yours, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Edit, stop) is { } answer) return answer;
        if (Item is null || await History.VersionAsync(id, theirVersion, stop) is not { } theirs) return NotFound();
        if (ConflictView.Read(yours) is not { } mine) return BadRequest();

        var form = await Request.ReadFormAsync(stop);
        return await WriteAsync(ConflictView.Merge(theirs.Content, mine, unit => form[$"take-{unit}"] == "yours"), theirVersion, act, stop);
    }

    public async Task<IActionResult> OnPostUnpublishAsync(string id, CancellationToken stop) =>
        Tell((await Store.UnpublishAsync(Person, id, stop: stop)).Refusal, "editor.unpublished", $"/{id}");

    public async Task<IActionResult> OnPostDeleteAsync(string id, CancellationToken stop)
    {
        var deleted = await Store.DeleteAsync(Person, id, stop: stop);
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

        LockToken = (await locks.TakeOverAsync(Person, id, stop)).Token;
        return Tell(null, "editor.taken_over", $"/{id}");
    }

    public async Task<IActionResult> OnPostDiscardAsync(string id, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Edit, stop) is { } answer) return answer;

        await autosaves.DiscardAsync(Person, id, stop);
        return Tell(null, "editor.autosave_discarded", Item is null ? $"/{id}?type={Type.Name}&language={Language}" : $"/{id}");
    }

    /// <summary>Keeps what is typed, outside the history, and holds the lock while somebody types.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(string id, string? lockToken, CancellationToken stop)
    {
        if (await OpenAsync(id, ContentAct.Edit, stop) is { } answer) return answer;
        var document = await PostedAsync(stop);
        if (await autosaves.KeepAsync(Person, id, BaseVersion is { Length: > 0 } basis ? basis : null, document, TypeName, Language, stop) is { } refusal)
            return new JsonResult(new { message = SentenceOf(refusal) }) { StatusCode = StatusCodes.Status422UnprocessableEntity };

        var held = await locks.TakeAsync(Person, id, string.IsNullOrEmpty(lockToken) ? null : lockToken, stop);
        var isOthers = !held.IsYours && held.UserId != Person.Id;
        return new JsonResult(new
        {
            message = isOthers ? EditorTexts.Get("editor.locked", held.UserName) : EditorTexts.Get("editor.autosaved", InZone(clock.GetUtcNow().UtcDateTime)),
            token = held.Token,
            clean = EditorTexts.Get("editor.check_clean"),
            faults = await FaultsAsJsonAsync(document, stop),
        });
    }

    /// <summary>The first change takes the lock, and each further one renews it; whose it is else is said on the page.</summary>
    private async Task HoldAsync(CancellationToken stop)
    {
        if (Item is null) return;

        var token = Request.Form["lockToken"].ToString();
        LockToken = (await locks.TakeAsync(Person, Id, token.Length > 0 ? token : null, stop)).Token;
    }

    /// <summary>Adds, moves and removes rows, and finds what can be picked. Nothing is saved.</summary>
    private async Task<IActionResult> ChangeAsync(JsonObject document, RowAct act, CancellationToken stop)
    {
        var form = await FormAsync(document, stop);
        var (words, refused) = (Request.Form[FormPicker.WordsName].ToString(), (string?)null);
        if (act.Verb == RowVerb.Upload)
        {
            var uploaded = await UploadAsync(stop);
            refused = uploaded.Succeeded ? null : SentenceOf(uploaded.Refusal);
            if (uploaded.Succeeded) act = act with { Verb = RowVerb.Pick, Value = uploaded.Result.Path };
        }

        var change = RowChange.Make(document, form, act, Id);
        var rows = form.RowsAt(act.Path);
        var staysOpen = act.Verb is RowVerb.Find or RowVerb.Upload || (act.Verb == RowVerb.Pick && rows is { IsMultiple: true });
        if (staysOpen && rows is { Listed: not null })
        {
            rows = (await FormAsync(document, stop)).RowsAt(act.Path)!;
            Picker = new FormPicker(rows, words, await PicksAsync(document, rows, words, stop)) { Refused = refused };
        }

        (RowsSaid, Focus) = (change.Said, Picker is not null ? FormPicker.WordsName : change.Focus ?? rows?.Name ?? act.Id);
        return await ShowAsync(document, isChecked: false, stop);
    }

    private async Task<IReadOnlyList<FormPick>> PicksAsync(JsonObject document, FormRows rows, string words, CancellationToken stop)
    {
        var picked = (DocumentValue.Find(document, rows.Path) as JsonObject).List(rows.Listed!);
        bool IsPicked(string value) => picked.Contains(value);
        switch (rows.Of)
        {
            case RowsOf.Pictures:
                return [.. (await Sources.Media.ListAsync(limit: PicksShown, words: words, stop: stop)).Select(asset => new FormPick(
                    asset.Path, System.IO.Path.GetFileName(asset.Path), asset.Alt.GetValueOrDefault(Language ?? Reader.TwoLetterISOLanguageName, "")) { Asset = asset, IsPicked = IsPicked(asset.Path) })];
            case RowsOf.People:
                return [.. (await Sources.People.SearchAsync(words, PicksShown, stop)).Select(person => new FormPick(person.Id, person.Name, person.Email) { IsPicked = IsPicked(person.Id) })];
            default:
                return [.. from line in await Sources.Picks.FindAsync(Person, rows.PickedTypes, Language, words, PicksShown, stop)
                           let value = rows.Of == RowsOf.Content ? line.ItemId : line.LocalizationSet
                           where value is not null && line.ItemId != Id
                           let type = Types.Find(line.Type)?.Label(Reader) ?? line.Type
                           select new FormPick(value, line.DisplayText, line.IsPublished ? type : $"{type}, {FormTexts.Get("picker.draft")}") { IsPicked = IsPicked(value) }];
        }
    }

    private async Task<Outcome<MediaAsset>> UploadAsync(CancellationToken stop)
    {
        if (Request.Form.Files["pickFile"] is not { } file) return new Refusal("media.no_file");

        await using var bytes = file.OpenReadStream();
        var uploaded = await Sources.Media.UploadAsync(Person, "", file.FileName, bytes, stop);
        if (!uploaded.Succeeded) return uploaded;

        var alt = Store.Settings.Cultures.Select(culture => (culture, Text: Request.Form[$"pickAlt-{culture}"].ToString().Trim()))
            .Where(each => each.Text.Length > 0).ToDictionary(each => each.culture, each => each.Text);
        var isDecorative = Request.Form["pickDecorative"] == "true";
        return alt.Count == 0 && !isDecorative ? uploaded : await Sources.Media.DescribeAsync(Person, uploaded.Result.Path, alt, isDecorative, uploaded.Result.FocalPoint, stop);
    }

    /// <summary>What the checks panel shows of a document, for a script that keeps it up to date.</summary>
    private async Task<IEnumerable<object>> FaultsAsJsonAsync(JsonObject document, CancellationToken stop)
    {
        var form = await FormAsync(document, stop);
        return (await FaultsAsync(document, stop)).OrderBy(fault => fault.Severity).Select(fault => new
        {
            severity = fault.Severity.ToString().ToLowerInvariant(), state = EditorTexts.Get($"editor.severity.{fault.Severity}"),
            text = fault.Sentence(Reader), control = form.ControlOf(fault),
        });
    }

    private async Task<IActionResult> CreateAsync(JsonObject document, string? act, CancellationToken stop)
    {
        var created = await Store.CreateAsync(Person, Type.Name, document, Language, Id, stop);
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
        if (!written.Succeeded) return await RefusedAsync(written.Refusal, document, act, stop);

        // Who publishes is done; who saves a draft goes on.
        if (act == "publish" && LockToken is { Length: > 0 } token) await locks.ReleaseAsync(Id, token, stop);
        if (act == "publish") LockToken = null;
        return Tell(null, act == "publish" ? "editor.published" : "editor.saved", $"/{Id}");
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
        Faults = [.. (faults is { Count: > 0 } ? faults : await FaultsAsync(document, stop)).OrderBy(fault => fault.Severity)];
        (IsChecked, Reading) = (isChecked, ContentChecks.ReadingOf(document, Language));
        if (Item is not null)
        {
            Languages = await translations.OfAsync(Id, stop);
            Beside = await translations.BesideSourceAsync(Id, stop);
            if (await locks.FindAsync(Id, stop) is { } held && held.UserId != Person.Id) Lock = held;
        }

        Working = JsonNode.DeepEquals(document, await BasisAsync(stop)) ? null : ContentJson.Write(document);
        Form = await FormAsync(document, stop, isChecked ? Faults : null, Beside?.Source.Content);
        // A new row is gone on with at its first input.
        if (Focus is not null && Form.RowAt($"$.{Focus}") is (_, var row, _))
            Focus = ContentForm.InputsOf(row.Pieces).FirstOrDefault()?.Name ?? Focus;
        return Page();
    }
}
