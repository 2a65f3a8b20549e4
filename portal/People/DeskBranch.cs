using System.Globalization;
using Metro.Library;
using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.People;

/// <summary>At which branch somebody works: a choice that the device remembers. Not thread-safe: one per request.</summary>
internal sealed class DeskBranch(LibraryDbContext db)
{
    private const string Cookie = "metro-desk-branch";
    private IReadOnlyList<Branch>? all;

    /// <summary>Every branch that is in use, the main one first.</summary>
    public async Task<IReadOnlyList<Branch>> AllAsync(CancellationToken stop) => all ??= await db.Branches.AsNoTracking()
        .Where(branch => branch.IsActive).OrderBy(branch => branch.Kind != BranchKind.Main).ThenBy(branch => branch.Id).Take(200).ToListAsync(stop);

    /// <summary>The branch that was chosen on this device; the main one where none was.</summary>
    public static Branch Chosen(HttpRequest request, IReadOnlyList<Branch> branches) =>
        long.TryParse(request.Cookies[Cookie], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && branches.FirstOrDefault(branch => branch.Id == id) is { } chosen
            ? chosen
            : branches[0];

    /// <summary>Remembers a choice on this device.</summary>
    public static void Choose(HttpContext context, Branch branch) => context.Response.Cookies.Append(
        Cookie, branch.Id.ToString(CultureInfo.InvariantCulture),
        new CookieOptions { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
}
