using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Metro.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Metro.Portal.Accounts.Tokens;

/// <summary>
/// Signs a request in by <c>Authorization: Bearer metro_…</c>. Its identity has the token's scopes as claims, and its owner's roles
/// only where a scope asks for one. A token that is unknown, at its end or of a closed account fails; it is never
/// taken for no token at all.
/// </summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, AccountsDbContext db, UserManager<Account> accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string SchemeName = "token";
    public const string ScopeClaim = "scope";
    public const string TokenClaim = "token";
    private const string Bearer = "Bearer ";
    private const int LongestSecret = 100;

    private static readonly TimeSpan NotedAgainAfter = TimeSpan.FromMinutes(10);

    public static bool IsIn(HttpRequest request) =>
        (request.Headers[HeaderNames.Authorization] + " ").StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsIn(Request)) return AuthenticateResult.NoResult();
        var secret = Request.Headers[HeaderNames.Authorization].ToString()[(Bearer.Length - 1)..].Trim();
        if (!secret.StartsWith(ApiToken.Prefix, StringComparison.Ordinal) || secret.Length > LongestSecret) return Unknown;

        var (hash, stop) = (ApiToken.HashOf(secret), Context.RequestAborted);
        var token = await db.ApiTokens.AsNoTracking().FirstOrDefaultAsync(one => one.Hash == hash, stop);
        var now = TimeProvider.GetUtcNow().UtcDateTime;
        if (token is null || token.ExpiresUtc <= now) return Unknown;
        if (await accounts.FindByIdAsync(token.AccountId.ToString(CultureInfo.InvariantCulture)) is not { } account || await accounts.IsLockedOutAsync(account)) return Unknown;

        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new(ClaimTypes.NameIdentifier, token.AccountId.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new(TokenClaim, token.Id.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaims(token.ScopeList.Select(scope => new Claim(ScopeClaim, scope)));
        if (token.ScopeList.Any(scope => ApiScopes.RolesFor(scope).Count > 0)) identity.AddClaims((await accounts.GetRolesAsync(account)).Select(role => new Claim(identity.RoleClaimType, role)));
        if (token.LastUsedUtc is not { } last || now - last >= NotedAgainAfter) await NoteUseAsync(token.Id, now, stop);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private Task NoteUseAsync(long id, DateTime now, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        if (await db.ApiTokens.FindAsync([id], inner) is { } used) used.Use(now);
        await db.SaveChangesAsync(inner);
    }, stop);

    private static AuthenticateResult Unknown => AuthenticateResult.Fail("The token is unknown or has ended.");
}
