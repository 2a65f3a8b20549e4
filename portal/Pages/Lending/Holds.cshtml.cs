using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Portal.Pages.Catalog;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Lending;

/// <summary>A hold as its page shows it.</summary>
/// <param name="Hold">The hold.</param>
/// <param name="Position">Its place in the queue, from 1; 0 where a copy was claimed.</param>
/// <param name="Length">How many wait.</param>
internal sealed record OwnHold(Hold Hold, int Position, int Length);

/// <summary>What a member waits for: the honest place, where it will be picked up, letting others go first for a while, giving it up.</summary>
internal sealed class HoldsModel(LibraryDbContext db, HoldQueue queue, LibrarySettings library, Dates dates) : MemberPage
{
    private const string Path = "/account/holds";

    public IReadOnlyList<OwnHold> Holds { get; private set; } = [];

    public IReadOnlyDictionary<long, BookLine> Books { get; private set; } = new Dictionary<long, BookLine>();

    public IReadOnlyDictionary<long, Branch> Branches { get; private set; } = new Dictionary<long, Branch>();

    /// <summary>The hold whose form was refused, so that it is open again; null for none.</summary>
    public long? RefusedHold { get; private set; }

    /// <summary>The last day until which a hold may be suspended.</summary>
    public DateOnly LatestSuspension => dates.Today.AddDays(library.Circulation.LongestHoldSuspension);

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    public Task<IActionResult> OnPostSuspendAsync(long hold, DateOnly? through, CancellationToken stop) => ChangeAsync(
        hold,
        () => through is { } last ? queue.SuspendAsync(hold, last, By, stop) : Task.FromResult<Refusal?>(Library.Input.InputRefusals.Missing("date")),
        title => LendingText.Get("Hold.Suspended", title, dates.Day(through!.Value)), stop);

    public Task<IActionResult> OnPostResumeAsync(long hold, CancellationToken stop) =>
        ChangeAsync(hold, () => queue.SuspendAsync(hold, null, By, stop), title => LendingText.Get("Hold.Resumed", title), stop);

    public Task<IActionResult> OnPostMoveAsync(long hold, long branch, CancellationToken stop) =>
        ChangeAsync(hold, () => queue.PickUpAtAsync(hold, branch, By, stop), title => LendingText.Get("Hold.Moved", title, NameOf(branch)), stop);

    public Task<IActionResult> OnPostCancelAsync(long hold, CancellationToken stop) =>
        ChangeAsync(hold, () => queue.CancelAsync(hold, By, stop), title => LendingText.Get("Hold.Cancelled", title), stop);

    /// <summary>Where a hold may be picked up, with the branch that is chosen now.</summary>
    public IEnumerable<SelectListItem> PickupsFor(Hold hold) => Branches.Values
        .Where(branch => (branch.IsActive && branch.OffersPickup) || branch.Id == hold.PickupBranchId)
        .Select(branch => new SelectListItem(NameOf(branch.Id), branch.Id.ToString(CultureInfo.InvariantCulture), branch.Id == hold.PickupBranchId));

    public string NameOf(long branch) => Branches.TryGetValue(branch, out var found) ? found.LocalName.Explain(CultureInfo.CurrentUICulture) : "";

    private async Task<IActionResult> ChangeAsync(long holdId, Func<Task<Refusal?>> change, Func<string, string> told, CancellationToken stop)
    {
        var title = await (
            from hold in db.Holds.AsNoTracking()
            where hold.Id == holdId && hold.MemberId == Member.Id
            join one in db.Titles on hold.TitleId equals one.Id
            select one.Name).FirstOrDefaultAsync(stop);
        if (title is null) return NotFound();

        var refusal = await change();
        await LoadAsync(stop);
        if (refusal is null) return Tell(told(title), Path);

        RefusedHold = holdId;
        this.Fault("", $"{title}: {refusal.Explain(CultureInfo.CurrentUICulture)}");
        return this.Refused();
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        var active = await db.Holds.AsNoTracking().Active().Where(hold => hold.MemberId == Member.Id).ToListAsync(stop);
        var holds = new List<OwnHold>(active.Count);
        // What is ready goes first: it has a deadline.
        foreach (var hold in active.OrderByDescending(hold => hold.State).ThenBy(hold => hold.PickupBy).ThenBy(hold => hold.Id))
        {
            var (position, length) = await queue.PositionAsync(hold.Id, stop);
            holds.Add(new OwnHold(hold, position, length));
        }

        Holds = holds;
        Books = await db.BooksOfAsync(active.Select(hold => hold.TitleId), stop);
        Branches = await db.Branches.AsNoTracking().OrderBy(branch => branch.Kind != BranchKind.Main).ThenBy(branch => branch.Id).Take(200).ToDictionaryAsync(branch => branch.Id, stop);
    }
}
