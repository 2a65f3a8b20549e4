using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Metro.Content.Editor.Api;

/// <summary>
/// Content for programs, under the names that Orchard Core 4 gives its endpoints. What is published is open to all;
/// the rest asks the store, which knows who may do what. A person without the right to see a draft is not told that
/// it exists.
/// </summary>
internal static class ContentApi
{
    private const int LongestSkip = 1_000;

    public static void Map(IEndpointRouteBuilder portal)
    {
        var api = portal.MapGroup("/api/content").AddEndpointFilter<JsonOrHeader>().AddEndpointFilter<MayUseApi>().AllowAnonymous().DisableAntiforgery();
        api.MapGet("", ListAsync);
        api.MapPost("", PostAsync);
        api.MapGet("schema/{type}", Schema);
        api.MapGet("{id}", GetAsync);
        api.MapDelete("{id}", DeleteAsync);
        api.MapGet("{id}/draft", GetDraftAsync);
        api.MapPost("{id}/draft", SaveDraftAsync);
        api.MapPost("{id}/publish", PublishAsync);
        api.MapPost("{id}/unpublish", UnpublishAsync);
        api.MapPost("{id}/validate", ValidateAsync);
        api.MapGet("{id}/versions", VersionsAsync);
        api.MapPost("{id}/versions/{versionId}/restore", RestoreAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext request, ContentReader reader, ContentStore store, EditorList editors,
        string? contentType, string? status, string? culture, int? skip, int? take, CancellationToken stop)
    {
        var (from, size) = (skip ?? 0, take ?? 20);
        if (contentType is null || store.Types.Find(contentType) is not { } type) return Answers.Refused(request, new Refusal("content.unknown_type", contentType ?? ""));
        if (from is < 0 or > LongestSkip || size is < 1 or > ContentQuery.MaxPageSize)
            return Answers.Problem(request, StatusCodes.Status400BadRequest, "content.api.page", Number(LongestSkip), Number(ContentQuery.MaxPageSize));

        return status?.ToUpperInvariant() switch
        {
            null or "PUBLISHED" => await PublishedAsync(request, reader, type, culture ?? store.Settings.DefaultCulture, from, size, stop),
            "LATEST" or "ALL" => await LatestAsync(request, reader, editors, new EditorQuery { Type = type.Name, Culture = culture }, from, size, stop),
            "DRAFT" => await LatestAsync(request, reader, editors, new EditorQuery { Type = type.Name, Culture = culture, IsPublished = false }, from, size, stop),
            _ => Answers.Problem(request, StatusCodes.Status400BadRequest, "content.api.status", status),
        };
    }

    /// <summary>Walks the index to where the page begins: a bounded way, which is why longer skips are refused.</summary>
    private static async Task<IResult> PublishedAsync(
        HttpContext request, ContentReader reader, ContentTypeDef type, string culture, int skip, int take, CancellationToken stop)
    {
        var query = new ContentQuery(culture, type.Name) { WithFallback = false };
        for (var left = skip; left > 0;)
        {
            var passed = await reader.ListAsync(query with { PageSize = Math.Min(left, ContentQuery.MaxPageSize) }, stop);
            if (!passed.HasMore) return Answers.List(request, [], hasMore: false, isPrivate: false);

            left -= passed.Items.Count;
            query = query with { After = passed.Items[^1].Cursor };
        }

        var page = await reader.ListAsync(query with { PageSize = take }, stop);
        return Answers.List(request, page.Items.Select(each => each.Item), page.HasMore, isPrivate: false);
    }

    private static async Task<IResult> LatestAsync(
        HttpContext request, ContentReader reader, EditorList editors, EditorQuery query, int skip, int take, CancellationToken stop)
    {
        if (!MayUseApi.Allows(request)) return Answers.Refused(request, Refusal.Forbidden);

        const int batch = 200;
        var lines = new List<EditorLine>();
        while (lines.Count <= skip + take)
        {
            var found = await editors.FindAsync(SignedInUser.Of(request.User), query with { PageSize = batch, After = lines.LastOrDefault() }, stop);
            if (!found.Succeeded) return Answers.Refused(request, found.Refusal);

            lines.AddRange(found.Result);
            if (found.Result.Count < batch) break;
        }

        var page = lines.Skip(skip).Take(take).ToList();
        var items = await reader.FindLatestManyAsync([.. page.Select(line => line.ItemId)], stop);
        return Answers.List(request, page.Where(line => items.ContainsKey(line.ItemId)).Select(line => items[line.ItemId]), lines.Count > skip + take, isPrivate: true);
    }

    private static async Task<IResult> GetAsync(
        HttpContext request, ContentReader reader, ContentHistory history, string id, string? version, string? culture, CancellationToken stop)
    {
        if (version is not (null or "published"))
        {
            var asked = version == "latest" ? await reader.FindLatestAsync(id, stop) : await history.VersionAsync(id, version, stop);
            return asked is { DeletedUtc: null } && MayPreview(request, asked) ? Answers.Draft(request, asked) : Answers.Refused(request, Refusal.NotFound);
        }

        if (await reader.FindAsync(id, stop) is not { } item) return Answers.Refused(request, Refusal.NotFound);
        if (culture is null || item.LocalizationSet is not { } set) return Answers.Published(request, item);

        // Where the translation is missing, Content-Language says in which language the item is instead.
        return Answers.Published(request, (await reader.InLanguageAsync(set, culture, stop))?.Item ?? item);
    }

    private static async Task<IResult> GetDraftAsync(HttpContext request, ContentReader reader, string id, CancellationToken stop) =>
        await PreviewedAsync(request, reader, id, stop) is { } latest ? Answers.Draft(request, latest) : Answers.Refused(request, Refusal.NotFound);

    /// <summary>Makes an item, or a new version of one that exists: published, unless it is sent as a draft.</summary>
    private static async Task<IResult> PostAsync(HttpContext request, ContentStore store, ContentReader reader, bool? draft, CancellationToken stop)
    {
        if (await SentItem.ReadAsync(request, store.Settings, stop) is not { } sent) return Answers.Problem(request, StatusCodes.Status400BadRequest, "content.api.json");

        var by = SignedInUser.Of(request.User);
        Outcome<ContentItem> saved;
        if (sent.ItemId is { } id && await reader.FindLatestAsync(id, stop) is not null)
        {
            if (Answers.BaseVersion(request, sent.VersionId) is not { } basis) return Answers.Problem(request, StatusCodes.Status428PreconditionRequired, "content.api.base");
            if (draft != true) return Answers.Of(request, await store.PublishAsync(by, id, basis, sent.Content, stop: stop));

            saved = await store.SaveAsync(by, id, basis, sent.Content, stop: stop);
        }
        else
        {
            saved = await store.CreateAsync(by, sent.Type ?? "", sent.Content, sent.Culture, sent.ItemId, stop);
        }

        return Answers.Of(request, saved.Succeeded && draft != true ? await store.PublishAsync(by, saved.Result.ItemId, saved.Result.VersionId, stop: stop) : saved);
    }

    private static async Task<IResult> SaveDraftAsync(HttpContext request, ContentStore store, string id, CancellationToken stop)
    {
        if (await SentItem.ReadAsync(request, store.Settings, stop) is not { } sent) return Answers.Problem(request, StatusCodes.Status400BadRequest, "content.api.json");
        if (Answers.BaseVersion(request, sent.VersionId) is not { } basis) return Answers.Problem(request, StatusCodes.Status428PreconditionRequired, "content.api.base");

        return Answers.Of(request, await store.SaveAsync(SignedInUser.Of(request.User), id, basis, sent.Content, stop: stop));
    }

    private static async Task<IResult> PublishAsync(HttpContext request, ContentStore store, ContentReader reader, string id, CancellationToken stop) =>
        await BasisAsync(request, reader, id, stop) is { } basis
            ? Answers.Of(request, await store.PublishAsync(SignedInUser.Of(request.User), id, basis, stop: stop))
            : Answers.Refused(request, Refusal.NotFound);

    private static async Task<IResult> UnpublishAsync(HttpContext request, ContentStore store, string id, CancellationToken stop) =>
        Answers.Of(request, await store.UnpublishAsync(SignedInUser.Of(request.User), id, Answers.BaseVersion(request, null), stop));

    private static async Task<IResult> DeleteAsync(HttpContext request, ContentStore store, string id, CancellationToken stop) =>
        await store.DeleteAsync(SignedInUser.Of(request.User), id, Answers.BaseVersion(request, null), stop) is { Succeeded: false } refused
            ? Answers.Refused(request, refused.Refusal)
            : Results.NoContent();

    /// <summary>What publishing would refuse and what the checks find, in the document sent or, with none, in the latest version.</summary>
    private static async Task<IResult> ValidateAsync(HttpContext request, ContentStore store, ContentReader reader, string id, CancellationToken stop)
    {
        if (await PreviewedAsync(request, reader, id, stop) is null) return Answers.Refused(request, Refusal.NotFound);

        JsonObject? content = null;
        if (request.Request.ContentLength is not (null or 0))
        {
            if (await SentItem.ReadAsync(request, store.Settings, stop) is not { } sent) return Answers.Problem(request, StatusCodes.Status400BadRequest, "content.api.json");
            content = sent.Content;
        }

        return Answers.Faults(request, await store.ValidateAsync(id, content, stop) ?? []);
    }

    private static async Task<IResult> VersionsAsync(HttpContext request, ContentReader reader, ContentHistory history, string id, int? before, CancellationToken stop) =>
        await PreviewedAsync(request, reader, id, stop) is null
            ? Answers.Refused(request, Refusal.NotFound)
            : Answers.Private(request, Results.Json(await history.VersionsAsync(id, before, stop: stop)));

    private static async Task<IResult> RestoreAsync(HttpContext request, ContentStore store, ContentReader reader, string id, string versionId, CancellationToken stop) =>
        await BasisAsync(request, reader, id, stop) is { } basis
            ? Answers.Of(request, await store.RestoreAsync(SignedInUser.Of(request.User), id, versionId, basis, stop))
            : Answers.Refused(request, Refusal.NotFound);

    private static IResult Schema(HttpContext request, ContentTypes types, string type) => types.Find(type) is { } found
        ? Results.Text(ContentSchema.Of(found, CultureInfo.CurrentUICulture).ToJsonString(), "application/schema+json")
        : Answers.Refused(request, new Refusal("content.unknown_type", type));

    /// <summary>The version to act on: the one that the sender names, or, where none is named, the latest.</summary>
    private static async Task<string?> BasisAsync(HttpContext request, ContentReader reader, string id, CancellationToken stop) =>
        Answers.BaseVersion(request, null) ?? (await reader.FindLatestAsync(id, stop))?.VersionId;

    private static async Task<ContentItem?> PreviewedAsync(HttpContext request, ContentReader reader, string id, CancellationToken stop) =>
        await reader.FindLatestAsync(id, stop) is { DeletedUtc: null } latest && MayPreview(request, latest) ? latest : null;

    private static bool MayPreview(HttpContext request, ContentItem item) => MayUseApi.Allows(request)
        && SignedInUser.Of(request.User).May(ContentAct.Preview, item.Type, item.Owner);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
