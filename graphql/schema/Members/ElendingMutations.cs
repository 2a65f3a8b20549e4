using Metro.Library;
using Metro.Library.Elending;
using Metro.Library.Members;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Members;

/// <summary>What members do with e-books that are lent by licence.</summary>
[MutationType]
[Authorize(Permissions.WriteOwn)]
internal static class ElendingMutations
{
    /// <summary>Borrows an e-resource for a time, within what its licence allows. It comes back by itself.</summary>
    /// <param name="resource">The code of the e-resource: `resourceCode` of the content that presents it.</param>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    public static async Task<FieldResult<DigitalLoan, RefusalError>> BorrowEResourceAsync(
        string resource, DigitalLending lending, LibraryDbContext db, Acting acting, CancellationToken stop, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        if (who.Refusal is { } no) return new RefusalError(no);
        return await (await lending.BorrowAsync(who.Value.MemberId, resource, who.Value.By, stop)).ThenAsync(loan => LoanAsync(db, loan.Id, stop));
    }

    /// <summary>Gives an e-resource back before its time; whoever waits gets it.</summary>
    /// <param name="loan">The loan.</param>
    public static async Task<FieldResult<DigitalLoan, RefusalError>> ReturnEResourceAsync(
        [ID<DigitalLoan>] long loan, DigitalLending lending, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        var by = await acting.AsAnyoneAsync(stop);
        return by.Refusal is { } no ? new RefusalError(no) : await (await lending.ReturnAsync(loan, by.Value, stop)).OrAsync(() => LoanAsync(db, loan, stop));
    }

    /// <summary>Joins the queue for an e-resource that cannot be borrowed now.</summary>
    /// <param name="resource">The code of the e-resource: `resourceCode` of the content that presents it.</param>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    public static async Task<FieldResult<DigitalHold, RefusalError>> HoldEResourceAsync(
        string resource, DigitalLending lending, LibraryDbContext db, Acting acting, CancellationToken stop, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        if (who.Refusal is { } no) return new RefusalError(no);
        return await (await lending.HoldAsync(who.Value.MemberId, resource, who.Value.By, stop)).ThenAsync(hold => HoldAsync(db, hold.Id, stop));
    }

    /// <summary>Leaves the queue for an e-resource.</summary>
    /// <param name="hold">The hold.</param>
    public static async Task<FieldResult<DigitalHold, RefusalError>> CancelEResourceHoldAsync(
        [ID<DigitalHold>] long hold, DigitalLending lending, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        var by = await acting.AsAnyoneAsync(stop);
        return by.Refusal is { } no ? new RefusalError(no) : await (await lending.CancelHoldAsync(hold, by.Value, stop)).OrAsync(() => HoldAsync(db, hold, stop));
    }

    private static Task<DigitalLoan> LoanAsync(LibraryDbContext db, long id, CancellationToken stop) =>
        db.DigitalLoans.AsNoTracking().Include(one => one.Licence).SingleAsync(one => one.Id == id, stop);

    private static Task<DigitalHold> HoldAsync(LibraryDbContext db, long id, CancellationToken stop) => db.DigitalHolds.AsNoTracking().SingleAsync(one => one.Id == id, stop);
}

/// <summary>What the API tells of a loan of an e-resource.</summary>
[ObjectType<DigitalLoan>]
[Authorize(Permissions.ReadOwn)]
internal static class DigitalLoanFields
{
    internal static void Describe(ObjectTypeDescriptor<DigitalLoan> loan)
    {
        loan.Name("EResourceLoan").BindFieldsExplicitly().Description("A member's use of an e-resource for a time. It comes back by itself when its time is over.");
        loan.Field(one => one.ResourceKey).Name("resource").Description("The code of the e-resource: `resourceCode` of the content that presents it.");
        loan.Field(one => one.LentAt).Description("When it was lent.");
        loan.Field(one => one.DueAt).Description("When it ends by itself.");
        loan.Field(one => one.EndedAt).Description("When it came back; null while it lasts.");
    }

    /// <summary>Its id, for mutations.</summary>
    [ID<DigitalLoan>]
    public static long Id([Parent] DigitalLoan loan) => loan.Id;
}

/// <summary>What the API tells of a hold on an e-resource.</summary>
[ObjectType<DigitalHold>]
[Authorize(Permissions.ReadOwn)]
internal static class DigitalHoldFields
{
    internal static void Describe(ObjectTypeDescriptor<DigitalHold> hold)
    {
        hold.Name("EResourceHold").BindFieldsExplicitly().Description("A member's place in the queue for an e-resource; first come, first served.");
        hold.Field(one => one.ResourceKey).Name("resource").Description("The code of the e-resource: `resourceCode` of the content that presents it.");
        hold.Field(one => one.PlacedAt).Description("When it was placed.");
        hold.Field(one => one.Status);
        hold.Field(one => one.OfferExpiresAt).Description("Until when the place is kept; null unless offered.");
    }

    /// <summary>Its id, for mutations.</summary>
    [ID<DigitalHold>]
    public static long Id([Parent] DigitalHold hold) => hold.Id;

    /// <summary>The honest place in the queue; null for a hold that does not wait.</summary>
    public static async Task<QueuePlace?> GetQueueAsync([Parent] DigitalHold hold, DigitalLending lending, CancellationToken stop) =>
        await lending.PositionOfAsync(hold.Id, stop) is { } place ? new(place.Position, place.Length) : null;
}
