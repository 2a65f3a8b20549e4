using Metro.Library.Calendar;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Elending;

/// <summary>What e-lending keeps about a member: loans and holds (DOMAIN.md rules 10 and 11).</summary>
internal sealed class DigitalRecords(LibraryCalendar calendar, LibrarySettings settings) : IMemberRecords
{
    public string Name => "elending";

    /// <summary>A loan that ends by itself keeps nobody from leaving.</summary>
    public Task<IReadOnlyList<Refusal>> OpenBusinessAsync(LibraryDbContext db, long memberId, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<Refusal>>([]);

    public async Task<object> ExportAsync(LibraryDbContext db, long memberId, CancellationToken stop) => new
    {
        Loans = await db.DigitalLoans.AsNoTracking().Where(one => one.MemberId == memberId).OrderBy(one => one.Id)
            .Select(one => new { one.Licence.Title, one.LentAt, one.DueAt, one.EndedAt }).ToListAsync(stop),
        Holds = await db.DigitalHolds.AsNoTracking().Where(one => one.MemberId == memberId).OrderBy(one => one.Id)
            .Select(one => new { one.ResourceKey, one.PlacedAt, one.Status, one.OfferExpiresAt, one.EndedAt }).ToListAsync(stop),
    };

    public async Task EraseAsync(LibraryDbContext db, long memberId, CancellationToken stop)
    {
        var (loans, holds) = await OfAsync(db, memberId, stop);
        var open = loans.Where(one => one.EndedAt is null).Select(one => one.ResourceKey).Concat(holds.Where(one => one.EndedAt is null).Select(one => one.ResourceKey)).Distinct().ToList();
        foreach (var loan in loans.Where(one => one.EndedAt is null)) loan.End(calendar.Now);
        foreach (var hold in holds.Where(one => one.EndedAt is null)) hold.GiveUp(DigitalHoldStatus.Cancelled, calendar.Now);
        await UnlinkAsync(db, loans, holds, stop);
        foreach (var key in open) await db.SettleAsync(key, calendar, settings, stop);
    }

    public async Task MoveAsync(LibraryDbContext db, long fromMemberId, long toMemberId, CancellationToken stop)
    {
        var (loans, holds) = await OfAsync(db, fromMemberId, stop);
        var (ownLoans, ownHolds) = await OfAsync(db, toMemberId, stop);
        var freed = new HashSet<string>();
        // One person reads one book once, and waits for it once.
        foreach (var twice in loans.Where(one => one.EndedAt is null && ownLoans.Exists(own => own.EndedAt is null && own.ResourceKey == one.ResourceKey)))
        {
            twice.End(calendar.Now);
            freed.Add(twice.ResourceKey);
        }

        foreach (var twice in holds.Where(one => one.EndedAt is null && ownHolds.Exists(own => own.EndedAt is null && own.ResourceKey == one.ResourceKey)))
        {
            twice.GiveUp(DigitalHoldStatus.Cancelled, calendar.Now);
            freed.Add(twice.ResourceKey);
        }

        foreach (var loan in loans) loan.MoveTo(toMemberId);
        foreach (var hold in holds) hold.MoveTo(toMemberId);
        await db.SaveChangesAsync(stop);
        foreach (var key in freed) await db.SettleAsync(key, calendar, settings, stop);
    }

    /// <summary>Unlinks what ended before an instant, unless the member asked for a history; within the caller's write, which saves.</summary>
    /// <returns>How many loans and holds.</returns>
    internal static async Task<int> UnlinkEndedAsync(LibraryDbContext db, DateTime before, int most, CancellationToken stop)
    {
        var loans = await db.DigitalLoans.Where(one => one.MemberId != null && one.EndedAt < before)
            .Where(one => !db.Members.Any(member => member.Id == one.MemberId && member.KeepsLoanHistory)).OrderBy(one => one.EndedAt).Take(most).ToListAsync(stop);
        var holds = await db.DigitalHolds.Where(one => one.MemberId != null && one.EndedAt < before)
            .Where(one => !db.Members.Any(member => member.Id == one.MemberId && member.KeepsLoanHistory)).OrderBy(one => one.EndedAt).Take(most).ToListAsync(stop);
        await UnlinkAsync(db, loans, holds, stop);
        return loans.Count + holds.Count;
    }

    private static async Task UnlinkAsync(LibraryDbContext db, IReadOnlyList<DigitalLoan> loans, IReadOnlyList<DigitalHold> holds, CancellationToken stop)
    {
        List<string> subjects = [.. loans.Select(one => one.Subject.ToString()), .. holds.Select(one => one.Subject.ToString())];
        foreach (var loan in loans) loan.Unlink();
        foreach (var hold in holds) hold.Unlink();
        db.RemoveRange(await db.OutboxMessages.Where(message => subjects.Contains(message.Subject)).ToListAsync(stop));
    }

    private static async Task<(List<DigitalLoan> Loans, List<DigitalHold> Holds)> OfAsync(LibraryDbContext db, long memberId, CancellationToken stop) => (
        await db.DigitalLoans.Include(one => one.Licence).Where(one => one.MemberId == memberId).ToListAsync(stop),
        await db.DigitalHolds.Include(one => one.Licence).Where(one => one.MemberId == memberId).ToListAsync(stop));
}
