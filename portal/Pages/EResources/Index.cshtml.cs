using Metro.Content;
using Metro.Portal.Web;
using Metro.Portal.Web.Caching;
using Metro.Theme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages.EResources;

/// <summary>What can be read and used over the network, filtered by topic, audience, format and who may use it.</summary>
[AllowAnonymous]
[KeptForVisitors(Matters.Licences)]
internal sealed class EResourcesModel(ContentReader reader, ContentCards cards, ContentTypes types, SiteChrome chrome) : PageModel
{
    private const int PageSize = 24;

    [BindProperty(SupportsGet = true, Name = "topic")]
    public string? Topic { get; set; }

    [BindProperty(SupportsGet = true, Name = "audience")]
    public string? Audience { get; set; }

    [BindProperty(SupportsGet = true, Name = "access")]
    public string? Access { get; set; }

    [BindProperty(SupportsGet = true, Name = "format")]
    public string? Format { get; set; }

    public IReadOnlyList<Card> Resources { get; private set; } = [];

    public IReadOnlyList<TaxonomyTerm> Topics { get; private set; } = [];

    public IReadOnlyList<TaxonomyTerm> Audiences { get; private set; } = [];

    public IReadOnlyList<(string Value, string Text)> Accesses { get; private set; } = [];

    public IReadOnlyList<(string Value, string Text)> Formats { get; private set; } = [];

    public Pager Pager { get; private set; } = new(null, null);

    public bool IsFiltered => Topic is not null || Audience is not null || Access is not null || Format is not null;

    public async Task OnGetAsync([FromQuery] string? after, CancellationToken stop)
    {
        Topics = await reader.TermsAsync("topic", ContentCards.Culture, stop);
        Audiences = await reader.TermsAsync("audience", ContentCards.Culture, stop);
        (Accesses, Formats) = (OptionsOf("Access"), OptionsOf("Format"));

        // What is not offered is not asked for.
        Topic = Topics.Any(term => term.TermId == Topic) ? Topic : null;
        Audience = Audiences.Any(term => term.TermId == Audience) ? Audience : null;
        Access = Accesses.Any(each => each.Value == Access) ? Access : null;
        Format = Formats.Any(each => each.Value == Format) ? Format : null;

        var query = new ContentQuery(ContentCards.Culture, "EResource")
        {
            PageSize = PageSize,
            Order = ContentOrder.Title,
            Terms = [.. new[] { Topic, Audience }.OfType<string>()],
            Where = [.. new[] { ("Access", Access), ("Format", Format) }.Where(each => each.Item2 is not null).Select(each => new FieldCondition(each.Item1, FieldComparison.Equal, each.Item2!))],
        };
        var page = await PageAsync(query, ContentCursor.TryParse(after), stop);
        Resources = await cards.OfAsync(page.Items, stop, headingLevel: 2);
        Pager = new Pager(string.IsNullOrEmpty(after) ? null : Address(null), page.HasMore ? Address($"{page.Items[^1].Cursor}") : null) { PreviousIsFirst = true };
        chrome.Head.Description = SiteText.Get("EResources.Lead");
        chrome.Head.IsIndexed = !IsFiltered && after is null;
        chrome.Head.Feeds.Add(new FeedLink(PortalChrome.InLanguage("/opds"), "application/opds+json", "OPDS 2.0"));
    }

    private IReadOnlyList<(string Value, string Text)> OptionsOf(string field) => types.Find("EResource")?.Field(field) is not { } known
        ? []
        : [.. known.Options.Select(option => (option, known.OptionLabel(option, System.Globalization.CultureInfo.CurrentUICulture)))];

    private async Task<ContentPage> PageAsync(ContentQuery query, ContentCursor? after, CancellationToken stop)
    {
        try
        {
            return await reader.ListAsync(query with { After = after }, stop);
        }
        catch (ArgumentException) when (after is not null)
        {
            // A place in a list of another order: somebody changed the address.
            return await reader.ListAsync(query, stop);
        }
    }

    private string Address(string? after)
    {
        var query = QueryString.Empty;
        if (Topic is not null) query = query.Add("topic", Topic);
        if (Audience is not null) query = query.Add("audience", Audience);
        if (Access is not null) query = query.Add("access", Access);
        if (Format is not null) query = query.Add("format", Format);
        if (after is not null) query = query.Add("after", after);
        return PortalChrome.InLanguage("/e-resources") + query.ToUriComponent();
    }
}
