using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Members;

/// <summary>What members do with books.</summary>
[MutationType]
[Authorize(Permissions.WriteOwn)]
internal static class CirculationMutations
{
    /// <summary>Joins the queue for a book, or claims a copy that stands on the shelf.</summary>
    /// <param name="book">The book.</param>
    /// <param name="pickupBranch">Where it will be picked up.</param>
    /// <param name="member">For whom; oneself unless told otherwise. A guardian acts for a child, the desk for anybody.</param>
    public static async Task<FieldResult<Hold, RefusalError>> PlaceHoldAsync(
        [ID<Title>] long book, [ID<Branch>] long pickupBranch, HoldQueue queue, LibraryDbContext db, Acting acting, CancellationToken stop, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        if (who.Refusal is { } no) return new RefusalError(no);
        var placed = await queue.PlaceAsync(who.Value.MemberId, book, pickupBranch, who.Value.By, stop);
        return await placed.ThenAsync(hold => HoldAsync(db, hold.HoldId, stop));
    }

    /// <summary>Gives a hold up; its copy is offered to the next in the queue.</summary>
    /// <param name="hold">The hold.</param>
    public static Task<FieldResult<Hold, RefusalError>> CancelHoldAsync(
        [ID<Hold>] long hold, HoldQueue queue, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(hold, by => queue.CancelAsync(hold, by, stop), db, acting, stop);

    /// <summary>Lets others go first for a while; the place in the queue is kept.</summary>
    /// <param name="hold">The hold.</param>
    /// <param name="through">The last day of the suspension.</param>
    public static Task<FieldResult<Hold, RefusalError>> SuspendHoldAsync(
        [ID<Hold>] long hold, DateOnly through, HoldQueue queue, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(hold, by => queue.SuspendAsync(hold, through, by, stop), db, acting, stop);

    /// <summary>Ends the suspension of a hold.</summary>
    /// <param name="hold">The hold.</param>
    public static Task<FieldResult<Hold, RefusalError>> ResumeHoldAsync(
        [ID<Hold>] long hold, HoldQueue queue, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(hold, by => queue.SuspendAsync(hold, null, by, stop), db, acting, stop);

    /// <summary>Picks a hold up elsewhere; only while no copy has been claimed for it.</summary>
    /// <param name="hold">The hold.</param>
    /// <param name="branch">Where it will be picked up.</param>
    public static Task<FieldResult<Hold, RefusalError>> ChangePickupBranchAsync(
        [ID<Hold>] long hold, [ID<Branch>] long branch, HoldQueue queue, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(hold, by => queue.PickUpAtAsync(hold, branch, by, stop), db, acting, stop);

    /// <summary>Renews a loan. Membership, limits and the queue are looked at again; a loan is never shortened.</summary>
    /// <param name="loan">The loan.</param>
    public static async Task<FieldResult<RenewedLoan, RefusalError>> RenewLoanAsync(
        [ID<Loan>] long loan, CirculationDesk desk, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        var by = await acting.AsAnyoneAsync(stop);
        if (by.Refusal is { } no) return new RefusalError(no);
        return await (await desk.RenewAsync(loan, by.Value, stop)).ThenAsync(renewed => RenewedLoan.OfAsync(db, renewed, stop));
    }

    /// <summary>Renews whatever can be renewed; what cannot says why.</summary>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    [UseMutationConvention(PayloadFieldName = "renewals")]
    public static async Task<FieldResult<IReadOnlyList<LoanRenewal>, RefusalError>> RenewAllLoansAsync(
        CirculationDesk desk, LibraryDbContext db, Acting acting, CancellationToken stop, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        if (who.Refusal is { } no) return new RefusalError(no);
        var answers = await desk.RenewAllAsync(who.Value.MemberId, who.Value.By, stop);
        if (answers.Refusal is { } refusal) return new RefusalError(refusal);

        var ids = answers.Value.Select(one => one.Asked).ToArray();
        var loans = await db.Loans.AsNoTracking().Where(loan => ids.Contains(loan.Id)).ToDictionaryAsync(loan => loan.Id, stop);
        return new(answers.Value.Select(one => new LoanRenewal(
            loans[one.Asked], one.Outcome.Succeeded, one.Outcome.Refusal is { } why ? new RefusalError(why) : null)).ToList());
    }

    internal static Task<Hold> HoldAsync(LibraryDbContext db, long id, CancellationToken stop) => db.Holds.AsNoTracking().SingleAsync(hold => hold.Id == id, stop);

    private static async Task<FieldResult<Hold, RefusalError>> ChangeAsync(
        long id, Func<Actor, Task<Refusal?>> change, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        var by = await acting.AsAnyoneAsync(stop);
        return by.Refusal is { } no ? new RefusalError(no) : await (await change(by.Value)).OrAsync(() => HoldAsync(db, id, stop));
    }
}

/// <summary>A loan that was renewed.</summary>
/// <param name="Loan">The loan as it is now.</param>
/// <param name="DueBecause">When it is due, and why then, in the language of the request: "due Monday 24 November: Sunday is closed".</param>
/// <param name="RenewalsLeft">How often it can still be renewed.</param>
public sealed record RenewedLoan(Loan Loan, string DueBecause, int RenewalsLeft)
{
    internal static async Task<RenewedLoan> OfAsync(LibraryDbContext db, Renewed renewed, CancellationToken stop) =>
        new(await db.Loans.AsNoTracking().SingleAsync(loan => loan.Id == renewed.LoanId, stop), renewed.Due.In(null), renewed.RenewalsLeft);
}

/// <summary>What became of one loan when all were to be renewed.</summary>
/// <param name="Loan">The loan as it is now.</param>
/// <param name="Renewed">Whether it was renewed.</param>
/// <param name="Refusal">Why not; null when it was.</param>
public sealed record LoanRenewal(Loan Loan, bool Renewed, RefusalError? Refusal);
