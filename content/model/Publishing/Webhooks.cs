using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Metro.Data;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>What is sent to those who follow the content: facts about the item, never a draft's text.</summary>
internal static class WebhookPayload
{
    public static string Of(string id, string what, ItemRow item, VersionRow version, ContentChange change) => ContentJson.Write(new JsonObject
    {
        ["id"] = id,
        ["event"] = what,
        ["occurredUtc"] = ContentJson.Format(change.AtUtc),
        ["contentItemId"] = item.ItemId,
        ["contentItemVersionId"] = version.VersionId,
        ["contentType"] = item.Type,
        ["culture"] = item.Culture,
        ["displayText"] = version.DisplayText,
        ["path"] = change.Content.Text("AutoroutePart", "Path"),
    });
}

/// <summary>Someone to be told of publications and withdrawals.</summary>
/// <param name="Id">The webhook's id.</param>
/// <param name="Url">Where it is called, by HTTPS.</param>
/// <param name="Types">The content types that it follows; empty for all.</param>
/// <param name="IsActive">Whether it is called at all.</param>
/// <param name="CreatedUtc">Since when it is known.</param>
public sealed record Webhook(string Id, string Url, IReadOnlyList<string> Types, bool IsActive, DateTime CreatedUtc);

/// <summary>A webhook just made, or its secret just renewed, with the secret by which its calls are signed.</summary>
public sealed record NewWebhook(Webhook Webhook, string Secret);

/// <summary>
/// The webhooks and what is still to be delivered to them. The rows were written in the transaction of the
/// publication itself; <see cref="DeliverDueAsync"/> posts them, and what fails is tried again later and later, eight
/// times in about a day. Not thread-safe, as its context.
/// </summary>
public sealed partial class Webhooks(ContentDbContext db, TimeProvider clock, WebhookPost post)
{
    /// <summary>The most webhooks at once; one more is refused.</summary>
    public const int Most = 100;

    /// <summary>All webhooks, oldest first.</summary>
    public async Task<IReadOnlyList<Webhook>> AllAsync(CancellationToken stop = default) =>
        [.. (await db.Webhooks.AsNoTracking().OrderBy(row => row.CreatedUtc).ThenBy(row => row.Id).Take(Most).ToListAsync(stop)).Select(Shown)];

    /// <summary>One webhook; null when there is none of that id.</summary>
    public async Task<Webhook?> FindAsync(string id, CancellationToken stop = default) =>
        await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, stop) is { } row ? Shown(row) : null;

    /// <summary>Adds a webhook and tells its secret, which is not shown again.</summary>
    public async Task<Outcome<NewWebhook>> AddAsync(ContentUser by, string url, IReadOnlyList<string> types, CancellationToken stop = default)
    {
        if (!MayManage(by)) return Refusal.Forbidden;
        if (post.AddressOf(url) is not { } address) return new Refusal("content.webhook.url", url);

        var row = new WebhookRow
        {
            Id = ContentId.New(), Url = address.AbsoluteUri, Secret = NewSecret(),
            Types = string.Join(' ', types), IsActive = true, CreatedUtc = Now,
        };
        return await db.WriteAsync<Outcome<NewWebhook>>(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.Webhooks.CountAsync(inner) >= Most) return new Refusal("content.webhook.most", $"{Most}");

            db.Webhooks.Add(row);
            Audit(by, "Created", row);
            await db.SaveChangesAsync(inner);
            return new NewWebhook(Shown(row), row.Secret);
        }, stop);
    }

    /// <summary>Calls another address, or for other types. Null when done.</summary>
    public Task<Refusal?> ChangeAsync(ContentUser by, string id, string url, IReadOnlyList<string> types, CancellationToken stop = default) =>
        post.AddressOf(url) is { } address
            ? WriteAsync(by, id, "Saved", row => (row.Url, row.Types) = (address.AbsoluteUri, string.Join(' ', types)), stop)
            : Task.FromResult<Refusal?>(new Refusal("content.webhook.url", url));

    /// <summary>Calls it no more, until <see cref="ResumeAsync"/>: what was still to be delivered waits. Null when done.</summary>
    public Task<Refusal?> PauseAsync(ContentUser by, string id, CancellationToken stop = default) =>
        WriteAsync(by, id, "Paused", row => row.IsActive = false, stop);

    /// <summary>Calls it again. What happened in between is not told it. Null when done.</summary>
    public Task<Refusal?> ResumeAsync(ContentUser by, string id, CancellationToken stop = default) =>
        WriteAsync(by, id, "Resumed", row => row.IsActive = true, stop);

    /// <summary>Gives it another secret, which is not shown again; the old one signs nothing any more.</summary>
    public async Task<Outcome<NewWebhook>> RenewSecretAsync(ContentUser by, string id, CancellationToken stop = default)
    {
        var secret = NewSecret();
        return await WriteAsync(by, id, "SecretRenewed", row => row.Secret = secret, stop) is { } refusal
            ? refusal
            : new NewWebhook((await FindAsync(id, stop))!, secret);
    }

    /// <summary>Removes a webhook and what was still to be sent to it. Null when done.</summary>
    public async Task<Refusal?> RemoveAsync(ContentUser by, string id, CancellationToken stop = default)
    {
        if (!MayManage(by)) return Refusal.Forbidden;

        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.Webhooks.SingleOrDefaultAsync(row => row.Id == id, inner) is not { } hook) return Refusal.NotFound;

            await db.Outbox.Where(row => row.WebhookId == id).ExecuteDeleteAsync(inner);
            db.Webhooks.Remove(hook);
            Audit(by, "Removed", hook);
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static bool MayManage(ContentUser by) => ContentRoles.PermissionsOf(by.Roles).Contains(ContentPermissions.ManageSettings);

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private async Task<Refusal?> WriteAsync(ContentUser by, string id, string act, Action<WebhookRow> change, CancellationToken stop)
    {
        if (!MayManage(by)) return Refusal.Forbidden;

        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.Webhooks.SingleOrDefaultAsync(row => row.Id == id, inner) is not { } hook) return Refusal.NotFound;

            change(hook);
            if (!db.ChangeTracker.HasChanges()) return null;

            Audit(by, act, hook);
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }

    private void Audit(ContentUser by, string act, WebhookRow hook) => db.Audit.Add(AuditRow.Of(by, Now, act, nameof(Webhook), hook.Id, hook.Url, hook.Types.Length > 0 ? hook.Types : null));

    private static Webhook Shown(WebhookRow row) =>
        new(row.Id, row.Url, row.Types.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.IsActive, row.CreatedUtc);
}
