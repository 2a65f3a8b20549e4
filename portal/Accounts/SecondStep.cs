using System.Security.Claims;
using System.Text;
using Metro.Library;
using Metro.Library.Outbox;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using QRCoder;

namespace Metro.Portal.Accounts;

/// <summary>
/// The second step of signing in: a code that an authenticator app shows, or a passkey, which is both steps at once. Whoever sets one
/// up, changes it or takes it away is told by letter. Not thread-safe: one per request.
/// </summary>
internal sealed class SecondStep(
    UserManager<Account> accounts, SignInManager<Account> signIn, IUserStore<Account> store, AccountLetters letters, LibrarySettings library)
{
    /// <summary>What a session says that came about by both steps (RFC 8176).</summary>
    public static readonly Claim Done = new("amr", "mfa");

    private const int RecoveryCodes = 10;

    /// <summary>Whether a session came about by both steps.</summary>
    public static bool IsDone(ClaimsPrincipal person) => person.HasClaim(Done.Type, Done.Value);

    /// <summary>The secret that the authenticator app and the portal share, made where there is none yet; good for nothing before a code has confirmed it.</summary>
    public async Task<string> SecretAsync(Account account, CancellationToken stop)
    {
        if (await accounts.GetAuthenticatorKeyAsync(account) is { Length: > 0 } known) return known;

        // Not by the manager's own way, which ends all sessions: nothing about signing in changes before a code confirms it.
        await ((IUserAuthenticatorKeyStore<Account>)store).SetAuthenticatorKeyAsync(account, accounts.GenerateNewAuthenticatorKey(), stop);
        await accounts.UpdateAsync(account);
        return (await accounts.GetAuthenticatorKeyAsync(account))!;
    }

    /// <summary>A picture of the secret for the app's camera, as an address with the data in it.</summary>
    public string Picture(Account account, string secret)
    {
        var issuer = Uri.EscapeDataString(library.Name);
        using var code = QRCodeGenerator.GenerateQrCode($"otpauth://totp/{issuer}:{Uri.EscapeDataString(account.Email!)}?secret={secret}&issuer={issuer}&digits=6&period=30", QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(code);
        var svg = drawing.GetGraphic(1, "#2a0a12", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
    }

    /// <summary>Asks for the second step from now on, once a code shows that the app has the secret.</summary>
    /// <returns>The recovery codes; null where the code does not fit.</returns>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(Account account, string code, CancellationToken stop)
    {
        if (!await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, Digits(code))) return null;

        await accounts.SetTwoFactorEnabledAsync(account, true);
        var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        await StayAsync(account);
        await TellAsync(account, stop);
        return [.. codes!];
    }

    /// <summary>New recovery codes; those from before are good for nothing.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(Account account, CancellationToken stop)
    {
        var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        await TellAsync(account, stop);
        return [.. codes!];
    }

    /// <summary>Asks for a password alone again, and forgets the secret.</summary>
    public async Task TurnOffAsync(Account account, CancellationToken stop)
    {
        await accounts.SetTwoFactorEnabledAsync(account, false);
        await accounts.ResetAuthenticatorKeyAsync(account);
        await TellAsync(account, stop);
    }

    /// <summary>Signs in whoever has shown both steps, by a passkey or by setting the second one up just now.</summary>
    public Task StayAsync(Account account) => signIn.SignInWithClaimsAsync(account, new AuthenticationProperties(), [Done]);

    /// <summary>Tells the owner that how they sign in has changed.</summary>
    public Task TellAsync(Account account, CancellationToken stop) => letters.ProtectionChangedAsync(account.Id, account.Email!, account.DisplayName, account.Language, stop);

    /// <summary>A code as apps show it, with a blank in the middle, as it is compared.</summary>
    public static string Digits(string? code) => string.Concat((code ?? "").Where(sign => !char.IsWhiteSpace(sign) && sign != '-'));
}
