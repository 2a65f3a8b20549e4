using Metro.Content;

namespace Metro.Portal.Schema.Content;

/// <summary>What everybody may ask of content, besides the lists that <see cref="ContentObjectTypes"/> makes.</summary>
[QueryType]
internal static class ContentQueries
{
    /// <summary>Finds published content by its words, in both languages' forms.</summary>
    /// <param name="text">The words.</param>
    /// <param name="language">The reader's language; that of the request unless told otherwise.</param>
    /// <param name="types">Only content of these types.</param>
    /// <param name="first">How many, up to 50.</param>
    [CacheControl(60)]
    [Cost(20)]
    [ListSize(SlicingArguments = ["first"], SlicingArgumentDefaultValue = 20, AssumedSize = 50, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<ContentHit>> SearchContentAsync(
        string text, ContentReader reader, CancellationToken stop, Language? language = null, [GraphQLType("[ContentType!]")] string[]? types = null, int first = 20)
    {
        var wanted = types is { Length: > 0 } ? types : [.. ContentObjectTypes.Offered.Select(type => type.Name)];
        var hits = await reader.SearchAsync(text, (language ?? Language.OfRequest).Code, wanted, 0, first, stop);
        return [.. hits.Select(hit => new ContentHit(hit))];
    }

    /// <summary>A menu of the site; null when there is none.</summary>
    /// <param name="alias">Its name, such as `main`.</param>
    /// <param name="language">The reader's language; that of the request unless told otherwise.</param>
    [CacheControl(300)]
    public static async Task<SiteMenu?> GetMenuAsync(string alias, ContentReader reader, CancellationToken stop, Language? language = null) =>
        await reader.MenuAsync(alias, (language ?? Language.OfRequest).Code, stop) is { } menu ? new(menu.Title, SiteMenuEntry.Of(menu.Entries)) : null;

    /// <summary>The terms of a taxonomy, parents first: what content can be filtered by.</summary>
    /// <param name="taxonomy">Its name, such as `audience` or `topic`.</param>
    /// <param name="language">The reader's language; that of the request unless told otherwise.</param>
    [CacheControl(300)]
    [ListSize(AssumedSize = 50, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<ContentTerm>> GetTermsAsync(string taxonomy, ContentReader reader, CancellationToken stop, Language? language = null) =>
        [.. (await reader.TermsAsync(taxonomy, (language ?? Language.OfRequest).Code, stop)).Take(500).Select(term => new ContentTerm(term.TermId, term.Text, term.ParentId))];
}

/// <summary>A published item that has the words sought.</summary>
[ObjectType]
public sealed class ContentHit
{
    private readonly SearchHit hit;

    internal ContentHit(SearchHit hit) => this.hit = hit;

    /// <summary>Its title.</summary>
    public string Title => hit.Title;

    /// <summary>What sort of content it is.</summary>
    [GraphQLType("ContentType!")]
    public string Type => hit.Type;

    /// <summary>A piece of its text around the words.</summary>
    public string Excerpt => string.Concat(hit.Excerpt.Select(piece => piece.Text));

    /// <summary>The item.</summary>
    [Cost(2)]
    [GraphQLType("ContentItem")]
    public async Task<object?> GetItemAsync(IDataLoader<string, ContentItem> items, CancellationToken stop) =>
        await items.LoadAsync(hit.ItemId, stop) is { } item ? new ContentEntry(item, false) : null;
}

/// <summary>A menu of the site.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Entries">Its entries, in order.</param>
public sealed record SiteMenu(string Title, IReadOnlyList<SiteMenuEntry> Entries);

/// <summary>An entry of a menu.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Url">Where it leads: within the portal with a slash in front, or with a scheme; empty for a heading over other entries.</param>
/// <param name="Entries">The entries below it, in order.</param>
public sealed record SiteMenuEntry(string Text, string Url, IReadOnlyList<SiteMenuEntry> Entries)
{
    internal static IReadOnlyList<SiteMenuEntry> Of(IReadOnlyList<MenuEntry> entries) => [.. entries.Select(entry => new SiteMenuEntry(entry.Text, entry.Url, Of(entry.Entries)))];
}
