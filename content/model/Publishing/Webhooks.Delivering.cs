using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Metro.Data;
using Microsoft.EntityFrameworkCore;

namespace Metro.Content;

/// <summary>A call that is due, claimed by whoever asked.</summary>
/// <param name="Id">The delivery's id, the same at each try: by it the receiver knows a repeat.</param>
/// <param name="Url">Where to post.</param>
/// <param name="Body">The JSON to post, as UTF-8.</param>
/// <param name="Signature">The value of the header <see cref="Webhooks.SignatureHeader"/>.</param>
/// <param name="Attempt">Which try it is, from 1.</param>
public sealed record WebhookDelivery(string Id, Uri Url, string Body, string Signature, int Attempt);

/// <summary>How far a call has come.</summary>
public enum WebhookCallState
{
    /// <summary>To be made, or made again, at its time.</summary>
    Waiting,

    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>Not tried again, unless somebody asks for it.</summary>
    GivenUp,
}

/// <summary>A call of a webhook, as its list shows it.</summary>
/// <param name="Id">The delivery's id.</param>
/// <param name="Event">What it tells: <c>content.published</c> or <c>content.unpublished</c>.</param>
/// <param name="ItemId">The item of which it tells.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LastStatus">The HTTP status that the receiver answered last; null when it never answered.</param>
/// <param name="LastFailure">Why it was not delivered; null when it was, or was not tried yet.</param>
/// <param name="CreatedUtc">When what it tells of happened.</param>
/// <param name="DueUtc">When it is tried next; null when it is not.</param>
/// <param name="DeliveredUtc">When the receiver took it; null when it has not.</param>
public sealed record WebhookCall(
    string Id, string Event, string ItemId, WebhookCallState State, int Attempts, int? LastStatus, string? LastFailure,
    DateTime CreatedUtc, DateTime? DueUtc, DateTime? DeliveredUtc);

/// <summary>What a run of deliveries did.</summary>
/// <param name="Delivered">How many calls their receivers took.</param>
/// <param name="Failed">How many failed; they are tried again later, or given up.</param>
public sealed record WebhookRun(int Delivered, int Failed);

public sealed partial class Webhooks
{
    /// <summary>The header that carries the signature: <c>t=unix seconds,v1=hex HMAC-SHA256 of "t.body"</c>.</summary>
    public const string SignatureHeader = "X-Metro-Signature";

    private const int Tries = 8;
    private const int AtOnce = 20;

    /// <summary>How long a claimed call is left to its claimer before another may try; many times what a batch can take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Delivers what is due, oldest first and some at once, so that a receiver that hangs holds back no other.
    /// Safe to run on several nodes and after a crash: a call is delivered at least once, and a repeat bears the same id.
    /// </summary>
    /// <param name="now">The instant, in UTC.</param>
    /// <param name="stop">Stops after the calls under way; those not recorded are due again in two minutes.</param>
    public async Task<WebhookRun> DeliverDueAsync(DateTime now, CancellationToken stop = default)
    {
        int delivered = 0, failed = 0;
        for (var batch = 0; batch < 25; batch++)
        {
            var due = await ClaimAsync(now, AtOnce, stop);
            foreach (var (call, answer) in due.Zip(await Task.WhenAll(due.Select(call => post.SendAsync(call, stop)))))
            {
                if (answer.Failure is null) await DeliveredAsync(call.Id, answer.Status, stop);
                else await FailedAsync(call.Id, answer.Failure, answer.Status, stop);
                _ = answer.Failure is null ? delivered++ : failed++;
            }

            if (due.Count < AtOnce) break;
        }

        return new WebhookRun(delivered, failed);
    }

    /// <summary>The calls of a webhook, newest first.</summary>
    /// <param name="webhookId">The webhook.</param>
    /// <param name="after">The last call of the page before; null for the newest.</param>
    /// <param name="limit">How many, at most 200.</param>
    /// <param name="stop">Stops the query.</param>
    public async Task<IReadOnlyList<WebhookCall>> CallsAsync(string webhookId, WebhookCall? after = null, int limit = 50, CancellationToken stop = default)
    {
        var rows = db.Outbox.AsNoTracking().Where(row => row.WebhookId == webhookId);
        if (after is { CreatedUtc: var instant, Id: var id })
            rows = rows.Where(row => row.CreatedUtc <= instant && (row.CreatedUtc < instant || string.Compare(row.Id, id) < 0));
        return await rows.OrderByDescending(row => row.CreatedUtc).ThenByDescending(row => row.Id).Take(Math.Clamp(limit, 1, 200))
            .Select(row => new WebhookCall(
                row.Id, row.Event, row.ItemId,
                row.DueUtc != null ? WebhookCallState.Waiting : row.DeliveredUtc != null ? WebhookCallState.Delivered : WebhookCallState.GivenUp,
                row.Attempts, row.LastStatus, row.LastFailure, row.CreatedUtc, row.DueUtc, row.DeliveredUtc)).ToListAsync(stop);
    }

    /// <summary>Makes a call again as soon as can be, with all its tries before it; the receiver knows it by its id. Null when done.</summary>
    public async Task<Refusal?> ResendAsync(ContentUser by, string webhookId, string id, CancellationToken stop = default)
    {
        if (!MayManage(by)) return Refusal.Forbidden;

        return await db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.Webhooks.SingleOrDefaultAsync(row => row.Id == webhookId, inner) is not { } hook) return Refusal.NotFound;
            if (await db.Outbox.SingleOrDefaultAsync(row => row.Id == id && row.WebhookId == webhookId, inner) is not { } call) return Refusal.NotFound;

            (call.DueUtc, call.Attempts, call.DeliveredUtc) = (Now, 0, null);
            db.Audit.Add(AuditRow.Of(by, Now, "Resent", nameof(Webhook), hook.Id, hook.Url, id));
            await db.SaveChangesAsync(inner);
            return null;
        }, stop);
    }

    /// <summary>Forgets calls made before that instant that were delivered or given up.</summary>
    /// <returns>How many were forgotten.</returns>
    public Task<int> ForgetBeforeAsync(DateTime instant, CancellationToken stop = default) =>
        db.WriteAsync(inner => db.Outbox.Where(row => row.DueUtc == null && row.CreatedUtc < instant).ExecuteDeleteAsync(inner), stop);

    /// <summary>Claims up to <paramref name="limit"/> calls that are due, oldest first. No two claimers get the same one within two minutes.</summary>
    public Task<IReadOnlyList<WebhookDelivery>> ClaimDueAsync(int limit, CancellationToken stop = default) => ClaimAsync(Now, limit, stop);

    /// <summary>The receiver has it.</summary>
    /// <param name="id">The delivery.</param>
    /// <param name="status">The HTTP status of its answer; null when it is not known.</param>
    /// <param name="stop">Stops the act.</param>
    public Task DeliveredAsync(string id, int? status = null, CancellationToken stop = default)
    {
        var now = Now;
        return db.WriteAsync(inner => db.Outbox.Where(row => row.Id == id).ExecuteUpdateAsync(row => row
            .SetProperty(r => r.DeliveredUtc, now).SetProperty(r => r.DueUtc, (DateTime?)null)
            .SetProperty(r => r.LastStatus, status).SetProperty(r => r.LastFailure, (string?)null), inner), stop);
    }

    /// <summary>The receiver does not have it: it is due again after 1, 4, 16 … minutes, or given up after the eighth try.</summary>
    /// <param name="id">The delivery.</param>
    /// <param name="failure">Why, for the people who look after the webhook.</param>
    /// <param name="status">The HTTP status of the answer; null when there was none.</param>
    /// <param name="stop">Stops the act.</param>
    public Task FailedAsync(string id, string failure, int? status = null, CancellationToken stop = default)
    {
        var now = Now;
        return db.WriteAsync(async inner =>
        {
            db.ChangeTracker.Clear();
            if (await db.Outbox.SingleOrDefaultAsync(row => row.Id == id, inner) is not { DeliveredUtc: null } row) return;

            (row.LastStatus, row.LastFailure) = (status, ContentWrites.Cut(failure, 500));
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

    private Task<IReadOnlyList<WebhookDelivery>> ClaimAsync(DateTime now, int limit, CancellationToken stop) =>
        db.WriteAsync<IReadOnlyList<WebhookDelivery>>(async inner =>
        {
            db.ChangeTracker.Clear();
            var hooks = await db.Webhooks.AsNoTracking().Where(hook => hook.IsActive).OrderBy(hook => hook.Id).Take(Most).ToDictionaryAsync(hook => hook.Id, inner);
            var active = hooks.Keys.ToArray();
            var due = await db.Outbox.Where(row => row.DueUtc <= now && active.Contains(row.WebhookId))
                .OrderBy(row => row.DueUtc).ThenBy(row => row.Id).Take(Math.Clamp(limit, 1, 200)).ToListAsync(inner);
            foreach (var row in due) (row.DueUtc, row.Attempts) = (now + Lease, row.Attempts + 1);
            await db.SaveChangesAsync(inner);
            return [.. due.Select(row => new WebhookDelivery(
                row.Id, new Uri(hooks[row.WebhookId].Url), row.Payload, Sign(hooks[row.WebhookId].Secret, row.Payload, now), row.Attempts))];
        }, stop);
}
