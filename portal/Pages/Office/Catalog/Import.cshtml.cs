using System.Globalization;
using Metro.Library.Marc;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Metro.Portal.Pages.Office.Catalog;

/// <summary>A file of MARC records is uploaded, to be looked at first.</summary>
[RequestSizeLimit(MarcUploads.LargestFile + (1 << 20))]
[RequestFormLimits(MultipartBodyLengthLimit = MarcUploads.LargestFile + (1 << 20))]
internal sealed class ImportModel(MarcUploads uploads) : DeskPage
{
    [BindProperty(Name = "file")]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public long? Branch { get; set; }

    [BindProperty]
    public bool KeepExisting { get; set; }

    /// <summary>The largest file, in megabytes.</summary>
    public static long Megabytes => MarcUploads.LargestFile >> 20;

    public IEnumerable<SelectListItem> Owners =>
        Branches.Select(branch => new SelectListItem(branch.LocalName.Explain(CultureInfo.CurrentUICulture), Key(branch.Id))).Prepend(new SelectListItem(CataloguingText.Get("Import.Branch.None"), ""));

    public void OnGet() => Branch = Here.Id;

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (Upload is not { Length: > 0 }) this.Fault("file", CataloguingText.Get("Import.NoFile"));
        else if (Upload.Length > MarcUploads.LargestFile) this.Fault("file", CataloguingText.Get("Import.TooLarge", Megabytes));
        if (!ModelState.IsValid) return this.Refused();

        await using var file = Upload!.OpenReadStream();
        var options = new MarcImportOptions { BranchId = Branches.Any(branch => branch.Id == Branch) ? Branch : null, KeepExisting = KeepExisting };
        if (await uploads.LookAsync(file, Upload.FileName, options, Staff, stop) is { } upload) return LocalRedirect(Url.Content($"~/desk/catalog/import/{upload.Key}"));

        this.Fault("", CataloguingText.Get("Import.Busy"));
        return this.Refused();
    }
}
