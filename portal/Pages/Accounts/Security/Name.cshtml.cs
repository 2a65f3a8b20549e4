using Metro.Library.Input;
using Metro.Portal.Accounts;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Metro.Portal.Pages.Accounts.Security;

/// <summary>
/// What somebody without a membership, such as the staff, is called, and in which language their letters are. Members say both on the
/// page of their details.
/// </summary>
internal sealed class NameModel(UserManager<Account> accounts, SignInManager<Account> signIn) : SecurityPage(accounts)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string Language { get; set; } = "id";

    public static IReadOnlyList<SelectListItem> Languages => [new(SecurityText.Get("Name.Language.id"), "id"), new(SecurityText.Get("Name.Language.en"), "en")];

    public async Task OnGetAsync()
    {
        var account = await OwnAsync();
        (Name, Language) = (account.DisplayName, account.Language);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (InputText.CheckName(Name, "name", Account.NameLimit) is { } refusal) return this.Refuse(refusal);
        if (Language is not ("id" or "en")) this.Fault(nameof(Language), FormText.Get("Unreadable"));
        if (!ModelState.IsValid) return this.Refused();

        var account = await OwnAsync();
        (account.DisplayName, account.Language) = (InputText.Tidy(Name)!, Language);
        await Accounts.UpdateAsync(account);
        // The session says the name as well: what is done from now on is written down with the new one.
        await signIn.RefreshSignInAsync(account);
        return Tell(SecurityText.Get("Name.Saved"), "/account/security");
    }

    /// <inheritdoc />
    protected override IActionResult? WhyNot() => Acting is null ? base.WhyNot() : LocalRedirect(At("/account/details"));
}
