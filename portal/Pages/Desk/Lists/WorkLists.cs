using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Portal.People;
using Metro.Portal.Web;
using Metro.Theme;

namespace Metro.Portal.Pages.Desk.Lists;

/// <summary>A stretch of a list, as a table.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Next">What to pass to get the next stretch; null at the end.</param>
internal sealed record WorkTable(IReadOnlyList<string> Columns, IReadOnlyList<WorkRow> Rows, string? Next);

/// <summary>A row of a list.</summary>
/// <param name="Cells">What stands in it; the first names it.</param>
/// <param name="Address">Where the first cell leads; null for nowhere.</param>
internal sealed record WorkRow(IReadOnlyList<string> Cells, string? Address)
{
    /// <summary>The hold that is cleared with a button; null for none.</summary>
    public long? Clears { get; init; }
}

/// <summary>The lists from which librarians work, each as a table whoever shows it: the page, the printer, the spreadsheet. Not thread-safe: one per request.</summary>
internal sealed class WorkLists(CirculationLists lists, Library.Members.Registrations registrations, DeskBranch branches, Dates dates)
{
    /// <summary>The lists by what they are called in addresses, in the order of a day's work.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["to-pull", "hold-shelf", "to-clear", "due-today", "overdue", "claimed", "transit", "lost", "fines", "never-borrowed"];

    /// <summary>Lists of which every branch has its own part.</summary>
    public static bool IsOfBranch(string name) => name is "to-pull" or "hold-shelf" or "to-clear" or "due-today" or "overdue" or "transit" or "never-borrowed";

    /// <summary>A stretch of a list.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="branchId">Of which branch; null for all.</param>
    /// <param name="after">Where the stretch before ended.</param>
    /// <param name="size">How many rows.</param>
    /// <param name="by">Who looks.</param>
    /// <param name="stop">Ends the query.</param>
    public async Task<WorkTable> ReadAsync(string name, long? branchId, string? after, int size, Actor by, CancellationToken stop)
    {
        all = await branches.AllAsync(stop);
        return name switch
        {
            "to-pull" => Table(await lists.ToFetchAsync(branchId, after, size, stop), ["Shelf", "Title", "Barcode", "At", "Pickup"],
                row => new([row.ShelfMark ?? "–", row.Title, row.Barcode, Name(row.AtBranchId), Name(row.PickupBranchId)], null)),
            "hold-shelf" => Table(await lists.ReadyAsync(branchId, after, size, by, stop), ["Title", "Barcode", "Member", "Card", "Until", "Branch"],
                row => new([row.Title, row.Barcode, row.MemberName ?? "–", row.CardNumber ?? "–", row.PickupBy is { } until ? dates.ShortDay(until) : "–", Name(row.BranchId)], $"/desk/slips/{Key(row.HoldId)}")),
            "to-clear" => Table(await lists.ExpiredAsync(branchId, after, size, by, stop), ["Title", "Barcode", "Member", "Until", "Branch"],
                row => new([row.Title, row.Barcode, row.MemberName ?? "–", row.PickupBy is { } until ? dates.ShortDay(until) : "–", Name(row.BranchId)], null) { Clears = row.HoldId }),
            "due-today" => Table(await lists.DueOnAsync(dates.Today, branchId, after, size, by, stop), Overdue, OverdueRow),
            "overdue" => Table(await lists.OverdueAsync(branchId, after, size, by, stop), Overdue, OverdueRow),
            "claimed" => Table(await lists.ClaimedReturnedAsync(after, size, by, stop), ["Member", "Title", "Barcode", "Shelf", "Claimed", "Phone"],
                row => new([row.MemberName, row.Title, row.Barcode, row.ShelfMark ?? "–", dates.ShortDay(row.ClaimedOn), row.Phone ?? "–"], File(row.MemberId))),
            "transit" => Table(await lists.InTransitAsync(branchId, after, size, stop), ["Title", "Barcode", "From", "To", "Since"],
                row => new([row.Title, row.Barcode, Name(row.FromBranchId), Name(row.ToBranchId), dates.ShortDay(row.Since)], null)),
            "lost" => Table(await lists.LostAsync(after, size, by, stop), ["Member", "Title", "Barcode", "Lost", "Price", "Phone"],
                row => new([row.MemberName, row.Title, row.Barcode, dates.ShortDay(row.LostAt), row.Price is { } price ? ListsText.Get("Money", price) : "–", row.Phone ?? "–"], File(row.MemberId))),
            "fines" => Table(await lists.OwedAsync(after, size, by, stop), ["Member", "Title", "For", "Since", "Owed", "Phone"],
                row => new([row.MemberName, row.Title, ListsText.Get($"Reason.{row.Reason}"), dates.ShortDay(row.AssessedAt), ListsText.Get("Money", row.Outstanding), row.Phone ?? "–"], $"{File(row.MemberId)}/fines")),
            "never-borrowed" => Table(await lists.NeverBorrowedAsync(dates.Today.AddYears(-1), branchId, after, size, stop), ["Title", "Barcode", "Shelf", "Acquired", "Branch"],
                row => new([row.Title, row.Barcode, row.ShelfMark ?? "–", row.AcquiredOn is { } on ? dates.ShortDay(on) : "–", Name(row.BranchId)], null)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such list."),
        };
    }

    /// <summary>How many rows each list has at a branch, in words; a list that is too long to count is left out.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CountsAsync(long branchId, CancellationToken stop)
    {
        var work = await lists.CountAsync(branchId, stop);
        (string Name, int Rows)[] counted =
        [
            ("to-pull", work.ToFetch), ("hold-shelf", work.Ready), ("to-clear", work.ToClear), ("due-today", work.DueToday), ("overdue", work.Overdue),
            ("claimed", work.ClaimedReturned), ("transit", work.InTransit), ("lost", work.Lost), ("fines", work.Owed),
        ];
        return counted.ToDictionary(
            one => one.Name, one => one.Rows < CirculationLists.MostCounted ? one.Rows.ToString("N0", CultureInfo.CurrentCulture) : ListsText.Get("Count.More", one.Rows), StringComparer.Ordinal);
    }

    /// <summary>What waits for somebody to do it at a branch: each list that is not empty, with how much is in it.</summary>
    public async Task<IReadOnlyList<SiteLink>> WaitingAsync(long branchId, CancellationToken stop)
    {
        var (counts, applications) = (await CountsAsync(branchId, stop), await ApplicationsAsync(stop));
        return
        [
            .. ((string[])["to-pull", "to-clear", "transit", "claimed", "overdue"]).Where(name => counts[name] != "0")
                .Select(name => new SiteLink($"{ListsText.Get($"List.{name}")}: {counts[name]}", PortalChrome.InLanguage($"/desk/lists/{name}"))),
            .. applications == 0 ? [] : (SiteLink[])[new SiteLink($"{ListsText.Get("Applications")}: {applications}", PortalChrome.InLanguage("/desk/applications"))],
        ];
    }

    /// <summary>How many applications wait, at most a hundred.</summary>
    public async Task<int> ApplicationsAsync(CancellationToken stop) => (await registrations.AwaitingReviewAsync(0, 100, stop)).Count;

    private static readonly string[] Overdue = ["Member", "Title", "Barcode", "Due", "Phone", "Email", "Branch"];
    private IReadOnlyList<Branch> all = [];

    private WorkRow OverdueRow(OverdueLoan row) =>
        new([row.MemberName, row.Title, row.Barcode, dates.ShortDay(row.DueOn), row.Phone ?? "–", row.Email ?? "–", Name(row.BranchId)], File(row.MemberId));

    private static WorkTable Table<T>(ListPage<T> page, IReadOnlyList<string> columns, Func<T, WorkRow> row) =>
        new([.. columns.Select(column => ListsText.Get($"Column.{column}"))], [.. page.Items.Select(row)], page.Next);

    private string Name(long branchId) => all.FirstOrDefault(branch => branch.Id == branchId)?.LocalName.Explain(CultureInfo.CurrentUICulture) ?? "–";

    private static string File(long memberId) => $"/desk/members/{Key(memberId)}";

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);
}
