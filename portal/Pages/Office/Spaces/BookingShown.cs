using Metro.Library.Spaces;
using Metro.Theme;

namespace Metro.Portal.Pages.Office.Spaces;

/// <summary>How a booking looks in lists.</summary>
internal static class BookingShown
{
    /// <summary>How it stands, in a word and a tone.</summary>
    public static Mark MarkOf(BookingStatus status) => new(SpaceDeskText.Get($"Status.{status}"), status switch
    {
        BookingStatus.Confirmed or BookingStatus.CheckedIn => Tone.Good,
        BookingStatus.Requested => Tone.Caution,
        BookingStatus.NoShow or BookingStatus.Lapsed => Tone.Bad,
        _ => Tone.Plain,
    });
}
