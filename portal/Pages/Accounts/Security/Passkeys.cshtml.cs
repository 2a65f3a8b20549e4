using System.Buffers.Text;
using Metro.Portal.Accounts;
using Metro.Portal.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Pages.Accounts.Security;

/// <summary>Somebody's passkeys: made with the device's help, named, removed. Adding one is the only thing that needs a script.</summary>
internal sealed class PasskeysModel(UserManager<Account> accounts, Passkeys passkeys, SecondStep secondStep) : SecurityPage(accounts)
{
    public IReadOnlyList<UserPasskeyInfo> Own { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    /// <summary>What the browser is asked to make; for the script of the page.</summary>
    public async Task<IActionResult> OnPostOptionsAsync() => Content(await passkeys.CreationOptionsAsync(await OwnAsync()), "application/json");

    /// <summary>Keeps what the browser has made. A passkey is both steps, so that staff who needed one may go on.</summary>
    public async Task<IActionResult> OnPostAddAsync(string? name, string? credential, CancellationToken stop)
    {
        var account = await OwnAsync();
        var called = name?.Trim() is { Length: > 0 } given ? given : SecurityText.Get("Passkeys.Nameless");
        if (credential is not { Length: > 0 and < 20_000 } || !await passkeys.AddAsync(account, called, credential))
        {
            this.Fault("", SecurityText.Get("Passkeys.NotMade"));
            await LoadAsync();
            return this.Refused();
        }

        await secondStep.StayAsync(account);
        await secondStep.TellAsync(account, stop);
        return Tell(SecurityText.Get("Passkeys.Made", called), "/account/security/passkeys");
    }

    /// <summary>Gives one another name.</summary>
    public async Task<IActionResult> OnPostRenameAsync(string? id, string? name)
    {
        if (name?.Trim() is not { Length: > 0 } given) return LocalRedirect(Url.Content("~/account/security/passkeys"));
        return Read(id) is { } key && await passkeys.RenameAsync(await OwnAsync(), key, given) ? Tell(SecurityText.Get("Passkeys.Renamed", given), "/account/security/passkeys") : NotFound();
    }

    /// <summary>Removes one; nobody signs in with it any more.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(string? id, CancellationToken stop)
    {
        var account = await OwnAsync();
        if (Read(id) is not { } key || await Accounts.GetPasskeyAsync(account, key) is null) return NotFound();

        await Accounts.RemovePasskeyAsync(account, key);
        await secondStep.TellAsync(account, stop);
        return Tell(SecurityText.Get("Passkeys.Removed"), "/account/security/passkeys");
    }

    private static byte[]? Read(string? id) => id is { Length: > 0 and < 2_000 } && Base64Url.IsValid(id) ? Base64Url.DecodeFromChars(id) : null;

    private async Task LoadAsync() => Own = [.. (await Accounts.GetPasskeysAsync(await OwnAsync())).OrderBy(passkey => passkey.CreatedAt)];
}
