using System.Text;
using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Desk.Members;

/// <summary>How a membership stands: suspended or not, cleared, merged with a duplicate, ended, forgotten.</summary>
internal sealed class StandingModel(MemberAccounts accounts, MemberPrivacy privacy, Clearance clearance, LibraryDbContext db) : MemberFilePage
{
    /// <summary>The last day of a suspension.</summary>
    [BindProperty]
    public DateOnly? Through { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Whether it is meant.</summary>
    [BindProperty]
    public bool Sure { get; set; }

    /// <summary>Suspensions, the latest first.</summary>
    public IReadOnlyList<Suspension> Suspensions { get; private set; } = [];

    /// <summary>What keeps the member from leaving.</summary>
    public IReadOnlyList<Refusal> Open { get; private set; } = [];

    /// <summary>Certificates that were given.</summary>
    public IReadOnlyList<ClearanceCertificate> Certificates { get; private set; } = [];

    public Task OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostSuspendAsync(CancellationToken stop) =>
        Through is { } through ? await DoneAsync(await accounts.SuspendAsync(Id, through, Reason ?? "", Staff, stop), "Done.Suspended", "Through") : await MissingAsync("Through");

    public async Task<IActionResult> OnPostLiftAsync(CancellationToken stop) => await DoneAsync(await accounts.LiftSuspensionAsync(Id, Reason ?? "", Staff, stop), "Done.Lifted");

    public async Task<IActionResult> OnPostCloseAsync(CancellationToken stop) =>
        Sure ? await DoneAsync(await privacy.CloseAsync(Id, Reason, Staff, stop), "Done.Closed") : await MissingAsync("Sure");

    public async Task<IActionResult> OnPostEraseAsync(CancellationToken stop)
    {
        if (!Sure) return await MissingAsync("Sure");
        return await privacy.EraseAsync(Id, Staff, stop) is { } refusal ? await DoneAsync(refusal, "") : Tell(FilesText.Get("Done.Erased"), "/desk/members");
    }

    public async Task<IActionResult> OnPostClearAsync(CancellationToken stop)
    {
        var outcome = await clearance.IssueAsync(Id, Staff, stop);
        return outcome.Refusal is { } refusal ? await DoneAsync(refusal, "") : Tell(FilesText.Get("Done.Cleared", outcome.Value.Number), Within($"/clearance/{Key(outcome.Value.Id)}"));
    }

    public async Task<IActionResult> OnPostDataAsync(CancellationToken stop)
    {
        var outcome = await privacy.ExportAsync(Id, Staff, stop);
        return outcome.Refusal is { } refusal ? await DoneAsync(refusal, "") : File(Encoding.UTF8.GetBytes(outcome.Value), "application/json", $"{Member.CardNumber ?? Key(Id)}.json");
    }

    private async Task<IActionResult> DoneAsync(Refusal? refusal, string done, string dateField = "")
    {
        if (refusal is null) return Tell(FilesText.Get(done), Within("/standing"));

        await ShowAsync();
        return this.Refuse(refusal, ("input.date_out_of_range", dateField));
    }

    private async Task<IActionResult> MissingAsync(string field)
    {
        await ShowAsync();
        this.Fault(field, FormText.Get("Missing"));
        return this.Refused();
    }

    private async Task ShowAsync()
    {
        var stop = HttpContext.RequestAborted;
        Suspensions = await db.Suspensions.AsNoTracking().Where(one => one.MemberId == Id).OrderByDescending(one => one.Id).Take(20).ToListAsync(stop);
        Certificates = await db.ClearanceCertificates.AsNoTracking().Where(one => one.MemberId == Id).OrderByDescending(one => one.Id).Take(20).ToListAsync(stop);
        Open = await clearance.OwedAsync(Id, stop);
    }
}
