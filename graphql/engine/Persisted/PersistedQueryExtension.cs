using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Metro.GraphQL.Persisted;

/// <summary>The request extension <c>persistedQuery</c> of automatic persisted queries: a document's hash by the client's account.</summary>
/// <param name="Name">The member it came in, such as <c>sha256Hash</c>.</param>
/// <param name="Hash">The hash as the client wrote it.</param>
internal sealed record PersistedQueryExtension(string Name, string Hash)
{
    private const int LongestHash = 128;
    private static readonly string[] Names = ["sha256Hash", "sha1Hash", "md5Hash"];

    /// <summary>The extension of a request; null when it has none that can be read.</summary>
    public static PersistedQueryExtension? Of(JsonElement extensions)
    {
        if (extensions.ValueKind is not JsonValueKind.Object
            || !extensions.TryGetProperty("persistedQuery"u8, out var extension) || extension.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        foreach (var name in Names)
        {
            if (extension.TryGetProperty(name, out var hash) && hash.ValueKind is JsonValueKind.String
                && hash.GetString() is { Length: > 0 and <= LongestHash } text)
            {
                return new(name, text);
            }
        }

        return null;
    }

    /// <summary>Whether the hash is that of the text, in hexadecimal digits or in base64 of either kind.</summary>
    public bool IsOf(string document)
    {
        var hash = HashOf(document);
        return Hash.Equals(Convert.ToHexString(hash), StringComparison.OrdinalIgnoreCase)
            || Hash == Convert.ToBase64String(hash)
            || Hash.TrimEnd('=') == Base64Url.EncodeToString(hash);
    }

    /// <summary>The hash that the text has, in the form that is usual.</summary>
    public string ExpectedFor(string document) => Convert.ToHexStringLower(HashOf(document));

    private byte[] HashOf(string document)
    {
        var text = Encoding.UTF8.GetBytes(document);
        return Name switch
        {
            "sha256Hash" => SHA256.HashData(text),
#pragma warning disable CA5350, CA5351 // Clients choose the hash; it names a document and protects nothing.
            "sha1Hash" => SHA1.HashData(text),
            _ => MD5.HashData(text),
#pragma warning restore CA5350, CA5351
        };
    }
}
