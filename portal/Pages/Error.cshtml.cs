using System.Diagnostics;
using Metro.Portal.Telemetry;
using Metro.Portal.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Metro.Portal.Pages;

/// <summary>What a visitor sees when a request ended in a fault of ours: no detail, but a number that the log knows.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
internal sealed class ErrorModel(PortalMeasures measures) : PageModel
{
    public string Incident => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    /// <summary>Whether the world failed and not the portal: it passes, and nothing that was kept is lost.</summary>
    public bool IsOutage => Faults.AreOfAnOutage(HttpContext);

    public void OnGet() => measures.Failed();

    public void OnPost() => measures.Failed();
}
