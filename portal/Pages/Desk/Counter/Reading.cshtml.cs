using Metro.Library.Circulation;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Counter;

/// <summary>Counting copies that were read in the library and left on a table.</summary>
internal sealed class ReadingModel(Scanning scanning, AtTheDesk atTheDesk) : ScanListPage(atTheDesk)
{
    /// <inheritdoc />
    public override ScanKind Kind => ScanKind.Read;

    public Task<IActionResult> OnGetAsync() => OpenAsync();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop) => await AnswerAsync(
        string.IsNullOrWhiteSpace(Scan) ? null : await scanning.ReadAsync(new ReadingScan(Scan, Here.Id) { Key = Sent }, Staff, stop), "/desk/reading");

    /// <inheritdoc />
    public override Task<string> SayAsync(ScanLine line) => Task.FromResult(line.ShelfMark is { } mark ? CounterText.Get("Shelf.At", mark) : CounterText.Get("To.Shelf"));
}
