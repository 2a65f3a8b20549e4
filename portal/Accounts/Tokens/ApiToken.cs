using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Metro.Portal.Schema.Callers;

namespace Metro.Portal.Accounts.Tokens;

/// <summary>
/// A personal access token: with it a program reads or acts through the API in its owner's name, within the scopes that it was
/// given. It is shown once; only its hash is kept.
/// </summary>
public sealed class ApiToken
{
    /// <summary>What every token begins with, so that it is recognised where it does not belong.</summary>
    public const string Prefix = "metro_";

    /// <summary>The most tokens that one account has at a time.</summary>
    public const int MostOfAccount = 20;

    internal const int NameLimit = 100;
    internal const int ScopesLimit = 200;
    private const int SecretBytes = 32;

    private ApiToken()
    {
    }

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>Whose it is.</summary>
    public long AccountId { get; private set; }

    /// <summary>What its owner calls it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>SHA-256 of the token in hexadecimal: it has 256 random bits, which nobody guesses however fast the hash.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>The token's last four characters, by which its owner tells it from others.</summary>
    public string Ending { get; private set; } = "";

    /// <summary>The scopes, divided by spaces.</summary>
    public string Scopes { get; private set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>When it ends, UTC.</summary>
    public DateTime ExpiresUtc { get; private set; }

    /// <summary>When it was last used, UTC, to ten minutes; null when it never was.</summary>
    public DateTime? LastUsedUtc { get; private set; }

    /// <summary>Its scopes one by one.</summary>
    public IReadOnlyList<string> ScopeList => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A new token and what its owner is shown, once.</summary>
    /// <param name="accountId">Whose it is.</param>
    /// <param name="name">What its owner calls it.</param>
    /// <param name="scopes">Some of <see cref="ApiScopes.All"/>.</param>
    /// <param name="now">This instant, UTC.</param>
    /// <param name="days">For how many days it is good.</param>
    public static (ApiToken Token, string Secret) Create(long accountId, string name, IEnumerable<string> scopes, DateTime now, int days)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var token = new ApiToken
        {
            AccountId = accountId, Name = name, Hash = HashOf(secret), Ending = secret[^4..], Scopes = string.Join(' ', ApiScopes.All.Intersect(scopes)),
            CreatedUtc = now, ExpiresUtc = now.AddDays(days),
        };
        return (token, secret);
    }

    /// <summary>The hash under which a token is kept.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Notes that it was used.</summary>
    public void Use(DateTime now) => LastUsedUtc = now;
}

/// <summary>What a token may be good for.</summary>
public static class ApiScopes
{
    /// <summary>Read published content, programs and the social kit: what everybody may read, under a name and with a rate of its own.</summary>
    public const string ReadContent = "content:read";

    /// <summary>Read the catalogue: what everybody may read, under a name and with a rate of its own.</summary>
    public const string ReadCatalog = "catalog:read";

    /// <summary>Every scope there is.</summary>
    public static IReadOnlyList<string> All { get; } = [ReadContent, ReadCatalog, .. Permissions.All];

    /// <summary>The roles of which one is needed to give or use a scope; none where anybody may.</summary>
    public static IReadOnlyList<string> RolesFor(string scope) => scope switch
    {
        Permissions.ReadDesk or Permissions.WriteDesk => [Role.Librarian, Role.Administrator],
        Permissions.WritePolicies or Permissions.SeeToAccounts => [Role.Administrator],
        _ => [],
    };

    /// <summary>Whether somebody may give or use a scope.</summary>
    public static bool IsFor(string scope, ClaimsPrincipal user) => RolesFor(scope) is var roles && (roles.Count == 0 || roles.Any(user.IsInRole));
}
