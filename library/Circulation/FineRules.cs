using Metro.Library.Calendar;

namespace Metro.Library.Circulation;

/// <summary>What being late costs, by the terms and the branch's calendar.</summary>
/// <param name="DaysLate">How many open days late; closed days are not counted (DOMAIN.md rules 1 and 5).</param>
/// <param name="Amount">The fine in rupiah; 0 for none.</param>
/// <param name="SuspendedThrough">The last day on which the member may not borrow; null for none.</param>
public sealed record Lateness(int DaysLate, int Amount, DateOnly? SuspendedThrough)
{
    /// <summary>On time, or late within the grace.</summary>
    public static Lateness None { get; } = new(0, 0, null);

    /// <summary>
    /// What a return costs. Within the grace it is free; after it every open day late counts, up to the ceiling.
    /// </summary>
    /// <param name="due">The last day on which it was not late.</param>
    /// <param name="returned">The day it came back.</param>
    /// <param name="terms">Of the member's category and the title's format.</param>
    /// <param name="branch">The calendar of the branch that lent it.</param>
    public static Lateness Of(DateOnly due, DateOnly returned, LoanTerms terms, BranchCalendar branch)
    {
        if (returned <= due) return None;
        var days = branch.OpenDaysBetween(due, returned);
        if (days <= terms.GraceDays) return None;

        var amount = (int)Math.Min((long)days * terms.FinePerDay, terms.FineCeiling);
        var suspension = Math.Min((long)days * terms.SuspensionDaysPerDayLate, LongestSuspension);
        return new Lateness(days, amount, suspension > 0 ? returned.AddDays((int)suspension) : null);
    }

    private const long LongestSuspension = 366;
}
