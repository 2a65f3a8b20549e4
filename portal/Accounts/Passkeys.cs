using Microsoft.AspNetCore.Identity;

namespace Metro.Portal.Accounts;

/// <summary>
/// Passkeys: registered, named, used to sign in, removed. The device must have made sure who holds it, each time. Not thread-safe: one
/// per request.
/// </summary>
internal sealed class Passkeys(SignInManager<Account> signIn, UserManager<Account> accounts, SignUps signUps)
{
    /// <summary>The most passkeys that one account has.</summary>
    public const int MostOfAccount = 10;

    /// <summary>The most letters of a passkey's name.</summary>
    public const int NameLimit = 60;

    /// <summary>What the browser is asked to make, as JSON.</summary>
    public Task<string> CreationOptionsAsync(Account account) => signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
    {
        Id = account.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), Name = account.Email!, DisplayName = account.DisplayName,
    });

    /// <summary>Keeps a passkey that the browser has made.</summary>
    /// <returns>False where it is not what was asked for, or the account has too many.</returns>
    public async Task<bool> AddAsync(Account account, string name, string credential)
    {
        if ((await accounts.GetPasskeysAsync(account)).Count >= MostOfAccount) return false;
        if (await AttestAsync(credential) is not { IsUserVerified: true } passkey) return false;

        passkey.Name = name.Length > NameLimit ? name[..NameLimit] : name;
        return (await accounts.AddOrUpdatePasskeyAsync(account, passkey)).Succeeded;
    }

    /// <summary>Gives a passkey another name.</summary>
    public async Task<bool> RenameAsync(Account account, byte[] id, string name)
    {
        if (await accounts.GetPasskeyAsync(account, id) is not { } passkey) return false;

        passkey.Name = name.Length > NameLimit ? name[..NameLimit] : name;
        return (await accounts.AddOrUpdatePasskeyAsync(account, passkey)).Succeeded;
    }

    /// <summary>The account of whoever holds a passkey; null where it is not known here, or the staff have closed the account.</summary>
    public async Task<Account?> AssertAsync(string credential)
    {
        PasskeyAssertionResult<Account> assertion;
        try
        {
            assertion = await signIn.PerformPasskeyAssertionAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // Nothing was asked, or too long ago.
            return null;
        }

        if (!assertion.Succeeded || !assertion.Passkey.IsUserVerified || signUps.IsClosed(assertion.User)) return null;

        // How often the device has signed tells a copy from the original.
        await accounts.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey);
        return assertion.User;
    }

    private async Task<UserPasskeyInfo?> AttestAsync(string credential)
    {
        try
        {
            return await signIn.PerformPasskeyAttestationAsync(credential) is { Succeeded: true, Passkey: var passkey } ? passkey : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
