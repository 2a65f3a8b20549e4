using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Visits;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>One class visit: answered, moved, cancelled, counted; and what was done to it so far.</summary>
internal sealed class VisitModel(LibraryDbContext db, ClassVisits visits, VisitReview review, VisitSlots slots, LibraryCalendar calendar, Dates dates) : DeskPage
{
    private const string SlotFormat = "yyyy-MM-dd'T'HH:mm";

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Why the school may come once more than its quota says.</summary>
    [BindProperty]
    public string? Because { get; set; }

    /// <summary>Why not; it stands in the letter.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The slot to which it is moved, by the library's clock.</summary>
    [BindProperty]
    public string? Slot { get; set; }

    [BindProperty]
    public string? MoveReason { get; set; }

    [BindProperty]
    public string? CancelReason { get; set; }

    /// <summary>Whether it is the school that cannot come.</summary>
    [BindProperty]
    public bool BySchool { get; set; }

    [BindProperty]
    public int? ChildrenCame { get; set; }

    public Visit Visit { get; private set; } = null!;

    public VisitConsiderations Considered { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> Slots { get; private set; } = [];

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    public bool HasStarted => calendar.Now >= Visit.StartsAt;

    /// <summary>Whether the heads can be counted: classes come early.</summary>
    public bool CanCount => Visit.Status is VisitStatus.Approved or VisitStatus.NoShow && calendar.Now >= Visit.StartsAt.AddHours(-1);

    public bool CanChange => Visit.HoldsSlot && !HasStarted;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await LoadAsync(stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostApproveAsync(CancellationToken stop) =>
        await AfterAsync(await visits.ApproveAsync(Id, Staff, Because, stop), "Told.Approved", stop,
            ("visits.quota_used_up", nameof(Because)), ("input.too_long", nameof(Because)), ("input.unreadable", nameof(Because)));

    public async Task<IActionResult> OnPostDeclineAsync(CancellationToken stop) =>
        await AfterAsync(await visits.DeclineAsync(Id, Reason ?? "", Staff, stop), "Told.Declined", stop,
            ("input.missing", nameof(Reason)), ("input.too_long", nameof(Reason)), ("input.unreadable", nameof(Reason)));

    public async Task<IActionResult> OnPostMoveAsync(CancellationToken stop)
    {
        if (DateTime.TryParseExact(Slot, SlotFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var slot))
            return await AfterAsync(await visits.MoveAsync(Id, DateOnly.FromDateTime(slot), TimeOnly.FromDateTime(slot), MoveReason, Staff, stop), "Told.Moved", stop,
                ("visits.slot_taken", nameof(Slot)), ("visits.no_such_slot", nameof(Slot)), ("visits.too_short_notice", nameof(Slot)), ("visits.too_far_ahead", nameof(Slot)),
                ("input.too_long", nameof(MoveReason)), ("input.unreadable", nameof(MoveReason)));

        this.Fault(nameof(Slot), VisitQueueText.Get("Slot.Missing"));
        return await LoadAsync(stop) ? this.Refused() : NotFound();
    }

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken stop) =>
        await AfterAsync(await visits.CancelAsync(Id, CancelReason, BySchool ? CancelledBy.School : CancelledBy.Library, Staff, stop), "Told.Cancelled", stop,
            ("input.too_long", nameof(CancelReason)), ("input.unreadable", nameof(CancelReason)));

    public async Task<IActionResult> OnPostCountAsync(CancellationToken stop)
    {
        if (ChildrenCame is { } came && ModelState.GetFieldValidationState(nameof(ChildrenCame)) != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
            return await AfterAsync(await visits.ArriveAsync(Id, came, Staff, stop), "Told.Counted", stop, ("input.number_out_of_range", nameof(ChildrenCame)));

        if (ModelState.IsValid) this.Fault(nameof(ChildrenCame), FormText.Get("Missing"));
        return await LoadAsync(stop) ? this.Refused() : NotFound();
    }

    public async Task<IActionResult> OnPostStayedAwayAsync(CancellationToken stop) =>
        await AfterAsync(await visits.StayAwayAsync(Id, Staff, stop), "Told.StayedAway", stop);

    private async Task<IActionResult> AfterAsync(Outcome<Visit> outcome, string told, CancellationToken stop, params (string Code, string Field)[] about)
    {
        if (outcome.Refusal is not { } refusal) return Tell(VisitQueueText.Get(told, outcome.Value.School.Name), $"/desk/visits/{Key(Id)}");
        return await LoadAsync(stop) ? this.Refuse(refusal, about) : NotFound();
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        var found = await db.Visits.AsNoTracking().Include(visit => visit.School).Include(visit => visit.Offer.Times).SingleOrDefaultAsync(visit => visit.Id == Id, stop);
        if (found is null) return false;

        Visit = found;
        Considered = (await review.OfAsync([found], stop))[Id];
        ChildrenCame ??= found.ChildrenCame ?? found.Children;
        History = await db.AuditLines.AsNoTracking().About(found.Subject).Take(50).ToListAsync(stop);
        if (!CanChange) return true;

        var free = await slots.BetweenAsync(found.OfferId, dates.Today, dates.Today.AddDays(VisitSlots.MostDays - 1), byStaff: true, stop);
        Slots = free.Succeeded
            ? [.. free.Value.Where(slot => slot.IsFree).Select(slot => new SelectListItem($"{dates.Day(slot.Date)}, {dates.Times(slot.StartsAt, slot.EndsAt)}", slot.Date.ToDateTime(slot.Time).ToString(SlotFormat, CultureInfo.InvariantCulture)))]
            : [];
        return true;
    }
}
