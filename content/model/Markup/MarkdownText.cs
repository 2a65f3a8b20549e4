using Markdig;

namespace Metro.Content;

/// <summary>Markdown, as editors write it, to safe HTML: the only renderer, for page, preview and feed. Thread-safe.</summary>
public static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseDefinitionLists().UseFigures().Build();

    /// <summary>Sanitised HTML; a text too deeply nested to be rendered comes out as plain text.</summary>
    public static string ToHtml(string? markdown) => SafeHtml.Sanitise(Render(markdown));

    /// <summary>The words alone: what is searched and counted.</summary>
    public static string ToText(string? markdown) => SafeHtml.TextOf(Render(markdown));

    private static string Render(string? markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown)) return "";
        try
        {
            return Markdown.ToHtml(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's answer to nesting that would exhaust the stack.
            return System.Net.WebUtility.HtmlEncode(markdown);
        }
    }
}
