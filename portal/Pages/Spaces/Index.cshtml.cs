using System.Globalization;
using Metro.Content;
using Metro.Library;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Spaces;

/// <summary>The rooms and corners that people can have for a time, and those that editors tell of.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Spaces)]
internal sealed class SpacesModel(LibraryDbContext db, ContentReader reader, ContentCards cards, MediaLibrary media, SiteChrome chrome) : PageModel
{
    private const int MostSpaces = 100;

    public IReadOnlyList<Card> Shown { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var spaces = await db.Spaces.AsNoTracking().Include(space => space.Kind).Where(space => space.IsActive)
            .OrderBy(space => space.BranchId).ThenBy(space => space.Name).ThenBy(space => space.Id).Take(MostSpaces).ToListAsync(stop);
        var branches = await db.Branches.AsNoTracking().OrderBy(branch => branch.Id).Take(MostSpaces).ToDictionaryAsync(branch => branch.Id, branch => branch.LocalName, stop);
        var presented = (await reader.ListAsync(new ContentQuery(ContentCards.Culture, "SpacePage") { PageSize = ContentQuery.MaxPageSize, Order = ContentOrder.Title }, stop)).Items;

        var files = await media.FilesOfAsync(presented.Select(each => each.Item), "Image", stop);
        var shown = new List<Card>();
        foreach (var space in spaces)
        {
            var about = presented.FirstOrDefault(each => space.ContentKey is { } key && each.Item.Text("SpaceCode") == key)?.Item;
            var picture = about is null ? null : MediaLibrary.Pictures(about, "Image", files).FirstOrDefault();
            shown.Add(new Card(space.LocalName.Explain(CultureInfo.CurrentUICulture), PortalChrome.InLanguage(string.Create(CultureInfo.InvariantCulture, $"/spaces/{space.Id}")))
            {
                Picture = picture is null ? null : new CardPicture($"/media/{picture.Asset.Path}", picture.Alt, picture.Asset.Width, picture.Asset.Height),
                Kicker = new LocalText(space.Kind.Name, space.Kind.NameEnglish).Explain(CultureInfo.CurrentUICulture),
                Text = about?.Text("Summary"),
                Facts =
                [
                    SpacesText.Get("People", space.Capacity),
                    .. branches.TryGetValue(space.BranchId, out var branch) ? [branch.Explain(CultureInfo.CurrentUICulture)] : (string[])[],
                    SpacesText.Get($"For.{space.Kind.Audience}"),
                ],
                HeadingLevel = 2,
            });
        }

        // What editors tell of and nobody books: a reading corner, the park.
        var keys = spaces.Select(space => space.ContentKey).ToHashSet();
        shown.AddRange(await cards.OfAsync(presented.Where(each => each.Item.Text("SpaceCode") is not { Length: > 0 } code || !keys.Contains(code)), stop, headingLevel: 2));
        Shown = shown;
        chrome.Head.Description = SpacesText.Get("Lead");
    }
}
