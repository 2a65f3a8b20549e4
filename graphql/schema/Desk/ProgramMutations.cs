using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Desk;

/// <summary>Programs and their sessions, as the office plans them.</summary>
[MutationType]
[Authorize(Permissions.WriteDesk)]
internal static class ProgramMutations
{
    /// <summary>Writes down a program. Nobody but staff sees it until it is published.</summary>
    /// <param name="program">What it is.</param>
    public static async Task<FieldResult<LibraryProgram, RefusalError>> CreateProgramAsync(ProgramDescription program, ProgramPlanning planning, Acting acting, CancellationToken stop) =>
        (await planning.CreateAsync(program.ToDetails(), await acting.AsStaffAsync(stop), stop)).Then(made => made);

    /// <summary>Changes a program. Registrations that were made stay as they are; sessions to come follow its check-in.</summary>
    /// <param name="program">The program.</param>
    /// <param name="details">What it is from now on, all of it.</param>
    public static Task<FieldResult<LibraryProgram, RefusalError>> ChangeProgramAsync(
        [ID<LibraryProgram>] long program, ProgramDescription details, ProgramPlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(program, by => planning.ChangeAsync(program, details.ToDetails(), by, stop), db, acting, stop);

    /// <summary>Shows a program to everybody.</summary>
    /// <param name="program">The program.</param>
    public static Task<FieldResult<LibraryProgram, RefusalError>> PublishProgramAsync(
        [ID<LibraryProgram>] long program, ProgramPlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(program, by => planning.PublishAsync(program, by, stop), db, acting, stop);

    /// <summary>Offers a program no longer. Sessions that are still to come are not cancelled by this: cancel them, so that people are told.</summary>
    /// <param name="program">The program.</param>
    public static Task<FieldResult<LibraryProgram, RefusalError>> WithdrawProgramAsync(
        [ID<LibraryProgram>] long program, ProgramPlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(program, by => planning.WithdrawAsync(program, by, stop), db, acting, stop);

    /// <summary>Plans one session. A space is occupied with it, set-up and cleaning included.</summary>
    /// <param name="program">The program.</param>
    /// <param name="session">When, where and for how many.</param>
    public static async Task<FieldResult<Session, RefusalError>> ScheduleSessionAsync(
        [ID<LibraryProgram>] long program, NewSession session, ProgramPlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await planning.ScheduleAsync(program, session.ToPlan(), await acting.AsStaffAsync(stop), stop)).ThenAsync(planned => SessionAsync(db, planned.Id, stop));

    /// <summary>Moves a session to another time, or to another place as well; everybody who registered is told.</summary>
    /// <param name="session">The session.</param>
    /// <param name="startsAt">When it starts.</param>
    /// <param name="endsAt">When it ends.</param>
    /// <param name="place">Where; where it was unless told otherwise.</param>
    /// <param name="reason">Why, for the people who had registered; at most 500 characters.</param>
    public static async Task<FieldResult<Session, RefusalError>> MoveSessionAsync(
        [ID<Session>] long session, DateTime startsAt, DateTime endsAt, ProgramPlanning planning, LibraryDbContext db, Acting acting, CancellationToken stop,
        NewSessionPlace? place = null, string? reason = null) =>
        await (await planning.MoveAsync(session, startsAt.ToUniversalTime(), endsAt.ToUniversalTime(), place?.ToPlace(), reason, await acting.AsStaffAsync(stop), stop))
            .OrAsync(() => SessionAsync(db, session, stop));

    private static Task<Session> SessionAsync(LibraryDbContext db, long id, CancellationToken stop) => db.Sessions.AsNoTracking().SingleAsync(one => one.Id == id, stop);

    private static async Task<FieldResult<LibraryProgram, RefusalError>> ChangeAsync(
        long id, Func<Actor, Task<Refusal?>> change, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await change(await acting.AsStaffAsync(stop))).OrAsync(() => db.Programs.AsNoTracking().SingleAsync(program => program.Id == id, stop));
}

/// <summary>What staff decide about a program.</summary>
/// <param name="Kind">What sort of event.</param>
/// <param name="Title">Its title in Indonesian; at most 200 characters.</param>
/// <param name="TitleEnglish">Its title in English.</param>
/// <param name="Summary">What it is about, in Indonesian; at most 4,000 characters.</param>
/// <param name="SummaryEnglish">What it is about, in English.</param>
/// <param name="ContentKey">The code under which editors present it.</param>
/// <param name="LeastAge">The youngest age in years on the day of the session; no limit unless told otherwise.</param>
/// <param name="GreatestAge">The greatest age in years on the day of the session; no limit unless told otherwise.</param>
/// <param name="NeedsGuardianConsent">Whether people under 18 need their guardian's recorded consent.</param>
/// <param name="MostCompanions">How many people one may bring along; each takes a seat.</param>
/// <param name="LargestGroup">The most people of a group that registers as one; 0 where groups are not taken.</param>
/// <param name="OpenToNonMembers">Whether people who are not members may register.</param>
/// <param name="Enrolment">Single sessions, or all or none.</param>
/// <param name="OfferHours">For how many hours an offered seat is held; never past the start.</param>
/// <param name="ChecksIn">Whether people check in at the door.</param>
/// <param name="CheckInOpensMinutes">How many minutes before the start the check-in opens.</param>
/// <param name="CheckInClosesMinutes">How many minutes after the start seats nobody claimed are released; negative for before it.</param>
/// <param name="StrikesNoShows">Whether staying away without a word earns a member a strike.</param>
public sealed record ProgramDescription(
    ProgramKind Kind, string Title, string? TitleEnglish = null, string? Summary = null, string? SummaryEnglish = null, string? ContentKey = null, int? LeastAge = null, int? GreatestAge = null,
    bool NeedsGuardianConsent = true, int MostCompanions = 0, int LargestGroup = 0, bool OpenToNonMembers = false, Enrolment Enrolment = Enrolment.PerSession,
    int OfferHours = 48, bool ChecksIn = true, int CheckInOpensMinutes = 60, int CheckInClosesMinutes = 15, bool StrikesNoShows = true)
{
    /// <summary>What is there at every session without being asked for.</summary>
    public IReadOnlyList<AccommodationKind>? Accommodations { get; init; }

    internal ProgramDetails ToDetails() => new()
    {
        Kind = Kind,
        Title = Title,
        TitleEnglish = TitleEnglish,
        Summary = Summary,
        SummaryEnglish = SummaryEnglish,
        ContentKey = ContentKey,
        Accommodations = Accommodations ?? [],
        LeastAge = LeastAge,
        GreatestAge = GreatestAge,
        NeedsGuardianConsent = NeedsGuardianConsent,
        MostCompanions = MostCompanions,
        LargestGroup = LargestGroup,
        OpenToNonMembers = OpenToNonMembers,
        Enrolment = Enrolment,
        OfferHours = OfferHours,
        ChecksIn = ChecksIn,
        CheckInOpensMinutes = CheckInOpensMinutes,
        CheckInClosesMinutes = CheckInClosesMinutes,
        StrikesNoShows = StrikesNoShows,
    };
}

/// <summary>One session as staff plan it.</summary>
/// <param name="StartsAt">When it starts.</param>
/// <param name="EndsAt">When it ends.</param>
/// <param name="Place">Where.</param>
/// <param name="Capacity">How many seats.</param>
/// <param name="RegistrationOpensAt">When registration opens; at once unless told otherwise.</param>
/// <param name="RegistrationClosesAt">When registration closes; at the start unless told otherwise.</param>
public sealed record NewSession(
    DateTime StartsAt, DateTime EndsAt, NewSessionPlace Place, int Capacity, DateTime? RegistrationOpensAt = null, DateTime? RegistrationClosesAt = null)
{
    internal SessionPlan ToPlan() => new(
        StartsAt.ToUniversalTime(), EndsAt.ToUniversalTime(), Place.ToPlace(), Capacity, RegistrationOpensAt?.ToUniversalTime(), RegistrationClosesAt?.ToUniversalTime());
}

/// <summary>Where a session is: in a space, at a branch, on the internet, or in words; the first of these that is named.</summary>
/// <param name="Space">The space, which nobody else can have at that time.</param>
/// <param name="Branch">The branch, without occupying a space.</param>
/// <param name="Address">An absolute http or https address.</param>
/// <param name="Words">Where exactly at the branch; or a place outside the library. At most 300 characters.</param>
public sealed record NewSessionPlace([property: ID<Space>] long? Space = null, [property: ID<Branch>] long? Branch = null, string? Address = null, string? Words = null)
{
    internal SessionPlace ToPlace() => this switch
    {
        { Space: { } space } => SessionPlace.InSpace(space),
        { Branch: { } branch } => SessionPlace.AtBranch(branch, Words),
        { Address: { } address } => SessionPlace.Online(address),
        _ => SessionPlace.Elsewhere(Words ?? ""),
    };
}
