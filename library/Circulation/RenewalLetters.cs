using System.Globalization;
using Metro.Library.Calendar;
using Metro.Library.Members;

namespace Metro.Library.Circulation;

/// <summary>
/// What members are told of their renewals: the new date, or why it stays the old one. What was refused is told once a day for
/// each loan, however often it is tried, and only to those who tried by themselves: at the desk somebody says it to them.
/// </summary>
internal sealed class RenewalLetters(LibraryDbContext db, LibraryCalendar calendar)
{
    public const string Renewed = "circulation.renewed";
    public const string Refused = "circulation.renewal_refused";

    /// <summary>Within the caller's transaction. Several loans that are renewed in one go are told in one letter.</summary>
    public async Task TellRenewedAsync(Loan loan, Member member, DateOnly before, int left, DateTime at, CancellationToken stop) =>
        await db.TellAsync(loan.Subject, member.Recipient, Renewed, at, new { Title = await TitleOfAsync(loan, stop), loan.DueOn, Before = before, Left = left }, calendar.Now, stop);

    /// <summary>Within the caller's transaction.</summary>
    public async Task TellRefusedAsync(IEnumerable<(long LoanId, Refusal Refusal)> refused, Actor by, CancellationToken stop)
    {
        if (by.Kind != ActorKind.Member) return;
        foreach (var (loanId, refusal) in refused)
        {
            if (await db.Loans.FindAsync([loanId], stop) is not { State: LoanState.Out, MemberId: { } memberId } loan) continue;
            var member = (await db.Members.FindAsync([memberId], stop))!;
            await db.TellAsync(loan.Subject, member.Recipient, Refused, calendar.StartOf(calendar.Today), new
            {
                Title = await TitleOfAsync(loan, stop),
                loan.DueOn,
                Reason = refusal.Explain(CultureInfo.GetCultureInfo("id-ID")),
                ReasonEnglish = refusal.Explain(CultureInfo.GetCultureInfo("en-GB")),
            }, calendar.Now, stop);
        }
    }

    private async Task<string> TitleOfAsync(Loan loan, CancellationToken stop) => (await db.Titles.FindAsync([loan.TitleId], stop))!.Name;
}
