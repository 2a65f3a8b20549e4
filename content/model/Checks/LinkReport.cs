using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>What a broken link should have led to.</summary>
public enum BrokenLinkKind
{
    /// <summary>An address of the portal.</summary>
    Address,

    /// <summary>A file of the media library.</summary>
    Media,

    /// <summary>Another item, chosen by an editor.</summary>
    Item,
}

/// <summary>A link of a published item that leads nowhere.</summary>
/// <param name="ItemId">The item that has the link.</param>
/// <param name="DisplayText">What it is called.</param>
/// <param name="Culture">Its language; null when it has none.</param>
/// <param name="JsonPath">Where in its document the link is.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="Kind">What it should have led to.</param>
public sealed record BrokenLink(string ItemId, string DisplayText, string? Culture, string JsonPath, string Target, BrokenLinkKind Kind);

/// <summary>A page of broken links.</summary>
/// <param name="Links">The links, by item.</param>
/// <param name="Next">What to ask the next page after; null when there is none.</param>
public sealed record BrokenLinkPage(IReadOnlyList<BrokenLink> Links, string? Next);

/// <summary>An e-resource that the public still sees though its licence is over.</summary>
/// <param name="ItemId">The e-resource.</param>
/// <param name="DisplayText">What it is called.</param>
/// <param name="Culture">Its language; null when it has none.</param>
/// <param name="LastDay">The last day on which it could be used, in the library's zone.</param>
/// <param name="LinkedFrom">How many links of other published items lead to it.</param>
public sealed record ExpiredResource(string ItemId, string DisplayText, string? Culture, DateOnly LastDay, int LinkedFrom);

/// <summary>Links within the portal that lead nowhere: to pages withdrawn, moved without trace or never made, and to media that are gone.</summary>
public sealed class LinkReport(ContentDbContext db, ContentTypes types, ContentSettings settings)
{
    /// <summary>The broken links of a document, as advice.</summary>
    public async Task<IReadOnlyList<Fault>> BrokenInAsync(JsonObject content, CancellationToken stop = default)
    {
        var references = DocumentWalk.References(content).Where(each => each.Kind == ReferenceKind.Path && !IsOfThePortal(each.Target)).Distinct().Take(500).ToList();
        var targets = references.Select(each => each.Target).Distinct().ToArray();
        if (targets.Length == 0) return [];

        var known = await db.Routes.Where(route => route.Scope == Scope.Published && targets.Contains(route.PathNorm)).Select(route => route.PathNorm)
            .Union(db.Redirects.Where(redirect => targets.Contains(redirect.PathNorm)).Select(redirect => redirect.PathNorm)).ToListAsync(stop);
        return [.. references.Where(each => !known.Contains(each.Target))
            .Select(each => new Fault("content.link.broken", each.JsonPath, each.Target) { Severity = FaultSeverity.Warning })];
    }

    /// <summary>The broken links of everything published, by item.</summary>
    /// <param name="after">What the page before said comes next; null from the first.</param>
    /// <param name="limit">How many links, at most 500.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<BrokenLinkPage> BrokenAsync(string? after = null, int limit = 100, CancellationToken stop = default)
    {
        limit = Math.Clamp(limit, 1, 500);
        var found = new List<BrokenLink>();
        var (itemId, reference) = PlaceOf(after);
        for (var round = 0; round < 20; round++)
        {
            var candidates = await CandidatesAsync(itemId, reference, limit, stop);
            foreach (var each in candidates)
            {
                (itemId, reference) = (each.ItemId, each.Id);
                if (each.Kind == ReferenceKind.Path && IsOfThePortal(each.Target)) continue;

                found.Add(new BrokenLink(each.ItemId, each.DisplayText, each.Culture, each.JsonPath, each.Target, each.Kind switch
                {
                    ReferenceKind.Path => BrokenLinkKind.Address,
                    ReferenceKind.Media => BrokenLinkKind.Media,
                    _ => BrokenLinkKind.Item,
                }));
                if (found.Count == limit) return new BrokenLinkPage(found, string.Create(CultureInfo.InvariantCulture, $"{itemId}.{reference}"));
            }

            if (candidates.Count < limit) return new BrokenLinkPage(found, null);
        }

        return new BrokenLinkPage(found, string.Create(CultureInfo.InvariantCulture, $"{itemId}.{reference}"));
    }

    /// <summary>The published e-resources whose last day is over, the longest first.</summary>
    /// <param name="nowUtc">The instant.</param>
    /// <param name="limit">How many, at most 200.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<ExpiredResource>> ExpiredAsync(DateTime nowUtc, int limit = 100, CancellationToken stop = default)
    {
        const string type = "EResource";
        var expired = await db.Index.AsNoTracking()
            .Where(row => row.Scope == Scope.Published && row.Type == type && !row.IsFallback && row.EndsUtc <= nowUtc)
            .OrderBy(row => row.EndsUtc).ThenBy(row => row.ItemId).Take(Math.Clamp(limit, 1, 200))
            .Select(row => new
            {
                row.ItemId, row.DisplayText, row.Culture, row.EndsUtc,
                LinkedFrom = db.References.Count(link => link.Scope == Scope.Published && link.ItemId != row.ItemId
                    && ((link.Kind == ReferenceKind.Item && link.Target == row.ItemId) || (link.Kind == ReferenceKind.Set && link.Target == row.LocSet)
                        || (link.Kind == ReferenceKind.Path && link.Target == row.Path))),
            }).ToListAsync(stop);

        // The end is exclusive: the instant at which the day after the last begins.
        return [.. expired.Select(row => new ExpiredResource(row.ItemId, row.DisplayText, row.Culture.Length > 0 ? row.Culture : null,
            DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(row.EndsUtc, settings.Zone)).AddDays(-1), row.LinkedFrom))];
    }

    private Task<List<Candidate>> CandidatesAsync(string itemId, long reference, int limit, CancellationToken stop) =>
        (from link in db.References.AsNoTracking()
         join item in db.Items on link.ItemId equals item.ItemId
         join version in db.Versions on item.PublishedVersionId equals version.VersionId
         where link.Scope == Scope.Published && string.Compare(link.ItemId, itemId) >= 0 && (string.Compare(link.ItemId, itemId) > 0 || link.Id > reference)
             && ((link.Kind == ReferenceKind.Path
                     && !db.Routes.Any(route => route.Scope == Scope.Published && route.PathNorm == link.Target)
                     && !db.Redirects.Any(redirect => redirect.PathNorm == link.Target))
                 || (link.Kind == ReferenceKind.Media && !db.Media.Any(asset => asset.PathNorm == link.Target))
                 || (link.Kind == ReferenceKind.Item && !db.Index.Any(row => row.Scope == Scope.Published && row.ItemId == link.Target))
                 || (link.Kind == ReferenceKind.Set && !db.Index.Any(row => row.Scope == Scope.Published && row.LocSet == link.Target)))
         orderby link.ItemId, link.Id
         select new Candidate(link.Id, link.ItemId, version.DisplayText, item.Culture, link.JsonPath, link.Target, link.Kind)).Take(limit).ToListAsync(stop);

    private static (string ItemId, long Reference) PlaceOf(string? after) =>
        after?.Split('.') is [var item, var number] && ContentId.IsValid(item) && long.TryParse(number, CultureInfo.InvariantCulture, out var reference) ? (item, reference) : ("", 0);

    /// <summary>
    /// Pages that are not content: the portal's own, and the home page of each language. Below a step that both have,
    /// such as <c>workshops/menyulam</c>, the address is content's.
    /// </summary>
    private bool IsOfThePortal(string path)
    {
        var steps = path.Split('/');
        if (settings.Cultures.Contains(steps[0])) steps = steps[1..];
        var first = steps.ElementAtOrDefault(0) ?? "";
        if (first.Length == 0 || settings.ReservedPaths.Contains(first)) return true;

        return settings.PortalPaths.Contains(first) && !(steps.Length == 2 && ContentSteps.Contains(first));
    }

    /// <summary>The first steps of the addresses that types give their items.</summary>
    private IEnumerable<string> ContentSteps => types.All
        .Select(type => type.Part<AutoroutePart>()?.Pattern).OfType<string>()
        .Select(pattern => pattern.Replace("{culture}/", "", StringComparison.Ordinal).Split('/')).Where(steps => steps.Length == 2).Select(steps => steps[0]);

    private sealed record Candidate(long Id, string ItemId, string DisplayText, string? Culture, string JsonPath, string Target, ReferenceKind Kind);
}
