using Metro.Library.Circulation;
using Metro.Portal.Web;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Counter;

/// <summary>Taking in: one copy after another, each with where it goes.</summary>
internal sealed class ReturnModel(Scanning scanning, AtTheDesk atTheDesk, Dates dates) : ScanListPage(atTheDesk)
{
    /// <summary>The day on which the copies lay in the book drop; null for today.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? ReturnedOn { get; set; }

    /// <summary>Today, by the library's clock.</summary>
    public DateOnly Today => dates.Today;

    /// <inheritdoc />
    public override ScanKind Kind => ScanKind.Return;

    public Task<IActionResult> OnGetAsync() => OpenAsync();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var path = ReturnedOn is { } on ? $"/desk/return?ReturnedOn={dates.Machine(on)}" : "/desk/return";
        return string.IsNullOrWhiteSpace(Scan)
            ? await AnswerAsync(null, path)
            : await AnswerAsync(await scanning.ReturnAsync(new ReturnScan(Scan, Here.Id) { Key = Sent, ReturnedOn = ReturnedOn }, Staff, stop), path);
    }

    /// <inheritdoc />
    public override async Task<string> SayAsync(ScanLine line)
    {
        var (scan, stop) = (line.Scan, HttpContext.RequestAborted);
        var word = await scanning.WordAsync(scan.Routing ?? Routing.ToShelf, scan.DestinationBranchId, stop);
        return scanning.Lateness(new Lateness(scan.DaysLate, scan.Fine, scan.SuspendedThrough)) is { } late ? $"{word}. {late}" : word;
    }
}
