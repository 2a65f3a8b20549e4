using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>A copy that a member has, and what can be done about it today.</summary>
/// <param name="LoanId">The loan.</param>
/// <param name="TitleId">Its title.</param>
/// <param name="Barcode">The copy.</param>
/// <param name="Due">When it is due, and why then as far as the calendar still tells.</param>
/// <param name="IsLost">Whether the member reported it lost.</param>
/// <param name="IsOverdue">Whether it is late today.</param>
/// <param name="RenewedToday">Whether it was renewed today already.</param>
/// <param name="RenewalsLeft">How often its terms let it be renewed.</param>
/// <param name="NotRenewed">Why it could not be renewed now; null where it could.</param>
/// <param name="IfReturnedToday">What being late would cost if it came back today.</param>
public sealed record BorrowedCopy(
    long LoanId, long TitleId, string Barcode, DueDate Due, bool IsLost, bool IsOverdue, bool RenewedToday, int RenewalsLeft, Refusal? NotRenewed, Lateness IfReturnedToday);

/// <summary>
/// What a member has borrowed, each with the answer that a renewal would get: by the rules that the desk asks, without changing
/// anything. Not thread-safe: one per request.
/// </summary>
public sealed class BorrowedCopies(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    private readonly LendingGate gate = new(db, calendar, settings);

    /// <summary>The open loans of a member, the first due first; none for somebody who is no member.</summary>
    public async Task<IReadOnlyList<BorrowedCopy>> OfAsync(long memberId, CancellationToken stop = default)
    {
        if (await db.Members.AsNoTracking().FirstOrDefaultAsync(one => one.Id == memberId, stop) is not { } member) return [];

        var rows = await (
            from loan in db.Loans.AsNoTracking().Open().Of(memberId)
            join copy in db.Copies on loan.CopyId equals copy.Id
            orderby loan.DueOn, loan.Id
            select new { Loan = loan, copy.Barcode }).ToListAsync(stop);
        if (rows.Count == 0) return [];

        var (standing, today) = (await gate.StandingOfAsync(member, stop), calendar.Today);
        var branches = new Dictionary<long, BranchCalendar>();
        foreach (var id in rows.Select(row => row.Loan.BranchId).Distinct()) branches[id] = await calendar.OfAsync(db, id, stop);

        var borrowed = new List<BorrowedCopy>(rows.Count);
        foreach (var (loan, barcode) in rows.Select(row => (row.Loan, row.Barcode)))
        {
            var (branch, terms) = (branches[loan.BranchId], standing.Terms.For(loan.Format));
            var next = branch.DueAfter(today, terms.LoanDays, member.MembershipEnd);
            borrowed.Add(new BorrowedCopy(
                loan.Id, loan.TitleId, barcode, Explained(loan, branch.DueAfter(loan.RenewedOn ?? loan.LentOn, terms.LoanDays, member.MembershipEnd)),
                loan.State == LoanState.Lost, loan.IsOverdueOn(today), loan.RenewedOn == today, Math.Max(0, terms.MostRenewals - loan.Renewals),
                await gate.WhyNotRenewAsync(standing, loan, next, stop), Lateness.Of(loan.DueOn, today, terms, branch)));
        }

        return borrowed;
    }

    /// <summary>Terms and closures may have changed since: what would explain another date explains nothing.</summary>
    private static DueDate Explained(Loan loan, DueDate computed) => computed.Date == loan.DueOn ? computed : new DueDate(loan.DueOn, loan.DueOn, [], null);
}
