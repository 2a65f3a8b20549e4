using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Metro.Content.Editor.Api;

/// <summary>How outcomes become HTTP: status, caching, and RFC 9457 problems with a stable code.</summary>
internal static class Answers
{
    private const string Json = "application/json; charset=utf-8";

    /// <summary>A published item: anyone may keep it, and asks whether it is still the same.</summary>
    public static IResult Published(HttpContext request, ContentItem item)
    {
        request.Response.Headers.CacheControl = "public, no-cache";
        return Item(request, item, "public");
    }

    /// <summary>A draft is for the person who asked, and kept nowhere.</summary>
    public static IResult Draft(HttpContext request, ContentItem item) => Private(request, Item(request, item, "editor"));

    public static IResult List(HttpContext request, IEnumerable<ContentItem> items, bool hasMore, bool isPrivate)
    {
        request.Response.Headers.CacheControl = isPrivate ? "private, no-store" : "public, no-cache";
        Vary(request);
        var body = new JsonObject { ["items"] = new JsonArray([.. items.Select(item => (JsonNode)item.ToJson())]), ["hasMore"] = hasMore }.ToJsonString();
        if (isPrivate) return Results.Text(body, Json);

        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..32]}\"");
        request.Response.GetTypedHeaders().ETag = tag;
        return IsKnown(request, tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Text(body, Json);
    }

    public static IResult Of(HttpContext request, Outcome<ContentItem> outcome) =>
        outcome.Succeeded ? Draft(request, outcome.Result) : Refused(request, outcome.Refusal);

    public static IResult Private(HttpContext request, IResult result)
    {
        request.Response.Headers.CacheControl = "private, no-store";
        return result;
    }

    public static IResult Faults(HttpContext request, IReadOnlyList<Fault> faults) => Private(request, Results.Json(new
    {
        valid = faults.All(fault => fault.Severity != FaultSeverity.Error),
        faults = Told(faults),
    }));

    public static IResult Refused(HttpContext request, Refusal refusal)
    {
        var details = new Dictionary<string, object?> { ["code"] = refusal.Code };
        if (refusal.Faults.Count > 0) details["faults"] = Told(refusal.Faults);
        if (refusal is EditConflict conflict)
        {
            details["base"] = conflict.Base?.ToJson();
            details["theirs"] = conflict.Theirs.ToJson();
            details["yours"] = conflict.Yours;
        }

        return Private(request, Results.Problem(
            refusal.Sentence(CultureInfo.CurrentUICulture), statusCode: StatusOf(request, refusal), extensions: details));
    }

    public static IResult Problem(HttpContext request, int status, string code, params object[] values) => Private(request, Results.Problem(
        EditorTexts.Get(code, values), statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code }));

    /// <summary>The version that the sender began from: by <c>If-Match</c>, or as the item itself says.</summary>
    public static string? BaseVersion(HttpContext request, string? sent) =>
        request.Request.GetTypedHeaders().IfMatch.FirstOrDefault()?.Tag.ToString().Trim('"').Split('.')[0] is { Length: > 0 } matched && matched != "*" ? matched : sent;

    private static IResult Item(HttpContext request, ContentItem item, string audience)
    {
        Vary(request);
        if (item.Culture is { } culture) request.Response.Headers.ContentLanguage = culture;
        var state = (item.IsPublished ? "p" : "") + (item.IsLatest ? "l" : "");
        var tag = new EntityTagHeaderValue($"\"{item.VersionId}.{audience}.{state}.{item.Culture}\"");
        request.Response.GetTypedHeaders().ETag = tag;
        return HttpMethods.IsGet(request.Request.Method) && IsKnown(request, tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Text(item.ToJson().ToJsonString(), Json);
    }

    private static bool IsKnown(HttpContext request, EntityTagHeaderValue tag) =>
        request.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));

    private static int StatusOf(HttpContext request, Refusal refusal) => refusal switch
    {
        // Who named the version by header asked for that precondition (RFC 9110, 13.1.1); who named it in the body did not.
        { Code: "content.conflict" } => request.Request.Headers.IfMatch.Count > 0 ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status409Conflict,
        { Code: "content.not_found" or "content.unknown_type" } => StatusCodes.Status404NotFound,
        { Code: "content.forbidden" } => request.User.Identity?.IsAuthenticated == true ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static object[] Told(IReadOnlyList<Fault> faults) =>
    [
        .. faults.Select(fault => new
        {
            code = fault.Code, path = fault.Path, severity = fault.Severity.ToString(), message = fault.Sentence(CultureInfo.CurrentUICulture),
        }),
    ];

    private static void Vary(HttpContext request) => request.Response.Headers.Vary = "Cookie, Authorization, Accept-Encoding";
}
