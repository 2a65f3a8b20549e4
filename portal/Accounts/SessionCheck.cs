using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Metro.Portal.Accounts;

/// <summary>
/// Asks at every request whether a session still holds: a changed password, a role given or taken, a closed account and "sign out
/// everywhere" end it at once and not after a while. It is one look at one row, and none for what anybody may fetch.
/// </summary>
internal static class SessionCheck
{
    public static async Task ValidateAsync(CookieValidatePrincipalContext session)
    {
        if (session.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return;

        var services = session.HttpContext.RequestServices;
        var claim = services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity.SecurityStampClaimType;
        var (stamp, now) = (session.Principal?.FindFirstValue(claim), services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (stamp is not null && long.TryParse(session.Principal!.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            var db = services.GetRequiredService<AccountsDbContext>();
            var account = await db.Users.AsNoTracking().Where(one => one.Id == id).Select(one => new { one.SecurityStamp, one.LockoutEnd }).FirstOrDefaultAsync(session.HttpContext.RequestAborted);
            // Wrong passwords of a stranger close an account for a quarter of an hour, and do not throw its owner out.
            if (account is not null && account.SecurityStamp == stamp && !(account.LockoutEnd > now + TimeSpan.FromDays(1))) return;
        }

        session.RejectPrincipal();
        await session.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
