using Metro.Library;
using Metro.Library.Calendar;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Hours;

/// <summary>What everybody may ask of the days on which other hours hold.</summary>
[QueryType]
internal static class ClosureQueries
{
    private const int MostClosures = 200;

    /// <summary>Announced closures and days of other hours that are on or to come, the first first: at most 200.</summary>
    /// <param name="branch">Only those that hold at this branch, those of the whole library included.</param>
    [CacheControl(60)]
    [ListSize(AssumedSize = 50, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<CalendarException>> GetClosuresAsync(
        LibraryDbContext db, LibraryCalendar calendar, CancellationToken stop, [ID<Branch>] long? branch = null)
    {
        var today = calendar.Today;
        return await db.CalendarExceptions.AsNoTracking().Where(one => one.To >= today && (branch == null || one.BranchId == null || one.BranchId == branch))
            .OrderBy(one => one.From).ThenBy(one => one.Id).Take(MostClosures).ToListAsync(stop);
    }
}

/// <summary>What the API tells of days on which other hours hold.</summary>
[ExtendObjectType<CalendarException>]
internal static class ClosureFields
{
    internal static void Describe(ObjectTypeDescriptor<CalendarException> closure)
    {
        closure.Name("Closure").BindFieldsExplicitly().Description("Days on which a branch, or the whole library, is closed or keeps other hours than those of its ordinary week.");
        closure.Field(one => one.From);
        closure.Field(one => one.To).Description("The last day, included.");
    }

    /// <summary>Its id, for `withdrawClosure`.</summary>
    [ID<CalendarException>]
    public static long Id([Parent] CalendarException closure) => closure.Id;

    /// <summary>What people call it, such as a holiday.</summary>
    /// <param name="language">The language of the name; that of the request unless told otherwise.</param>
    public static string Name([Parent] CalendarException closure, Language? language = null) => closure.LocalName.In(language);

    /// <summary>Whether the doors stay shut on all of its days.</summary>
    public static bool IsClosed([Parent] CalendarException closure) => closure.Week.Equals(WeeklyHours.Closed);

    /// <summary>The hours that hold instead, Monday first.</summary>
    public static IReadOnlyList<WeekdayHours> Week([Parent] CalendarException closure) => WeekdayHours.Of(closure.Week);

    /// <summary>Where it holds; null for the whole library.</summary>
    [Cost(2)]
    public static async Task<Branch?> GetBranchAsync([Parent] CalendarException closure, IDataLoader<long, Branch> branches, CancellationToken stop) =>
        closure.BranchId is { } id ? await branches.LoadAsync(id, stop) : null;
}

/// <summary>What the API tells of somebody's plans that a closure crosses.</summary>
[ObjectType<AffectedByClosure>]
[Authorize(Permissions.ReadDesk)]
internal static class TouchedByClosureFields
{
    internal static void Describe(ObjectTypeDescriptor<AffectedByClosure> touched)
    {
        touched.Name("TouchedByClosure").BindFieldsExplicitly().Description("Something that a closure moves or cancels: a loan's due date, a hold, a session, a class visit or a booking.");
        touched.Field(one => one.What);
        touched.Field(one => one.From).Description("The date that no longer works.");
        touched.Field(one => one.To).Description("The date to which it moves; null where it is cancelled.");
        touched.Field(one => one.StartsAt).Description("When it started so far; null for a loan or a hold, which have a date and no time.");
        touched.Field(one => one.MovesTo).Description("When it starts instead; null where it is cancelled or has no time.");
    }

    /// <summary>The loan, where it is one.</summary>
    [ID<Library.Circulation.Loan>]
    public static long? Loan([Parent] AffectedByClosure touched) => KeyOf(touched, "loan");

    /// <summary>The hold, where it is one.</summary>
    [ID<Library.Circulation.Hold>]
    public static long? Hold([Parent] AffectedByClosure touched) => KeyOf(touched, "hold");

    /// <summary>The session, where it is one.</summary>
    [ID<Library.Programs.Session>]
    public static long? Session([Parent] AffectedByClosure touched) => KeyOf(touched, "session");

    /// <summary>The class visit, where it is one.</summary>
    [ID<Library.Visits.Visit>]
    public static long? ClassVisit([Parent] AffectedByClosure touched) => KeyOf(touched, "visit");

    /// <summary>The booking of a space, where it is one.</summary>
    [ID<Library.Spaces.Booking>]
    public static long? Booking([Parent] AffectedByClosure touched) => KeyOf(touched, "booking");

    /// <summary>The member whom it concerns; null where it is nobody's or not a member's. Each look leaves an audit line.</summary>
    [Cost(2)]
    public static async Task<Library.Members.Member?> GetMemberAsync(
        [Parent] AffectedByClosure touched, [DataLoader("MemberSeenDataLoader")] IDataLoader<long, Library.Members.Member> members, CancellationToken stop) =>
        touched.MemberId is { } id ? await members.LoadAsync(id, stop) : null;

    private static long? KeyOf(AffectedByClosure touched, string kind) => touched.Subject.Kind == kind ? touched.Subject.Id : null;
}

/// <summary>The hours of one weekday.</summary>
/// <param name="Day">The weekday.</param>
/// <param name="Openings">The stretches during which the doors are open, in order; none on a closed day.</param>
public sealed record WeekdayHours(DayOfWeek Day, IReadOnlyList<Opening> Openings)
{
    internal static IReadOnlyList<WeekdayHours> Of(WeeklyHours week) =>
        [.. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7)).Select(day => new WeekdayHours(day, [.. week[day].Intervals.Select(one => new Opening(one.Opens, one.Closes))]))];

    /// <summary>The week of which these are the days; a day that is not named is closed.</summary>
    internal static Outcome<WeeklyHours> Read(IReadOnlyList<WeekdayHours> days)
    {
        var week = WeeklyHours.Closed;
        foreach (var day in days)
        {
            // Hours are kept to the minute: what stands behind it is not dropped in silence.
            var typed = string.Join(',', day.Openings.Select(one => $"{Written(one.Opens)}-{Written(one.Closes)}"));
            if (!OpeningHours.TryParse(typed, out var hours) || days.Count(one => one.Day == day.Day) > 1) return CalendarRefusals.UnreadableHours($"{day.Day}: {typed}");
            week = week.With(day.Day, hours);
        }

        return week;
    }

    private static string Written(TimeOnly time) =>
        time.ToString(time.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture);
}
