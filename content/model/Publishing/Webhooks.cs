using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
public sealed record Webhook(string Id, string Url, IReadOnlyList<string> Types, bool IsActive);

/// <summary>A call that is due, claimed by whoever asked.</summary>
/// <param name="Id">The delivery's id, the same at each try: by it the receiver knows a repeat.</param>
/// <param name="Url">Where to post.</param>
/// <param name="Body">The JSON to post, as UTF-8.</param>
/// <param name="Signature">The value of the header <see cref="Webhooks.SignatureHeader"/>.</param>
/// <param name="Attempt">Which try it is, from 1.</param>
public sealed record WebhookDelivery(string Id, Uri Url, string Body, string Signature, int Attempt);

/// <summary>
/// The webhooks and what is still to be delivered to them. The rows were written in the transaction of the
/// publication itself; a job posts them, and what fails is tried again later and later, eight times in about a day.
/// </summary>
public sealed class Webhooks(ContentDbContext db, TimeProvider clock)
{
    /// <summary>The header that carries the signature: <c>t=unix seconds,v1=hex HMAC-SHA256 of "t.body"</c>.</summary>
    public const string SignatureHeader = "X-Metro-Signature";

    private const int Tries = 8;

    /// <summary>How long a claimed call is left to its claimer before another may try.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>All webhooks, oldest first.</summary>
    public async Task<IReadOnlyList<Webhook>> AllAsync(CancellationToken stop = default) =>
        [.. (await db.Webhooks.AsNoTracking().OrderBy(row => row.CreatedUtc).Take(100).ToListAsync(stop)).Select(Shown)];

    /// <summary>Adds a webhook and tells its secret, which is not shown again.</summary>
    public async Task<Outcome<NewWebhook>> AddAsync(ContentUser by, string url, IReadOnlyList<string> types, CancellationToken stop = default)
    {
        if (!ContentRoles.PermissionsOf(by.Roles).Contains(ContentPermissions.ManageSettings)) return Refusal.Forbidden;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0)
            return new Refusal("content.webhook.url", url);

        var row = new WebhookRow
        {
            Id = ContentId.New(), Url = address.AbsoluteUri, Secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
            Types = string.Join(' ', types), IsActive = true, CreatedUtc = clock.GetUtcNow().UtcDateTime,
        };
        await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            db.Webhooks.Add(row);
            db.Audit.Add(AuditRow.Of(by, row.CreatedUtc, "Created", nameof(Webhook), row.Id, row.Url));
            await db.SaveChangesAsync(inner);
        }, stop);
        return new NewWebhook(Shown(row), row.Secret);
    }

    /// <summary>Removes a webhook and what was still to be sent to it.</summary>
    public async Task<Refusal?> RemoveAsync(ContentUser by, string id, CancellationToken stop = default)
    {
        if (!ContentRoles.PermissionsOf(by.Roles).Contains(ContentPermissions.ManageSettings)) return Refusal.Forbidden;

        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.Webhooks.SingleOrDefaultAsync(row => row.Id == id, inner) is not { } hook) return Refusal.NotFound;

            await db.Outbox.Where(row => row.WebhookId == id).ExecuteDeleteAsync(inner);
            db.Webhooks.Remove(hook);
            db.Audit.Add(AuditRow.Of(by, clock.GetUtcNow().UtcDateTime, "Removed", nameof(Webhook), id, hook.Url));
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }

    /// <summary>Forgets calls made before that instant that were delivered or given up.</summary>
    /// <returns>How many were forgotten.</returns>
    public Task<int> ForgetBeforeAsync(DateTime instant, CancellationToken stop = default) =>
        db.WriteAsync(inner => db.Outbox.Where(row => row.DueUtc == null && row.CreatedUtc < instant).ExecuteDeleteAsync(inner), stop);

    /// <summary>Claims up to <paramref name="limit"/> calls that are due, oldest first. No two claimers get the same one within two minutes.</summary>
    public Task<IReadOnlyList<WebhookDelivery>> ClaimDueAsync(int limit, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.WriteAsync<IReadOnlyList<WebhookDelivery>>(async inner =>
        {
            db.ChangeTracker.Clear();
            var due = await db.Outbox.Where(row => row.DueUtc <= now).OrderBy(row => row.DueUtc).ThenBy(row => row.Id).Take(Math.Clamp(limit, 1, 200)).ToListAsync(inner);
            var hooks = await db.Webhooks.AsNoTracking().ToDictionaryAsync(hook => hook.Id, inner);
            foreach (var row in due) (row.DueUtc, row.Attempts) = (now + Lease, row.Attempts + 1);
            await db.SaveChangesAsync(inner);
            return [.. due.Where(row => hooks.ContainsKey(row.WebhookId)).Select(row => new WebhookDelivery(
                row.Id, new Uri(hooks[row.WebhookId].Url), row.Payload, Sign(hooks[row.WebhookId].Secret, row.Payload, now), row.Attempts))];
        }, stop);
    }

    /// <summary>The receiver has it.</summary>
    public Task DeliveredAsync(string id, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.WriteAsync(inner => db.Outbox.Where(row => row.Id == id).ExecuteUpdateAsync(row => row
            .SetProperty(r => r.DeliveredUtc, now).SetProperty(r => r.DueUtc, (DateTime?)null).SetProperty(r => r.LastFailure, (string?)null), inner), stop);
    }

    /// <summary>The receiver does not have it: it is due again after 1, 4, 16 … minutes, or given up after the eighth try.</summary>
    public Task FailedAsync(string id, string failure, CancellationToken stop = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.Outbox.SingleOrDefaultAsync(row => row.Id == id, inner) is not { DeliveredUtc: null } row) return;

            row.LastFailure = failure.Length > 500 ? failure[..500] : failure;
            row.DueUtc = row.Attempts >= Tries ? null : now + TimeSpan.FromMinutes(Math.Min(Math.Pow(4, row.Attempts - 1), 360));
            await db.SaveChangesAsync(inner);
        }, stop);
    }

    /// <summary>The signature of a body at an instant, by the webhook's secret.</summary>
    public static string Sign(string secret, string body, DateTime at)
    {
        var seconds = new DateTimeOffset(at).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(hash)}";
    }

    private static Webhook Shown(WebhookRow row) =>
        new(row.Id, row.Url, row.Types.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.IsActive);
}

/// <summary>A webhook just made, with the secret by which its calls are signed.</summary>
public sealed record NewWebhook(Webhook Webhook, string Secret);
