using System.Security.Claims;

namespace Metro.Content.Editor;

/// <summary>Who acts on content, as the portal's sign-in knows them.</summary>
internal static class SignedInUser
{
    private static readonly ContentUser Nobody = new("", "");

    /// <summary>The person behind a request; somebody without any role when nobody is signed in.</summary>
    public static ContentUser Of(ClaimsPrincipal person) => person.Identity?.IsAuthenticated == true
        ? new ContentUser(
            person.FindFirstValue(ClaimTypes.NameIdentifier) ?? "",
            person.FindFirstValue(ClaimTypes.Name) ?? "",
            [.. person.FindAll(ClaimTypes.Role).Select(claim => claim.Value)])
        : Nobody;
}
