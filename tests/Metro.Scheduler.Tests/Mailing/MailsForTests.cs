using Metro.Library.Time;
using Metro.Scheduler.Mailing;

namespace Metro.Scheduler.Tests.Mailing;

internal static class MailsForTests
{
    public static readonly DateTime Morning = new(2026, 1, 5, 2, 0, 0, DateTimeKind.Utc);

    public static Mail AMail(string to = "siti@example.id") => new()
    {
        Key = "0197f0a2c3d4e5f60718293a4b5c6d7e",
        From = new Mailbox("perpustakaan@metro.example", "Perpustakaan Kota Metro"),
        To = [new Mailbox(to, "Siti Aminah")],
        Subject = "Segera kembali: Laskar Pelangi",
        Language = "id",
        SentAt = Morning,
        Text = "Salam,\n\n.titik di awal baris\n",
        Html = "<p>Salam,</p>",
    };

    public static MailCalendar AnInvitation(CalendarMethod method = CalendarMethod.Request, int sequence = 0) => new(method, CalendarFile.Write(method,
    [
        new CalendarEvent
        {
            Uid = "0197f0a2-0000", Sequence = sequence, When = new Interval(Morning.AddDays(5), Morning.AddDays(5).AddHours(2)), UpdatedAt = Morning, Summary = "Mendongeng; untuk anak, \"gratis\"",
            Organizer = new CalendarPerson("perpustakaan@metro.example", "Perpustakaan"), Attendee = new CalendarPerson("siti@example.id", "Siti"),
        },
    ]));
}
