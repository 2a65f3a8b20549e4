using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Office.Links;

/// <summary>What readers would find broken in anything published: links within the portal, missing files, e-resources past their day.</summary>
internal sealed class LinksModel(ContentTypes types, ContentSettings settings, LinkReport links, TimeProvider clock) : OfficePage(types, settings)
{
    public BrokenLinkPage Broken { get; private set; } = new([], null);

    public IReadOnlyList<ExpiredResource> Expired { get; private set; } = [];

    /// <summary>What the page before said comes next.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public static string PlaceIn(BrokenLink link) => new Fault("", link.JsonPath).Label(Reader);

    public async Task OnGetAsync(CancellationToken stop)
    {
        Broken = await links.BrokenAsync(After, 50, stop);
        if (After is null) Expired = await links.ExpiredAsync(clock.GetUtcNow().UtcDateTime, 200, stop);
    }
}
