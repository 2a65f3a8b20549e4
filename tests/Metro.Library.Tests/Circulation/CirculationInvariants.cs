using Metro.Library.Catalog;
using Metro.Library.Circulation;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Tests.Circulation;

/// <summary>What must hold in the database after any history, whoever raced or died.</summary>
internal static class CirculationInvariants
{
    public static async Task HoldInAsync(LibraryDbContext db, DateOnly today)
    {
        var copies = await db.Copies.AsNoTracking().ToListAsync();
        var loans = await db.Loans.AsNoTracking().ToListAsync();
        var holds = await db.Holds.AsNoTracking().ToListAsync();
        foreach (var copy in copies) OneBorrowerOrOneWhoWaits(copy, [.. loans.Where(loan => loan.CopyId == copy.Id)], [.. holds.Where(hold => hold.CopyId == copy.Id && hold.IsActive)]);

        foreach (var title in holds.GroupBy(hold => hold.TitleId))
        {
            var wanted = title.Any(hold => hold.State == HoldState.Waiting && !hold.IsSuspendedOn(today));
            Assert.False(wanted && copies.Any(copy => copy.TitleId == title.Key && copy.IsFree), $"A copy of title {title.Key} stands on the shelf while somebody waits.");
            Assert.Equal(title.Count(hold => hold.IsActive), title.Where(hold => hold.IsActive).Select(hold => hold.MemberId).Distinct().Count());
        }

        foreach (var title in await db.Titles.AsNoTracking().ToListAsync())
            Assert.Equal(loans.Count(loan => loan.TitleId == title.Id), title.TimesBorrowed);

        var settled = (await db.FinePayments.ToListAsync()).Select(payment => (payment.FineId, payment.Amount))
            .Concat((await db.FineWaivers.ToListAsync()).Select(waiver => (waiver.FineId, waiver.Amount))).ToLookup(one => one.FineId, one => one.Amount);
        foreach (var fine in await db.Fines.AsNoTracking().ToListAsync()) Assert.Equal(fine.Amount - settled[fine.Id].Sum(), fine.Outstanding);

        await EveryLoanHasItsAuditLineAsync(db, loans);
        await NobodyIsToldOfWhatIsNotReadyAsync(db, holds);
    }

    /// <summary>1 ≤ position ≤ queue length, and every place is taken once (DOMAIN.md rule 2).</summary>
    public static async Task PositionsHoldAsync(Desk desk)
    {
        var waiting = await desk.Db.Holds.AsNoTracking().Where(hold => hold.State == HoldState.Waiting).ToListAsync();
        foreach (var queue in waiting.GroupBy(hold => hold.TitleId))
        {
            var places = new List<int>();
            foreach (var hold in queue)
            {
                var (position, length) = await desk.The<HoldQueue>().PositionAsync(hold.Id);
                Assert.Equal(queue.Count(), length);
                places.Add(position);
            }

            Assert.Equal(Enumerable.Range(1, places.Count), places.Order());
        }
    }

    private static void OneBorrowerOrOneWhoWaits(Copy copy, List<Loan> loans, List<Hold> holds)
    {
        var open = loans.Where(loan => loan.EndedAt is null).ToList();
        Assert.True(open.Count <= 1, $"Copy {copy.Id} is with {open.Count} borrowers.");
        Assert.True(holds.Count <= 1, $"Copy {copy.Id} is kept for {holds.Count}.");
        Assert.Equal(copy.Status == CopyStatus.OnLoan, open.Any(loan => loan.State == LoanState.Out));
        Assert.True(copy.Status == CopyStatus.Lost || !open.Any(loan => loan.State == LoanState.Lost));
        Assert.Equal(copy.Status == CopyStatus.OnHoldShelf, holds.Any(hold => hold.State is HoldState.Ready or HoldState.Fetching));
        if (holds.Find(hold => hold.State == HoldState.InTransit) is { } travelling)
            Assert.Equal((CopyStatus.InTransit, travelling.PickupBranchId), (copy.Status, copy.DestinationBranchId));
    }

    private static async Task EveryLoanHasItsAuditLineAsync(LibraryDbContext db, List<Loan> loans)
    {
        var lines = (await db.AuditLines.AsNoTracking().Where(line => line.Action == "loan.lent" || line.Action == "loan.returned").ToListAsync())
            .ToLookup(line => (line.Action, line.Subject));
        foreach (var loan in loans)
        {
            if (loan.Channel == Channel.Desk) Assert.Single(lines[("loan.lent", $"loan:{loan.Id}")]);
            if (loan.Channel == Channel.Desk && loan.State == LoanState.Returned) Assert.Single(lines[("loan.returned", $"loan:{loan.Id}")]);
        }
    }

    private static async Task NobodyIsToldOfWhatIsNotReadyAsync(LibraryDbContext db, List<Hold> holds)
    {
        var ready = holds.Where(hold => hold.State == HoldState.Ready).Select(hold => $"hold:{hold.Id}").ToHashSet();
        var told = await db.OutboxMessages.AsNoTracking().Where(message => message.Kind == "circulation.hold_ready" && message.State == OutboxState.Waiting)
            .Select(message => message.Subject).ToListAsync();
        Assert.Equal(ready.Order(), told.Distinct().Order());
    }
}
