using System.Globalization;
using Metro.Library;
using Metro.Library.Circulation;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.PhoneLoans;

/// <summary>
/// What borrowing and returning with a telephone have in common: first the code of the screen, which gives a pass for some minutes,
/// then one copy after the other. The device keeps the pass; it is good for nobody else.
/// </summary>
internal abstract class PointPage(LibraryDbContext db, PresencePoints points, PointPurpose purpose) : MemberPage
{
    /// <summary>What the screen shows, typed or scanned.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    /// <summary>The copy's.</summary>
    [BindProperty]
    public string? Barcode { get; set; }

    /// <summary>The proof of being at the library; null before the code was read, and once it is over.</summary>
    public Presence? Presence { get; private set; }

    /// <summary>Where they are.</summary>
    public string BranchName { get; private set; } = "";

    /// <summary>What they did here today and on this visit.</summary>
    public Receipt? Receipt { get; private set; }

    /// <summary>Where this page is, from the site's root.</summary>
    protected abstract string Path { get; }

    private string Cookie => $"metro-presence-{purpose.ToString().ToLowerInvariant()}";

    /// <summary>Whoever photographs the screen's picture comes with its code in the address.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (Code is { Length: > 0 }) return await OnPostArriveAsync(stop);

        await LoadAsync(stop);
        return Page();
    }

    public async Task<IActionResult> OnPostArriveAsync(CancellationToken stop)
    {
        if (Code is not { Length: > 0 })
        {
            await LoadAsync(stop);
            this.Fault(nameof(Code), PhoneText.Get("Code.Missing"));
            return this.Refused();
        }

        var arrived = await points.ArriveAsync(Code, purpose, By, stop);
        if (arrived.Refusal is { } refusal)
        {
            await LoadAsync(stop);
            return this.Refuse(refusal, (refusal.Code, nameof(Code)));
        }

        Response.Cookies.Append(Cookie, arrived.Value.Pass, new CookieOptions
        {
            HttpOnly = true, Secure = Request.IsHttps, SameSite = SameSiteMode.Lax, IsEssential = true, MaxAge = TimeSpan.FromHours(1),
        });
        return LocalRedirect(At(Path));
    }

    public IActionResult OnPostLeave()
    {
        Response.Cookies.Delete(Cookie);
        return LocalRedirect(At("/account/loans"));
    }

    /// <summary>The pass that the device carries.</summary>
    protected string? Pass => Request.Cookies[Cookie];

    /// <summary>The form once more, with what was scanned and why it cannot be.</summary>
    protected async Task<IActionResult> RefuseScanAsync(Refusal refusal, CancellationToken stop)
    {
        if (refusal.Code == CirculationRefusals.PresenceOver.Code) Response.Cookies.Delete(Cookie);
        await LoadAsync(stop);
        return this.Refuse(refusal, (refusal.Code, Presence is null ? nameof(Code) : nameof(Barcode)));
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        var presence = await points.CheckAsync(Pass, purpose, By, stop);
        if (!presence.Succeeded) return;

        Presence = presence.Value;
        var branch = await db.Branches.AsNoTracking().FirstAsync(one => one.Id == Presence.BranchId, stop);
        BranchName = branch.LocalName.Explain(CultureInfo.CurrentUICulture);
        var receipt = await HttpContext.RequestServices.GetRequiredService<Receipts>().OfTodayAsync(Member.Id, branch.Id, By, stop);
        Receipt = receipt.Succeeded ? receipt.Value : null;
    }
}

/// <summary>Borrowing with one's own telephone, at the library.</summary>
internal sealed class BorrowModel(LibraryDbContext db, PresencePoints points, Library.Circulation.PhoneLoans loans) : PointPage(db, points, PointPurpose.Borrow)
{
    protected override string Path => "/account/borrow";

    public async Task<IActionResult> OnPostLendAsync(CancellationToken stop)
    {
        var lent = await loans.BorrowAsync(Member.Id, Pass, Barcode ?? "", By, stop);
        return lent.Refusal is { } refusal
            ? await RefuseScanAsync(refusal, stop)
            : Tell(PhoneText.Get(lent.Value.Repeated ? "Lent.Already" : "Lent", lent.Value.Title, lent.Value.Due.Explain(CultureInfo.CurrentUICulture)), Path);
    }
}

/// <summary>Returning with one's own telephone, at a box of the library.</summary>
internal sealed class ReturnModel(LibraryDbContext db, PresencePoints points, Library.Circulation.PhoneLoans loans) : PointPage(db, points, PointPurpose.Return)
{
    protected override string Path => "/account/return";

    public async Task<IActionResult> OnPostTakeInAsync(CancellationToken stop)
    {
        var returned = await loans.ReturnAsync(Pass, Barcode ?? "", By, stop);
        if (returned.Refusal is { } refusal) return await RefuseScanAsync(refusal, stop);

        var told = PhoneText.Get("Returned", returned.Value.Title);
        return Tell(returned.Value.Lateness is { Amount: > 0 } late ? $"{told} {PhoneText.Get("Returned.Fine", late.DaysLate, late.Amount)}" : told, Path);
    }
}
