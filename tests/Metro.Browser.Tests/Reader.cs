using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>A visitor who opens one page after the other, and what the browser says meanwhile.</summary>
public sealed class Reader
{
    private readonly List<string> elsewhere = [];
    private readonly List<string> complaints = [];

    public Reader(IPage page, string site)
    {
        Page = page;
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) elsewhere.Add(request.Url);
        };
        page.Console += (_, message) =>
        {
            // A missing page is reported on the console too; that is not a complaint about the page.
            if (message.Type is "error" && !message.Text.Contains("404", StringComparison.Ordinal)) complaints.Add(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>What was asked of other hosts.</summary>
    public IReadOnlyList<string> Elsewhere => elsewhere;

    /// <summary>What the browser complained about on its console, such as a breach of a page's own policy.</summary>
    public IReadOnlyList<string> Complaints => complaints;
}
