using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Library.Programs;
using Metro.Library.Tests.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Programs;

/// <summary>What happens at the library in these tests: storytelling, workshops, and who comes.</summary>
internal static class Happenings
{
    public static readonly Actor Visitor = Actor.System("visitor");

    /// <summary>An evening for everybody, with check-in, without questions of age.</summary>
    public static ProgramDetails Workshop { get; } = new()
    {
        Kind = ProgramKind.Workshop, Title = "Lokakarya menulis", TitleEnglish = "Writing workshop",
        OpenToNonMembers = true, NeedsGuardianConsent = false, MostCompanions = 3, LargestGroup = 20,
    };

    extension(TestLibrary library)
    {
        public async Task<LibraryProgram> AProgramAsync(ProgramDetails? details = null)
        {
            await using var desk = library.OpenDesk();
            var program = (await desk.The<ProgramPlanning>().CreateAsync(details ?? Workshop, TestLibrary.Librarian)).Value;
            Assert.Null(await desk.The<ProgramPlanning>().PublishAsync(program.Id, TestLibrary.Librarian));
            return program;
        }

        /// <summary>A session of a published program at the main branch, at ten in the morning some days from now.</summary>
        public async Task<Session> ASessionAsync(int seats, ProgramDetails? details = null, int inDays = 8, long? programId = null)
        {
            await using var desk = library.OpenDesk();
            var id = programId ?? (await library.AProgramAsync(details)).Id;
            var start = library.Calendar.InstantOf(library.Calendar.Today.AddDays(inDays), new TimeOnly(10, 0));
            return (await desk.The<ProgramPlanning>().ScheduleAsync(
                id, new SessionPlan(start, start.AddHours(2), SessionPlace.AtBranch(library.Main), seats), TestLibrary.Librarian)).Value;
        }

        public async Task<Outcome<Registration>> RegisterAsync(Session session, RegistrationRequest asked, Actor? by = null)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<SessionRegistrations>().RegisterAsync(session.Id, asked, by ?? Visitor);
        }

        /// <summary>Somebody who is not a member registers and is taken, with a seat or in the queue.</summary>
        public async Task<Registration> SomebodyAsync(Session session, string name, int companions = 0) =>
            (await library.RegisterAsync(session, AVisitor(name) with { Companions = companions })).Value;

        public async Task<Outcome<Registration>> CancelAsync(Registration registration, Actor? by = null)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<SessionRegistrations>().CancelAsync(registration.TicketCode, by ?? Visitor);
        }

        public async Task<Outcome<Registration>> AcceptAsync(Registration registration, Actor? by = null)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<SessionRegistrations>().AcceptOfferAsync(registration.TicketCode, by ?? Visitor);
        }

        public async Task<Outcome<Registration>> CheckInAsync(Registration registration)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<CheckIns>().CheckInAsync(TicketCode.Display(registration.TicketCode), TestLibrary.Librarian);
        }

        public async Task<int> ExpireOffersAsync(int most = 500)
        {
            await using var desk = library.OpenDesk();
            return await desk.The<SessionRegistrations>().ExpireOffersAsync(most);
        }

        public async Task<int> ReleaseNoShowsAsync()
        {
            await using var desk = library.OpenDesk();
            return await desk.The<CheckIns>().ReleaseNoShowsAsync();
        }

        public async Task<Registration> NowAsync(Registration registration)
        {
            await using var db = library.NewContext();
            return await db.Registrations.Include(one => one.Session).Include(one => one.Needs).Include(one => one.Consents).SingleAsync(one => one.Id == registration.Id);
        }

        public async Task<Session> NowAsync(Session session)
        {
            await using var db = library.NewContext();
            return await db.Sessions.Include(one => one.Program).SingleAsync(one => one.Id == session.Id);
        }

        /// <summary>The kinds of messages that wait to be sent about something, in order.</summary>
        public async Task<List<string>> ToldAsync(Subject subject)
        {
            await using var db = library.NewContext();
            var about = subject.ToString();
            return await db.OutboxMessages.Where(message => message.Subject == about && message.State == OutboxState.Waiting)
                .OrderBy(message => message.Id).Select(message => message.Kind).ToListAsync();
        }

        public Task<Member> AMemberAsync(string name, int number) =>
            library.JoinAsync(People.AGrownUp(name, $"187201010190{number:0000}"));
    }

    public static RegistrationRequest AVisitor(string name) => new() { Name = name, Email = $"{name.ToLowerInvariant()}@example.id" };
}
