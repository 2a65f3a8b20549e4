using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Office.Desk;

/// <summary>Where an editor's day begins: what was left unfinished, what is to come, what has fallen behind.</summary>
internal sealed class DeskModel(
    ContentTypes types, ContentSettings settings, EditorList editors, Autosaves autosaves, Schedules schedules, Translations translations,
    LinkReport links, TimeProvider clock) : OfficePage(types, settings)
{
    private const int Shown = 8;

    public IReadOnlyList<AutosaveLine> Unsaved { get; private set; } = [];

    public IReadOnlyList<EditorLine> Drafts { get; private set; } = [];

    public IReadOnlyList<Appointment> ToCome { get; private set; } = [];

    public IReadOnlyList<StaleTranslation> Stale { get; private set; } = [];

    public BrokenLinkPage Broken { get; private set; } = new([], null);

    public int Expired { get; private set; }

    public IEnumerable<ContentTypeDef> TypesToWrite => Types.Where(type => type.IsCreatable && Person.May(ContentAct.Edit, type.Name));

    /// <summary>Whether this person sees everybody's drafts, and so what is scheduled and behind.</summary>
    public bool SeesAll => ContentPermissions.Allow(ContentRoles.PermissionsOf(Person.Roles), ContentAct.Preview, "", isOwn: false);

    /// <summary>Today, by the library's clock: the first day to which anyone can travel.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, Zone));

    public string AddressOf(AutosaveLine line) => AtWith($"/{line.ItemId}", ("autosave", "true"), ("type", line.IsNew ? line.Type : null), ("language", line.IsNew ? line.Culture : null));

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        Unsaved = await autosaves.MineAsync(Person, 20, stop);
        var drafts = await editors.FindAsync(Person, new EditorQuery { Owner = Person.Id, HasDraft = true, PageSize = Shown }, stop);
        if (!drafts.Succeeded) return Forbid();

        Drafts = drafts.Result;
        Broken = await links.BrokenAsync(null, Shown, stop);
        Expired = (await links.ExpiredAsync(clock.GetUtcNow().UtcDateTime, 200, stop)).Count;
        Stale = [.. (await translations.StaleAsync(Shown, stop)).Where(each => SeesAll || each.Owner == Person.Id)];
        if (SeesAll) ToCome = await schedules.ToComeAsync(Shown, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostForgetAsync(string id, CancellationToken stop)
    {
        await autosaves.DiscardAsync(Person, id, stop);
        return Answer(null, EditorTexts.Get("editor.autosave_discarded"), "");
    }

    public async Task<IActionResult> OnPostForgetAllAsync(CancellationToken stop)
    {
        var forgotten = await autosaves.DiscardAllAsync(Person, stop);
        return Answer(null, OfficeText.Get("desk.forgot", forgotten), "");
    }
}
