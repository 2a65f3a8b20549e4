using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Members;
using Metro.Library.Policies;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>
/// Whether a member may have one more copy, keep one longer, or wait for one: the same questions at the desk, on the
/// telephone and at a machine.
/// </summary>
internal sealed class LendingGate(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>What a member has and owes.</summary>
    public sealed record Standing(Member Member, TermsOfCategory Terms, IReadOnlyList<OpenLoan> Loans, long Owed, int MostOwed)
    {
        public bool OwesTooMuch => Owed >= MostOwed;
    }

    public sealed record OpenLoan(long Id, long TitleId, TitleFormat Format, DateOnly DueOn, LoanState State, DateOnly? ClaimedReturnedOn);

    public async Task<Standing> StandingOfAsync(Member member, CancellationToken stop)
    {
        var terms = await TermsTable.ReadAsync(db, member.Category, stop);
        var loans = await db.Loans.AsNoTracking().Open().Of(member.Id)
            .Select(loan => new OpenLoan(loan.Id, loan.TitleId, loan.Format, loan.DueOn, loan.State, loan.ClaimedReturnedOn)).ToListAsync(stop);
        var owed = await db.Fines.Where(fine => fine.MemberId == member.Id && fine.Outstanding > 0).SumAsync(fine => (long)fine.Outstanding, stop);
        return new Standing(member, terms, loans, owed, (await db.LimitsAsync(settings, stop)).MostOwed);
    }

    /// <summary>May the member borrow one more copy of this format?</summary>
    public Refusal? ToBorrow(Standing standing, TitleFormat format) =>
        ToUseTheLibrary(standing, exceptLoan: null)
        ?? (standing.Loans.Count >= standing.Terms.MostLoans ? CirculationRefusals.TooManyLoans(standing.Terms.MostLoans) : null)
        ?? (standing.Terms.MostLoansOf(format) is { } most && standing.Loans.Count(loan => loan.Format == format) >= most
            ? CirculationRefusals.TooManyOfFormat(most)
            : null);

    /// <summary>Everything that keeps the member from borrowing now, whatever the format.</summary>
    public IReadOnlyList<Refusal> AgainstBorrowing(Standing standing)
    {
        var today = calendar.Today;
        if (standing.Member.CannotUseCardOn(today) is { } card) return [card];

        var against = new List<Refusal>();
        if (standing.OwesTooMuch) against.Add(CirculationRefusals.OwesTooMuch(standing.Owed));
        if (FirstOverdue(standing, exceptLoan: null) is { } late) against.Add(late);
        if (standing.Loans.Count >= standing.Terms.MostLoans) against.Add(CirculationRefusals.TooManyLoans(standing.Terms.MostLoans));
        return against;
    }

    /// <summary>May the member keep this copy for longer? Limits are checked again: the category may have changed (DOMAIN.md rule 4).</summary>
    private Refusal? ToRenew(Standing standing, Loan loan) =>
        ToUseTheLibrary(standing, exceptLoan: loan.Id)
        ?? (standing.Loans.Count > standing.Terms.MostLoans ? CirculationRefusals.TooManyLoans(standing.Terms.MostLoans) : null)
        ?? (standing.Terms.MostLoansOf(loan.Format) is { } most && standing.Loans.Count(one => one.Format == loan.Format) > most
            ? CirculationRefusals.TooManyOfFormat(most)
            : null);

    /// <summary>Why a loan is not renewed, of all that there is to ask; null when it may be.</summary>
    /// <param name="standing">What the borrower has and owes.</param>
    /// <param name="loan">The loan.</param>
    /// <param name="due">When it would be due.</param>
    /// <param name="stop">Ends the search for those who wait.</param>
    public async Task<Refusal?> WhyNotRenewAsync(Standing standing, Loan loan, DueDate due, CancellationToken stop)
    {
        if (loan.State != LoanState.Out) return CirculationRefusals.NotOut;
        if (ToRenew(standing, loan) is { } refusal) return refusal;
        var (today, most) = (calendar.Today, standing.Terms.For(loan.Format).MostRenewals);
        if (loan.IsOverdueOn(today)) return CirculationRefusals.Overdue(loan.DueOn);
        if (loan.Renewals >= most) return CirculationRefusals.NoRenewalsLeft(most);
        if (await db.Holds.QueueFor(loan.TitleId).NotSuspendedOn(today).AnyAsync(stop)) return CirculationRefusals.SomeoneWaiting;
        return due.Date <= loan.DueOn ? CirculationRefusals.NothingGained(due) : null;
    }

    /// <summary>May the member join a queue?</summary>
    public Refusal? ToWait(Standing standing, int activeHolds) =>
        standing.Member.CannotUseCardOn(calendar.Today)
        ?? (standing.OwesTooMuch ? CirculationRefusals.OwesTooMuch(standing.Owed) : null)
        ?? (activeHolds >= standing.Terms.MostHolds ? CirculationRefusals.TooManyHolds(standing.Terms.MostHolds) : null);

    private Refusal? ToUseTheLibrary(Standing standing, long? exceptLoan)
    {
        var today = calendar.Today;
        if (standing.Member.CannotUseCardOn(today) is { } card) return card;
        if (standing.OwesTooMuch) return CirculationRefusals.OwesTooMuch(standing.Owed);
        return FirstOverdue(standing, exceptLoan);
    }

    private Refusal? FirstOverdue(Standing standing, long? exceptLoan)
    {
        if (settings.Circulation.LendsWhileOverdue) return null;

        var today = calendar.Today;
        var late = standing.Loans.Where(loan => loan.State == LoanState.Out && loan.ClaimedReturnedOn is null && loan.DueOn < today && loan.Id != exceptLoan).Select(loan => loan.DueOn).DefaultIfEmpty().Min();
        return late == default ? null : CirculationRefusals.HasOverdue(late);
    }
}
