using System.Globalization;
using System.Security.Claims;
using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Accounts.Api;

/// <summary>
/// Who asks is an account, by cookie or by token; its member is looked up anew with every request. Where the desk has merged the
/// member's record into another, it is that one.
/// </summary>
internal sealed class AccountCallers(AccountsDbContext db, LibraryDbContext library) : ICallers
{
    public async ValueTask<Caller?> FindAsync(ClaimsPrincipal user, CancellationToken stop) =>
        long.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await db.Users.AsNoTracking().Where(account => account.Id == id)
                .Select(account => new { account.Id, account.DisplayName, account.MemberId }).SingleOrDefaultAsync(stop) is { } account
            ? new Caller(account.Id, account.DisplayName, await KeptAsync(account.MemberId, stop))
            : null;

    private async Task<long?> KeptAsync(long? memberId, CancellationToken stop) => memberId is null
        ? null
        : await library.Members.AsNoTracking().Where(member => member.Id == memberId && member.Status == MemberStatus.Merged).Select(member => member.MergedIntoId).FirstOrDefaultAsync(stop) ?? memberId;
}
