using Metro.Library;
using Metro.Library.Catalog;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Catalog;

/// <summary>Labels for the backs of books and barcodes for their insides, on A4 sheets of three by eight, for printing.</summary>
internal sealed class LabelsModel(LibraryDbContext db) : DeskPage
{
    /// <summary>The most labels that are printed at once: ten sheets.</summary>
    public const int Most = 240;

    /// <summary>Labels on a sheet.</summary>
    public const int OnSheet = 24;

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    /// <summary>The copies of one title.</summary>
    [BindProperty(SupportsGet = true, Name = "title")]
    public long? TitleId { get; set; }

    /// <summary>New copies, not shelved yet, of the branch where one works.</summary>
    [BindProperty(SupportsGet = true)]
    public bool New { get; set; }

    /// <summary>How many labels of the first sheet have been used already.</summary>
    [BindProperty(SupportsGet = true)]
    public int Skip { get; set; }

    public IReadOnlyList<Copy> Copies { get; private set; } = [];

    public bool IsAsked => New || TitleId is not null || !string.IsNullOrWhiteSpace(From);

    public async Task OnGetAsync(CancellationToken stop)
    {
        Skip = Math.Clamp(Skip, 0, OnSheet - 1);
        if (!IsAsked) return;

        var (copies, here) = (db.Copies.AsNoTracking().Include(copy => copy.Title!.Contributors).Where(copy => copy.Status != CopyStatus.Withdrawn), Here.Id);
        if (TitleId is { } title) copies = copies.Where(copy => copy.TitleId == title);
        else if (New) copies = copies.Where(copy => copy.Status == CopyStatus.InProcess && copy.OwnerBranchId == here);
        else
        {
            var from = Copy.NormalBarcode(From!);
            var to = string.IsNullOrWhiteSpace(To) ? from : Copy.NormalBarcode(To);
            copies = copies.Where(copy => string.Compare(copy.Barcode, from) >= 0 && string.Compare(copy.Barcode, to) <= 0);
        }

        Copies = await copies.OrderBy(copy => copy.Barcode).Take(Most).ToListAsync(stop);
    }

    /// <summary>The lines of a label for a book's back: the class, then the letters; from the call number where there is one.</summary>
    public static IEnumerable<string> BackOf(Copy copy) => (copy.ShelfMark ?? copy.Title!.Ddc ?? "–").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(4);

    /// <summary>Whether a barcode can be drawn: scanners know printable ASCII.</summary>
    public static bool CanBeDrawn(Copy copy) => copy.Barcode.All(sign => sign is >= ' ' and <= '~');
}
