using System.Globalization;
using Metro.Library.Calendar;
using Metro.Library.Circulation;

namespace Metro.Portal.Pages.Office.Policies;

/// <summary>What terms of lending mean, in sentences and with an example of today.</summary>
internal static class TermsInWords
{
    private const int DaysLateInExample = 5;

    /// <summary>Each rule as a sentence, such as "Two books at a time, for 7 days, renewed once."</summary>
    public static IEnumerable<string> SentencesOf(LoanTerms terms)
    {
        yield return PoliciesText.Get("Says.Loans", terms.MostLoans, terms.LoanDays, terms.MostRenewals);
        yield return (terms.FinePerDay, terms.SuspensionDaysPerDayLate) switch
        {
            (0, 0) => PoliciesText.Get("Says.Nothing"),
            (0, var days) => PoliciesText.Get("Says.Suspension", days),
            (var fine, 0) => PoliciesText.Get("Says.Fine", Rupiah(fine), Rupiah(terms.FineCeiling)),
            var (fine, days) => PoliciesText.Get("Says.Fine", Rupiah(fine), Rupiah(terms.FineCeiling)) + " " + PoliciesText.Get("Says.Suspension", days),
        };
        if (terms.GraceDays > 0) yield return PoliciesText.Get("Says.Grace", terms.GraceDays);
        yield return PoliciesText.Get("Says.Holds", terms.MostHolds, terms.PickupDays);
    }

    /// <summary>A loan of today, and the same loan brought back late.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="today">The day by the library's clock.</param>
    /// <param name="branch">The hours of the branch that lends it.</param>
    public static IEnumerable<string> ExamplesOf(LoanTerms terms, DateOnly today, BranchCalendar branch)
    {
        var due = branch.DueAfter(today, terms.LoanDays);
        yield return PoliciesText.Get("Example.Due", due.Explain(CultureInfo.CurrentUICulture));

        var returned = branch.AfterOpenDays(due.Date, DaysLateInExample);
        var late = Lateness.Of(due.Date, returned, terms, branch);
        yield return PoliciesText.Get("Example.Late", DaysLateInExample, late switch
        {
            { Amount: 0, SuspendedThrough: null } => PoliciesText.Get("Example.Nothing"),
            { Amount: var amount, SuspendedThrough: null } => PoliciesText.Get("Example.Fine", Rupiah(amount)),
            { Amount: 0, SuspendedThrough: { } through } => PoliciesText.Get("Example.Suspension", Day(through)),
            { Amount: var amount, SuspendedThrough: { } through } => PoliciesText.Get("Example.Both", Rupiah(amount), Day(through)),
        });
        yield return PoliciesText.Get("Example.Hold", Day(branch.AfterOpenDays(today, terms.PickupDays)));
    }

    /// <summary>"Rp2.500".</summary>
    public static string Rupiah(int amount) => "Rp" + amount.ToString("N0", CultureInfo.GetCultureInfo("id-ID"));

    private static string Day(DateOnly date) => date.ToString("dddd, d MMMM yyyy", CultureInfo.CurrentCulture);
}
