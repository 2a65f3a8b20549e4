using Metro.Portal.People;

namespace Metro.Portal.Pages.Desk.Counter;

/// <summary>Barcodes of what can be told to the counter, to be printed and laid beside the scanner.</summary>
internal sealed class CodesModel : DeskPage
{
    public static readonly IReadOnlyList<string> Codes = ["SELESAI", "STRUK", "PERPANJANG"];
}
