using System.Globalization;
using Metro.Library.Programs;

namespace Metro.Portal.Demo;

/// <summary>Programs with their sessions, and the people who register, wait, come, stay away and change their minds.</summary>
internal sealed partial class City
{
    private const string Wording = "2026-01";

    private void PlanPrograms()
    {
        foreach (var written in plan.Programs)
        {
            var (planned, details) = (CityPlan.As<PlannedProgram>(written), CityPlan.As<ProgramDetails>(written) with { });
            diary.On(Ago(44), "09:00", () => PlanProgramAsync(planned, details with { ContentKey = planned.Code }));
        }
    }

    private async Task PlanProgramAsync(PlannedProgram planned, ProgramDetails details)
    {
        var planning = Ask<ProgramPlanning>();
        var program = await Must(planning.CreateAsync(details, Desk));
        var (programId, sessions) = (program.Id, new List<(long Id, DateTime StartsAt, int Capacity)>());
        foreach (var one in planned.Sessions)
        {
            var start = calendar.InstantOf(days[one.Day], TimeOnly.ParseExact(one.Time, "HH:mm", CultureInfo.InvariantCulture));
            var place = one.Place[0] == '@' ? SessionPlace.AtBranch(branches[one.Place[1..]]) : SessionPlace.InSpace(spaces[one.Place]);
            var session = await Must(planning.ScheduleAsync(programId, new SessionPlan(start, start.AddMinutes(one.Minutes), place, one.Capacity), Desk));
            sessions.Add((session.Id, start, one.Capacity));
        }

        await Must(planning.PublishAsync(programId, Desk));
        if (planned.Filled is null || sessions.Count == 0) return;
        if (details.Enrolment == Enrolment.WholeSeries)
        {
            foreach (var (who, day) in Interested(details, 5).Select((who, day) => (who, day)))
                diary.On(Ago(12 - day), "19:00", async () => _ = await Ask<SessionRegistrations>().EnrolAsync(programId, RequestOf(who, details), Desk));
            return;
        }

        foreach (var (session, start, capacity) in sessions) PlanRegistrations(planned, details, session, start, capacity);
    }

    private void PlanRegistrations(PlannedProgram planned, ProgramDetails details, long sessionId, DateTime start, int capacity)
    {
        var wanted = planned.Filled switch
        {
            "few" => 3,
            "full" => capacity,
            "waitlisted" => capacity + 4,
            "cancelled" => 9,
            _ => Math.Max(3, capacity * chance.Next(35, 65) / 100),
        };
        var tickets = new List<string>();
        var registrations = Math.Min(wanted, 40);
        var closing = start < present ? start.AddDays(-1) : present.AddHours(-30);
        foreach (var (who, place) in Interested(details, registrations).Select((who, place) => (who, place)))
            diary.At(closing.AddMinutes(-190 * (registrations - place)), () => RegisterAsync(sessionId, who, details, place, tickets));

        if (planned.Filled == "waitlisted") diary.At(present.AddHours(-20), () => GiveUpAsync(tickets, 1));
        if (planned.Filled == "some") diary.At(closing.AddHours(1), () => GiveUpAsync(tickets, 2));
        if (planned.Filled == "cancelled")
            diary.At(present.AddHours(-26), () => Must(Ask<ProgramPlanning>().CancelAsync(sessionId, "Izin pemutaran film belum kami terima.", Desk)));
        if (start < present) diary.At(start.AddMinutes(-15), () => LetInAsync(tickets));
    }

    private async Task RegisterAsync(long sessionId, Guest who, ProgramDetails details, int place, List<string> tickets)
    {
        var request = RequestOf(who, details) with
        {
            Companions = details.MostCompanions > 0 && place % 3 == 0 ? 1 : 0,
            Needs = place switch
            {
                1 => [new AccommodationWish(AccommodationKind.Wheelchair)],
                4 => [new AccommodationWish(AccommodationKind.SignLanguage)],
                _ => [],
            },
        };
        var registered = await Ask<SessionRegistrations>().RegisterAsync(sessionId, request, who.Key is null ? Import : Desk);

        // Somebody too young, or expired by then, is sent away as in life.
        if (!registered.Succeeded) return;
        tickets.Add(registered.Value.TicketCode);
        if (place == 1 && registered.Value.Needs.Count > 0)
            await Must(Ask<SessionRegistrations>().AnswerNeedAsync(registered.Value.Needs[0].Id, AccommodationAnswer.Arranged, Desk));
    }

    private async Task GiveUpAsync(List<string> tickets, int place)
    {
        if (tickets.Count > place) _ = await Ask<SessionRegistrations>().CancelAsync(tickets[place], Desk);
    }

    /// <summary>Most of them come; a few stay away.</summary>
    private async Task LetInAsync(List<string> tickets)
    {
        foreach (var (ticket, place) in tickets.Select((ticket, place) => (ticket, place)))
            if (place % 7 != 5) _ = await Ask<CheckIns>().CheckInAsync(ticket, Desk);
    }

    /// <summary>People whose age fits: members, and others where the program is open to them.</summary>
    private List<Guest> Interested(ProgramDetails details, int count)
    {
        var fitting = plan.Members
            .Where(who => who is { Applies: false, Age: not null } && who.Since is > 20 and < 350 && who.Suspended is null && who.Age >= (details.LeastAge ?? 0) && who.Age <= (details.GreatestAge ?? 120))
            .OrderBy(_ => chance.Next()).Select(who => new Guest(who.Key, who.Name, who.Email, who.Age!.Value)).ToList();
        var guests = details.OpenToNonMembers
            ? Visitors.OrderBy(_ => chance.Next()).Select(name => new Guest(null, name, $"{name.Replace(' ', '.')}@tamu.example", Math.Clamp(33, details.LeastAge ?? 0, details.GreatestAge ?? 120))).ToList()
            : [];
        return [.. fitting.Zip(guests.Cast<Guest?>().Concat(Enumerable.Repeat<Guest?>(null, fitting.Count)), (member, guest) => (Guest?[])[member, guest])
            .SelectMany(pair => pair).OfType<Guest>().Concat(guests.Skip(fitting.Count)).Take(count)];
    }

    private RegistrationRequest RequestOf(Guest who, ProgramDetails details)
    {
        var planned = plan.Members.FirstOrDefault(one => one.Key == who.Key);
        var isMinor = who.Age < 18;
        return new RegistrationRequest
        {
            MemberId = who.Key is { } key ? members[key] : null,
            Name = who.Key is null ? who.Name : null,
            Email = who.Key is null ? who.Email : null,
            BirthDate = who.Key is null ? Today.AddYears(-who.Age).AddDays(-40) : null,
            Consents = isMinor && details.NeedsGuardianConsent
                ? [new(GuardianConsentPurpose.Participation, planned?.GuardianName ?? "Wali", planned?.Phone ?? who.Email, ConsentChannel.PaperForm, Wording)]
                : [],
            Culture = planned?.Language ?? "id",
        };
    }

    /// <summary>Somebody who might register.</summary>
    /// <param name="Key">The member's; null for somebody without a card.</param>
    /// <param name="Name">Of somebody without a card.</param>
    /// <param name="Email">Of somebody without a card.</param>
    /// <param name="Age">In years.</param>
    private sealed record Guest(string? Key, string Name, string Email, int Age);

    /// <summary>Made-up people without a card.</summary>
    private static readonly string[] Visitors =
    [
        "Ahmad Syarif", "Nurlela", "Budi Raharjo", "Christina Wati", "Desi Ratnasari", "Erwin Gunawan", "Fahmi Idris", "Gita Savira", "Heru Cahyono", "Imelda Putri",
        "Jaka Umbara", "Kartika Dewi", "Lukman Hakim", "Mega Utami", "Nanda Prakoso", "Oscar Simanjuntak", "Priyanto", "Qonita Zahra", "Rama Wijaya", "Sekar Arum",
        "Taufan Hidayat", "Umi Kalsum", "Vina Melinda", "Wisnu Murti", "Yoga Pratama", "Zahra Amalia",
    ];
}
