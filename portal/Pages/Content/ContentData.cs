using System.Globalization;
using System.Text.Json.Nodes;
using Metro.Content;
using Metro.Portal.Web;
using Metro.Theme;

namespace Metro.Portal.Pages.Content;

/// <summary>A published item in the words of schema.org.</summary>
internal static class ContentData
{
    /// <summary>A JSON-LD document about an item on its own page.</summary>
    public static JsonObject Of(ContentItem item, SiteChrome chrome)
    {
        var document = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = item.Type switch
            {
                "NewsPost" => "NewsArticle",
                "Workshop" => "EducationEvent",
                "Exhibition" => "ExhibitionEvent",
                "ReadingProgram" => "LiteraryEvent",
                "CommunityEvent" => "Event",
                "SpacePage" => "Place",
                "EResource" => "CreativeWork",
                _ => "WebPage",
            },
            ["url"] = chrome.Origin + ContentCards.AddressOf(item),
            ["name"] = item.DisplayText,
        };
        Add("description", item.Text("Summary"));
        Add("inLanguage", item.Culture);
        if (chrome.Head.Picture is { } picture) Add("image", chrome.Origin + picture);
        switch (item.Type)
        {
            case "NewsPost":
                Add("headline", item.DisplayText);
                Add("datePublished", item.PublishedUtc?.ToString("O", CultureInfo.InvariantCulture));
                Add("dateModified", item.ModifiedUtc.ToString("O", CultureInfo.InvariantCulture));
                document["publisher"] = new JsonObject { ["@type"] = "Library", ["name"] = chrome.SiteName };
                break;
            case "Workshop" or "Exhibition" or "ReadingProgram" or "CommunityEvent":
                Add("startDate", item.Instant("StartsAt")?.ToString("O", CultureInfo.InvariantCulture) ?? item.Day("StartsOn")?.ToString("O", CultureInfo.InvariantCulture));
                Add("endDate", item.Instant("EndsAt")?.ToString("O", CultureInfo.InvariantCulture) ?? item.Day("EndsOn")?.ToString("O", CultureInfo.InvariantCulture));
                document["location"] = new JsonObject { ["@type"] = "Place", ["name"] = item.Text("Place") is { Length: > 0 } place ? place : chrome.SiteName, ["address"] = chrome.Address };
                document["organizer"] = new JsonObject { ["@type"] = "Library", ["name"] = chrome.SiteName, ["url"] = chrome.Origin };
                document["isAccessibleForFree"] = true;
                break;
            case "EResource":
                Add("provider", item.Text("Provider"));
                break;
        }

        return document;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) document[name] = value;
        }
    }
}
