using Metro.Library.Input;
using Metro.Portal.Accounts;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Metro.Portal.Pages.Admin.Accounts;

/// <summary>Somebody is to work with the portal: they get an account, what they may do, and a letter.</summary>
internal sealed class InviteModel(StaffAccounts accounts) : AccountsPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string Language { get; set; } = "id";

    [BindProperty]
    public IReadOnlyList<string> Roles { get; set; } = [];

    public static IEnumerable<SelectListItem> Languages => [new(AccountsText.Get("Language.id"), "id"), new(AccountsText.Get("Language.en"), "en")];

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        this.Require(nameof(Name), Name);
        this.Require(nameof(Email), Email);
        if (Roles.Count == 0) this.Fault(nameof(Roles), AccountsText.Get("Refusal.NoRole"));
        if (!ModelState.IsValid) return this.Refused();
        if ((InputText.CheckName(Name, "name", Account.NameLimit) ?? InputText.CheckEmail(Email!.Trim())) is { } unusable) return this.Refuse(unusable);

        var (id, refusal) = await accounts.InviteAsync(Email!.Trim(), Name!.Trim(), Language == "en" ? "en" : "id", [.. Roles], Staff, stop);
        if (refusal is null) return Tell(AccountsText.Get("Invite.Told", Name.Trim()), $"/admin/accounts/{Key(id!.Value)}");

        this.Fault(refusal == AccountRefusal.NoRole ? nameof(Roles) : nameof(Email), AccountsText.Get($"Refusal.{refusal}"));
        return this.Refused();
    }
}
