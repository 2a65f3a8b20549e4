using Metro.Library.Circulation;
using Metro.Portal.People;
using Metro.Portal.Web;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Counter;

/// <summary>
/// A page with one field for the scanner. Every scan is a form of its own and every state is in the address, so it works without a
/// script; with one only the counter is drawn anew, from the same answer.
/// </summary>
internal abstract class CounterPage : DeskPage
{
    /// <summary>How the script on the page asks for the counter alone.</summary>
    private const string PartHeader = "X-Metro-Part";

    /// <summary>Where the script finds the address that belongs to what it got.</summary>
    private const string AddressHeader = "X-Metro-Address";

    /// <summary>What the scanner typed.</summary>
    [BindProperty]
    public string? Scan { get; set; }

    /// <summary>The name of this scan: sent twice, it does nothing twice.</summary>
    [BindProperty]
    public string? ScanKey { get; set; }

    /// <summary>The answer to the scan before, carried over to the page that shows it.</summary>
    [TempData]
    public string? Kept { get; set; }

    /// <summary>The answer to the last scan; null before the first.</summary>
    public Answer? Answer { get; protected set; }

    /// <summary>A name for the next scan.</summary>
    public string NextKey { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What the counter is for.</summary>
    public abstract ScanKind Kind { get; }

    /// <summary>The name of the scan that was sent; one of its own where the form had none.</summary>
    protected string Sent => ScanKey is { Length: > 0 } key ? key : NextKey;

    /// <summary>Answers a scan: the script gets the counter, everybody else is led to a page that can be loaded again.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="path">The page that shows it, with all of its state.</param>
    protected async Task<IActionResult> AnswerAsync(Answer? answer, string path)
    {
        Answer = answer;
        var address = PortalChrome.InLanguage(path);
        var isPart = Request.Headers[PartHeader].Count > 0;
        if (!isPart && answer is not { IsFault: true })
        {
            Kept = answer?.Write();
            return LocalRedirect(address);
        }

        if (answer is { IsFault: true }) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await ShowAsync();
        ModelState.Clear();
        if (!isPart) return Page();

        Response.Headers[AddressHeader] = address;
        return Partial("_Counter", this);
    }

    /// <summary>Loads what the counter shows besides the answer.</summary>
    protected abstract Task ShowAsync();

    /// <summary>Shows the counter with the answer to the scan before.</summary>
    protected async Task<IActionResult> OpenAsync()
    {
        Answer = Answer.Read(Kept);
        await ShowAsync();
        return Page();
    }

    /// <summary>What a scanned command means, in either language and however it is typed; null for no command.</summary>
    protected static Command? CommandOf(string scanned) => scanned.Trim().Trim('/', '*').ToUpperInvariant() switch
    {
        "SELESAI" or "DONE" => Command.Done,
        "STRUK" or "RECEIPT" => Command.Receipt,
        "PERPANJANG" or "RENEW" => Command.Renew,
        _ => null,
    };
}

/// <summary>What can be told to the counter with a barcode of its own, so that no hand leaves the scanner.</summary>
internal enum Command
{
    /// <summary>Nothing more for this member.</summary>
    Done,

    /// <summary>A receipt, and then the next.</summary>
    Receipt,

    /// <summary>Renew what can be renewed.</summary>
    Renew,
}
