using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>
/// Whether a member may have one more copy, keep one longer, or wait for one: the same questions at the desk, on the
/// telephone and at a machine.
/// </summary>
internal sealed class LendingGate(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>What a member has and owes.</summary>
    public sealed record Standing(Member Member, TermsOfCategory Terms, IReadOnlyList<OpenLoan> Loans, long Owed);

    public sealed record OpenLoan(long Id, long TitleId, TitleFormat Format, DateOnly DueOn, LoanState State);

    public async Task<Standing> StandingOfAsync(Member member, CancellationToken stop)
    {
        var terms = await TermsTable.ReadAsync(db, member.Category, stop);
        var loans = await db.Loans.AsNoTracking().Open().Of(member.Id)
            .Select(loan => new OpenLoan(loan.Id, loan.TitleId, loan.Format, loan.DueOn, loan.State)).ToListAsync(stop);
        var owed = await db.Fines.Where(fine => fine.MemberId == member.Id && fine.Outstanding > 0).SumAsync(fine => (long)fine.Outstanding, stop);
        return new Standing(member, terms, loans, owed);
    }

    /// <summary>May the member borrow one more copy of this format?</summary>
    public Refusal? ToBorrow(Standing standing, TitleFormat format) =>
        ToUseTheLibrary(standing, exceptLoan: null)
        ?? (standing.Loans.Count >= standing.Terms.MostLoans ? CirculationRefusals.TooManyLoans(standing.Terms.MostLoans) : null)
        ?? (standing.Terms.MostLoansOf(format) is { } most && standing.Loans.Count(loan => loan.Format == format) >= most
            ? CirculationRefusals.TooManyOfFormat(most)
            : null);

    /// <summary>May the member keep this copy for longer? Limits are checked again: the category may have changed (DOMAIN.md rule 4).</summary>
    public Refusal? ToRenew(Standing standing, Loan loan) =>
        ToUseTheLibrary(standing, exceptLoan: loan.Id)
        ?? (standing.Loans.Count > standing.Terms.MostLoans ? CirculationRefusals.TooManyLoans(standing.Terms.MostLoans) : null)
        ?? (standing.Terms.MostLoansOf(loan.Format) is { } most && standing.Loans.Count(one => one.Format == loan.Format) > most
            ? CirculationRefusals.TooManyOfFormat(most)
            : null);

    /// <summary>May the member join a queue?</summary>
    public Refusal? ToWait(Standing standing, int activeHolds) =>
        standing.Member.CannotUseCardOn(calendar.Today)
        ?? (standing.Owed >= settings.Circulation.MostOwed ? CirculationRefusals.OwesTooMuch(standing.Owed) : null)
        ?? (activeHolds >= standing.Terms.MostHolds ? CirculationRefusals.TooManyHolds(standing.Terms.MostHolds) : null);

    private Refusal? ToUseTheLibrary(Standing standing, long? exceptLoan)
    {
        var today = calendar.Today;
        if (standing.Member.CannotUseCardOn(today) is { } card) return card;
        if (standing.Owed >= settings.Circulation.MostOwed) return CirculationRefusals.OwesTooMuch(standing.Owed);
        if (settings.Circulation.LendsWhileOverdue) return null;

        var late = standing.Loans.Where(loan => loan.State == LoanState.Out && loan.DueOn < today && loan.Id != exceptLoan).Select(loan => loan.DueOn).DefaultIfEmpty().Min();
        return late == default ? null : CirculationRefusals.HasOverdue(late);
    }
}
