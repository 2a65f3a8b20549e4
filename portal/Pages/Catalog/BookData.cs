using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Metro.Library.Catalog;

namespace Metro.Portal.Pages.Catalog;

/// <summary>A book in the words of schema.org.</summary>
internal static partial class BookData
{
    /// <summary>A JSON-LD document about a book and whether the library has it to lend.</summary>
    /// <param name="book">The book.</param>
    /// <param name="address">Its page, with scheme and host.</param>
    /// <param name="picture">Its cover, with scheme and host.</param>
    /// <param name="library">The library's name.</param>
    public static JsonObject Of(BookLine book, string address, string picture, string library)
    {
        var title = book.Title;
        var document = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = title.Format switch
            {
                TitleFormat.AudioBook => "Audiobook",
                TitleFormat.Journal => "Periodical",
                TitleFormat.Map => "Map",
                TitleFormat.Film => "Movie",
                TitleFormat.Music => "MusicRecording",
                TitleFormat.Print or TitleFormat.LargePrint or TitleFormat.Braille or TitleFormat.Electronic => "Book",
                _ => "CreativeWork",
            },
            ["@id"] = address,
            ["url"] = address,
            ["name"] = book.FullTitle,
            ["image"] = picture,
        };
        Add("bookEdition", title.Edition);
        Add("numberOfPages", title.Extent is { } extent && Pages().Match(extent) is { Success: true } pages ? pages.Groups["number"].Value : null);
        Add("inLanguage", LanguageNames.TagOf(title.Language));
        Add("datePublished", title.Year?.ToString("0000", CultureInfo.InvariantCulture));
        Add("description", title.Summary);
        Add("isbn", title.Identifiers.FirstOrDefault(one => one.Kind == IdentifierKind.Isbn)?.Value);
        if (title.Publisher is { } publisher) document["publisher"] = new JsonObject { ["@type"] = "Organization", ["name"] = publisher };
        if (title.Format == TitleFormat.Braille) document["accessibilityFeature"] = new JsonArray("braille");
        if (title.Format == TitleFormat.LargePrint) document["accessibilityFeature"] = new JsonArray("largePrint");
        if (title.Format is TitleFormat.Print or TitleFormat.LargePrint or TitleFormat.Braille) document["bookFormat"] = "https://schema.org/Paperback";
        if (title.Subjects.Count > 0) document["about"] = new JsonArray([.. title.Subjects.Select(one => JsonValue.Create(one.Text))]);
        foreach (var role in title.Contributors.GroupBy(one => PropertyOf(one.Role)))
            document[role.Key] = new JsonArray([.. role.Select(one => new JsonObject
            {
                ["@type"] = one.Kind == ContributorKind.Person ? "Person" : "Organization",
                ["name"] = PersonName.InReadingOrder(one.Name),
            })]);
        if (book.Copies is { Copies: > 0 } copies)
        {
            document["offers"] = new JsonObject
            {
                ["@type"] = "Offer",
                ["availability"] = copies.Free > 0 ? "https://schema.org/InStock" : "https://schema.org/OutOfStock",
                ["businessFunction"] = "http://purl.org/goodrelations/v1#LeaseOut",
                ["price"] = 0,
                ["priceCurrency"] = "IDR",
                ["offeredBy"] = new JsonObject { ["@type"] = "Library", ["name"] = library },
            };
        }

        return document;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) document[name] = value;
        }
    }

    /// <summary>"xii, 529 hlm", "310 p.": the number before the word for pages.</summary>
    [GeneratedRegex(@"(?<number>\d{1,5})\s*(?:hlm|hal|halaman|p|pages)\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pages();

    private static string PropertyOf(ContributorRole role) => role switch
    {
        ContributorRole.Author => "author",
        ContributorRole.Editor => "editor",
        ContributorRole.Translator => "translator",
        ContributorRole.Illustrator => "illustrator",
        ContributorRole.Composer => "composer",
        ContributorRole.Narrator => "readBy",
        ContributorRole.Director => "director",
        _ => "contributor",
    };
}
