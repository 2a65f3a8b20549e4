using System.Globalization;
using System.Linq.Expressions;
using Metro.Content;
using Metro.Content.Editor;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Accounts;

/// <summary>The accounts that hold a role of the editor, as those who may own content.</summary>
internal sealed class StaffAuthors(AccountsDbContext db) : IContentAuthors
{
    private static readonly Expression<Func<Account, ContentAuthor>> Shown = account =>
        new ContentAuthor(account.Id.ToString(CultureInfo.InvariantCulture), account.DisplayName, account.Email ?? "");

    public async Task<IReadOnlyList<ContentAuthor>> SearchAsync(string? words, int limit = 20, CancellationToken stop = default)
    {
        var roles = ContentRoles.All.Select(role => role.ToUpperInvariant()).ToArray();
        var staff = db.Users.AsNoTracking().Where(account => db.UserRoles.Any(held =>
            held.UserId == account.Id && db.Roles.Any(role => role.Id == held.RoleId && roles.Contains(role.NormalizedName!))));
        if (words?.Trim() is { Length: > 0 } sought)
        {
            var (name, email) = (sought.ToLowerInvariant(), sought.ToUpperInvariant());
#pragma warning disable CA1862, CA1304, CA1311, MA0011 // EF translates this form to lower() on both databases.
            staff = staff.Where(account => account.DisplayName.ToLower().Contains(name) || account.NormalizedEmail!.Contains(email));
#pragma warning restore CA1862, CA1304, CA1311, MA0011
        }

        return await staff.OrderBy(account => account.DisplayName).ThenBy(account => account.Id).Take(Math.Clamp(limit, 1, 100)).Select(Shown).ToListAsync(stop);
    }

    public async Task<IReadOnlyDictionary<string, ContentAuthor>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken stop = default)
    {
        var sought = ids.Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null)
            .OfType<long>().Distinct().Take(200).ToArray();
        return await db.Users.AsNoTracking().Where(account => sought.Contains(account.Id)).Select(Shown).ToDictionaryAsync(author => author.Id, stop);
    }
}
