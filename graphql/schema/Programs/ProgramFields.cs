using Metro.Content;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Programs;
using Metro.Portal.Schema.Content;
using Metro.Portal.Schema.Social;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Programs;

/// <summary>What the API tells of a program.</summary>
[ExtendObjectType<LibraryProgram>]
internal static class ProgramFields
{
    internal static void Describe(ObjectTypeDescriptor<LibraryProgram> program)
    {
        program.Name("Program").BindFieldsExplicitly().Description(
            "A workshop, exhibition, reading program, seminar or community event. It happens in sessions.");
        program.Field(one => one.Id).Description("Its global id.");
        program.Field(one => one.Kind).IsFilterable();
        program.Field(one => one.LeastAge);
        program.Field(one => one.GreatestAge);
        program.Field(one => one.NeedsGuardianConsent).Description("Whether people under 18 need their guardian's recorded consent.");
        program.Field(one => one.MostCompanions);
        program.Field(one => one.LargestGroup);
        program.Field(one => one.OpenToNonMembers);
        program.Field(one => one.Enrolment);
        program.Field(one => one.Accommodations);
    }

    [NodeResolver]
    public static Task<LibraryProgram?> GetProgramAsync(long id, IDataLoader<long, LibraryProgram> programs, CancellationToken stop) => programs.LoadAsync(id, stop);

    /// <summary>Its title.</summary>
    /// <param name="language">The language of the title; that of the request unless told otherwise. Indonesian where nobody translated it.</param>
    public static string Title([Parent(requires: "Title TitleEnglish")] LibraryProgram program, Language? language = null) => program.LocalTitle.In(language);

    /// <summary>What it is about; null where nobody wrote it down.</summary>
    /// <param name="language">The language; that of the request unless told otherwise. Indonesian where nobody translated it.</param>
    public static string? Summary([Parent(requires: "Summary SummaryEnglish")] LibraryProgram program, Language? language = null) =>
        program.Summary is { } summary ? new LocalText(summary, program.SummaryEnglish).In(language) : null;

    /// <summary>What editors have published about it, with pictures and text; null where nobody has.</summary>
    /// <param name="language">The reader's language; that of the request unless told otherwise.</param>
    [Cost(2)]
    [GraphQLType("ContentItem")]
    public static async Task<object?> GetPresentationAsync(
        [Parent(requires: nameof(LibraryProgram.ContentKey))] LibraryProgram program,
        [DataLoader("ProgramPresentationDataLoader")] IDataLoader<PresentationKey, OfferedItem> presentations, CancellationToken stop, Language? language = null) =>
        program.ContentKey is { } key && await presentations.LoadAsync(new PresentationKey(key, (language ?? Language.OfRequest).Code), stop) is { } found ? ContentEntry.Of(found) : null;

    /// <summary>What to post about it in social media, with its next session.</summary>
    [Cost(5)]
    public static async Task<SocialKit> GetSocialKitAsync(
        [Parent] LibraryProgram program, [DataLoader("UpcomingSessionsByProgramDataLoader")] IDataLoader<long, Session[]> sessions, IDataLoader<long, Branch> branches,
        ContentReader reader, IResolverContext context, CancellationToken stop)
    {
        var next = (await sessions.LoadAsync(program.Id, stop))?.FirstOrDefault(session => session.Status == SessionStatus.Scheduled);
        return await SocialKits.OfProgramAsync(program, next, next?.BranchId is { } branch ? await branches.LoadAsync(branch, stop) : null, context);
    }

    /// <summary>Its sessions that are not over, the next first.</summary>
    /// <param name="first">How many, up to 50.</param>
    [Cost(2)]
    [ListSize(SlicingArguments = ["first"], SlicingArgumentDefaultValue = 5, AssumedSize = 50, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<Session>> GetUpcomingSessionsAsync(
        [Parent(requires: nameof(LibraryProgram.Id))] LibraryProgram program,
        [DataLoader("UpcomingSessionsByProgramDataLoader")] IDataLoader<long, Session[]> sessions, CancellationToken stop, int first = 5) =>
        [.. (await sessions.LoadAsync(program.Id, stop) ?? []).Take(Math.Clamp(first, 0, 50))];

    [DataLoader]
    public static async Task<IReadOnlyDictionary<long, LibraryProgram>> GetProgramByIdAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        await db.Programs.AsNoTracking().ForThePublic().Where(program => ids.Contains(program.Id)).ToDictionaryAsync(program => program.Id, stop);

    [DataLoader]
    public static async Task<ILookup<long, Session>> GetUpcomingSessionsByProgramAsync(
        IReadOnlyList<long> ids, LibraryDbContext db, LibraryCalendar calendar, CancellationToken stop)
    {
        var now = calendar.Now;
        return (await db.Sessions.AsNoTracking().Where(session => ids.Contains(session.ProgramId)).ForThePublic()
            .Where(session => session.EndsAt > now).OrderBy(session => session.StartsAt).ThenBy(session => session.Id)
            .Take(MostSessions).ToListAsync(stop)).ToLookup(session => session.ProgramId);
    }

    private const int MostSessions = 2_000;
}

/// <summary>What the API tells of a session. Who has registered is never for the public.</summary>
[ExtendObjectType<Session>]
internal static class SessionFields
{
    internal static void Describe(ObjectTypeDescriptor<Session> session)
    {
        session.BindFieldsExplicitly().Description("One dated occurrence of a program, with seats of its own.");
        session.Field(one => one.Id).Description("Its global id.");
        session.Field(one => one.StartsAt).Description("When it starts.");
        session.Field(one => one.EndsAt).Description("When it ends.");
        session.Field(one => one.Capacity);
        session.Field(one => one.SeatsLeft).Description("How many seats are free: neither taken nor held by an offer.");
        session.Field(one => one.Waiting);
        session.Field(one => one.Status);
        session.Field(one => one.Reason).Description("Why it was moved or cancelled; null otherwise.");
        session.Field(one => one.RegistrationOpensAt).Description("When registration opens; null for at once.");
        session.Field(one => one.RegistrationClosesAt).Description("When registration closes; null for at the start.");
        session.Field(one => one.PlaceKind);
        session.Field(one => one.UpdatedAt).Description("When it was last planned, moved or cancelled.");
    }

    [NodeResolver]
    public static Task<Session?> GetSessionAsync(long id, IDataLoader<long, Session> sessions, CancellationToken stop) => sessions.LoadAsync(id, stop);

    /// <summary>Whether it does not take place. Announce no session that is cancelled, except to say so.</summary>
    public static bool IsCancelled([Parent] Session session) => session.Status == SessionStatus.Cancelled;

    /// <summary>The program of which it is an occurrence.</summary>
    [Cost(2)]
    public static Task<LibraryProgram?> GetProgramAsync([Parent] Session session, IDataLoader<long, LibraryProgram> programs, CancellationToken stop) =>
        programs.LoadAsync(session.ProgramId, stop);

    /// <summary>The branch on whose hours it depends; null elsewhere.</summary>
    [Cost(2)]
    public static async Task<Branch?> GetBranchAsync([Parent] Session session, IDataLoader<long, Branch> branches, CancellationToken stop) =>
        session.BranchId is { } id ? await branches.LoadAsync(id, stop) : null;

    /// <summary>Where it is, in words: the space and its branch, another place, or an address on the internet.</summary>
    /// <param name="language">The language of names; that of the request unless told otherwise.</param>
    [Cost(2)]
    public static async Task<string?> GetPlaceAsync(
        [Parent] Session session, IDataLoader<long, Branch> branches, IDataLoader<long, Library.Spaces.Space> spaces, CancellationToken stop, Language? language = null)
    {
        var space = session.SpaceId is { } spaceId ? await spaces.LoadAsync(spaceId, stop) : null;
        var branch = session.BranchId is { } branchId ? await branches.LoadAsync(branchId, stop) : null;
        string?[] parts = [space?.LocalName.In(language), session.PlaceWords, branch?.LocalName.In(language)];
        return parts.Any(part => part is not null) ? string.Join(", ", parts.OfType<string>()) : null;
    }

    /// <summary>What to post about it in social media; null where its program is not offered any more.</summary>
    [Cost(5)]
    public static async Task<SocialKit?> GetSocialKitAsync(
        [Parent] Session session, IDataLoader<long, LibraryProgram> programs, IDataLoader<long, Branch> branches, ContentReader reader, IResolverContext context, CancellationToken stop) =>
        await programs.LoadAsync(session.ProgramId, stop) is { } program
            ? await SocialKits.OfProgramAsync(program, session, session.BranchId is { } branch ? await branches.LoadAsync(branch, stop) : null, context)
            : null;

    /// <summary>Why nobody can register now, in the language of the request; null when they can.</summary>
    public static string? WhyClosed([Parent] Session session, LibraryCalendar calendar) => session.WhyClosed(calendar)?.In(null);

    [DataLoader]
    public static async Task<IReadOnlyDictionary<long, Session>> GetSessionByIdAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        await db.Sessions.AsNoTracking().ForThePublic().Where(session => ids.Contains(session.Id)).ToDictionaryAsync(session => session.Id, stop);
}

/// <summary>What everybody may ask of programs.</summary>
[QueryType]
internal static class ProgramQueries
{
    private const int LongestSpan = 400;

    /// <summary>The programs that the library offers, in the order in which they were written down.</summary>
    [CacheControl(60)]
    [UsePaging(IncludeTotalCount = true, MaxPageSize = 100, DefaultPageSize = 20)]
    [UseProjection]
    [UseFiltering]
    public static IQueryable<LibraryProgram> GetPrograms(LibraryDbContext db) => db.Programs.ForThePublic();

    /// <summary>One program; null when it is not offered.</summary>
    /// <param name="id">Its global id.</param>
    [CacheControl(60)]
    public static Task<LibraryProgram?> GetProgramAsync([ID<LibraryProgram>] long id, IDataLoader<long, LibraryProgram> programs, CancellationToken stop) =>
        programs.LoadAsync(id, stop);

    /// <summary>
    /// The sessions in a span of time, in order: what is on this week, this month. Cancelled ones are among them and marked, so that
    /// they can be shown as such.
    /// </summary>
    /// <param name="from">The first day, by the library's clock; today unless told otherwise.</param>
    /// <param name="through">The last day, included; six days later unless told otherwise, and at most 400 days later.</param>
    /// <param name="kinds">Only sessions of programs of these kinds.</param>
    /// <param name="branch">Only sessions at this branch.</param>
    /// <param name="withSeatsLeft">Whether only sessions with a free seat are wanted.</param>
    /// <param name="takingPlace">Whether cancelled sessions are left out.</param>
    [CacheControl(30)]
    [UsePaging(IncludeTotalCount = true, MaxPageSize = 100, DefaultPageSize = 20)]
    public static IQueryable<Session> GetSessions(
        LibraryDbContext db, LibraryCalendar calendar, DateOnly? from = null, DateOnly? through = null, IReadOnlyList<ProgramKind>? kinds = null,
        [ID<Branch>] long? branch = null, bool withSeatsLeft = false, bool takingPlace = false)
    {
        var first = from ?? calendar.Today;
        var last = through ?? first.AddDays(6);
        if (last.DayNumber - first.DayNumber > LongestSpan) last = first.AddDays(LongestSpan);

        var sessions = db.Sessions.ForThePublic().Touching(calendar.StartOf(first), calendar.EndOf(last));
        if (kinds is { Count: > 0 })
        {
            var wanted = kinds.Distinct().ToArray();
            sessions = sessions.Where(session => wanted.Contains(session.Program.Kind));
        }

        if (branch is { } branchId) sessions = sessions.Where(session => session.BranchId == branchId);
        if (withSeatsLeft) sessions = sessions.WithSeatsLeft();
        if (takingPlace) sessions = sessions.Where(session => session.Status == SessionStatus.Scheduled);
        return sessions.OrderBy(session => session.StartsAt).ThenBy(session => session.Id);
    }

    /// <summary>One session; null when there is none that everybody may see.</summary>
    /// <param name="id">Its global id.</param>
    [CacheControl(30)]
    public static Task<Session?> GetSessionAsync([ID<Session>] long id, IDataLoader<long, Session> sessions, CancellationToken stop) => sessions.LoadAsync(id, stop);
}
