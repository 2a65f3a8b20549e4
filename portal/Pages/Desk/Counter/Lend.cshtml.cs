using System.Globalization;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Portal.Pages.Desk.Lists;
using Metro.Portal.Web;
using Metro.Theme;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Desk.Counter;

/// <summary>Lending: a card, then copies, then the next card.</summary>
internal sealed class LendModel(Scanning scanning, AtTheDesk atTheDesk, CirculationDesk desk, MemberAccounts accounts, WorkLists lists, Dates dates) : CounterPage
{
    /// <summary>Whose card was scanned; null before the first.</summary>
    [BindProperty(SupportsGet = true, Name = "member")]
    public long? MemberId { get; set; }

    /// <summary>Why a copy is lent in spite of a limit; null where it is not.</summary>
    [BindProperty]
    public string? Because { get; set; }

    /// <summary>Who stands at the desk; null for nobody.</summary>
    public MemberAtTheDesk? Before { get; private set; }

    /// <summary>What waits to be done while nobody stands at the desk.</summary>
    public IReadOnlyList<SiteLink> Waiting { get; private set; } = [];

    /// <inheritdoc />
    public override ScanKind Kind => ScanKind.Lend;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (MemberId is { } id && (await accounts.ViewAsync(id, Staff, stop)).Refusal is not null) return NotFound();
        if (MemberId is null) Waiting = await lists.WaitingAsync(Here.Id, stop);
        return await OpenAsync();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (Scan is not { } scan || string.IsNullOrWhiteSpace(scan)) return await AnswerAsync(null, Address);
        if (CommandOf(scan) is { } command) return await ObeyAsync(command, stop);
        if (await atTheDesk.FindMemberAsync(scan, stop) is { } found) return await BringAsync(found, stop);
        if (MemberId is not { } memberId || await atTheDesk.MemberAsync(memberId, stop) is not { Member: var member } || AtTheDesk.LooksLikeACard(scan))
            return await AnswerAsync(await scanning.WithoutCardAsync(scan, stop), Address);

        return await AnswerAsync(
            await scanning.LendAsync(new LendingScan(member.CardNumber ?? "", scan, Here.Id) { Key = Sent, InSpiteBecause = Because }, Staff, stop), Address);
    }

    public async Task<IActionResult> OnPostRenewAsync(long loan, CancellationToken stop)
    {
        var outcome = await desk.RenewAsync(loan, Staff, stop);
        return await AnswerAsync(
            outcome.Refusal is { } refusal
                ? new Answer(Tone.Bad, refusal.Explain(CultureInfo.CurrentUICulture))
                : new Answer(Tone.Good, CounterText.Get("Renewed", dates.Day(outcome.Value.Due.Date))) { Next = CounterText.Get("Renewed.Left", outcome.Value.RenewalsLeft) },
            Address);
    }

    private string Address => MemberId is { } id ? $"/desk?member={Key(id)}" : "/desk";

    private async Task<IActionResult> BringAsync(long memberId, CancellationToken stop)
    {
        var viewed = await accounts.ViewAsync(memberId, Staff, stop);
        if (viewed.Refusal is { } refusal) return await AnswerAsync(new Answer(Tone.Bad, refusal.Explain(CultureInfo.CurrentUICulture)), Address);

        MemberId = memberId;
        return await AnswerAsync(null, Address);
    }

    private async Task<IActionResult> ObeyAsync(Command command, CancellationToken stop)
    {
        if (MemberId is not { } id || await atTheDesk.MemberAsync(id, stop) is not { } before)
            return await AnswerAsync(new Answer(Tone.Caution, CounterText.Get("Card.First")), "/desk");

        if (command == Command.Receipt) return await AnswerAsync(new Answer(Tone.Good, CounterText.Get("Receipt.Ready"))
        {
            Ways = [new(CounterText.Get("Receipt"), PortalChrome.InLanguage($"/desk/receipts/{Key(id)}"))],
        }, Address);
        if (command == Command.Renew) return await RenewAllAsync(id, stop);

        MemberId = null;
        var today = before.Loans.Count(loan => loan.LentOn == dates.Today);
        return await AnswerAsync(new Answer(Tone.Good, CounterText.Get("Done", before.Member.Name))
        {
            Next = CounterText.Get("Done.Lent", today),
            Ways = [new(CounterText.Get("Receipt"), PortalChrome.InLanguage($"/desk/receipts/{Key(id)}"))],
        }, "/desk");
    }

    private async Task<IActionResult> RenewAllAsync(long id, CancellationToken stop)
    {
        var done = (await desk.RenewAllAsync(id, Staff, stop)).Value;
        var refused = done.FirstOrDefault(one => one.Outcome.Refusal is not null)?.Outcome.Refusal;
        var renewed = done.Count(one => one.Outcome.Succeeded);
        return await AnswerAsync(new Answer(refused is null ? Tone.Good : Tone.Caution, CounterText.Get("Renewed.Of", renewed, done.Count)) { Next = refused?.Explain(CultureInfo.CurrentUICulture) }, Address);
    }

    /// <inheritdoc />
    protected override async Task ShowAsync()
    {
        if (MemberId is { } id) Before = await atTheDesk.MemberAsync(id, HttpContext.RequestAborted);
    }
}
