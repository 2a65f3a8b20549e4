using Metro.Library.Visits;
using Metro.Theme;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>How a class visit looks in lists.</summary>
internal static class VisitShown
{
    /// <summary>How it stands, in a word and a tone.</summary>
    public static Mark MarkOf(Visit visit) => new(VisitQueueText.Get($"Status.{visit.Status}"), visit.Status switch
    {
        VisitStatus.Approved or VisitStatus.Visited => Tone.Good,
        VisitStatus.Requested => Tone.Caution,
        VisitStatus.NoShow or VisitStatus.Lapsed => Tone.Bad,
        _ => Tone.Plain,
    });
}
