using Metro.Library.Catalog;
using Metro.Theme;

namespace Metro.Portal.Pages.Office.Catalog;

/// <summary>How a copy looks in lists.</summary>
internal static class CopyShown
{
    public static Mark MarkOf(CopyStatus status) => new(CataloguingText.Get($"Status.{status}"), status switch
    {
        CopyStatus.Available => Tone.Good,
        CopyStatus.OnLoan or CopyStatus.OnHoldShelf or CopyStatus.InTransit or CopyStatus.InProcess or CopyStatus.InRepair => Tone.Caution,
        _ => Tone.Bad,
    });
}
