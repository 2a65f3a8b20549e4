using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Outbox;

/// <summary>What staff see of the messages: by what became of them, and per person (DOMAIN.md rule 14). Every list is read a stretch at a time.</summary>
public sealed class SentMail(LibraryDbContext db, TimeProvider clock)
{
    /// <summary>The most messages of one stretch.</summary>
    public const int MostShown = 100;

    /// <summary>Beyond this, waiting and failed messages are only said to be more.</summary>
    public const int MostCounted = 100_000;

    /// <summary>Messages in a state, the latest written first.</summary>
    /// <param name="state">Which.</param>
    /// <param name="before">The key of the last one seen; null to begin.</param>
    /// <param name="size">At most <see cref="MostShown"/>.</param>
    /// <param name="stop">Ends the query.</param>
    public async Task<IReadOnlyList<OutboxMessage>> InStateAsync(OutboxState state, long? before, int size, CancellationToken stop = default)
    {
        var some = db.OutboxMessages.AsNoTracking().Where(message => message.State == state);
        if (before is { } last) some = some.Where(message => message.Id < last);
        return await some.OrderByDescending(message => message.Id).Take(Math.Clamp(size, 1, MostShown)).ToListAsync(stop);
    }

    /// <summary>What was written to a member, the latest first. Leaves an audit line: it tells what somebody reads.</summary>
    /// <param name="memberId">The member.</param>
    /// <param name="before">The key of the last one seen; null to begin.</param>
    /// <param name="by">Who looks.</param>
    /// <param name="stop">Ends the query.</param>
    public Task<IReadOnlyList<OutboxMessage>> ToMemberAsync(long memberId, long? before, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<IReadOnlyList<OutboxMessage>>(async inner =>
        {
            var theirs = db.OutboxMessages.AsNoTracking().Where(message => message.MemberId == memberId);
            if (before is { } last) theirs = theirs.Where(message => message.Id < last);
            var shown = await theirs.OrderByDescending(message => message.Id).Take(MostShown).ToListAsync(inner);
            db.Audit(by, "member.messages_viewed", new Subject("member", memberId), clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(inner);
            return shown;
        }, stop);

    /// <summary>What was written to an address of somebody who is not a member, the latest first.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> ToAddressAsync(string email, CancellationToken stop = default)
    {
        var key = Recipient.Address(email.Trim(), "id").Key;
        return await db.OutboxMessages.AsNoTracking().Where(message => message.RecipientKey == key)
            .OrderByDescending(message => message.ScheduledAt).ThenByDescending(message => message.Id).Take(MostShown).ToListAsync(stop);
    }

    /// <summary>One message; null for none.</summary>
    public Task<OutboxMessage?> FindAsync(long id, CancellationToken stop = default) =>
        db.OutboxMessages.AsNoTracking().FirstOrDefaultAsync(message => message.Id == id, stop);

    /// <summary>How many messages wait, are under way or were given up, at most <see cref="MostCounted"/> each, and how many were sent in the last day.</summary>
    public async Task<IReadOnlyDictionary<OutboxState, int>> CountsAsync(CancellationToken stop = default)
    {
        var (counts, yesterday) = (new Dictionary<OutboxState, int>(), clock.GetUtcNow().UtcDateTime.AddDays(-1));
        foreach (var state in (OutboxState[])[OutboxState.Waiting, OutboxState.Claimed, OutboxState.Failed])
            counts[state] = await db.OutboxMessages.Where(message => message.State == state).OrderBy(message => message.DueAt).Take(MostCounted).CountAsync(stop);
        foreach (var state in (OutboxState[])[OutboxState.Sent, OutboxState.Cancelled])
            counts[state] = await db.OutboxMessages.Where(message => message.State == state && message.EndedAt >= yesterday).OrderBy(message => message.EndedAt).Take(MostCounted).CountAsync(stop);
        return counts;
    }

    /// <summary>When the message that has waited the longest was due, in UTC; null when nothing is late.</summary>
    public Task<DateTime?> OldestDueAsync(CancellationToken stop = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.OutboxMessages.Where(message => message.State == OutboxState.Waiting && message.DueAt <= now)
            .OrderBy(message => message.DueAt).ThenBy(message => message.Id).Select(message => (DateTime?)message.ScheduledAt).FirstOrDefaultAsync(stop);
    }
}
