using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Metro.Content.Editor.Api;

/// <summary>An item as a program sent it, in Orchard's form: what belongs to the item, and its parts.</summary>
internal sealed record SentItem(string? ItemId, string? VersionId, string? Type, string? Culture, JsonObject Content)
{
    /// <summary>What is not a part: the store knows it better than the sender.</summary>
    private static readonly string[] OfTheItem =
        ["ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "Latest", "Published", "ModifiedUtc", "PublishedUtc", "CreatedUtc", "Owner", "Author"];

    /// <summary>Reads the body, no further than a document may be long; null when it is not an object in JSON.</summary>
    public static async Task<SentItem?> ReadAsync(HttpContext request, ContentSettings settings, CancellationToken stop)
    {
        // A character of a document takes up to four bytes; the server itself then stops reading.
        if (request.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = 4L * settings.MaxDocumentLength;
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = ContentJson.MaxDepth, AllowDuplicateProperties = false };
            if (await JsonNode.ParseAsync(request.Request.Body, documentOptions: options, cancellationToken: stop) is not JsonObject body) return null;

            var item = new SentItem(
                body.Text("ContentItemId"), body.Text("ContentItemVersionId"), body.Text("ContentType"), body.Text("LocalizationPart", "Culture"), body);
            foreach (var name in OfTheItem) body.Remove(name);
            return item;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
