using System.Buffers.Text;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Metro.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Accounts;

/// <summary>
/// A session that its owner has ended is good nowhere any more, nor is a copy of its cookie; signing in again ends the one from
/// before; and however busy, none lasts longer than <see cref="Longest"/> (OWASP ASVS 5, 7.2.4, 7.3.2 and 7.4.1). What is kept of an
/// ended session is its number, among the account's tokens, until its cookie would have ended by itself. Not thread-safe: one per request.
/// </summary>
internal sealed class EndedSessions(AccountsDbContext db, TimeProvider clock)
{
    /// <summary>How long a session lasts at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private const string Provider = "ended-session";
    private const string Number = "sid";
    private const string Began = "began";
    private const int NumberBytes = 16;

    /// <summary>Gives each session its number, and asks of each whether it has ended.</summary>
    public static void Follow(CookieAuthenticationEvents events)
    {
        var (signingIn, validate, signingOut) = (events.OnSigningIn, events.OnValidatePrincipal, events.OnSigningOut);
        events.OnSigningIn = async session =>
        {
            var sessions = Of(session.HttpContext);
            await sessions.EndAsync(session.HttpContext.User, session.Options.ExpireTimeSpan, session.HttpContext.RequestAborted);
            sessions.Begin(session.Principal, session.Properties);
            await signingIn(session);
        };
        events.OnValidatePrincipal = async session =>
        {
            try
            {
                await validate(session);
                if (session.Principal is not { } person || session.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return;
                if (await Of(session.HttpContext).HasEndedAsync(person, session.Properties, session.HttpContext.RequestAborted)) session.RejectPrincipal();
            }
            catch (Exception fault) when (Outages.Caused(fault))
            {
                // Nobody is signed out because the database is away, and the page that says so must not ask it again.
                session.RejectPrincipal();
                session.HttpContext.Features.Set(new UnknownSession(fault));
            }
        };
        events.OnSigningOut = async session =>
        {
            await Of(session.HttpContext).EndAsync(session.HttpContext.User, session.Options.ExpireTimeSpan, session.HttpContext.RequestAborted);
            await signingOut(session);
        };
    }

    private static EndedSessions Of(HttpContext context) => context.RequestServices.GetRequiredService<EndedSessions>();

    private void Begin(ClaimsPrincipal? person, AuthenticationProperties session)
    {
        if (person?.Identity is ClaimsIdentity identity) identity.AddClaim(new Claim(Number, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NumberBytes))));
        session.Items.TryAdd(Began, Written(clock.GetUtcNow().UtcDateTime));
    }

    private async Task<bool> HasEndedAsync(ClaimsPrincipal person, AuthenticationProperties session, CancellationToken stop)
    {
        if (session.Items.TryGetValue(Began, out var began) && string.CompareOrdinal(began, Written(clock.GetUtcNow().UtcDateTime - Longest)) < 0) return true;
        return Find(person) is (var accountId, var number) && await db.UserTokens.AnyAsync(one => one.UserId == accountId && one.LoginProvider == Provider && one.Name == number, stop);
    }

    private async Task EndAsync(ClaimsPrincipal person, TimeSpan keptFor, CancellationToken stop)
    {
        if (Find(person) is not (var accountId, var number)) return;

        var now = clock.GetUtcNow().UtcDateTime;
        await db.WriteAsync(async inner =>
        {
            var ended = await db.UserTokens.Where(one => one.UserId == accountId && one.LoginProvider == Provider).ToListAsync(inner);
            db.RemoveRange(ended.Where(one => string.CompareOrdinal(one.Value, Written(now)) < 0));
            if (!ended.Exists(one => one.Name == number) && await db.Users.AnyAsync(account => account.Id == accountId, inner))
                db.Add(new IdentityUserToken<long> { UserId = accountId, LoginProvider = Provider, Name = number, Value = Written(now + keptFor) });
            await db.SaveChangesAsync(inner);
        }, stop);
    }

    private static (long AccountId, string Number)? Find(ClaimsPrincipal person) =>
        person.FindFirstValue(Number) is { } number && long.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var accountId)
            ? (accountId, number)
            : null;

    /// <summary>An instant so that the order of the letters is that of time.</summary>
    private static string Written(DateTime instant) => instant.ToString("O", CultureInfo.InvariantCulture);
}
