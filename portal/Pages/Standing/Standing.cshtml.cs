using Metro.Content;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.Standing;

/// <summary>
/// The texts that every public site must have, at addresses that never change: privacy and accessibility. What editors have written
/// under that name or at that address is shown in their place; until then the portal says what is true of itself.
/// </summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Content)]
internal sealed class StandingModel(ContentReader reader, SiteChrome chrome) : PageModel
{
    /// <summary>Which text: <c>privacy</c> or <c>accessibility</c>.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What the editors wrote; null where the portal speaks for itself.</summary>
    public ContentItem? Written { get; private set; }

    public string Title => Written?.DisplayText ?? SiteText.Get($"Standing.{Name}");

    public string Lead => Written is null ? SiteText.Get($"Standing.{Name}.Lead") : Written.Text("Summary") ?? "";

    public string Body => Written is null ? MarkdownText.ToHtml(SiteText.Get($"Standing.{Name}.Body")) : MarkdownText.ToHtml(Written.Markdown);

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        Name = Request.Path.Value!.Trim('/').ToLowerInvariant();
        var here = (Request.PathBase + Request.Path).Value!;
        Written = (await reader.ByPathAsync(here, stop))?.Item;
        if (Written is null && await TranslationAsync(stop) is { } translation)
        {
            if (translation.Path is { Length: > 0 } path && "/" + path != here) return LocalRedirect("/" + path);
            Written = translation;
        }

        chrome.Head.Description = Lead;
        return Page();
    }

    /// <summary>The text in the reader's language where editors gave it this name, or this address in the other language.</summary>
    private async Task<ContentItem?> TranslationAsync(CancellationToken stop)
    {
        if (await reader.ByAliasAsync(Name, ContentCards.Culture, stop) is { IsFallback: false } named && named.Item.Culture == ContentCards.Culture) return named.Item;

        var elsewhere = ContentCards.Culture == "en" ? $"/{Name}" : $"{LanguageFromPath.EnglishPrefix}/{Name}";
        return (await reader.ByPathAsync(elsewhere, stop))?.Item?.LocalizationSet is { } set
            && await reader.InLanguageAsync(set, ContentCards.Culture, stop) is { IsFallback: false } translated ? translated.Item : null;
    }
}
