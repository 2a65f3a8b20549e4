using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Search;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Catalog;

/// <summary>A hold of the reader, or of a child for whom they decide.</summary>
/// <param name="Hold">The hold.</param>
/// <param name="Member">Whose it is.</param>
/// <param name="IsSelf">Whether it is the reader's.</param>
/// <param name="Position">Its place in the queue, from 1.</param>
/// <param name="Length">How many wait.</param>
internal sealed record HouseholdHold(Hold Hold, Member Member, bool IsSelf, int Position, int Length);

/// <summary>A title: what it is, where its copies are, how to get one, and what to read beside it.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Catalogue)]
internal sealed class BookModel(LibraryDbContext db, CatalogSearch search, HoldQueue holds, Household household, SiteChrome chrome) : PageModel
{
    private const int MostSimilar = 6;

    public BookLine Book { get; private set; } = null!;

    public Title Title => Book.Title;

    public IReadOnlyList<Shelf> Shelves { get; private set; } = [];

    /// <summary>How many people wait for it.</summary>
    public int Waiting { get; private set; }

    /// <summary>The holds on it of the reader and of the children for whom they decide.</summary>
    public IReadOnlyList<HouseholdHold> OwnHolds { get; private set; } = [];

    /// <summary>For whom the reader may place a hold and has none yet: themselves first, then their children.</summary>
    public IReadOnlyList<Member> Wishers { get; private set; } = [];

    /// <summary>The member of the household for whom a hold was refused; null for nobody.</summary>
    public long? RefusedFor { get; private set; }

    /// <summary>Whether the reader is signed in with a membership.</summary>
    public bool IsMember { get; private set; }

    /// <summary>The reader's own key as a member; 0 for others.</summary>
    public long Self { get; private set; }

    public IReadOnlyList<Branch> PickupBranches { get; private set; } = [];

    public IReadOnlyList<BookLine> Similar { get; private set; } = [];

    public Refusal? Refused { get; private set; }

    /// <summary>Whether there is a copy that could ever be lent.</summary>
    public bool CanBeHeld => Shelves.Any(shelf => shelf.Copies.Any(copy => !copy.ForReferenceOnly && copy.Status is not (CopyStatus.Lost or CopyStatus.Missing)));

    public string ShortAddress => string.Create(CultureInfo.InvariantCulture, $"{chrome.Origin}/b/{Title.Id}");

    public string FullAddress => chrome.Origin + Book.Address;

    public string SignInAddress => PortalChrome.InLanguage("/account/sign-in") + QueryString.Create("returnTo", Book.Address + "#hold").ToUriComponent();

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken stop) => await ShowAsync(id, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostHoldAsync(long id, long branch, [FromForm(Name = "for")] long? ward, CancellationToken stop)
    {
        if (User.Identity?.IsAuthenticated != true) return Challenge();
        if (await household.CallerAsync(User, stop) is not { AsMember: not null } caller) return await ShowAsync(id, stop) ? Page() : NotFound();
        if (await household.FindAsync(caller, ward, stop) is not var (member, by, _)) return NotFound();

        var placed = await holds.PlaceAsync(member.Id, id, branch, by, stop);
        if (placed.Succeeded) return LocalRedirect(BookLine.AddressOf(id) + "#hold");

        (Refused, RefusedFor) = (placed.Refusal, member.Id);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await ShowAsync(id, stop) ? Page() : NotFound();
    }

    private async Task<bool> ShowAsync(long id, CancellationToken stop)
    {
        var title = await db.Titles.AsNoTracking().InCatalogue().Whole().FirstOrDefaultAsync(one => one.Id == id, stop);
        if (title is null) return false;

        Book = (await db.BookLinesAsync([title], stop))[0];
        Shelves = await Shelf.OfAsync(db, id, stop);
        Waiting = await db.Holds.QueueFor(id).CountAsync(stop);
        await ShowOwnHoldsAsync(id, stop);
        PickupBranches = await db.Branches.AsNoTracking().Where(one => one.IsActive && one.OffersPickup).OrderBy(one => one.Kind != BranchKind.Main).ThenBy(one => one.Id).ToListAsync(stop);
        Similar = await SimilarAsync(stop);
        Describe();
        return true;
    }

    private async Task ShowOwnHoldsAsync(long id, CancellationToken stop)
    {
        if (User.Identity?.IsAuthenticated != true || await household.CallerAsync(User, stop) is not { MemberId: { } self } caller
            || await household.FindAsync(caller, null, stop) is not { Member: var reader }) return;

        (IsMember, Self) = (true, self);
        IReadOnlyList<Member> people = [reader, .. await household.WardsAsync(caller, stop)];
        var keys = people.Select(member => member.Id).ToArray();
        var active = await db.Holds.AsNoTracking().Active().Where(hold => hold.TitleId == id && hold.MemberId != null && keys.Contains(hold.MemberId.Value)).OrderBy(hold => hold.Id).ToListAsync(stop);
        var own = new List<HouseholdHold>(active.Count);
        foreach (var hold in active)
        {
            var (position, length) = await holds.PositionAsync(hold.Id, stop);
            own.Add(new HouseholdHold(hold, people.First(member => member.Id == hold.MemberId), hold.MemberId == self, position, length));
        }

        OwnHolds = own;
        Wishers = [.. people.Where(member => active.TrueForAll(hold => hold.MemberId != member.Id))];
    }

    /// <summary>Books on the main subject, then by the main contributor: what stands beside it, as on a good shelf.</summary>
    private async Task<IReadOnlyList<BookLine>> SimilarAsync(CancellationToken stop)
    {
        List<string> questions =
        [
            .. Title.Subjects.Take(2).Select(subject => $"subject:\"{subject.Text.Replace('"', ' ')}\""),
            .. Title.Contributors.Take(1).Select(one => $"author:\"{one.Name.Replace('"', ' ')}\""),
        ];
        var found = new List<Title>();
        foreach (var question in questions)
        {
            if (found.Count >= MostSimilar) break;
            var result = await search.SearchAsync(new CatalogQuery { Text = question, Size = MostSimilar + 1, WithFacets = false }, stop);
            found.AddRange((await search.TitlesOfAsync(result, stop)).Where(one => one.Id != Title.Id && found.TrueForAll(other => other.Id != one.Id)));
        }

        return await db.BookLinesAsync([.. found.Take(MostSimilar)], stop);
    }

    private void Describe()
    {
        var head = chrome.Head;
        head.Kind = "book";
        head.Description = Title.Summary is { Length: > 0 } summary
            ? summary.Length <= 200 ? summary : string.Concat(summary.AsSpan(0, 199).TrimEnd(), "…")
            : CatalogText.Get("Book.Description", Book.FullTitle, Book.By ?? "–", chrome.SiteName);
        head.Canonical = Book.Address;
        head.Picture = string.Create(CultureInfo.InvariantCulture, $"/b/{Title.Id}/share.png");
        head.PictureAlt = CatalogText.Get("Share.Cloth", chrome.SiteName);
        head.Describe(BookData.Of(Book, FullAddress, string.Create(CultureInfo.InvariantCulture, $"{chrome.Origin}/b/{Title.Id}/cover.png"), chrome.SiteName));
        head.Feeds.Add(new FeedLink($"/catalog/{Title.Id}/marc", "application/marc", "MARC 21"));
        head.Feeds.Add(new FeedLink($"/catalog/{Title.Id}/marcxml", "application/marcxml+xml", "MARCXML"));
    }
}
