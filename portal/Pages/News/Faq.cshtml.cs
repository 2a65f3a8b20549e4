using System.Text.Json.Nodes;
using Metro.Content;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.News;

/// <summary>What people often ask, in the editors' order.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Content)]
internal sealed class FaqModel(ContentReader reader, SiteChrome chrome) : PageModel
{
    public IReadOnlyList<(ContentItem Item, string Answer, bool IsFallback)> Questions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var page = await reader.ListAsync(new ContentQuery(ContentCards.Culture, "Faq") { PageSize = ContentQuery.MaxPageSize, Order = ContentOrder.Title }, stop);
        Questions = [.. page.Items.OrderBy(each => each.Item.Amount("Position") ?? double.MaxValue).Select(each => (each.Item, MarkdownText.ToHtml(each.Item.Markdown), each.IsFallback))];
        chrome.Head.Description = SiteText.Get("Faq.Lead");
        if (Questions.Count == 0) return;

        chrome.Head.Describe(new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "FAQPage",
            ["mainEntity"] = new JsonArray([.. Questions.Select(each => new JsonObject
            {
                ["@type"] = "Question",
                ["name"] = each.Item.DisplayText,
                ["acceptedAnswer"] = new JsonObject { ["@type"] = "Answer", ["text"] = each.Answer },
            })]),
        });
    }
}
