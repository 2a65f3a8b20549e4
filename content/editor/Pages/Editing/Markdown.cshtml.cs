using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Editing;

/// <summary>Markdown as pages will show it, by the renderer that shows it there.</summary>
internal sealed class MarkdownModel(ContentSettings settings) : EditorPage
{
    public IActionResult OnGet() => NotFound();

    public IActionResult OnPost(string? markdown) =>
        markdown?.Length > settings.MaxDocumentLength ? BadRequest() : Content(MarkdownText.ToHtml(markdown), "text/html; charset=utf-8");
}
