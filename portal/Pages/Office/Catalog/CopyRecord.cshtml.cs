using System.Globalization;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Catalog;

/// <summary>One copy: what is said about it, and where it is.</summary>
internal sealed class CopyRecordModel(LibraryDbContext db, Cataloguing cataloguing) : DeskPage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The version that the cataloguer saw.</summary>
    [BindProperty]
    public int Version { get; set; }

    [BindProperty(Name = "Copy")]
    public TypedCopy Copy { get; set; } = new();

    public Copy Known { get; private set; } = null!;

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    public CopyQuestions Questions =>
        new(Copy, [.. Branches.Select(branch => new SelectListItem(branch.LocalName.Explain(CultureInfo.CurrentUICulture), Key(branch.Id)))]);

    public string? PlaceOf(long? branchId) => Branches.FirstOrDefault(branch => branch.Id == branchId)?.LocalName.Explain(CultureInfo.CurrentUICulture);

    /// <summary>Whether its fate can be changed here: what is out comes back over the counter.</summary>
    public bool IsIn => Known.Status is not CopyStatus.OnLoan;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        ShowCopy();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();
        if (!ModelState.IsValid) return this.Refused();

        return await cataloguing.DescribeCopyAsync(Id, Version, Copy.Described, Staff, stop) is { } refusal
            ? this.Refuse(refusal, TypedCopy.About)
            : Tell(CataloguingText.Get("Told.CopyDescribed"), $"/desk/copies/{Key(Id)}");
    }

    public async Task<IActionResult> OnPostShelveAsync(CancellationToken stop) => await AfterAsync(await cataloguing.ShelveCopyAsync(Id, Here.Id, Staff, stop), "Told.Shelved", stop);

    public async Task<IActionResult> OnPostMissingAsync(CancellationToken stop) => await AfterAsync(await cataloguing.ReportMissingAsync(Id, Staff, stop), "Told.Missing", stop);

    public async Task<IActionResult> OnPostRepairAsync(CancellationToken stop) => await AfterAsync(await cataloguing.SendToRepairAsync(Id, Staff, stop), "Told.Repair", stop);

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken stop) => await AfterAsync(await cataloguing.WithdrawCopyAsync(Id, Staff, stop), "Told.CopyWithdrawn", stop);

    private async Task<IActionResult> AfterAsync(Refusal? refusal, string told, CancellationToken stop)
    {
        if (refusal is null) return Tell(CataloguingText.Get(told), $"/desk/copies/{Key(Id)}");
        if (!await LoadAsync(stop)) return NotFound();

        ModelState.Clear();
        ShowCopy();
        return this.Refuse(refusal);
    }

    private void ShowCopy() => (Copy, Version) = (TypedCopy.Of(Known), Known.Version);

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await db.Copies.AsNoTracking().Include(copy => copy.Title).SingleOrDefaultAsync(copy => copy.Id == Id, stop) is not { } found) return false;

        Known = found;
        History = await db.AuditLines.AsNoTracking().About(new Subject("copy", Id)).Take(50).ToListAsync(stop);
        return true;
    }
}
