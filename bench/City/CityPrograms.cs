using System.Globalization;
using Metro.Bench.Catalog;
using Metro.Library.Programs;

namespace Metro.Bench.City;

/// <summary>Five years of programs with five weekly sessions each, the last of them still to come; and who took part.</summary>
internal static class CityPrograms
{
    private const int SessionsEach = 5;
    private const int DaysBack = 5 * 365;
    private const int DaysAhead = 90;
    private const string CodeAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private static readonly string[] Subjects = ["Membatik", "Menulis cerita", "Mendongeng", "Fotografi", "Merajut", "Bahasa isyarat", "Kopi Lampung", "Robotika", "Teater", "Kaligrafi"];

    /// <summary>The code under which content presents a program.</summary>
    public static string CodeOf(int program) => string.Create(CultureInfo.InvariantCulture, $"kota-{program}");

    /// <summary>When a program's first session starts, in UTC.</summary>
    public static DateTime FirstOf(int program, CitySize size, DateOnly today) =>
        today.AddDays((int)((long)program * (DaysBack + DaysAhead) / size.Programs) - DaysBack).ToDateTime(new TimeOnly(1 + (program % 9), 0), DateTimeKind.Utc);

    /// <summary>When its last session ends, in UTC.</summary>
    public static DateTime LastOf(int program, CitySize size, DateOnly today) => FirstOf(program, size, today).AddDays(7 * (SessionsEach - 1)).AddHours(2);

    public static void Write(CityFile file, CitySize size, DateOnly today)
    {
        var now = today.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        file.Write("programs",
            "id, kind, status, title, title_english, summary, summary_english, content_key, accommodations, needs_guardian_consent, most_companions, largest_group, open_to_non_members, enrolment, offer_hours, checks_in, check_in_opens_minutes, check_in_closes_minutes, strikes_no_shows, created_at",
            Enumerable.Range(1, size.Programs).Select(number => (object?[])
            [
                number, (number % 5) switch { 0 => "Seminar", 1 => "ReadingProgram", _ => "Workshop" }, number % 50 == 0 ? "Draft" : "Published",
                $"{Subjects[number % Subjects.Length]} {number}", $"Program {number}", $"Belajar bersama selama lima pekan, angkatan {number}.", $"Five weeks of learning together, class {number}.",
                CodeOf(number), number % 4 == 0 ? "Wheelchair,SignLanguage" : "", 1, 1, 0, 1, "PerSession", 48, 1, 60, 15, 1, FirstOf(number, size, today).AddDays(-30),
            ]));

        var taken = new int[size.Sessions + 1];
        for (var session = 1; session <= size.Sessions; session++) taken[session] = session * 7 % 13;
        file.Write("sessions",
            "id, program_id, uid, sequence, starts_at, ends_at, place_kind, branch_id, capacity, seats_taken, waiting, check_in_closes_at, released_at, status, updated_at",
            Enumerable.Range(1, size.Sessions).Select(number =>
            {
                var starts = StartOf(number, size, today);
                var closes = starts.AddMinutes(15);
                return (object?[])
                [
                    number, ProgramOf(number, size), new Guid(number, 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 0]).ToString(), 0, starts, starts.AddHours(2), "Branch", 1 + (number % GeneratedCatalogue.Branches),
                    12 + (number % 30), taken[number], 0, closes, closes < now ? closes : null, number % 60 == 0 ? "Cancelled" : "Scheduled", starts.AddDays(-30),
                ];
            }));
        file.Write("registrations", "session_id, member_id, seats, culture, ticket_code, status, active_key, attended_at, created_at", Registrations());

        IEnumerable<object?[]> Registrations()
        {
            var ticket = 0;
            for (var session = 1; session <= size.Sessions; session++)
            {
                var starts = StartOf(session, size, today);
                for (var seat = 0; seat < taken[session]; seat++)
                {
                    var member = 1 + (int)(((session * 104_729L) + (seat * 7_919L)) % size.Members);
                    yield return [session, member, 1, "id", TicketOf(++ticket), starts < now ? "Attended" : "Confirmed", $"member:{member}", starts < now ? starts.AddMinutes(-5) : null, starts.AddDays(-10)];
                }
            }
        }
    }

    private static int ProgramOf(int session, CitySize size) => Math.Min(size.Programs, 1 + ((session - 1) / SessionsEach));

    private static DateTime StartOf(int session, CitySize size, DateOnly today) => FirstOf(ProgramOf(session, size), size, today).AddDays(7 * ((session - 1) % SessionsEach));

    /// <summary>A valid code for each number.</summary>
    private static string TicketOf(int number)
    {
        var body = new char[TicketCode.Length - 1];
        for (var (at, rest) = (0, (long)number * 15_485_863 % 27_512_614_111); at < body.Length; at++, rest /= CodeAlphabet.Length) body[at] = CodeAlphabet[(int)(rest % CodeAlphabet.Length)];
        return CodeAlphabet.Select(check => new string([.. body, check])).First(code => TicketCode.Normalise(code) is not null);
    }
}
