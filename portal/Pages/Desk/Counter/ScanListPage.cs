using Metro.Library.Circulation;

namespace Metro.Portal.Pages.Desk.Counter;

/// <summary>A counter without a member, below which the last scans of whoever works there stay listed.</summary>
internal abstract class ScanListPage(AtTheDesk atTheDesk) : CounterPage
{
    /// <summary>The last scans, the latest first.</summary>
    public IReadOnlyList<ScanLine> Last { get; private set; } = [];

    /// <summary>What a line says about its scan.</summary>
    public abstract Task<string> SayAsync(ScanLine line);

    /// <inheritdoc />
    protected override async Task ShowAsync() => Last = await atTheDesk.LastAsync(Kind, Staff, HttpContext.RequestAborted);
}
