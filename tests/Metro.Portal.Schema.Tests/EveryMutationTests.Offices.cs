using Metro.Library.Programs;

namespace Metro.Portal.Schema.Tests;

public sealed partial class EveryMutationTests
{
    private async Task ProgramsAsync()
    {
        var (rini, tono) = (await api.AMemberAsync("Rini"), await api.AMemberAsync("Tono"));
        var (first, second) = (await AsAsync(rini.Id), await AsAsync(tono.Id));
        var program = $"program: \"{(await DoAsync(desk, "createProgram", "program: { kind: WORKSHOP, title: \"Membatik\" }", "program { id }"))["program"]!["id"]}\"";
        await DoAsync(desk, "changeProgram", $"{program}, details: {{ kind: WORKSHOP, title: \"Membatik\", titleEnglish: \"Batik\", mostCompanions: 2, openToNonMembers: true }}", "program { title }");
        await DoAsync(desk, "publishProgram", program);
        var session = $"session: \"{await ScheduleAsync(program, "2026-01-20", seats: 1)}\"";

        var seat = (await DoAsync(first, "registerForSession", $"{session}, party: {{ needs: [{{ kind: WHEELCHAIR }}] }}", "registration { ticket status needs { id } }"))["registration"]!;
        var waiting = $"ticket: \"{(await DoAsync(second, "registerForSession", session, "registration { ticket status }"))["registration"]!["ticket"]}\"";
        Assert.Equal("ARRANGED", (string?)(await DoAsync(desk, "answerNeed", $"need: \"{seat["needs"]![0]!["id"]}\", answer: ARRANGED", "accommodationRequest { answer }"))["accommodationRequest"]!["answer"]);
        Assert.Equal(4, (int)(await DoAsync(desk, "changeCapacity", $"{session}, capacity: 4", "session { capacity }"))["session"]!["capacity"]!);
        Assert.Equal("CONFIRMED", (string?)(await DoAsync(second, "acceptOffer", waiting, "registration { status }"))["registration"]!["status"]);
        Assert.Equal(2, (int)(await DoAsync(first, "resizeRegistration", $"ticket: \"{seat["ticket"]}\", people: 2", "registration { seats }"))["registration"]!["seats"]!);
        var child = (await DoAsync(desk, "registerMember", "application: { name: \"Ayu\", category: CHILD, birthDate: \"2016-04-04\", nik: \"1872014404160001\", guardian: { name: \"Ibu Wati\", relation: \"ibu\", consentEvidence: \"Formulir 17/2026\", phone: \"+62 812 0000 111\" } }", "member { id }"))["member"]!["id"];
        var theirs = (await DoAsync(desk, "registerForSession", $"{session}, member: \"{child}\", party: {{ guardianConsent: {{ guardianName: \"Ibu Wati\", guardianContact: \"+62 812 0000 111\", wording: \"2026-01\", photographs: true }} }}", "registration { ticket }"))["registration"]!["ticket"];
        await DoAsync(desk, "withdrawGuardianConsent", $"ticket: \"{theirs}\", purpose: PHOTOGRAPHS");
        await DoAsync(desk, "registerVisitor", $"{session}, name: \"Tamu\", email: \"tamu@contoh.id\", birthDate: \"1990-05-17\"", "registration { status }");
        Assert.Equal(3, (int)(await DoAsync(desk, "tellRegistrants", $"{session}, message: \"Bawa pensil\", messageEnglish: \"Bring a pencil\", writtenAt: \"{api.Clock.UtcNow:O}\"", "told"))["told"]!);
        Assert.Equal("CANCELLED", (string?)(await DoAsync(second, "cancelRegistration", waiting, "registration { status }"))["registration"]!["status"]);
        await DoAsync(desk, "moveSession", $"{session}, startsAt: \"2026-01-21T02:00:00Z\", endsAt: \"2026-01-21T04:00:00Z\"", "session { startsAt }");
        Assert.True((bool)(await DoAsync(desk, "cancelSession", $"{session}, reason: \"Pemateri sakit\"", "session { isCancelled }"))["session"]!["isCancelled"]!);

        var course = $"program: \"{(await DoAsync(desk, "createProgram", "program: { kind: WORKSHOP, title: \"Kursus\", enrolment: WHOLE_SERIES, needsGuardianConsent: false }", "program { id }"))["program"]!["id"]}\"";
        await DoAsync(desk, "publishProgram", course);
        foreach (var day in (string[])["2026-01-22", "2026-01-29"]) await ScheduleAsync(course, day, seats: 5);
        var enrolled = (await DoAsync(first, "enrolInProgram", course, "registrations { ticket }"))["registrations"]!;
        Assert.Equal(2, enrolled.AsArray().Count);
        await DoAsync(first, "cancelEnrolment", $"ticket: \"{enrolled[0]!["ticket"]}\"");
        await DoAsync(desk, "withdrawProgram", course);

        await AtTheDoorAsync(program, first, second);
    }

    /// <summary>One comes, the other stays away without a word.</summary>
    private async Task AtTheDoorAsync(string program, HttpClient comes, HttpClient staysAway)
    {
        var session = $"session: \"{await ScheduleAsync(program, "2026-01-12", seats: 5)}\"";
        var ticket = (await DoAsync(comes, "registerForSession", session, "registration { ticket }"))["registration"]!["ticket"];
        await DoAsync(staysAway, "registerForSession", session);
        GoTo("2026-01-12T01:30:00Z");
        Assert.Equal("ATTENDED", (string?)(await DoAsync(desk, "checkInTicket", $"ticket: \"{ticket}\"", "registration { status }"))["registration"]!["status"]);
        GoTo("2026-01-12T05:00:00Z");
        Assert.Equal(1, await api.DoAsync((CheckIns door) => door.ReleaseNoShowsAsync(stop: ApiUnderTest.Stop)));

        var strike = $"strike: \"{(await api.AskAsync("{ me { strikes { id } } }", client: staysAway)).Data["me"]!["strikes"]![0]!["id"]}\"";
        Assert.Equal("PENDING", (string?)(await DoAsync(staysAway, "appealStrike", $"{strike}, text: \"Saya di rumah sakit\"", "strike { appeal }"))["strike"]!["appeal"]);
        Assert.NotNull((await DoAsync(desk, "decideAppeal", $"{strike}, lift: true, answer: \"Semoga lekas sembuh\"", "strike { liftedAt }"))["strike"]!["liftedAt"]);
    }

    private async Task SpacesAsync()
    {
        var (free, asked) = (await api.ASpaceAsync(), await api.ASpaceAsync("Aula", needsApproval: true));
        var member = await AsAsync((await api.AMemberAsync("Rini")).Id);
        var kind = ApiUnderTest.Id("SpaceKind", asked.KindId);
        var made = $"space: \"{(await DoAsync(desk, "createSpace", $"branch: \"{Branch}\", space: {{ kind: \"{kind}\", name: \"Teras\", capacity: 6 }}", "space { id }"))["space"]!["id"]}\"";
        await DoAsync(desk, "changeSpace", $"{made}, details: {{ kind: \"{kind}\", name: \"Teras depan\", capacity: 9 }}", "space { name }");
        Assert.False((bool)(await DoAsync(desk, "takeSpaceOutOfUse", made, "space { isInUse }"))["space"]!["isInUse"]!);
        Assert.True((bool)(await DoAsync(desk, "putSpaceIntoUse", made, "space { isInUse }"))["space"]!["isInUse"]!);
        var thing = (await DoAsync(desk, "addEquipment", $"branch: \"{Branch}\", name: \"Proyektor\", total: 2", "equipment { id }"))["equipment"]!["id"];
        Assert.Equal(3, (int)(await DoAsync(desk, "changeEquipment", $"equipment: \"{thing}\", name: \"Proyektor\", total: 3", "equipment { total }"))["equipment"]!["total"]!);

        var booking = await BookAsync(free.Id, "2026-01-13", 2);
        Assert.Equal("2026-01-13T03:00:00Z", (string?)(await DoAsync(member, "moveBooking", $"{booking}, startsAt: \"2026-01-13T03:00:00Z\", endsAt: \"2026-01-13T04:00:00Z\"", "booking { startsAt }"))["booking"]!["startsAt"]);
        var series = (await DoAsync(member, "bookSpaceRepeatedly", $"{Wish(free.Id, "2026-01-14", 2)}, recurrence: \"FREQ=WEEKLY;COUNT=2\"", "occurrences { booking { id } }"))["occurrences"]!;
        await DoAsync(member, "cancelBookingSeries", $"booking: \"{series[0]!["booking"]!["id"]}\"");
        Assert.Equal("CANCELLED", (string?)(await DoAsync(member, "cancelBooking", await BookAsync(free.Id, "2026-01-15", 2), "booking { status }"))["booking"]!["status"]);
        Assert.Equal("CONFIRMED", (string?)(await DoAsync(desk, "approveBooking", await BookAsync(asked.Id, "2026-01-15", 2), "booking { status }"))["booking"]!["status"]);
        Assert.Equal("DECLINED", (string?)(await DoAsync(desk, "declineBooking", $"{await BookAsync(asked.Id, "2026-01-16", 2)}, reason: \"Dipakai pegawai\"", "booking { status }"))["booking"]!["status"]);
        GoTo("2026-01-13T02:50:00Z");
        Assert.NotNull((await DoAsync(member, "checkInToBooking", booking, "booking { checkedInAt }"))["booking"]!["checkedInAt"]);

        async Task<string> BookAsync(long space, string day, int hour) => $"booking: \"{(await DoAsync(member, "bookSpace", Wish(space, day, hour), "booking { id }"))["booking"]!["id"]}\"";

        static string Wish(long space, string day, int hour) =>
            $"wish: {{ space: \"{ApiUnderTest.Id("Space", space)}\", startsAt: \"{day}T0{hour}:00:00Z\", endsAt: \"{day}T0{hour + 1}:00:00Z\", title: \"Belajar bersama\" }}";
    }

    private async Task VisitsAsync()
    {
        const string Times = "times: [{ day: TUESDAY, startsAt: \"09:00:00\" }, { day: THURSDAY, startsAt: \"09:00:00\" }]";
        var made = (await DoAsync(desk, "createClassVisitOffer", $"branch: \"{Branch}\", offer: {{ kind: TOUR, name: \"Keliling\", {Times} }}", "classVisitOffer { id }"))["classVisitOffer"]!["id"];
        await DoAsync(desk, "changeClassVisitOffer", $"offer: \"{made}\", details: {{ kind: TOUR, name: \"Keliling perpustakaan\", {Times} }}", "classVisitOffer { name }");
        await DoAsync(desk, "withdrawClassVisitOffer", $"offer: \"{made}\"");
        await DoAsync(desk, "resumeClassVisitOffer", $"offer: \"{made}\"");
        string School(string npsn, string name) => $"{{ npsn: \"{npsn}\", name: \"{name}\", level: PRIMARY, contactName: \"Ibu Wati\", contactEmail: \"wati@contoh.id\" }}";
        var school = (await DoAsync(desk, "registerSchool", $"school: {School("10807001", "SDN 1")}", "school { id }"))["school"]!["id"];
        Assert.Equal("SDN 1 Metro", (string?)(await DoAsync(desk, "changeSchool", $"school: \"{school}\", details: {School("10807001", "SDN 1 Metro")}", "school { name }"))["school"]!["name"]);
        Assert.Equal("""{"school":{"contactName":"Ibu Wati"}}""", (await api.AskAsync("{ school(npsn: \"1080 7001\") { contactName } }", client: desk)).Text);
        await DoAsync(desk, "registerSchool", $"school: {School("10807002", "SDN 2")}");

        var came = await AskAsync("10807001", "2026-02-03");
        var absent = await AskAsync("10807002", "2026-02-05");
        Assert.Equal("CANCELLED", (string?)(await DoAsync(desk, "cancelVisit", await AskAsync("10807001", "2026-02-10"), "classVisit { status }"))["classVisit"]!["status"]);
        Assert.Equal("DECLINED", (string?)(await DoAsync(desk, "declineVisit", $"{await AskAsync("10807002", "2026-02-10")}, reason: \"Penuh\"", "classVisit { status }"))["classVisit"]!["status"]);
        await DoAsync(desk, "changeVisit", $"{absent}, date: \"2026-02-12\", time: \"09:00:00\"", "classVisit { startsAt }");
        foreach (var visit in (string[])[came, absent]) Assert.Equal("APPROVED", (string?)(await DoAsync(desk, "approveVisit", visit, "classVisit { status }"))["classVisit"]!["status"]);
        GoTo("2026-02-12T06:00:00Z");
        desk = await AsAsync(null, "Librarian");
        Assert.Equal(19, (int)(await DoAsync(desk, "recordVisit", $"{came}, children: 19", "classVisit { childrenCame }"))["classVisit"]!["childrenCame"]!);
        Assert.Equal("NO_SHOW", (string?)(await DoAsync(desk, "recordVisitNoShow", absent, "classVisit { status }"))["classVisit"]!["status"]);

        async Task<string> AskAsync(string npsn, string date) =>
            $"visit: \"{(await DoAsync(desk, "requestVisit", $"school: \"{npsn}\", wish: {{ offer: \"{made}\", date: \"{date}\", time: \"09:00:00\", children: 20, adults: 2 }}", "classVisit { id }"))["classVisit"]!["id"]}\"";
    }

    private async Task<string> ScheduleAsync(string program, string day, int seats) =>
        (string)(await DoAsync(desk, "scheduleSession", $"{program}, session: {{ startsAt: \"{day}T02:00:00Z\", endsAt: \"{day}T04:00:00Z\", place: {{ branch: \"{Branch}\" }}, capacity: {seats} }}", "session { id }"))["session"]!["id"]!;
}
