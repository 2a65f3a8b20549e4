using Metro.Library;
using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Hours;

/// <summary>What everybody may ask of the library's places.</summary>
[QueryType]
internal static class BranchQueries
{
    /// <summary>The places of the library: the main building, branches, the mobile library, reading corners.</summary>
    [CacheControl(60)]
    [ListSize(AssumedSize = 30, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<Branch>> GetBranchesAsync(LibraryDbContext db, CancellationToken stop) =>
        await db.Branches.AsNoTracking().Where(branch => branch.IsActive).OrderBy(branch => branch.Id).Take(100).ToListAsync(stop);

    /// <summary>One place of the library; null when there is none of this code.</summary>
    /// <param name="code">Its short code, such as `MTR`.</param>
    [CacheControl(60)]
    public static Task<Branch?> GetBranchAsync(string code, LibraryDbContext db, CancellationToken stop) =>
        db.Branches.AsNoTracking().FirstOrDefaultAsync(branch => branch.Code == code && branch.IsActive, stop);
}

/// <summary>What the API tells of a branch.</summary>
[ExtendObjectType<Branch>]
internal static class BranchFields
{
    private const int MostDays = 62;

    internal static void Describe(ObjectTypeDescriptor<Branch> branch)
    {
        branch.BindFieldsExplicitly().Description("A place of the library that owns copies, lends them and has hours of its own.");
        branch.Field(one => one.Id).Description("Its global id.");
        branch.Field(one => one.Code);
        branch.Field(one => one.Kind);
        branch.Field(one => one.Address);
        branch.Field(one => one.OffersPickup);
    }

    [NodeResolver]
    public static Task<Branch?> GetBranchAsync(long id, IDataLoader<long, Branch> branches, CancellationToken stop) => branches.LoadAsync(id, stop);

    /// <summary>Its name.</summary>
    /// <param name="language">The language of the name; that of the request unless told otherwise.</param>
    public static string Name([Parent] Branch branch, Language? language = null) => branch.LocalName.In(language);

    /// <summary>The hours of its ordinary week, Monday first; `hours` says what holds on a day, closures included.</summary>
    public static IReadOnlyList<WeekdayHours> Week([Parent] Branch branch) => WeekdayHours.Of(branch.Week);

    /// <summary>Whether its doors are open at this moment.</summary>
    [Cost(2)]
    [CacheControl(30)]
    public static async Task<bool> IsOpenNowAsync([Parent] Branch branch, IDataLoader<long, BranchCalendar> hours, LibraryCalendar calendar, CancellationToken stop) =>
        (await hours.LoadAsync(branch.Id, stop))!.IsOpenAt(calendar.Now);

    /// <summary>When its doors close today; null when they are closed now.</summary>
    [Cost(2)]
    [CacheControl(30)]
    public static async Task<DateTime?> GetOpenUntilAsync([Parent] Branch branch, IDataLoader<long, BranchCalendar> hours, LibraryCalendar calendar, CancellationToken stop)
    {
        var now = calendar.Now;
        var openings = (await hours.LoadAsync(branch.Id, stop))!.OpeningsOn(calendar.Today);
        return openings.Where(one => one.Opens <= now && now < one.Closes).Select(one => (DateTime?)one.Closes).FirstOrDefault();
    }

    /// <summary>When its doors open next; null when they are open now, or no opening is known.</summary>
    [Cost(2)]
    [CacheControl(30)]
    public static async Task<DateTime?> GetOpensAtAsync([Parent] Branch branch, IDataLoader<long, BranchCalendar> hours, LibraryCalendar calendar, CancellationToken stop)
    {
        var now = calendar.Now;
        var known = (await hours.LoadAsync(branch.Id, stop))!;
        if (known.IsOpenAt(now)) return null;
        for (var day = known.OpenDayOnOrAfter(calendar.Today); day is { } date; day = known.OpenDayOnOrAfter(date.AddDays(1)))
            if (known.OpeningsOn(date).FirstOrDefault(one => one.Opens > now) is { Opens.Ticks: > 0 } next) return next.Opens;
        return null;
    }

    /// <summary>Its hours day by day, closures and holidays included.</summary>
    /// <param name="from">The first day; today unless told otherwise.</param>
    /// <param name="days">How many days, up to 62.</param>
    [Cost(2)]
    [ListSize(SlicingArguments = ["days"], SlicingArgumentDefaultValue = 7, AssumedSize = MostDays, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<DayHours>> GetHoursAsync(
        [Parent] Branch branch, IDataLoader<long, BranchCalendar> hours, LibraryCalendar calendar, CancellationToken stop, DateOnly? from = null, int days = 7)
    {
        var known = (await hours.LoadAsync(branch.Id, stop))!;
        var first = from ?? calendar.Today;
        return [.. Enumerable.Range(0, Math.Clamp(days, 0, MostDays)).TakeWhile(day => first.DayNumber + day <= DateOnly.MaxValue.DayNumber)
            .Select(day => DayHours.Of(known, first.AddDays(day)))];
    }

    [DataLoader]
    public static async Task<IReadOnlyDictionary<long, Branch>> GetBranchByIdAsync(IReadOnlyList<long> ids, LibraryDbContext db, CancellationToken stop) =>
        await db.Branches.AsNoTracking().Where(branch => ids.Contains(branch.Id)).ToDictionaryAsync(branch => branch.Id, stop);

    [DataLoader]
    public static async Task<IReadOnlyDictionary<long, BranchCalendar>> GetHoursByBranchAsync(
        IReadOnlyList<long> ids, LibraryDbContext db, LibraryCalendar calendar, CancellationToken stop)
    {
        var weeks = await db.Branches.AsNoTracking().Where(branch => ids.Contains(branch.Id)).Select(branch => new { branch.Id, branch.Week }).ToListAsync(stop);
        var since = calendar.Today.AddDays(-MostDays);
        var exceptions = await db.CalendarExceptions.AsNoTracking()
            .Where(exception => (exception.BranchId == null || ids.Contains(exception.BranchId.Value)) && exception.To >= since).ToListAsync(stop);
        return weeks.ToDictionary(
            branch => branch.Id,
            branch => new BranchCalendar(branch.Week, exceptions.Where(one => one.BranchId is null || one.BranchId == branch.Id), calendar.Zone));
    }
}

/// <summary>The hours of one day.</summary>
/// <param name="Date">The day, by the library's clock.</param>
/// <param name="IsOpen">Whether the doors open at all.</param>
/// <param name="Openings">The stretches during which they are open, in order.</param>
[ObjectType]
public sealed record DayHours(DateOnly Date, bool IsOpen, IReadOnlyList<Opening> Openings)
{
    private CalendarException? Exception { get; init; }

    internal static DayHours Of(BranchCalendar calendar, DateOnly date)
    {
        var hours = calendar.HoursOn(date);
        return new(date, !hours.IsClosed, [.. hours.Intervals.Select(one => new Opening(one.Opens, one.Closes))]) { Exception = calendar.ExceptionOn(date) };
    }

    /// <summary>What makes the day unlike others, such as a holiday; null on an ordinary day.</summary>
    /// <param name="language">The language of the answer; that of the request unless told otherwise.</param>
    public string? Occasion(Language? language = null) => Exception?.LocalName.In(language);
}

/// <summary>A stretch of a day during which the doors are open.</summary>
/// <param name="Opens">When they open, by the library's clock.</param>
/// <param name="Closes">When they close, by the library's clock.</param>
public sealed record Opening(TimeOnly Opens, TimeOnly Closes);
