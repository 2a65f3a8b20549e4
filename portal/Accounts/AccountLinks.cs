using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Metro.Scheduler.Mailing;
using Microsoft.AspNetCore.Identity;

namespace Metro.Portal.Accounts;

/// <summary>
/// Links by which the owner of a mailbox proves to be that: they lead to the portal's own address, never to the one by which a
/// request came in, which whoever sends it can choose. Not thread-safe: one per request.
/// </summary>
internal sealed class AccountLinks(UserManager<Account> accounts, MailSettings mail, TimeProvider clock)
{
    /// <summary>For how long a link is good.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(1);

    /// <summary>When a link that is made now ends, UTC.</summary>
    public DateTime ValidUntil => clock.GetUtcNow().UtcDateTime + GoodFor;

    /// <summary>The link to the choice of a password; it ends when it has been used, or when anything about signing in changes.</summary>
    public async Task<Uri> ToChoosePasswordAsync(Account account) =>
        Page(account, "/account/choose-password", await accounts.GeneratePasswordResetTokenAsync(account));

    /// <summary>The link that confirms the address that an account is to have.</summary>
    public async Task<Uri> ToConfirmEmailAsync(Account account, string email) =>
        Page(account, "/account/confirm-email", await accounts.GenerateChangeEmailTokenAsync(account, email), email);

    /// <summary>The secret of a link as it was made; null where it cannot be one.</summary>
    public static string? Read(string? token)
    {
        if (token is not { Length: > 0 and < 2_000 } || !Base64Url.IsValid(token)) return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
    }

    private Uri Page(Account account, string path, string token, string? email = null)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"?account={account.Id}&token={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token))}");
        if (email is not null) query += "&email=" + Uri.EscapeDataString(email);
        return new Uri(mail.Site.TrimEnd('/') + (account.Language == "en" ? "/en" : "") + path + query);
    }
}
