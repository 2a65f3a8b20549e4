using Metro.Library.Catalog;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>
/// Members who lend to themselves and take in with their own telephones, at a point of the library: through the desk's own gate,
/// with proof that they are there. Not thread-safe: one per request.
/// </summary>
public sealed class PhoneLoans(LibraryDbContext db, PresencePoints points, CirculationDesk desk)
{
    /// <summary>Lends a copy at the point where the pass was given.</summary>
    /// <param name="memberId">Who borrows: oneself, or a child.</param>
    /// <param name="pass">From <see cref="PresencePoints.ArriveAsync"/>, for borrowing.</param>
    /// <param name="barcode">The copy's.</param>
    /// <param name="by">The member or their guardian.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<Outcome<CheckedOut>> BorrowAsync(long memberId, string? pass, string barcode, Actor by, CancellationToken stop = default)
    {
        var presence = await points.CheckAsync(pass, PointPurpose.Borrow, by, stop);
        if (presence.Refusal is { } no) return no;
        var card = await db.Members.AsNoTracking().Where(member => member.Id == memberId).Select(member => member.CardNumber).FirstOrDefaultAsync(stop);
        return card is null ? MemberRefusals.Unknown : await desk.CheckOutAsync(card, barcode, presence.Value.BranchId, by, stop);
    }

    /// <summary>Takes in a copy that the member, or a child of theirs, has on loan; they put it into the box of the point.</summary>
    /// <param name="pass">From <see cref="PresencePoints.ArriveAsync"/>, for returning.</param>
    /// <param name="barcode">The copy's.</param>
    /// <param name="by">The member or their guardian.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<Outcome<CheckedIn>> ReturnAsync(string? pass, string barcode, Actor by, CancellationToken stop = default)
    {
        var presence = await points.CheckAsync(pass, PointPurpose.Return, by, stop);
        return presence.Refusal is { } no ? no : await desk.CheckInAsync(barcode, presence.Value.BranchId, by, stop: stop);
    }
}

/// <summary>
/// What is written down and told of loans that members make by themselves: an audit line, which is forgotten with the loan, and a
/// receipt by mail for those who want mails. What is done within ten minutes goes in one letter.
/// </summary>
internal sealed class PhoneReceipts(LibraryDbContext db, Calendar.LibraryCalendar calendar)
{
    public const string Lent = "circulation.lent_by_phone";
    public const string Returned = "circulation.returned_by_phone";

    private static readonly TimeSpan Together = TimeSpan.FromMinutes(10);

    /// <summary>Within the caller's transaction; nothing where the staff did it.</summary>
    public Task LentAsync(Loan loan, Copy copy, Member member, Actor by, CancellationToken stop) => by.Kind == ActorKind.Member
        ? NoteAsync(Lent, loan, member, by, new { Title = copy.Title!.Name, copy.Barcode, loan.DueOn }, stop)
        : Task.CompletedTask;

    /// <inheritdoc cref="LentAsync"/>
    public async Task ReturnedAsync(Loan loan, Copy copy, Actor by, CancellationToken stop)
    {
        if (by.Kind != ActorKind.Member || loan.MemberId is not { } memberId) return;
        await NoteAsync(Returned, loan, (await db.Members.FindAsync([memberId], stop))!, by, new { Title = copy.Title!.Name, copy.Barcode, loan.ReturnedOn }, stop);
    }

    private async Task NoteAsync(string kind, Loan loan, Member member, Actor by, object facts, CancellationToken stop)
    {
        db.Audit(by, kind == Lent ? "loan.lent_by_phone" : "loan.returned_by_phone", loan.Subject, calendar.Now, after: facts);
        await db.TellAsync(loan.Subject, member.Recipient, kind, new DateTime(((calendar.Now.Ticks / Together.Ticks) + 1) * Together.Ticks, DateTimeKind.Utc), facts, calendar.Now, stop);
    }
}
