using System.Globalization;
using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Portal.People;

namespace Metro.Portal.Pages.LibraryCard;

/// <summary>A member's card on a screen or on paper: what the desk scans, and what can be read out where it cannot.</summary>
internal sealed class CardModel(LibraryCalendar calendar) : MemberPage
{
    /// <summary>What scanners read; null until the application is approved.</summary>
    public string? Barcode => Member.Barcode;

    /// <summary>Why nothing is lent with it today; null where it is good.</summary>
    public string? NotGood => Member.CannotUseCardOn(calendar.Today)?.Explain(CultureInfo.CurrentUICulture);

    /// <summary>The barcode's digits as people read them out: in groups.</summary>
    public string Digits => string.Join(' ', Barcode!.Chunk(4).Select(group => new string(group)));
}
