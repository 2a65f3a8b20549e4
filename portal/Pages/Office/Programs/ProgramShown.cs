using Metro.Library.Programs;
using Metro.Theme;

namespace Metro.Portal.Pages.Office.Programs;

/// <summary>How programs, sessions and registrations look in lists.</summary>
internal static class ProgramShown
{
    public static Mark MarkOf(ProgramStatus status) => new(ProgramDeskText.Get($"Program.{status}"), status switch
    {
        ProgramStatus.Published => Tone.Good,
        ProgramStatus.Draft => Tone.Caution,
        _ => Tone.Plain,
    });

    public static Mark MarkOf(Session session) => session switch
    {
        { Status: SessionStatus.Cancelled } => new Mark(ProgramDeskText.Get("Session.Cancelled"), Tone.Bad),
        { SeatsLeft: 0 } => new Mark(ProgramDeskText.Get("Session.Full"), Tone.Caution),
        _ => new Mark(ProgramDeskText.Get("Session.Left", session.SeatsLeft), Tone.Good),
    };

    public static Mark MarkOf(RegistrationStatus status) => new(ProgramDeskText.Get($"Registration.{status}"), status switch
    {
        RegistrationStatus.Confirmed or RegistrationStatus.Attended => Tone.Good,
        RegistrationStatus.Waiting or RegistrationStatus.Offered => Tone.Caution,
        RegistrationStatus.NoShow => Tone.Bad,
        _ => Tone.Plain,
    });
}
