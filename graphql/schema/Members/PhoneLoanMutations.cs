using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Portal.Schema.Callers;
using Metro.Portal.Schema.Desk;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Members;

/// <summary>What members do with their own telephones at a point of the library, and with their calendars.</summary>
[MutationType]
[Authorize(Permissions.WriteOwn)]
internal static class PhoneLoanMutations
{
    /// <summary>Proves that one is at the library, by the code that a screen there shows now; gives a pass for some minutes.</summary>
    /// <param name="code">What the screen shows.</param>
    /// <param name="purpose">What one is about to do.</param>
    public static async Task<FieldResult<Arrival, RefusalError>> ArriveAsync(
        string code, PointPurpose purpose, PresencePoints points, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await points.ArriveAsync(code, purpose, await SelfAsync(acting, stop), stop)).ThenAsync(async presence =>
            new Arrival(presence.Pass, await db.Branches.AsNoTracking().SingleAsync(branch => branch.Id == presence.BranchId, stop), presence.ValidUntil));

    /// <summary>Borrows a copy that one has in hand, by the rules of the desk.</summary>
    /// <param name="pass">From `arrive`, for borrowing.</param>
    /// <param name="barcode">The copy's.</param>
    /// <param name="member">For whom; oneself unless told otherwise. A guardian borrows for a child.</param>
    public static async Task<FieldResult<CopyLent, RefusalError>> BorrowCopyAsync(
        string pass, string barcode, PhoneLoans loans, LibraryDbContext db, Acting acting, CancellationToken stop, [ID<Member>] long? member = null)
    {
        var by = await SelfAsync(acting, stop);
        return await (await loans.BorrowAsync(member ?? by.MemberId ?? 0, pass, barcode, by, stop)).ThenAsync(async lent =>
            new CopyLent(await db.Loans.AsNoTracking().SingleAsync(loan => loan.Id == lent.LoanId, stop), lent.Due.In(null), lent.Repeated));
    }

    /// <summary>Returns a copy of one's own, or of a child, into the box of a return point.</summary>
    /// <param name="pass">From `arrive`, for returning.</param>
    /// <param name="barcode">The copy's.</param>
    public static async Task<FieldResult<Loan, RefusalError>> ReturnCopyAsync(
        string pass, string barcode, PhoneLoans loans, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await loans.ReturnAsync(pass, barcode, await SelfAsync(acting, stop), stop)).ThenAsync(taken => db.Loans.AsNoTracking().SingleAsync(loan => loan.Id == taken.LoanId, stop));

    /// <summary>Makes the secret address of a calendar with one's dates. It is told once; one that there was works no more.</summary>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    [UseMutationConvention(PayloadFieldName = "address")]
    public static async Task<FieldResult<Uri, RefusalError>> RenewCalendarAddressAsync(
        CalendarSecrets secrets, PortalAddress portal, Acting acting, CancellationToken stop, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        if (who.Refusal is { } no) return new RefusalError(no);
        return (await secrets.RenewAsync(who.Value.MemberId, who.Value.By, stop)).Then(secret => portal.Of($"/calendar/{secret}.ics", null));
    }

    /// <summary>Closes the secret address of a calendar.</summary>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    [UseMutationConvention(PayloadFieldName = "isClosed")]
    public static async Task<FieldResult<bool, RefusalError>> CloseCalendarAddressAsync(CalendarSecrets secrets, Acting acting, CancellationToken stop, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        if (who.Refusal is { } no) return new RefusalError(no);
        return await (await secrets.EndAsync(who.Value.MemberId, who.Value.By, stop)).OrAsync(() => Task.FromResult(true));
    }

    /// <summary>Acting as oneself, also for those who work at the desk: the desk has its own ways.</summary>
    private static async ValueTask<Actor> SelfAsync(Acting acting, CancellationToken stop)
    {
        var caller = await acting.CallerAsync(stop);
        return caller.AsMember ?? caller.AsStaff;
    }
}

/// <summary>Proof of being at the library.</summary>
/// <param name="Pass">For `borrowCopy` or `returnCopy`; good for whoever got it only.</param>
/// <param name="Branch">Where one is.</param>
/// <param name="ValidUntil">Until when it is good.</param>
public sealed record Arrival(string Pass, Branch Branch, DateTime ValidUntil);
