using Metro.Library.Circulation;
using Metro.Portal.People;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Counter;

/// <summary>
/// Takes what was scanned while the network was down, one after the other, with the time at which it was scanned. A scan that
/// arrives again under its name does nothing twice.
/// </summary>
internal sealed class ScansModel(Scanning scanning, IAntiforgery antiforgery) : DeskPage
{
    /// <summary>What the desk's script sends with the scans that waited.</summary>
    public IActionResult OnGet() => new JsonResult(new { Token = antiforgery.GetAndStoreTokens(HttpContext).RequestToken });

    public async Task<IActionResult> OnPostAsync(KeptScan kept, CancellationToken stop)
    {
        if (!ModelState.IsValid || kept.Scan is null || kept.Key is null) return BadRequest();

        var at = kept.At.UtcDateTime;
        var answer = kept.Kind switch
        {
            ScanKind.Lend => await scanning.LendAsync(new LendingScan(kept.Card ?? "", kept.Scan, kept.Branch) { Key = kept.Key, At = at }, Staff, stop),
            ScanKind.Return => await scanning.ReturnAsync(new ReturnScan(kept.Scan, kept.Branch) { Key = kept.Key, At = at, ReturnedOn = kept.ReturnedOn }, Staff, stop),
            _ => await scanning.ReadAsync(new ReadingScan(kept.Scan, kept.Branch) { Key = kept.Key, At = at }, Staff, stop),
        };
        return new JsonResult(new { answer.IsFault, answer.Word, answer.About, answer.Next });
    }
}

/// <summary>A scan that waited for the network.</summary>
internal sealed class KeptScan
{
    /// <summary>Its name, which no other has.</summary>
    public string? Key { get; set; }

    /// <summary>What it was for.</summary>
    public ScanKind Kind { get; set; }

    /// <summary>What the scanner typed.</summary>
    public string? Scan { get; set; }

    /// <summary>Whose card was scanned before; null where none is needed.</summary>
    public string? Card { get; set; }

    /// <summary>Where.</summary>
    public long Branch { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The day it lay in the book drop; null for that of the scan.</summary>
    public DateOnly? ReturnedOn { get; set; }
}
