using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>A link of a published item that leads nowhere.</summary>
/// <param name="ItemId">The item that has the link.</param>
/// <param name="DisplayText">What it is called.</param>
/// <param name="JsonPath">Where in its document the link is.</param>
/// <param name="Target">Where it leads.</param>
public sealed record BrokenLink(string ItemId, string DisplayText, string JsonPath, string Target);

/// <summary>Links within the portal that lead nowhere: to pages withdrawn, moved without trace or never made, and to media that are gone.</summary>
public sealed class LinkReport(ContentDbContext db, ContentSettings settings)
{
    /// <summary>The broken links of a document, as advice.</summary>
    public async Task<IReadOnlyList<Fault>> BrokenInAsync(string type, JsonObject content, CancellationToken stop = default)
    {
        var references = DocumentWalk.References(type, content).Where(each => each.Kind == ReferenceKind.Path && !IsOfThePortal(each.Target)).Distinct().Take(500).ToList();
        var targets = references.Select(each => each.Target).Distinct().ToArray();
        if (targets.Length == 0) return [];

        var known = await db.Routes.Where(route => route.Scope == Scope.Published && targets.Contains(route.PathNorm)).Select(route => route.PathNorm)
            .Union(db.Redirects.Where(redirect => targets.Contains(redirect.PathNorm)).Select(redirect => redirect.PathNorm)).ToListAsync(stop);
        return [.. references.Where(each => !known.Contains(each.Target))
            .Select(each => new Fault("content.link.broken", each.JsonPath, each.Target) { Severity = FaultSeverity.Warning })];
    }

    /// <summary>The broken links of everything published, by item.</summary>
    /// <param name="after">Only items after that id; null from the first.</param>
    /// <param name="limit">How many links, at most 500.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<BrokenLink>> BrokenAsync(string? after = null, int limit = 100, CancellationToken stop = default)
    {
        after ??= "";
        var candidates = await (from reference in db.References
                                join item in db.Items on reference.ItemId equals item.ItemId
                                join version in db.Versions on item.PublishedVersionId equals version.VersionId
                                where reference.Scope == Scope.Published && string.Compare(reference.ItemId, after) > 0
                                    && ((reference.Kind == ReferenceKind.Path
                                            && !db.Routes.Any(route => route.Scope == Scope.Published && route.PathNorm == reference.Target)
                                            && !db.Redirects.Any(redirect => redirect.PathNorm == reference.Target))
                                        || (reference.Kind == ReferenceKind.Media && !db.Media.Any(asset => asset.PathNorm == reference.Target))
                                        || (reference.Kind == ReferenceKind.Item && !db.Index.Any(row => row.Scope == Scope.Published && row.ItemId == reference.Target))
                                        || (reference.Kind == ReferenceKind.Set && !db.Index.Any(row => row.Scope == Scope.Published && row.LocSet == reference.Target)))
                                orderby reference.ItemId
                                select new { reference.ItemId, version.DisplayText, reference.JsonPath, reference.Target, reference.Kind })
            .Take(Math.Clamp(limit, 1, 500)).ToListAsync(stop);
        return [.. candidates.Where(each => each.Kind != ReferenceKind.Path || !IsOfThePortal(each.Target))
            .Select(each => new BrokenLink(each.ItemId, each.DisplayText, each.JsonPath, each.Target))];
    }

    /// <summary>Pages that are not content: the portal's own, and the home page of each language.</summary>
    private bool IsOfThePortal(string path)
    {
        var steps = path.Split('/');
        var first = settings.Cultures.Contains(steps[0]) ? steps.ElementAtOrDefault(1) ?? "" : steps[0];
        return first.Length == 0 || settings.ReservedPaths.Contains(first) || settings.PortalPaths.Contains(first);
    }
}
