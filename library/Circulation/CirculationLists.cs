using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>A stretch of a list, and how to go on.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="Next">What to pass to get the next stretch; null at the end.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A copy that should have come back.</summary>
public sealed record OverdueLoan(long LoanId, DateOnly DueOn, string Barcode, string Title, long MemberId, string MemberName, string? Phone, string? Email, long BranchId);

/// <summary>A copy on the hold shelf, or one that should be taken from it.</summary>
public sealed record ShelvedHold(long HoldId, HoldState State, DateOnly? PickupBy, string Barcode, string Title, long? MemberId, string? MemberName, string? CardNumber, long BranchId);

/// <summary>A copy to be fetched from the open shelf for somebody who waits.</summary>
public sealed record HoldToFetch(long HoldId, string Barcode, string? ShelfMark, string Title, long AtBranchId, long PickupBranchId);

/// <summary>A copy on its way.</summary>
public sealed record TravellingCopy(long CopyId, string Barcode, string Title, long FromBranchId, long ToBranchId, DateTime Since);

/// <summary>A copy that a borrower lost and has not replaced.</summary>
public sealed record LostLoan(long LoanId, DateTime LostAt, string Barcode, string Title, int? Price, long MemberId, string MemberName, string? Phone);

/// <summary>A copy that its borrower says is back, and that is looked for on the shelves.</summary>
public sealed record ClaimedLoan(long LoanId, DateOnly ClaimedOn, string Barcode, string? ShelfMark, string Title, long MemberId, string MemberName, string? Phone);

/// <summary>A fine that is not settled.</summary>
public sealed record OwedFine(long FineId, DateTime AssessedAt, FineReason Reason, int Amount, int Outstanding, string Title, long MemberId, string MemberName, string? Phone);

/// <summary>A copy that nobody ever borrowed.</summary>
public sealed record NeverBorrowedCopy(long CopyId, string Barcode, string? ShelfMark, string Title, DateOnly? AcquiredOn, long BranchId);

/// <summary>How much work each list holds; <see cref="CirculationLists.MostCounted"/> stands for as many and more.</summary>
public sealed record WorkToDo(int ToFetch, int Ready, int ToClear, int DueToday, int Overdue, int ClaimedReturned, int InTransit, int Lost, int Owed);

/// <summary>
/// The lists that librarians work from. Each is read a stretch at a time by its index; what was passed as <c>after</c> is the
/// <see cref="ListPage{T}.Next"/> of the stretch before. A list that names members is a view of other people's records
/// and leaves an audit line with whom it showed.
/// </summary>
public sealed class CirculationLists(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>The most rows in one stretch.</summary>
    public const int MostRows = 200;

    /// <summary>How far the rows of a list are counted.</summary>
    public const int MostCounted = 1_000;

    /// <summary>How many rows each list has, at a branch or at all of them.</summary>
    public async Task<WorkToDo> CountAsync(long? branchId, CancellationToken stop = default)
    {
        var today = calendar.Today;
        var (holds, loans) = (db.Holds.AsNoTracking(), db.Loans.AsNoTracking());
        return new WorkToDo(
            await CountAsync(from hold in holds where hold.State == HoldState.Fetching join copy in db.Copies on hold.CopyId equals copy.Id where branchId == null || copy.CurrentBranchId == branchId select hold.Id),
            await CountAsync(from hold in holds where hold.State == HoldState.Ready && (branchId == null || hold.PickupBranchId == branchId) select hold.Id),
            await CountAsync(from hold in holds where hold.ToClear && (branchId == null || hold.PickupBranchId == branchId) select hold.Id),
            await CountAsync(from loan in loans where loan.State == LoanState.Out && loan.DueOn == today && (branchId == null || loan.BranchId == branchId) select loan.Id),
            await CountAsync(from loan in loans.OverdueOn(today) where branchId == null || loan.BranchId == branchId select loan.Id),
            await CountAsync(from loan in loans where loan.EndedAt == null && loan.ClaimedReturnedOn != null && loan.State == LoanState.Out select loan.Id),
            await CountAsync(from copy in db.Copies.AsNoTracking() where copy.Status == CopyStatus.InTransit && (branchId == null || copy.DestinationBranchId == branchId) select copy.Id),
            await CountAsync(from loan in loans where loan.State == LoanState.Lost select loan.Id),
            await CountAsync(from fine in db.Fines.AsNoTracking() where fine.Outstanding > 0 select fine.Id));

        Task<int> CountAsync(IQueryable<long> rows) => rows.OrderBy(id => id).Take(MostCounted).CountAsync(stop);
    }

    /// <summary>Copies still out after their due date, the longest overdue first.</summary>
    public async Task<ListPage<OverdueLoan>> OverdueAsync(long? branchId, string? after, int size, Actor by, CancellationToken stop = default)
    {
        var (date, id) = Place.Read(after);
        var rows = await (
            from loan in db.Loans.OverdueOn(calendar.Today)
            where loan.DueOn > date || (loan.DueOn == date && loan.Id > id)
            where branchId == null || loan.BranchId == branchId
            join copy in db.Copies on loan.CopyId equals copy.Id
            join member in db.Members on loan.MemberId equals member.Id
            orderby loan.DueOn, loan.Id
            select new OverdueLoan(loan.Id, loan.DueOn, copy.Barcode, copy.Title!.Name, member.Id, member.Name, member.Phone, member.Email, loan.BranchId))
            .Take(Rows(size) + 1).ToListAsync(stop);
        return await SeenAsync(Page(rows, size, row => Place.Write(row.DueOn, row.LoanId)), "overdue", row => row.MemberId, by, stop);
    }

    /// <summary>Holds ready for pickup, the one that expires first at the top.</summary>
    public async Task<ListPage<ShelvedHold>> ReadyAsync(long? branchId, string? after, int size, Actor by, CancellationToken stop = default)
    {
        var (date, id) = Place.Read(after);
        var rows = await Shelved(db.Holds.Where(hold => hold.State == HoldState.Ready), branchId, date, id).Take(Rows(size) + 1).ToListAsync(stop);
        return await SeenAsync(Page(rows, size, row => Place.Write(row.PickupBy ?? default, row.HoldId)), "ready", row => row.MemberId, by, stop);
    }

    /// <summary>Holds that were not collected and whose copy is still to be taken from the hold shelf: the shelf's list to clear.</summary>
    public async Task<ListPage<ShelvedHold>> ExpiredAsync(long? branchId, string? after, int size, Actor by, CancellationToken stop = default)
    {
        var (date, id) = Place.Read(after);
        var rows = await Shelved(db.Holds.Where(hold => hold.ToClear), branchId, date, id).Take(Rows(size) + 1).ToListAsync(stop);
        return await SeenAsync(Page(rows, size, row => Place.Write(row.PickupBy ?? default, row.HoldId)), "expired", row => row.MemberId, by, stop);
    }

    /// <summary>Copies to fetch from the open shelf for holds, in the order in which they were claimed.</summary>
    public async Task<ListPage<HoldToFetch>> ToFetchAsync(long? branchId, string? after, int size, CancellationToken stop = default)
    {
        var (_, id) = Place.Read(after);
        var rows = await (
            from hold in db.Holds
            where hold.State == HoldState.Fetching && hold.Id > id
            join copy in db.Copies on hold.CopyId equals copy.Id
            where branchId == null || copy.CurrentBranchId == branchId
            orderby hold.Id
            select new HoldToFetch(hold.Id, copy.Barcode, copy.ShelfMark, copy.Title!.Name, copy.CurrentBranchId, hold.PickupBranchId))
            .Take(Rows(size) + 1).ToListAsync(stop);
        return Page(rows, size, row => Place.Write(default, row.HoldId));
    }

    /// <summary>Copies on their way between branches.</summary>
    /// <param name="toBranchId">Only those on their way to this branch; null for all.</param>
    /// <param name="after">Where the stretch before ended.</param>
    /// <param name="size">How many rows.</param>
    /// <param name="stop">Ends the query.</param>
    public async Task<ListPage<TravellingCopy>> InTransitAsync(long? toBranchId, string? after, int size, CancellationToken stop = default)
    {
        var (_, id) = Place.Read(after);
        var rows = await db.Copies.Where(copy => copy.Status == CopyStatus.InTransit && copy.Id > id && (toBranchId == null || copy.DestinationBranchId == toBranchId))
            .OrderBy(copy => copy.Id).Take(Rows(size) + 1)
            .Select(copy => new TravellingCopy(copy.Id, copy.Barcode, copy.Title!.Name, copy.CurrentBranchId, copy.DestinationBranchId!.Value, copy.StatusSince))
            .ToListAsync(stop);
        return Page(rows, size, row => Place.Write(default, row.CopyId));
    }

    /// <summary>Copies that borrowers lost and have not replaced.</summary>
    public async Task<ListPage<LostLoan>> LostAsync(string? after, int size, Actor by, CancellationToken stop = default)
    {
        var (_, id) = Place.Read(after);
        var rows = await (
            from loan in db.Loans
            where loan.State == LoanState.Lost && loan.Id > id
            join copy in db.Copies on loan.CopyId equals copy.Id
            join member in db.Members on loan.MemberId equals member.Id
            orderby loan.Id
            select new LostLoan(loan.Id, loan.LostAt!.Value, copy.Barcode, copy.Title!.Name, copy.Price, member.Id, member.Name, member.Phone))
            .Take(Rows(size) + 1).ToListAsync(stop);
        return await SeenAsync(Page(rows, size, row => Place.Write(default, row.LoanId)), "lost", row => row.MemberId, by, stop);
    }

    /// <summary>Copies that are due on a day, the first lent first.</summary>
    public async Task<ListPage<OverdueLoan>> DueOnAsync(DateOnly day, long? branchId, string? after, int size, Actor by, CancellationToken stop = default)
    {
        var (_, id) = Place.Read(after);
        var rows = await (
            from loan in db.Loans
            where loan.State == LoanState.Out && loan.DueOn == day && loan.Id > id
            where branchId == null || loan.BranchId == branchId
            join copy in db.Copies on loan.CopyId equals copy.Id
            join member in db.Members on loan.MemberId equals member.Id
            orderby loan.Id
            select new OverdueLoan(loan.Id, loan.DueOn, copy.Barcode, copy.Title!.Name, member.Id, member.Name, member.Phone, member.Email, loan.BranchId))
            .Take(Rows(size) + 1).ToListAsync(stop);
        return await SeenAsync(Page(rows, size, row => Place.Write(default, row.LoanId)), "due", row => row.MemberId, by, stop);
    }

    /// <summary>Copies whose borrowers say that they are back, the first said first.</summary>
    public async Task<ListPage<ClaimedLoan>> ClaimedReturnedAsync(string? after, int size, Actor by, CancellationToken stop = default)
    {
        var (date, id) = Place.Read(after);
        var rows = await (
            from loan in db.Loans
            where loan.EndedAt == null && loan.ClaimedReturnedOn != null && loan.State == LoanState.Out
            where loan.ClaimedReturnedOn > date || (loan.ClaimedReturnedOn == date && loan.Id > id)
            join copy in db.Copies on loan.CopyId equals copy.Id
            join member in db.Members on loan.MemberId equals member.Id
            orderby loan.ClaimedReturnedOn, loan.Id
            select new ClaimedLoan(loan.Id, loan.ClaimedReturnedOn!.Value, copy.Barcode, copy.ShelfMark, copy.Title!.Name, member.Id, member.Name, member.Phone))
            .Take(Rows(size) + 1).ToListAsync(stop);
        return await SeenAsync(Page(rows, size, row => Place.Write(row.ClaimedOn, row.LoanId)), "claimed", row => row.MemberId, by, stop);
    }

    /// <summary>Fines that are not settled, the oldest first.</summary>
    public async Task<ListPage<OwedFine>> OwedAsync(string? after, int size, Actor by, CancellationToken stop = default)
    {
        var (_, id) = Place.Read(after);
        var rows = await (
            from fine in db.Fines
            where fine.Outstanding > 0 && fine.Id > id
            join loan in db.Loans on fine.LoanId equals loan.Id
            join title in db.Titles on loan.TitleId equals title.Id
            join member in db.Members on fine.MemberId equals member.Id
            orderby fine.Id
            select new OwedFine(fine.Id, fine.AssessedAt, fine.Reason, fine.Amount, fine.Outstanding, title.Name, member.Id, member.Name, member.Phone))
            .Take(Rows(size) + 1).ToListAsync(stop);
        return await SeenAsync(Page(rows, size, row => Place.Write(default, row.FineId)), "fines", row => row.MemberId, by, stop);
    }

    /// <summary>Copies on the shelf that nobody ever borrowed, among those acquired before a day; copies without a day of acquisition count as old.</summary>
    public async Task<ListPage<NeverBorrowedCopy>> NeverBorrowedAsync(DateOnly acquiredBefore, long? branchId, string? after, int size, CancellationToken stop = default)
    {
        var (_, id) = Place.Read(after);
        var rows = await db.Copies
            .Where(copy => copy.Id > id && copy.Status == CopyStatus.Available && !copy.ForReferenceOnly)
            .Where(copy => branchId == null || copy.CurrentBranchId == branchId)
            .Where(copy => copy.AcquiredOn == null || copy.AcquiredOn < acquiredBefore)
            .Where(copy => !db.Loans.Any(loan => loan.CopyId == copy.Id))
            .OrderBy(copy => copy.Id).Take(Rows(size) + 1)
            .Select(copy => new NeverBorrowedCopy(copy.Id, copy.Barcode, copy.ShelfMark, copy.Title!.Name, copy.AcquiredOn, copy.CurrentBranchId))
            .ToListAsync(stop);
        return Page(rows, size, row => Place.Write(default, row.CopyId));
    }

    private IQueryable<ShelvedHold> Shelved(IQueryable<Hold> holds, long? branchId, DateOnly date, long id) =>
        from hold in holds
        where hold.PickupBy > date || (hold.PickupBy == date && hold.Id > id)
        where branchId == null || hold.PickupBranchId == branchId
        join copy in db.Copies on hold.CopyId equals copy.Id
        join member in db.Members on hold.MemberId equals (long?)member.Id into waiting
        from member in waiting.DefaultIfEmpty()
        orderby hold.PickupBy, hold.Id
        select new ShelvedHold(hold.Id, hold.State, hold.PickupBy, copy.Barcode, copy.Title!.Name, hold.MemberId, member == null ? null : member.Name, member == null ? null : member.CardNumber, hold.PickupBranchId);

    private async Task<ListPage<T>> SeenAsync<T>(ListPage<T> page, string list, Func<T, long?> whom, Actor by, CancellationToken stop)
    {
        var members = page.Items.Select(whom).OfType<long>().Distinct().ToList();
        if (members.Count == 0) return page;

        await db.WriteAsync(async inner =>
        {
            db.Audit(by, "list.viewed", new Subject(list, 0), calendar.Now, after: new { members });
            await db.SaveChangesAsync(inner);
        }, stop);
        return page;
    }

    private static int Rows(int size) => Math.Clamp(size, 1, MostRows);

    private static ListPage<T> Page<T>(List<T> rows, int size, Func<T, string> place)
    {
        var most = Rows(size);
        return rows.Count <= most ? new ListPage<T>(rows, null) : new ListPage<T>(rows[..most], place(rows[most - 1]));
    }
}

/// <summary>Where a stretch of a list ended: a date, where the list is ordered by one, and a key.</summary>
internal static class Place
{
    public static string Write(DateOnly date, long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{date.DayNumber}.{id}");

    /// <summary>The beginning of the list for null, and for anything that was not written here.</summary>
    public static (DateOnly Date, long Id) Read(string? place)
    {
        var dot = place?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot > 0
            && int.TryParse(place.AsSpan(0, dot), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var day)
            && day <= DateOnly.MaxValue.DayNumber
            && long.TryParse(place.AsSpan(dot + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id)
            ? (DateOnly.FromDayNumber(day), id)
            : (default, 0);
    }
}
