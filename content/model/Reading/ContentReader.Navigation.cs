using System.Text.Json.Nodes;

namespace Metro.Content;

/// <summary>A menu in one language.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Culture">Its language; null when it has none. It may differ from the reader's.</param>
/// <param name="Entries">Its entries, in order.</param>
public sealed record MenuTree(string Title, string? Culture, IReadOnlyList<MenuEntry> Entries);

/// <summary>An entry of a menu.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Url">Where it leads: within the portal with a slash in front, or with a scheme; empty for a heading over other entries.</param>
/// <param name="Target">The window, as in HTML; null for the same.</param>
/// <param name="Entries">The entries below it, in order.</param>
public sealed record MenuEntry(string Text, string Url, string? Target, IReadOnlyList<MenuEntry> Entries);

/// <summary>A term of a taxonomy.</summary>
/// <param name="TermId">Its id, by which content is sorted under it.</param>
/// <param name="Text">Its name in the reader's language.</param>
/// <param name="ParentId">The id of the term above it; null at the top.</param>
public sealed record TaxonomyTerm(string TermId, string Text, string? ParentId);

public sealed partial class ContentReader
{
    private const int DeepestMenu = 5;

    /// <summary>The menu of that alias in the reader's language, else in the one that stands in for it; null when there is none.</summary>
    public async Task<MenuTree?> MenuAsync(string alias, string culture, CancellationToken stop = default) =>
        await ByAliasAsync(alias, culture, stop) is { } menu
            ? new MenuTree(menu.Item.DisplayText, menu.Item.Culture, Entries(menu.Item.Content, 1))
            : null;

    /// <summary>The terms of the taxonomy of that alias, parents first, in the editors' order; none when there is no such taxonomy.</summary>
    public async Task<IReadOnlyList<TaxonomyTerm>> TermsAsync(string taxonomyAlias, string culture, CancellationToken stop = default)
    {
        var terms = new List<TaxonomyTerm>();
        if (await ByAliasAsync(taxonomyAlias, culture, stop) is { } taxonomy) Collect(taxonomy.Item.Content.At("TaxonomyPart", "Terms") as JsonArray, null, culture, terms, 1);
        return terms;
    }

    private static IReadOnlyList<MenuEntry> Entries(JsonObject holder, int depth) =>
        depth > DeepestMenu || holder.At("MenuItemsListPart", "MenuItems") is not JsonArray items
            ? []
            : [.. items.OfType<JsonObject>().Select(item => new MenuEntry(
                item.Text("LinkMenuItemPart", "Name") ?? item.Text("TitlePart", "Title") ?? item.Text("DisplayText") ?? "",
                SafeUrl(item.Text("LinkMenuItemPart", "Url")), item.Text("LinkMenuItemPart", "Target"), Entries(item, depth + 1)))];

    private static string SafeUrl(string? url) =>
        url is null || !SafeHtml.IsSafeLink(url) ? "" : url.StartsWith("~/", StringComparison.Ordinal) ? url[1..] : url;

    private static void Collect(JsonArray? terms, string? parent, string culture, List<TaxonomyTerm> found, int depth)
    {
        foreach (var term in terms?.OfType<JsonObject>() ?? [])
        {
            if (term.Text("ContentItemId") is not { } id || depth > 10) continue;

            var title = term.Text("TitlePart", "Title") ?? term.Text("DisplayText") ?? id;
            var english = term.Text("Term", "EnglishTitle", "Text");
            found.Add(new TaxonomyTerm(id, culture.StartsWith("en", StringComparison.Ordinal) && english is { Length: > 0 } ? english : title, parent));
            Collect(term["Terms"] as JsonArray, id, culture, found, depth + 1);
        }
    }
}
