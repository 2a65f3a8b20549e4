using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Accounts;

/// <summary>
/// What somebody can ask for under Law 27/2022: everything that is kept about them, of the member and of the account, and to be
/// forgotten as both. Not thread-safe: one per request.
/// </summary>
internal sealed class OwnData(UserManager<Account> accounts, AccountsDbContext db, MemberPrivacy privacy)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Everything, as a JSON document. Secrets are not in it: whoever gets hold of the file must not be able to sign in.</summary>
    /// <param name="account">The account; null for a child's record.</param>
    /// <param name="member">The member; null for an account without membership.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<Outcome<string>> ExportAsync(Account? account, ActingFor? member, CancellationToken stop)
    {
        var document = new JsonObject();
        if (member is not null)
        {
            var exported = await privacy.ExportAsync(member.Member.Id, member.By, stop);
            if (exported.Refusal is { } refusal) return refusal;
            document = JsonNode.Parse(exported.Value)!.AsObject();
        }

        if (account is not null) document["account"] = JsonSerializer.SerializeToNode(await DescribeAsync(account, stop), Json);
        return document.ToJsonString(Json);
    }

    /// <summary>Forgets the member, refused while something is open, and then the account.</summary>
    /// <param name="account">Of whoever asks.</param>
    /// <param name="member">Who is to be forgotten: themselves, a child of theirs; null for an account without membership.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<Refusal?> EraseAsync(Account account, ActingFor? member, CancellationToken stop)
    {
        if (member is not null && await privacy.EraseAsync(member.Member.Id, member.By, stop) is { } refusal) return refusal;

        var memberId = member?.Member.Id;
        var gone = member is { IsSelf: false } ? await accounts.Users.FirstOrDefaultAsync(one => one.MemberId == memberId, stop) : account;
        if (gone is not null) await accounts.DeleteAsync(gone);
        return null;
    }

    private async Task<object> DescribeAsync(Account account, CancellationToken stop) => new
    {
        account.Email, account.DisplayName, account.Language, account.CreatedUtc, account.EmailConfirmed, SecondStep = account.TwoFactorEnabled,
        Roles = await accounts.GetRolesAsync(account),
        Passkeys = (await accounts.GetPasskeysAsync(account)).Select(passkey => new { passkey.Name, passkey.CreatedAt }),
        Tokens = await db.ApiTokens.AsNoTracking().Where(token => token.AccountId == account.Id).OrderBy(token => token.Id)
            .Select(token => new { token.Name, token.Scopes, token.CreatedUtc, token.ExpiresUtc, token.LastUsedUtc }).ToListAsync(stop),
    };
}
