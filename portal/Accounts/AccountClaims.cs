using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Metro.Portal.Accounts;

/// <summary>
/// What a session says of its account. The name that others are shown goes along, so that what people write bears
/// their name and not the e-mail address they sign in with.
/// </summary>
internal sealed class AccountClaims(UserManager<Account> accounts, RoleManager<Role> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Account, Role>(accounts, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var claims = await base.GenerateClaimsAsync(user);
        if (user.DisplayName.Length > 0) claims.AddClaim(new Claim("name", user.DisplayName));
        return claims;
    }
}
