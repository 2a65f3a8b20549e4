using Metro.Library.Calendar;
using Metro.Library.Elending;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>Unlinks what has ended from the people it concerned (DOMAIN.md rule 11).</summary>
public sealed class LoanPrivacy(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>How many loans and holds are unlinked in one transaction.</summary>
    public const int Batch = 200;

    /// <summary>
    /// Unlinks loans that ended some time ago, unless the member opted in to a history or still owes for them, and holds likewise, also those of e-books; with
    /// the messages and audit lines that would tell whose they were. Counts and statistics stay.
    /// </summary>
    /// <returns>How many loans and holds were unlinked; call again until none is.</returns>
    public Task<int> UnlinkEndedAsync(CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        var before = calendar.Now.AddDays(-settings.Members.KeepReturnedLoansDays);
        var loans = await db.Loans
            .Where(loan => loan.MemberId != null && loan.EndedAt < before)
            .Where(loan => !db.Members.Any(member => member.Id == loan.MemberId && member.KeepsLoanHistory))
            .Where(loan => !db.Fines.Any(fine => fine.LoanId == loan.Id && fine.Outstanding > 0))
            .OrderBy(loan => loan.EndedAt).ThenBy(loan => loan.Id).Take(Batch).ToListAsync(inner);
        var holds = await db.Holds
            .Where(hold => hold.MemberId != null && hold.EndedAt < before)
            .Where(hold => !db.Members.Any(member => member.Id == hold.MemberId && member.KeepsLoanHistory))
            .OrderBy(hold => hold.EndedAt).ThenBy(hold => hold.Id).Take(Batch).ToListAsync(inner);
        await UnlinkAsync(db, loans, holds, inner);
        var scannedBefore = calendar.Now.AddDays(-DeskScan.KeptDays);
        await db.DeskScans.Where(scan => scan.At < scannedBefore).ExecuteDeleteAsync(inner);
        var digital = await DigitalRecords.UnlinkEndedAsync(db, before, Batch, inner);
        await db.SaveChangesAsync(inner);
        return loans.Count + holds.Count + digital;
    }, stop);

    /// <summary>Within the caller's transaction.</summary>
    internal static async Task UnlinkAsync(LibraryDbContext db, IReadOnlyList<Loan> loans, IReadOnlyList<Hold> holds, CancellationToken stop)
    {
        var loanIds = loans.Select(loan => loan.Id).ToList();
        var fines = await db.Fines.Where(fine => loanIds.Contains(fine.LoanId)).ToListAsync(stop);
        List<string> subjects = [.. loans.Select(loan => loan.Subject.ToString()), .. holds.Select(hold => hold.Subject.ToString()), .. fines.Select(fine => fine.Subject.ToString())];

        foreach (var loan in loans) loan.Unlink();
        foreach (var hold in holds) hold.Unlink();
        foreach (var fine in fines) fine.Unlink();
        db.RemoveRange(await db.OutboxMessages.Where(message => subjects.Contains(message.Subject)).ToListAsync(stop));
        foreach (var line in await db.AuditLines.Where(line => subjects.Contains(line.Subject)).ToListAsync(stop)) line.ForgetPerson();
        foreach (var suspension in await db.Suspensions.Where(one => one.Cause != null && subjects.Contains(one.Cause)).ToListAsync(stop)) suspension.ForgetCause();
    }
}

/// <summary>What circulation keeps about members.</summary>
internal sealed class CirculationRecords(HoldQueue queue) : IMemberRecords
{
    public string Name => "circulation";

    public async Task<IReadOnlyList<Refusal>> OpenBusinessAsync(LibraryDbContext db, long memberId, CancellationToken stop)
    {
        var copies = await db.Loans.Open().Of(memberId).CountAsync(stop);
        var owed = await db.Fines.Where(fine => fine.MemberId == memberId && fine.Outstanding > 0).SumAsync(fine => (long)fine.Outstanding, stop);
        var open = new List<Refusal>();
        if (copies > 0) open.Add(CirculationRefusals.CopiesOut(copies));
        if (owed > 0) open.Add(CirculationRefusals.Owes(owed));
        return open;
    }

    public async Task<object> ExportAsync(LibraryDbContext db, long memberId, CancellationToken stop)
    {
        var fines = await db.Fines.AsNoTracking().Where(fine => fine.MemberId == memberId).OrderBy(fine => fine.Id).ToListAsync(stop);
        var fineIds = fines.Select(fine => fine.Id).ToList();
        return new
        {
            Loans = await (
                from loan in db.Loans
                where loan.MemberId == memberId
                join copy in db.Copies on loan.CopyId equals copy.Id
                orderby loan.Id
                select new { copy.Barcode, Title = copy.Title!.Name, loan.LentAt, loan.DueOn, loan.Renewals, loan.State, loan.ReturnedOn }).ToListAsync(stop),
            Holds = await (
                from hold in db.Holds
                where hold.MemberId == memberId
                join title in db.Titles on hold.TitleId equals title.Id
                orderby hold.Id
                select new { Title = title.Name, hold.PlacedAt, hold.State, hold.PickupBy, hold.EndedAt }).ToListAsync(stop),
            Fines = fines.Select(fine => new { fine.Id, fine.Reason, fine.Amount, fine.Outstanding, fine.DaysLate, fine.Note, fine.AssessedAt }),
            Payments = await db.FinePayments.Where(payment => fineIds.Contains(payment.FineId)).OrderBy(payment => payment.Id)
                .Select(payment => new { payment.FineId, payment.Amount, payment.Method, payment.ReceiptNumber, payment.At }).ToListAsync(stop),
            Waivers = await db.FineWaivers.Where(waiver => fineIds.Contains(waiver.FineId)).OrderBy(waiver => waiver.Id)
                .Select(waiver => new { waiver.FineId, waiver.Amount, waiver.Reason, waiver.At }).ToListAsync(stop),
        };
    }

    public async Task EraseAsync(LibraryDbContext db, long memberId, CancellationToken stop)
    {
        await queue.CancelAllOfAsync(memberId, stop);
        db.RemoveRange(await db.WrongCodes.Where(one => one.MemberId == memberId).ToListAsync(stop));
        await LoanPrivacy.UnlinkAsync(db,
            await db.Loans.Where(loan => loan.MemberId == memberId).ToListAsync(stop),
            await db.Holds.Where(hold => hold.MemberId == memberId).ToListAsync(stop), stop);
    }

    public async Task MoveAsync(LibraryDbContext db, long fromMemberId, long toMemberId, CancellationToken stop)
    {
        foreach (var loan in await db.Loans.Where(one => one.MemberId == fromMemberId).ToListAsync(stop)) loan.MoveTo(toMemberId);
        foreach (var fine in await db.Fines.Where(one => one.MemberId == fromMemberId).ToListAsync(stop)) fine.MoveTo(toMemberId);

        var holds = await db.Holds.Where(one => one.MemberId == fromMemberId || (one.MemberId == toMemberId && one.EndedAt == null)).OrderBy(one => one.Id).ToListAsync(stop);
        foreach (var twice in holds.Where(one => one.IsActive).GroupBy(one => one.TitleId).Where(same => same.Count() > 1))
        {
            // Whichever has come further stays; among equals the earlier place.
            var kept = twice.OrderByDescending(one => one.State).ThenBy(one => one.Id).First();
            foreach (var other in twice.Where(one => one != kept)) await queue.CancelWithinAsync(other, stop);
        }

        foreach (var hold in holds.Where(one => one.MemberId == fromMemberId)) hold.MoveTo(toMemberId);
        await db.SaveChangesAsync(stop);
    }
}
