using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>
/// A closure that is announced late moves due dates and pickup deadlines forward and tells their people (DOMAIN.md rule 1). It
/// moves nothing back: nobody has to hurry because the library closes.
/// </summary>
internal sealed class CirculationClosures(LibraryCalendar calendar) : IClosureListener
{
    public async Task<Outcome<IReadOnlyList<AffectedByClosure>>> ApplyAsync(LibraryDbContext db, AnnouncedClosure closure, Actor by, CancellationToken stop)
    {
        var announced = closure.Exception;
        var (loans, holds) = (await LoansAsync(db, announced, stop), await HoldsAsync(db, announced, stop));
        foreach (var (loan, affected) in loans)
        {
            loan.MoveDue(affected.To!.Value);
            await db.UntellAsync(loan.Subject, "moved", calendar.Now, stop);
            await TellAsync(affected, "circulation.due_moved");
        }

        foreach (var (hold, affected) in holds)
        {
            hold.MovePickup(affected.To!.Value);
            await TellAsync(affected, "circulation.pickup_moved");
        }

        await db.SaveChangesAsync(stop);
        return loans.Select(moved => moved.Affected).Concat(holds.Select(moved => moved.Affected)).ToList();

        async Task TellAsync(AffectedByClosure affected, string kind)
        {
            var member = (await db.Members.FindAsync([affected.MemberId!.Value], stop))!;
            await db.TellAsync(affected.Subject, Outbox.Recipient.Member(member.Id, member.Language), kind, calendar.Now,
                new { Title = affected.What, affected.From, affected.To, Reason = announced.Name, ReasonEnglish = announced.NameEnglish }, calendar.Now, stop);
        }
    }

    private async Task<List<(Loan Loan, AffectedByClosure Affected)>> LoansAsync(LibraryDbContext db, CalendarException announced, CancellationToken stop)
    {
        var today = calendar.Today;
        var rows = await (
            from loan in db.Loans
            where loan.State == LoanState.Out && loan.DueOn >= announced.From && loan.DueOn <= announced.To && loan.DueOn >= today
            where announced.BranchId == null || loan.BranchId == announced.BranchId
            join title in db.Titles on loan.TitleId equals title.Id
            orderby loan.Id
            select new { loan, title.Name }).ToListAsync(stop);

        var moved = new List<(Loan, AffectedByClosure)>();
        foreach (var branch in rows.GroupBy(row => row.loan.BranchId))
        {
            var hours = await calendar.OfAsync(db, branch.Key, stop);
            foreach (var row in branch)
            {
                var due = hours.OnOpenDay(row.loan.DueOn, row.loan.DueOn).Date;
                if (due > row.loan.DueOn) moved.Add((row.loan, new AffectedByClosure(row.loan.Subject, row.Name, row.loan.MemberId, row.loan.DueOn, due)));
            }
        }

        return moved;
    }

    private async Task<List<(Hold Hold, AffectedByClosure Affected)>> HoldsAsync(LibraryDbContext db, CalendarException announced, CancellationToken stop)
    {
        var today = calendar.Today;
        var rows = await (
            from hold in db.Holds
            where hold.State == HoldState.Ready && hold.PickupBy >= announced.From && hold.PickupBy >= today
            where announced.BranchId == null || hold.PickupBranchId == announced.BranchId
            join title in db.Titles on hold.TitleId equals title.Id
            orderby hold.Id
            select new { hold, title.Name }).ToListAsync(stop);

        var moved = new List<(Hold, AffectedByClosure)>();
        foreach (var branch in rows.GroupBy(row => row.hold.PickupBranchId))
        {
            var after = await calendar.OfAsync(db, branch.Key, stop);
            var before = after.Without(announced.Id);
            foreach (var row in branch)
            {
                // As many open days are left as there were before the announcement.
                var left = before.OpenDaysBetween(today, row.hold.PickupBy!.Value);
                var by = after.AfterOpenDays(today, left);
                if (by > row.hold.PickupBy) moved.Add((row.hold, new AffectedByClosure(row.hold.Subject, row.Name, row.hold.MemberId, row.hold.PickupBy.Value, by)));
            }
        }

        return moved;
    }
}
