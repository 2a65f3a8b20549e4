using Metro.Data;
using Metro.Scheduler.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Accounts;

/// <summary>
/// Forgets accounts that somebody asked for a month ago and nobody ever opened: the address may be a stranger's, who never asked. What
/// was applied for stays with the library, and invited staff stay until an administrator decides otherwise.
/// </summary>
internal sealed class UnopenedAccounts(AccountsDbContext db) : IForgetful
{
    private const int AtOnce = 500;
    private const int WaitDays = 30;

    public string What => "accounts that nobody opened";

    public Task<int> ForgetAsync(DateTime now, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        var before = now.AddDays(-WaitDays);
        var unopened = await db.Users.Where(account => account.PasswordHash == null && !account.EmailConfirmed && account.CreatedUtc < before && !db.UserRoles.Any(held => held.UserId == account.Id))
            .OrderBy(account => account.Id).Select(account => account.Id).Take(AtOnce).ToListAsync(inner);
        return await db.Users.Where(account => unopened.Contains(account.Id)).ExecuteDeleteAsync(inner);
    }, stop);
}
