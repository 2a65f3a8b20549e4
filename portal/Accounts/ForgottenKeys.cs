using Metro.Data;
using Metro.Scheduler.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Accounts;

/// <summary>
/// Forgets tokens that ended a month ago, so that their owners have seen it, and forms for which nobody came back.
/// </summary>
internal sealed class ForgottenKeys(AccountsDbContext db) : IForgetful
{
    private const int AtOnce = 1_000;

    /// <summary>For how many days a token that has ended is still shown to its owner.</summary>
    public const int ShownDays = 30;

    public string What => "tokens and kept forms";

    public Task<int> ForgetAsync(DateTime now, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        var before = now.AddDays(-ShownDays);
        var tokens = await db.ApiTokens.Where(token => token.ExpiresUtc < before).OrderBy(token => token.ExpiresUtc).ThenBy(token => token.Id).Select(token => token.Id).Take(AtOnce).ToListAsync(inner);
        var forms = await db.KeptForms.Where(form => form.ExpiresUtc <= now).OrderBy(form => form.ExpiresUtc).ThenBy(form => form.AccountId).Select(form => form.AccountId).Take(AtOnce).ToListAsync(inner);
        return await db.ApiTokens.Where(token => tokens.Contains(token.Id)).ExecuteDeleteAsync(inner)
            + await db.KeptForms.Where(form => forms.Contains(form.AccountId)).ExecuteDeleteAsync(inner);
    }, stop);
}
