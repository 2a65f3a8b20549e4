using Metro.Library;
using Metro.Library.Catalog;
using Metro.Library.Search;
using Metro.Portal.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Office.Catalog;

/// <summary>A record is found by words, by ISBN, or by the barcode of one of its copies, which is scanned.</summary>
internal sealed class CatalogDeskModel(LibraryDbContext db, CatalogSearch search) : DeskPage
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Sought { get; set; }

    /// <summary>Where the list goes on.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public IReadOnlyList<Title> Found { get; private set; } = [];

    public int Total { get; private set; }

    public string? Next { get; private set; }

    /// <summary>The titles that came in last, where nothing is sought.</summary>
    public bool IsLatest => string.IsNullOrWhiteSpace(Sought);

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (IsLatest)
        {
            Found = await db.Titles.AsNoTracking().Include(title => title.Contributors).OrderByDescending(title => title.Id).Take(20).ToListAsync(stop);
            return Page();
        }

        // A scan leads straight to the copy.
        var barcode = Copy.NormalBarcode(Sought!);
        if (barcode.Length <= Copy.BarcodeLimit && await db.Copies.AsNoTracking().Where(copy => copy.Barcode == barcode).Select(copy => (long?)copy.Id).SingleOrDefaultAsync(stop) is { } copyId)
            return LocalRedirect(Url.Content($"~/desk/copies/{Key(copyId)}"));

        var result = await search.SearchAsync(new CatalogQuery { Text = Sought, After = After, WithFacets = false }, stop);
        (Found, Total) = (await search.TitlesOfAsync(result, stop), result.Total);
        Next = result.Next is { } next ? QueryHelpers.AddQueryString(Url.Content("~/desk/catalog"), new Dictionary<string, string?> { ["q"] = Sought, ["after"] = next }) : null;
        return Page();
    }

    public static string ByOf(Title title) => string.Join("; ", title.Contributors.OrderBy(one => one.Position).Take(3).Select(one => one.Name));
}
