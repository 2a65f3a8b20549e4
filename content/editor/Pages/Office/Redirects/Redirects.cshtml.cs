using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Office.Redirects;

/// <summary>The addresses that lead elsewhere: those that moved pages left, and those that people made.</summary>
internal sealed class RedirectsModel(ContentTypes types, ContentSettings settings, Content.Redirects redirects) : OfficePage(types, settings)
{
    private const int PageSize = 50;

    protected override string? Permission => ContentPermissions.ManageSettings;

    public IReadOnlyList<Redirect> Found { get; private set; } = [];

    public string? NextPage { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The address to be left.</summary>
    [BindProperty]
    public string? From { get; set; }

    /// <summary>Where it is to lead.</summary>
    [BindProperty]
    public string? To { get; set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var found = await redirects.ListAsync(After, PageSize + 1, Words, stop);
        Found = [.. found.Take(PageSize)];
        if (found.Count > PageSize) NextPage = AtWith("/redirects", ("words", Words), ("after", Found[^1].Path));
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken stop)
    {
        var refusal = await redirects.PutAsync(Person, From ?? "", To ?? "", stop);
        if (refusal is null || refusal == Refusal.Forbidden) return Answer(refusal, OfficeText.Get("redirects.added"), "/redirects");

        (After, Words) = (null, null);
        await OnGetAsync(stop);
        return Again(refusal);
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? path, CancellationToken stop) =>
        Answer(await redirects.RemoveAsync(Person, path ?? "", stop), OfficeText.Get("redirects.removed"), "/redirects");
}
