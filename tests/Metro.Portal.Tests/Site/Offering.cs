using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Site;

/// <summary>What a furnished portal has on: a workshop, a full storytelling hour, a draft, a room and a tour for classes.</summary>
/// <param name="Workshop">Presented by the demonstration content; in the room, eight days from today at ten.</param>
/// <param name="Storytelling">A day later, with its one seat taken.</param>
/// <param name="Draft">Seen by nobody.</param>
/// <param name="Room">A space that everybody can book.</param>
/// <param name="Tour">On Tuesdays at nine.</param>
public sealed record Offering(long Workshop, long Storytelling, long Draft, long Room, long Tour)
{
    private static readonly Actor Clerk = Actor.System("test");

    public static async Task<Offering> MakeAsync(IServiceProvider services, DateOnly today)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, planning, spaces, calendar) = (The<LibraryDbContext>(), The<ProgramPlanning>(), The<SpacePlanning>(), The<LibraryCalendar>());
        var branch = await db.Branches.OrderBy(one => one.Id).Select(one => one.Id).FirstAsync();
        var kind = (await spaces.CreateKindAsync(new SpaceKindDetails { Name = "Ruang kreatif", NameEnglish = "Creative space", Audience = SpaceAudience.Everybody }, Clerk)).Value.Id;
        var room = (await spaces.CreateAsync(new SpaceDetails { KindId = kind, BranchId = branch, Name = "Ruang Tapis", NameEnglish = "Tapis Room", Capacity = 20, ContentKey = "KREATIF" }, Clerk)).Value.Id;
        var workshop = await ProgramAsync(new ProgramDetails
        {
            Title = "Membatik motif Lampung", TitleEnglish = "Batik with Lampung motifs", ContentKey = "batik-lampung", OpenToNonMembers = true,
            NeedsGuardianConsent = false, Accommodations = [AccommodationKind.SignLanguage],
        });
        var storytelling = await ProgramAsync(new ProgramDetails { Kind = ProgramKind.ReadingProgram, Title = "Dongeng sore", OpenToNonMembers = true, NeedsGuardianConsent = false });
        var draft = (await planning.CreateAsync(new ProgramDetails { Title = "Rahasia besar" }, Clerk)).Value.Id;
        var start = calendar.InstantOf(today.AddDays(8), new TimeOnly(10, 0));
        await planning.ScheduleAsync(workshop, new SessionPlan(start, start.AddHours(2), SessionPlace.InSpace(room), 12), Clerk);
        var told = (await planning.ScheduleAsync(storytelling, new SessionPlan(start.AddDays(1), start.AddDays(1).AddHours(1), SessionPlace.AtBranch(branch), 1), Clerk)).Value;
        await planning.ScheduleAsync(draft, new SessionPlan(start, start.AddHours(1), SessionPlace.AtBranch(branch), 5), Clerk);
        Assert.True((await The<SessionRegistrations>().RegisterAsync(told.Id, new RegistrationRequest { Name = "Ani", Email = "ani@example.id" }, Clerk)).Succeeded);
        var tour = (await The<Schools>().OfferAsync(new VisitOfferDetails { Name = "Tur perpustakaan", NameEnglish = "Library tour", BranchId = branch, Times = [new(DayOfWeek.Tuesday, new TimeOnly(9, 0))] }, Clerk)).Value.Id;
        return new Offering(workshop, storytelling, draft, room, tour);

        T The<T>()
            where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

        async Task<long> ProgramAsync(ProgramDetails details)
        {
            var id = (await planning.CreateAsync(details, Clerk)).Value.Id;
            Assert.Null(await planning.PublishAsync(id, Clerk));
            return id;
        }
    }
}
