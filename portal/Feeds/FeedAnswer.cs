using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Metro.Portal.Feeds;

/// <summary>How feeds, calendars and site maps are answered: with a tag, by which whoever has the same already is told so (RFC 9110, 13.1.2).</summary>
internal static class FeedAnswer
{
    /// <summary>An answer of these bytes.</summary>
    /// <param name="bytes">The feed as it stands on the wire.</param>
    /// <param name="contentType">Its type, with the charset where it has one.</param>
    public static IResult Of(byte[] bytes, string contentType) => Results.Bytes(
        bytes, contentType,
        // Weak: the same feed goes out compressed in several ways.
        entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"", isWeak: true));

    /// <inheritdoc cref="Of(byte[], string)"/>
    /// <param name="text">The feed.</param>
    /// <param name="contentType">Its type, with the charset where it has one.</param>
    public static IResult Of(string text, string contentType) => Of(Encoding.UTF8.GetBytes(text), contentType);
}
