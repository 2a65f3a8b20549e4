using System.Globalization;
using Metro.Data;
using Metro.Library;
using Metro.Library.Outbox;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Accounts;

/// <summary>Why an administrator's wish about an account is refused.</summary>
internal enum AccountRefusal
{
    /// <summary>There is no such account.</summary>
    Unknown,

    /// <summary>Without this one, nobody could see to accounts any more.</summary>
    LastAdministrator,

    /// <summary>Nobody closes their own account.</summary>
    Oneself,

    /// <summary>The address has an account.</summary>
    AddressKnown,

    /// <summary>Whoever is invited is given something to do.</summary>
    NoRole,

    /// <summary>The account has been opened already.</summary>
    AlreadyOpened,
}

/// <summary>An account as a list shows it.</summary>
internal sealed record ListedAccount(long Id, string Name, string Email, IReadOnlyList<string> Roles, bool HasSecondStep, bool IsClosed, bool IsOpened, long? MemberId, DateTime CreatedUtc);

/// <summary>Which accounts are looked for.</summary>
/// <param name="Words">The beginning or a part of the name or address; empty for all.</param>
/// <param name="Role">Only those who hold it; null for all.</param>
/// <param name="Page">Counted from 1.</param>
internal sealed record AccountQuery(string Words, string? Role, int Page);

/// <summary>
/// What administrators see to: who has which role, who is shut out, who comes to work with the portal. Each act leaves an audit line
/// in its own transaction. Not thread-safe: one per request.
/// </summary>
internal sealed class StaffAccounts(
    AccountsDbContext db, UserManager<Account> accounts, RoleManager<Role> roles, AccountLinks links, AccountLetters letters, SecondStep secondStep, TimeProvider clock)
{
    /// <summary>How many accounts stand on one page of the list.</summary>
    public const int PageSize = 30;

    private const int LastPage = 1_000;

    /// <summary>When an account that was closed would open by itself: never.</summary>
    private static readonly DateTimeOffset ForEver = new(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Accounts by name, and whether there are more.</summary>
    public async Task<(IReadOnlyList<ListedAccount> Accounts, bool HasMore)> FindAsync(AccountQuery query, CancellationToken stop)
    {
        var found = db.Users.AsNoTracking();
        if (query.Words.Trim() is { Length: > 0 and <= 200 } words)
        {
            var (name, email) = (words.ToLowerInvariant(), words.ToUpperInvariant());
#pragma warning disable CA1862, CA1304, CA1311, MA0011 // EF translates this form to lower() on both databases.
            found = found.Where(account => account.DisplayName.ToLower().Contains(name) || account.NormalizedEmail!.Contains(email));
#pragma warning restore CA1862, CA1304, CA1311, MA0011
        }

        if (query.Role is { } role)
        {
            var key = role.ToUpperInvariant();
            found = found.Where(account => db.UserRoles.Any(held => held.UserId == account.Id && db.Roles.Any(one => one.Id == held.RoleId && one.NormalizedName == key)));
        }

        var page = await found.OrderBy(account => account.DisplayName).ThenBy(account => account.Id)
            .Skip((Math.Clamp(query.Page, 1, LastPage) - 1) * PageSize).Take(PageSize + 1).ToListAsync(stop);
        var ids = page.Select(account => account.Id).ToList();
        var held = await (
            from membership in db.UserRoles.AsNoTracking()
            where ids.Contains(membership.UserId)
            join one in db.Roles.AsNoTracking() on membership.RoleId equals one.Id
            orderby one.Name
            select new { membership.UserId, one.Name }).ToListAsync(stop);
        return ([.. page.Take(PageSize).Select(account => Listed(account, [.. held.Where(one => one.UserId == account.Id).Select(one => one.Name!)]))], page.Count > PageSize);
    }

    /// <summary>One account; null for none.</summary>
    public async Task<ListedAccount?> FindAsync(long id, CancellationToken stop)
    {
        if (await db.Users.AsNoTracking().FirstOrDefaultAsync(account => account.Id == id, stop) is not { } account) return null;
        var held = await db.UserRoles.AsNoTracking().Where(one => one.UserId == id).Join(db.Roles, one => one.RoleId, role => role.Id, (_, role) => role.Name!).OrderBy(name => name).ToListAsync(stop);
        return Listed(account, held);
    }

    /// <summary>Gives and takes roles; the account's sessions end, so that they are what it may do from now on.</summary>
    public Task<AccountRefusal?> SetRolesAsync(long id, IReadOnlyCollection<string> wanted, Actor by, CancellationToken stop) => ChangeAsync(id, async account =>
    {
        var held = await accounts.GetRolesAsync(account);
        var chosen = Role.All.Where(wanted.Contains).ToList();
        if (held.Contains(Role.Administrator) && !chosen.Contains(Role.Administrator) && await IsLastAdministratorAsync(id, stop)) return AccountRefusal.LastAdministrator;
        if (held.Order(StringComparer.Ordinal).SequenceEqual(chosen.Order(StringComparer.Ordinal), StringComparer.Ordinal)) return null;

        Audit(id, "account.roles_changed", by, before: new { roles = held }, after: new { roles = chosen });
        await MakeRolesAsync(chosen);
        await accounts.RemoveFromRolesAsync(account, held.Except(chosen));
        await accounts.AddToRolesAsync(account, chosen.Except(held));
        await accounts.UpdateSecurityStampAsync(account);
        return null;
    }, stop);

    /// <summary>Shuts an account out until somebody opens it again.</summary>
    public Task<AccountRefusal?> CloseAsync(long id, Actor by, CancellationToken stop) => ChangeAsync(id, async account =>
    {
        if (by.Id == Key(id)) return AccountRefusal.Oneself;
        if (await accounts.IsInRoleAsync(account, Role.Administrator) && await IsLastAdministratorAsync(id, stop)) return AccountRefusal.LastAdministrator;

        Audit(id, "account.closed", by);
        account.LockoutEnabled = true;
        account.LockoutEnd = ForEver;
        await accounts.UpdateSecurityStampAsync(account);
        return null;
    }, stop);

    /// <summary>Opens an account again, also one that wrong passwords have closed for a while.</summary>
    public Task<AccountRefusal?> OpenAsync(long id, Actor by, CancellationToken stop) => ChangeAsync(id, async account =>
    {
        Audit(id, "account.opened", by);
        (account.LockoutEnd, account.AccessFailedCount) = (null, 0);
        await accounts.UpdateAsync(account);
        return null;
    }, stop);

    /// <summary>Ends the account's sessions on all devices.</summary>
    public Task<AccountRefusal?> SignOutAsync(long id, Actor by, CancellationToken stop) => ChangeAsync(id, async account =>
    {
        Audit(id, "account.signed_out", by);
        await accounts.UpdateSecurityStampAsync(account);
        return null;
    }, stop);

    /// <summary>Takes the second step and the passkeys away, for somebody who has lost them and has shown who they are.</summary>
    public async Task<AccountRefusal?> ResetSecondStepAsync(long id, Actor by, CancellationToken stop)
    {
        var refusal = await ChangeAsync(id, async account =>
        {
            Audit(id, "account.second_step_reset", by);
            foreach (var passkey in await accounts.GetPasskeysAsync(account)) await accounts.RemovePasskeyAsync(account, passkey.CredentialId);
            await accounts.SetTwoFactorEnabledAsync(account, false);
            await accounts.ResetAuthenticatorKeyAsync(account);
            return null;
        }, stop);
        if (refusal is null && await accounts.FindByIdAsync(Key(id)) is { } changed) await secondStep.TellAsync(changed, stop);
        return refusal;
    }

    /// <summary>Makes an account for somebody who is to work with the portal, and writes to them.</summary>
    /// <returns>The account's key, or why not.</returns>
    public async Task<(long? Id, AccountRefusal? Refusal)> InviteAsync(string email, string name, string language, IReadOnlyCollection<string> wanted, Actor by, CancellationToken stop)
    {
        var chosen = Role.All.Where(wanted.Contains).ToList();
        if (chosen.Count == 0) return (null, AccountRefusal.NoRole);
        if (await accounts.FindByEmailAsync(email) is { } known) return (known.Id, AccountRefusal.AddressKnown);

        var account = await db.WriteAsync(async inner =>
        {
            var invited = new Account { UserName = email, Email = email, DisplayName = name, Language = language, CreatedUtc = clock.GetUtcNow().UtcDateTime };
            if (!(await accounts.CreateAsync(invited)).Succeeded) return null;
            Audit(invited.Id, "account.invited", by, after: new { roles = chosen });
            await MakeRolesAsync(chosen);
            await accounts.AddToRolesAsync(invited, chosen);
            return invited;
        }, stop);
        if (account is null) return (null, AccountRefusal.AddressKnown);

        await WriteAsync(account, stop);
        return (account.Id, null);
    }

    /// <summary>Writes once more to somebody who has not opened their account yet.</summary>
    public async Task<AccountRefusal?> InviteAgainAsync(long id, CancellationToken stop)
    {
        if (await accounts.FindByIdAsync(Key(id)) is not { } account) return AccountRefusal.Unknown;
        if (account.PasswordHash is not null) return AccountRefusal.AlreadyOpened;

        await WriteAsync(account, stop);
        return null;
    }

    private async Task WriteAsync(Account account, CancellationToken stop) =>
        await letters.InviteAsync(account.Id, account.Email!, account.DisplayName, account.Language, await links.ToChoosePasswordAsync(account), links.ValidUntil, stop);

    /// <summary>Changes an account in one transaction with what is asked about the others, so that of two administrators one stays.</summary>
    private Task<AccountRefusal?> ChangeAsync(long id, Func<Account, Task<AccountRefusal?>> change, CancellationToken stop) => db.WriteAsync<AccountRefusal?>(
        async inner => await db.Users.FirstOrDefaultAsync(account => account.Id == id, inner) is { } account ? await change(account) : AccountRefusal.Unknown, stop);

    private async Task<bool> IsLastAdministratorAsync(long id, CancellationToken stop)
    {
        var key = Role.Administrator.ToUpperInvariant();
        var others = await db.Users.Where(account => account.Id != id && account.PasswordHash != null
            && db.UserRoles.Any(held => held.UserId == account.Id && db.Roles.Any(role => role.Id == held.RoleId && role.NormalizedName == key))).Select(account => account.LockoutEnd).ToListAsync(stop);
        return !others.Exists(closed => !(closed > clock.GetUtcNow()));
    }

    private async Task MakeRolesAsync(IEnumerable<string> names)
    {
        foreach (var name in names)
            if (!await roles.RoleExistsAsync(name)) await roles.CreateAsync(new Role { Name = name });
    }

    /// <summary>A line in the library's audit trail, saved with the change that follows.</summary>
    private void Audit(long id, string action, Actor by, object? before = null, object? after = null) =>
        db.AuditLines.Add(AuditLine.Of(by, action, new Subject("account", id), clock.GetUtcNow().UtcDateTime, before, after));

    private ListedAccount Listed(Account account, IReadOnlyList<string> held) => new(
        account.Id, account.DisplayName, account.Email ?? "", held, account.TwoFactorEnabled, account.LockoutEnd > clock.GetUtcNow(),
        account.PasswordHash is not null, account.MemberId, account.CreatedUtc);

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);
}
