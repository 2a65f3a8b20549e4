using Metro.Data;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>An appointment: a publication or a withdrawal at an instant.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="DisplayText">What it is called.</param>
/// <param name="Type">Its content type.</param>
/// <param name="IsPublication">True for a publication, false for a withdrawal.</param>
/// <param name="DueUtc">When.</param>
/// <param name="RefusalCode">Why it was not done when it was due; null while it is to come.</param>
public sealed record Appointment(string ItemId, string DisplayText, string Type, bool IsPublication, DateTime DueUtc, string? RefusalCode);

/// <summary>What a run of the schedule did.</summary>
/// <param name="Published">How many items it published.</param>
/// <param name="Archived">How many it withdrew.</param>
/// <param name="Refused">How many publications were refused; they wait for an editor.</param>
public sealed record ScheduleRun(int Published, int Archived, int Refused);

/// <summary>Publications and withdrawals at their time. The appointments are parts of the items; these are their rows.</summary>
public sealed class Schedules(ContentDbContext db, ContentStore store)
{
    /// <summary>
    /// Does what is due by <paramref name="now"/>, oldest first, each in a transaction of its own: safe to
    /// run again, on several nodes, and after a crash. What is published so bears the appointed time, not
    /// the time of the run.
    /// </summary>
    /// <param name="now">The instant, in UTC.</param>
    /// <param name="limit">The most appointments of one run.</param>
    /// <param name="stop">Stops after the appointment under way.</param>
    /// <exception cref="AggregateException">Some failed for reasons of the world; they are due still, and all others were done.</exception>
    public async Task<ScheduleRun> RunDueAsync(DateTime now, int limit = 200, CancellationToken stop = default)
    {
        var due = await db.Schedules.AsNoTracking().Where(row => row.RefusalCode == null && row.DueUtc <= now)
            .OrderBy(row => row.DueUtc).ThenBy(row => row.VersionId).Take(limit).ToListAsync(stop);
        int published = 0, archived = 0, refused = 0;
        var failures = new List<Exception>();
        foreach (var row in due)
        {
            Outcome<ContentItem> outcome;
            try
            {
                outcome = await store.RunScheduledAsync(row.VersionId, row.Act, stop);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // One appointment that fails for reasons of the world does not hold back those after it.
                failures.Add(failure);
                continue;
            }

            if (outcome.Succeeded && row.Act == ScheduledAct.Publish) published++;
            else if (outcome.Succeeded) archived++;
            else if (outcome.Refusal != Refusal.NotFound)
            {
                refused++;
                await RecordAsync(row, outcome.Refusal.Code, stop);
            }
        }

        return failures.Count == 0 ? new ScheduleRun(published, archived, refused) : throw new AggregateException(failures);
    }

    /// <summary>The appointments to come and those that were refused, soonest first.</summary>
    public async Task<IReadOnlyList<Appointment>> ToComeAsync(int limit = 100, CancellationToken stop = default) =>
        await (from row in db.Schedules
               join version in db.Versions on row.VersionId equals version.VersionId
               join item in db.Items on row.ItemId equals item.ItemId
               orderby row.DueUtc, row.VersionId
               select new Appointment(row.ItemId, version.DisplayText, item.Type, row.Act == ScheduledAct.Publish, row.DueUtc, row.RefusalCode))
            .Take(Math.Clamp(limit, 1, 500)).ToListAsync(stop);

    private Task RecordAsync(ScheduleRow due, string code, CancellationToken stop) => db.WriteAsync(inner => db.Schedules
        .Where(row => row.VersionId == due.VersionId && row.Act == due.Act)
        .ExecuteUpdateAsync(row => row.SetProperty(r => r.RefusalCode, code), inner), stop);
}
