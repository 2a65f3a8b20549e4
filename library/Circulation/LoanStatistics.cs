using Metro.Library.Catalog;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Circulation;

/// <summary>How often something was borrowed.</summary>
/// <param name="BranchId">Where.</param>
/// <param name="Category">By whom.</param>
/// <param name="Format">What.</param>
/// <param name="Loans">How often; null where the count is so small that it could tell who it was.</param>
public sealed record LoanCount(long BranchId, MemberCategory Category, TitleFormat Format, int? Loans);

/// <summary>Counts without people (DOMAIN.md rule 11): they stay the same when loans are unlinked.</summary>
public sealed class LoanStatistics(LibraryDbContext db, LibrarySettings settings)
{
    /// <summary>
    /// Loans by branch, category and format, from the first day to the last, at most two years. Counts below
    /// <see cref="MemberSettings.SmallestCell"/> are suppressed; when only one was, the next smallest is too, so that it
    /// cannot be found from the total.
    /// </summary>
    public async Task<IReadOnlyList<LoanCount>> CountAsync(DateOnly from, DateOnly through, CancellationToken stop = default)
    {
        var last = through.DayNumber - from.DayNumber > 731 ? from.AddDays(731) : through;
        var counts = await db.Loans.Where(loan => loan.LentOn >= from && loan.LentOn <= last)
            .GroupBy(loan => new { loan.BranchId, loan.MemberCategory, loan.Format })
            .Select(same => new { same.Key.BranchId, same.Key.MemberCategory, same.Key.Format, Loans = same.Count() })
            .ToListAsync(stop);

        var smallest = settings.Members.SmallestCell;
        var ordered = counts.OrderBy(count => count.Loans).ToList();
        var hidden = ordered.Count(count => count.Loans < smallest);
        if (hidden == 1 && ordered.Count > 1) hidden = 2;
        return
        [
            .. ordered.Select((count, i) => new LoanCount(count.BranchId, count.MemberCategory, count.Format, i < hidden ? null : count.Loans))
                .OrderBy(count => count.BranchId).ThenBy(count => count.Category).ThenBy(count => count.Format),
        ];
    }
}
