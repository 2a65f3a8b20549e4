using Microsoft.AspNetCore.Mvc;

namespace Metro.Content.Editor.Pages.Office.Webhooks;

/// <summary>A page about those who are told of publications.</summary>
internal abstract class WebhookPage(ContentTypes types, ContentSettings settings) : OfficePage(types, settings)
{
    protected override string? Permission => ContentPermissions.ManageSettings;

    /// <summary>The secret of a webhook just made or given another: shown this once.</summary>
    [TempData]
    public string? Secret { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    /// <summary>The types that it follows; all when none is chosen.</summary>
    [BindProperty]
    public string[] Follows { get; set; } = [];

    protected string[] Chosen => [.. Follows.Where(name => Types.Any(type => type.Name == name)).Distinct()];
}
