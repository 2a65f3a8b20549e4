using System.Globalization;
using Metro.Library.Circulation;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Theme;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Metro.Portal.Pages.Desk.Lists;

/// <summary>One list, a stretch at a time; on paper and as a spreadsheet too.</summary>
internal sealed class ListModel(WorkLists lists, HoldQueue queue, Dates dates) : DeskPage
{
    private const int Rows = 50;

    /// <summary>A spreadsheet of more rows than this is made from the database by those who may.</summary>
    private const int MostInFile = 5_000;

    /// <summary>What it is called in addresses.</summary>
    [BindProperty(SupportsGet = true)]
    public string Name { get; set; } = "";

    /// <summary>Where the stretch before ended; null to begin.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>Whether it is about every branch and not only this one.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Everywhere { get; set; }

    /// <summary>The stretch.</summary>
    public WorkTable Table { get; private set; } = null!;

    /// <summary>The ways to the first stretch and to the next.</summary>
    public Pager Pager => new(After is null ? null : Address(null), Table.Next is { } next ? Address(next) : null) { PreviousIsFirst = true };

    /// <summary>Whether every branch has its own part.</summary>
    public bool IsOfBranch => WorkLists.IsOfBranch(Name) && Branches.Count > 1;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!WorkLists.Names.Contains(Name)) return NotFound();

        Table = await lists.ReadAsync(Name, BranchId, After, Rows, Staff, stop);
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(CancellationToken stop)
    {
        if (!WorkLists.Names.Contains(Name)) return NotFound();

        var (rows, after, columns) = (new List<IReadOnlyList<string>>(), (string?)null, (IReadOnlyList<string>)[]);
        do
        {
            var table = await lists.ReadAsync(Name, BranchId, after, CirculationLists.MostRows, Staff, stop);
            (columns, after) = (table.Columns, table.Next);
            rows.AddRange(table.Rows.Select(row => row.Cells));
        }
        while (after is not null && rows.Count < MostInFile);

        return CsvFile.Of($"{Name}-{dates.Machine(dates.Today)}.csv", rows.Prepend(columns));
    }

    public async Task<IActionResult> OnPostClearAsync(long hold, CancellationToken stop)
    {
        var refusal = await queue.ClearAsync(hold, Staff, stop);
        return Tell(refusal?.Explain(CultureInfo.CurrentUICulture) ?? ListsText.Get("Cleared"), Path());
    }

    /// <summary>The list for this branch or for all.</summary>
    public string Address(string? after, bool? everywhere = null, string? handler = null) => PortalChrome.InLanguage(Path(after, everywhere, handler));

    private long? BranchId => Everywhere ? null : Here.Id;

    private string Path(string? after = null, bool? everywhere = null, string? handler = null)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (after is not null) query["after"] = after;
        if (everywhere ?? Everywhere) query["everywhere"] = "true";
        if (handler is not null) query["handler"] = handler;
        return QueryHelpers.AddQueryString($"/desk/lists/{Name}", query);
    }
}
