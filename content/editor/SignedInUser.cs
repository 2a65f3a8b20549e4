using System.Security.Claims;

namespace Metro.Content.Editor;

/// <summary>Who acts on content, as the portal's sign-in knows them.</summary>
internal static class SignedInUser
{
    /// <summary>The claim of the name that others are shown, as OpenID Connect calls it; what people sign in with is nobody else's business.</summary>
    private const string DisplayName = "name";

    private static readonly ContentUser Nobody = new("", "");

    /// <summary>The person behind a request; somebody without any role when nobody is signed in.</summary>
    public static ContentUser Of(ClaimsPrincipal person) => person.Identity?.IsAuthenticated == true
        ? new ContentUser(
            person.FindFirstValue(ClaimTypes.NameIdentifier) ?? "",
            person.FindFirstValue(DisplayName) ?? person.FindFirstValue(ClaimTypes.Name) ?? "",
            [.. person.FindAll(ClaimTypes.Role).Select(claim => claim.Value)])
        : Nobody;
}
