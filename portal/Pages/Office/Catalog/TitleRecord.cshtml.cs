using System.Globalization;
using Metro.Library;
using Metro.Library.Catalog;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Catalog;

/// <summary>One title: its record, its copies, and what was changed.</summary>
internal sealed class TitleRecordModel(LibraryDbContext db, Cataloguing cataloguing) : TitleForm
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The version that the cataloguer saw: what somebody else changed meanwhile is not overwritten.</summary>
    [BindProperty]
    public int Version { get; set; }

    [BindProperty(Name = "Copy")]
    public TypedCopy Copy { get; set; } = new();

    public Title Title { get; private set; } = null!;

    public IReadOnlyList<Copy> Copies { get; private set; } = [];

    public IReadOnlyList<AuditLine> History { get; private set; } = [];

    public CopyQuestions Questions => new(Copy, BranchChoices);

    public IReadOnlyList<SelectListItem> BranchChoices => [.. Branches.Select(branch => new SelectListItem(branch.LocalName.Explain(CultureInfo.CurrentUICulture), Key(branch.Id)))];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();

        ShowRecord();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();
        Forget("Copy");
        if (!ModelState.IsValid) return Refuse([]);

        var described = await cataloguing.DescribeTitleAsync(Id, Version, Description, Staff, stop);
        return described.TitleId is not null ? Tell(CataloguingText.Get("Told.Described"), $"/desk/catalog/{Key(Id)}") : Refuse(described.Refusals);
    }

    public async Task<IActionResult> OnPostCopyAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop)) return NotFound();
        ShowRecord();
        if (ModelState.Any(entry => entry.Key.StartsWith("Copy", StringComparison.Ordinal) && entry.Value?.Errors.Count > 0)) return this.Refused();

        var added = await cataloguing.AddCopyAsync(Id, Copy.Described, Staff, stop);
        return added.Refusal is { } refusal ? this.Refuse(refusal, TypedCopy.About) : Tell(CataloguingText.Get("Told.CopyAdded"), $"/desk/copies/{Key(added.Value)}");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken stop) => await AfterAsync(await cataloguing.WithdrawTitleAsync(Id, Staff, stop), "Told.Withdrawn", stop);

    public async Task<IActionResult> OnPostReinstateAsync(CancellationToken stop) => await AfterAsync(await cataloguing.ReinstateTitleAsync(Id, Staff, stop), "Told.Reinstated", stop);

    private async Task<IActionResult> AfterAsync(Refusal? refusal, string told, CancellationToken stop)
    {
        if (refusal is null) return Tell(CataloguingText.Get(told), $"/desk/catalog/{Key(Id)}");
        if (!await LoadAsync(stop)) return NotFound();

        ShowRecord();
        return this.Refuse(refusal);
    }

    private void ShowRecord()
    {
        Forget("");
        Show(Title.Description());
        AddEmptyLines();
        Version = Title.Version;
        if (Copy.Branch == 0) Copy.Branch = Here.Id;
        Copy.ShelfMark ??= Copies.Select(copy => copy.ShelfMark).FirstOrDefault(mark => mark is not null) ?? Title.Ddc;
    }

    /// <summary>Other forms of the page were not sent: what they would have to say is no fault.</summary>
    private void Forget(string prefix)
    {
        foreach (var name in ModelState.Keys.Where(name => prefix.Length > 0 ? name.StartsWith(prefix, StringComparison.Ordinal) : !name.StartsWith("Copy", StringComparison.Ordinal)).ToList())
            ModelState.Remove(name);
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await db.Titles.AsNoTracking().Whole().SingleOrDefaultAsync(title => title.Id == Id, stop) is not { } found) return false;

        Title = found;
        Copies = await db.Copies.AsNoTracking().Where(copy => copy.TitleId == Id).OrderBy(copy => copy.Barcode).Take(500).ToListAsync(stop);
        History = await db.AuditLines.AsNoTracking().About(new Subject("title", Id)).Take(50).ToListAsync(stop);
        return true;
    }
}
