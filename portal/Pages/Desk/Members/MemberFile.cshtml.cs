using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>A member's file: what they have, what they wait for, what the staff should know.</summary>
internal sealed class MemberFileModel(AtTheDesk atTheDesk, CirculationDesk desk, HoldQueue queue, MemberNotes notes, MemberAccounts accounts, LibraryDbContext db, LibraryCalendar calendar, LibrarySettings library) : MemberFilePage
{
    /// <summary>What they have, wait for and owe.</summary>
    public MemberAtTheDesk Standing { get; private set; } = null!;

    /// <summary>What the staff should know, the latest first.</summary>
    public IReadOnlyList<MemberNote> Notes { get; private set; } = [];

    /// <summary>Who decides for a member under age; null for everybody else.</summary>
    public Guardianship? Guardian { get; private set; }

    /// <summary>Whether somebody else decides for them.</summary>
    public bool IsUnderAge => Member.IsMinorOn(calendar.Today, library.Members.AgeOfMajority);

    /// <summary>A new note.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>What was brought in place of a lost copy.</summary>
    [BindProperty]
    public string? Replacement { get; set; }

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostRenewAsync(long loan, CancellationToken stop) => After((await desk.RenewAsync(loan, Staff, stop)).Refusal, "Done.Renewed");

    public async Task<IActionResult> OnPostRenewAllAsync(CancellationToken stop)
    {
        var done = (await desk.RenewAllAsync(Id, Staff, stop)).Value;
        var refused = done.FirstOrDefault(one => one.Outcome.Refusal is not null)?.Outcome.Refusal;
        return Tell(
            string.Join(' ', new[] { FilesText.Get("Done.RenewedOf", done.Count(one => one.Outcome.Succeeded), done.Count), refused?.Explain(CultureInfo.CurrentUICulture) }.OfType<string>()), Within());
    }

    public async Task<IActionResult> OnPostLostAsync(string barcode, CancellationToken stop) => After(await desk.ReportLostAsync(barcode, Staff, stop), "Done.Lost");

    public async Task<IActionResult> OnPostClaimAsync(long loan, CancellationToken stop) => After(await desk.ClaimReturnedAsync(loan, Staff, stop), "Done.Claimed");

    public async Task<IActionResult> OnPostUnclaimAsync(long loan, CancellationToken stop) => After(await desk.WithdrawClaimAsync(loan, Staff, stop), "Done.Unclaimed");

    /// <summary>A copy that was said to be back stood on a shelf: it counts as returned on the day on which that was said.</summary>
    public async Task<IActionResult> OnPostFoundAsync(string barcode, DateOnly? claimed, CancellationToken stop) =>
        After((await desk.CheckInAsync(new ReturnScan(barcode, Here.Id) { ReturnedOn = claimed }, Staff, stop)).Refusal, "Done.Found");

    public async Task<IActionResult> OnPostReplaceAsync(long loan, CancellationToken stop) => After(await desk.AcceptReplacementAsync(loan, Replacement ?? "", Staff, stop), "Done.Replaced");

    public async Task<IActionResult> OnPostCancelHoldAsync(long hold, CancellationToken stop) => After(await queue.CancelAsync(hold, Staff, stop), "Done.HoldCancelled");

    public async Task<IActionResult> OnPostRenewMembershipAsync(CancellationToken stop) => After(await accounts.RenewMembershipAsync(Id, Staff, stop), "Done.MembershipRenewed");

    public async Task<IActionResult> OnPostNoteAsync(CancellationToken stop)
    {
        if (await notes.AddAsync(Id, Note ?? "", Staff, stop) is not { } refusal) return Tell(FilesText.Get("Done.Noted"), Within());

        await ShowAsync();
        return this.Refuse(refusal);
    }

    public async Task<IActionResult> OnPostRemoveNoteAsync(long note, CancellationToken stop) => After(await notes.RemoveAsync(Id, note, Staff, stop), "Done.NoteRemoved");

    private async Task ShowAsync()
    {
        var stop = HttpContext.RequestAborted;
        Standing = (await atTheDesk.MemberAsync(Id, stop))!;
        Notes = await notes.OfAsync(Id, stop);
        Guardian = await db.Guardianships.AsNoTracking().Where(one => one.ChildId == Id && one.EndedAt == null).OrderBy(one => one.Id).FirstOrDefaultAsync(stop);
    }
}
