using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Visits;

/// <summary>
/// What visits keep about a member: those of the school for which the member stands, known by its national number. They are the
/// school's and stay with it, also when the member leaves; no pupil is named in them (DOMAIN.md rules 10 and 11).
/// </summary>
internal sealed class VisitRecords : IMemberRecords
{
    public string Name => "visits";

    public Task<IReadOnlyList<Refusal>> OpenBusinessAsync(LibraryDbContext db, long memberId, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<Refusal>>([]);

    public async Task<object> ExportAsync(LibraryDbContext db, long memberId, CancellationToken stop)
    {
        var npsn = await db.Members.AsNoTracking().Where(member => member.Id == memberId).Select(member => member.Npsn).FirstOrDefaultAsync(stop);
        return await db.Visits.AsNoTracking().Where(visit => npsn != null && visit.School.Npsn == npsn).OrderBy(visit => visit.Id).Select(visit => new
        {
            School = visit.School.Name, visit.School.ContactName, visit.School.ContactEmail, Offer = visit.Offer.Name, visit.StartsAt, visit.EndsAt, visit.ClassName, visit.Children, visit.Adults,
            visit.Needs, visit.Note, visit.Status, visit.Reason, visit.RequestedAt,
        }).ToListAsync(stop);
    }

    public Task EraseAsync(LibraryDbContext db, long memberId, CancellationToken stop) => Task.CompletedTask;

    public Task MoveAsync(LibraryDbContext db, long fromMemberId, long toMemberId, CancellationToken stop) => Task.CompletedTask;
}
