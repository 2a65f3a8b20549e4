using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Accounts.Membership;

/// <summary>
/// What one's membership is and until when, and how to renew it. Whoever has an account and no membership applies for one here, or
/// names the card that they have.
/// </summary>
internal sealed class MembershipModel(
    SignUps signUps, MemberAccounts members, UserManager<Account> accounts, LibrarySettings library, LibraryCalendar calendar) : AccountPage
{
    [BindProperty]
    public string? CardNumber { get; set; }

    [BindProperty]
    public DateOnly? CardBirthDate { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public DateOnly? BirthDate { get; set; }

    [BindProperty]
    public string? Nik { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    public bool IsReviewed => library.Members.ReviewApplications;

    /// <summary>Whether there is nothing that keeps the signed-in person from applying.</summary>
    public bool MayApply => For is null && Acting?.Member.Status is null or MemberStatus.Declined or MemberStatus.Closed or MemberStatus.Erased;

    /// <summary>From which day on the membership can be renewed; null where there is none.</summary>
    public DateOnly? RenewableFrom => Acting is { Member: { Status: MemberStatus.Active, MembershipEnd: { } end } } ? end.AddDays(-library.Members.RenewableDaysBeforeEnd) : null;

    /// <summary>In a word how the membership stands.</summary>
    public string State => Acting!.Member switch
    {
        { Status: MemberStatus.Active } member when member.MembershipEnd < calendar.Today => "Expired",
        { Status: MemberStatus.Active } member when member.IsSuspendedOn(calendar.Today) => "Suspended",
        var member => member.Status.ToString(),
    };

    /// <summary>The colour of that word.</summary>
    public string Mark => State switch { "Active" => "mark--good", "Applied" => "mark--caution", _ => "mark--bad" };

    /// <summary>What that means and what to do next.</summary>
    public string Explained => Acting!.Member.Status == MemberStatus.Declined
        ? MembershipText.Get("Declined", Acting.Member.Remark ?? "–")
        : Acting.Member.CannotUseCardOn(calendar.Today) is { } refusal ? refusal.Explain(CultureInfo.CurrentUICulture) : MembershipText.Get("Good");

    public void OnGet() => Name = MayApply ? Caller.Name : null;

    /// <summary>Extends the membership.</summary>
    public async Task<IActionResult> OnPostRenewAsync(CancellationToken stop)
    {
        if (Acting is not { } acting) return NotFound();
        return await members.RenewMembershipAsync(acting.Member.Id, acting.By, stop) is { } refusal ? this.Refuse(refusal) : Tell(MembershipText.Get("Renewed"), "/account/membership");
    }

    /// <summary>Links the account with the card of whoever can prove the card's address.</summary>
    public async Task<IActionResult> OnPostCardAsync(CancellationToken stop)
    {
        if (For is not null || Acting is not null) return NotFound();
        this.Require(nameof(CardNumber), CardNumber);
        if (CardBirthDate is null) this.Require(nameof(CardBirthDate), null);
        if (!ModelState.IsValid) return this.Refused();
        if (await signUps.LinkCardAsync((await accounts.GetUserAsync(User))!, CardNumber, CardBirthDate!.Value, stop)) return Tell(MembershipText.Get("Linked"), "/account/membership");

        this.Fault(nameof(CardNumber), MembershipText.Get("NotLinked"));
        return this.Refused();
    }

    /// <summary>Takes the application in.</summary>
    public async Task<IActionResult> OnPostApplyAsync(CancellationToken stop)
    {
        // Sent twice: the first has been taken in.
        if (!MayApply) return LocalRedirect(Url.Content("~/account/membership"));
        this.Require(nameof(Name), Name);
        if (BirthDate is null) this.Require(nameof(BirthDate), null);
        this.Require(nameof(Nik), Nik);
        if (!ModelState.IsValid) return this.Refused();

        var account = (await accounts.GetUserAsync(User))!;
        var application = new MembershipApplication(
            new MemberDetails(Name!, BirthDate, account.Email, Phone, Address), MemberCategory.Adult, Nik, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "id");
        return await signUps.JoinAsync(account, application, stop) is { } refusal
            ? this.Refuse(refusal, ("members.not_a_nik", nameof(Nik)), ("members.nik_needed", nameof(Nik)), ("members.category_does_not_fit_age", nameof(BirthDate)), ("members.guardian_needed", nameof(BirthDate)))
            : Tell(MembershipText.Get("Applied"), "/account/membership");
    }
}
