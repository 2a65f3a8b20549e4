namespace Metro.Library.Calendar;

/// <summary>The ordinary week of a branch. Not thread-safe: one per request.</summary>
public sealed class BranchHours(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>
    /// Changes the weekly pattern of a branch; it holds for what is decided from now on. What has been agreed keeps its date: announce
    /// an exception for days on which people would stand before a shut door, so that they are told.
    /// </summary>
    public Task<Refusal?> ChangeAsync(long branchId, WeeklyHours week, Actor by, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        if (await db.Branches.FindAsync([branchId], inner) is not { } branch) return CalendarRefusals.UnknownBranch($"{branchId}");
        if (branch.Week.Equals(week)) return null;

        var before = branch.Week.ToString();
        branch.Week = week;
        db.Audit(by, "branch.hours_changed", new Subject("branch", branchId), calendar.Now, new { Week = before }, new { Week = week.ToString() });
        await db.SaveChangesAsync(inner);
        return (Refusal?)null;
    }, stop);
}
