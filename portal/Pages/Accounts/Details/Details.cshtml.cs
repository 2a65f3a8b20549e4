using Metro.Library;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Portal.Accounts;
using Metro.Portal.People;
using Metro.Portal.Web.Forms;
using Metro.Scheduler.Mailing;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Metro.Portal.Pages.Accounts.Details;

/// <summary>
/// What somebody told the library about themselves, and what they wish: in which language and by which ways they are written to, of
/// what they are reminded, whether their loans are remembered.
/// </summary>
internal sealed class DetailsModel(
    MemberAccounts members, Subscriptions subscriptions, Guardians guardians, UserManager<Account> accounts, LibrarySettings library, MailSettings mail) : MemberPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? ContactPerson { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public string Language { get; set; } = "id";

    [BindProperty]
    public bool ByEmail { get; set; }

    [BindProperty]
    public bool ByPhone { get; set; }

    [BindProperty]
    public bool ByPost { get; set; }

    [BindProperty]
    public bool WantsNews { get; set; }

    [BindProperty]
    public bool KeepsHistory { get; set; }

    /// <summary>Of what they are reminded.</summary>
    [BindProperty]
    public IReadOnlyList<MailTopic> Topics { get; set; } = [];

    /// <summary>Whether they may change anything here; a guardian decides for whoever is under age.</summary>
    public bool MayDecide { get; private set; }

    public int ForgottenAfterDays => library.Members.KeepReturnedLoansDays;

    public TimeOnly QuietFrom => mail.QuietFrom;

    public TimeOnly QuietUntil => mail.QuietUntil;

    public static IEnumerable<SelectListItem> Languages => [new(DetailsText.Get("Language.id"), "id"), new(DetailsText.Get("Language.en"), "en")];

    private string RecipientKey => new Subject("member", Member.Id).ToString();

    public async Task OnGetAsync(CancellationToken stop)
    {
        Describe();
        await WishAsync(stop);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var details = new MemberDetails(
            Name ?? "", Member.BirthDate, IsSelf ? Member.Email : Email, Phone, Address, Member.IsPerson ? Member.ContactPerson : ContactPerson, Member.Npsn);
        if (ModelState.IsValid)
        {
            if (await members.UpdateAsync(Member.Id, details, By, stop) is not { } refusal) return Tell(DetailsText.Get("Saved"), "/account/details");
            this.Refuse(refusal);
        }

        await WishAsync(stop);
        return this.Refused();
    }

    /// <summary>Keeps the wishes.</summary>
    public async Task<IActionResult> OnPostWishesAsync(CancellationToken stop)
    {
        Describe();
        MayDecide = await guardians.MayDecideForAsync(By, Member, stop);
        if (!ModelState.IsValid) return this.Refused();
        if (await members.PreferAsync(Member.Id, new ContactPreferences(Language, ByEmail, ByPhone, ByPost, WantsNews), By, stop) is { } refusal) return this.Refuse(refusal);
        if (KeepsHistory != Member.KeepsLoanHistory && await members.KeepLoanHistoryAsync(Member.Id, KeepsHistory, By, stop) is { } refused) return this.Refuse(refused);

        foreach (var topic in Enum.GetValues<MailTopic>())
        {
            if (Topics.Contains(topic)) await subscriptions.ResumeAsync(RecipientKey, topic, stop);
            else await subscriptions.StopAsync(RecipientKey, topic, stop);
        }

        if (IsSelf && await accounts.GetUserAsync(User) is { } account && account.Language != Language)
        {
            account.Language = Language;
            await accounts.UpdateAsync(account);
        }

        return Tell(DetailsText.Get("Wishes.Saved"), "/account/details");
    }

    private void Describe() => (Name, ContactPerson, Email, Phone, Address) = (Member.Name, Member.ContactPerson, Member.Email, Member.Phone, Member.Address);

    private async Task WishAsync(CancellationToken stop)
    {
        (Language, ByEmail, ByPhone, ByPost) = (Member.Language, Member.ByEmail, Member.ByPhone, Member.ByPost);
        (WantsNews, KeepsHistory) = (Member.WantsNews, Member.KeepsLoanHistory);
        var stopped = await subscriptions.StoppedAsync(RecipientKey, stop);
        Topics = [.. Enum.GetValues<MailTopic>().Except(stopped)];
        MayDecide = await guardians.MayDecideForAsync(By, Member, stop);
    }
}
