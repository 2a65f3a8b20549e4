using System.Diagnostics;
using Metro.Portal.Telemetry;
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

    public void OnGet() => measures.Failed();

    public void OnPost() => measures.Failed();
}
