using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Safety;

/// <summary>Every operation of a running portal: pages with their handlers, and routes; found, not listed, so that none is forgotten.</summary>
internal static class Doors
{
    /// <summary>Whatever answers at an address; files of the theme aside.</summary>
    public static IEnumerable<RouteEndpoint> Endpoints(PortalUnderTest portal) => portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    /// <summary>Addresses that the routes match, and the methods with which they are asked.</summary>
    public static async Task<SortedSet<(string Path, string Method)>> AllAsync(PortalUnderTest portal)
    {
        var doors = new SortedSet<(string Path, string Method)>();
        foreach (var endpoint in Endpoints(portal))
            foreach (var (method, query) in await OperationsAsync(portal, endpoint))
                doors.Add((PathOf(endpoint) + query, method));
        return doors;
    }

    /// <summary>The page behind an endpoint, ready to run; null for a route that is no page.</summary>
    public static async Task<CompiledPageActionDescriptor?> PageAsync(PortalUnderTest portal, RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page
        ? await portal.Services.GetRequiredService<PageLoader>().LoadAsync(page, EndpointMetadataCollection.Empty)
        : null;

    /// <summary>An address that the route matches.</summary>
    /// <param name="endpoint">The route.</param>
    /// <param name="word">What stands where any word may stand; null for the parameter's name.</param>
    public static string PathOf(RouteEndpoint endpoint, string? word = null) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter => ValueOf(parameter) ?? word ?? parameter.Name,
        _ => "",
    }))));

    private static async Task<IEnumerable<(string Method, string Query)>> OperationsAsync(PortalUnderTest portal, RouteEndpoint endpoint)
    {
        if (await PageAsync(portal, endpoint) is not { } page)
            return (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"]).Where(method => method is not ("HEAD" or "OPTIONS")).Select(method => (method, ""));

        return page.HandlerMethods.Select(handler => (handler.HttpMethod.ToUpperInvariant(), handler.Name is { } name ? $"?handler={name}" : "")).Concat([("GET", ""), ("POST", "")]).Distinct();
    }

    /// <summary>A value of nothing in particular that keeps the rules of a parameter; null where it has none.</summary>
    private static string? ValueOf(RoutePatternParameterPart parameter)
    {
        var rules = parameter.ParameterPolicies.Select(policy => policy.Content ?? "").ToList();
        return rules.Find(rule => rule.StartsWith("length(", StringComparison.Ordinal)) is { } length ? new string('0', int.Parse(length[7..^1].Split(',')[0], null))
            : rules.Exists(rule => rule.StartsWith("guid", StringComparison.Ordinal)) ? Guid.Empty.ToString()
            : rules.Find(rule => rule.StartsWith("range(", StringComparison.Ordinal)) is { } range ? range[6..range.IndexOf(',', StringComparison.Ordinal)]
            : rules.Exists(rule => rule is "long" or "int" || rule.StartsWith("min", StringComparison.Ordinal)) ? "999"
            : null;
    }
}
