using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Outbox;

/// <summary>
/// What a sender of letters asks of the outbox: claim what is due, look once more whether it is true, note what became of it
/// (DOMAIN.md rule 14). Several senders share the work, on either database: nobody gets a letter that another holds, and
/// what a sender that died had claimed is free again when its lease has run out. Not thread-safe: one per round.
/// </summary>
public sealed class OutgoingLetters(LibraryDbContext db, TimeProvider clock, Addressees addressees, IEnumerable<IMessageCheck> checks)
{
    /// <summary>The most messages that go in one letter.</summary>
    public const int MostParts = 100;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Takes the letters that have been due the longest.</summary>
    public Task<ClaimedLetters> ClaimAsync(ClaimRules rules, CancellationToken stop = default) =>
        db.WriteInTurnAsync(Turn.Outbox, 0, async inner =>
        {
            var now = Now;
            var due = await FreeAsync(now, rules.Most, inner);
            var quiet = rules.QuietUntil is { } morning && morning > now ? due.Where(message => rules.MayWait(message.Kind)).ToList() : [];
            foreach (var message in quiet) message.Postpone(rules.QuietUntil!.Value);

            var taken = due.Except(quiet).ToList();
            var together = await WithCompanionsAsync(taken, now, rules, inner);
            var letters = together.GroupBy(message => message.Letter ?? KeyOf(message, rules)).Select(parts => Seal(parts, rules, now)).ToList();
            await db.SaveChangesAsync(inner);
            return new ClaimedLetters(letters, quiet.Count);
        }, stop);

    /// <summary>
    /// Looks whether a letter still holds, just before it is sent: parts that have become untrue are cancelled, and so is a
    /// letter that has no address or is not wanted.
    /// </summary>
    /// <param name="letter">As it was claimed.</param>
    /// <param name="topic">The topic that its reader may have unsubscribed; null for what they must know.</param>
    /// <param name="stop">Ends the check.</param>
    /// <returns>Null when nothing is left to send, or when the lease was lost.</returns>
    public async Task<AddressedLetter?> RecheckAsync(Letter letter, MailTopic? topic, CancellationToken stop = default)
    {
        var held = await HeldAsync(letter, db.OutboxMessages.AsNoTracking(), stop);
        if (held.Count == 0) return null;

        var readers = await addressees.OfAsync(db, held[0], stop);
        var whyNot = await IsUnwantedAsync(letter, topic, stop) ? "unsubscribed" : readers.Count == 0 ? "no address, or no e-mail wanted" : null;
        var check = checks.FirstOrDefault(one => one.Knows(letter.Kind));
        var untrue = new Dictionary<long, string>();
        foreach (var message in held)
            if ((whyNot ?? (check is null || await check.IsStillTrueAsync(db, message, stop) ? null : NoLongerTrue)) is { } reason)
                untrue[message.Id] = reason;

        if (untrue.Count > 0) await CancelAsync(letter, untrue, stop);
        var left = letter.Parts.Where(part => held.Exists(message => message.Id == part.Id) && !untrue.ContainsKey(part.Id)).ToList();
        return left.Count == 0 ? null : new AddressedLetter(letter with { Parts = left }, readers, await WardAsync(letter, readers, stop));
    }

    /// <summary>The server has the letter.</summary>
    /// <param name="letter">What was sent.</param>
    /// <param name="reply">What the server answered.</param>
    /// <param name="stop">Should not be used once the server has answered: the note must be written.</param>
    public Task SentAsync(Letter letter, string? reply, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        // Whatever happened to the messages meanwhile: they were sent.
        foreach (var message in await PartsAsync(letter, inner)) message.Sent(Now, reply);
        await db.SaveChangesAsync(inner);
    }, stop);

    /// <summary>The letter did not go.</summary>
    /// <param name="letter">What was tried.</param>
    /// <param name="why">What went wrong.</param>
    /// <param name="reply">What the server answered; null where it did not.</param>
    /// <param name="retryAt">When to try again, in UTC; null to give up.</param>
    /// <param name="stop">Ends the work.</param>
    public Task FailedAsync(Letter letter, string why, string? reply, DateTime? retryAt, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        foreach (var message in await HeldAsync(letter, db.OutboxMessages, inner)) message.Failed(Now, why, retryAt, reply);
        await db.SaveChangesAsync(inner);
    }, stop);

    /// <summary>Gives letters back untried: there was no server to ask, which is no fault of theirs.</summary>
    /// <param name="letters">What was claimed and not tried.</param>
    /// <param name="until">Not before this instant, in UTC.</param>
    /// <param name="stop">Ends the work.</param>
    public Task ReleaseAsync(IReadOnlyCollection<Letter> letters, DateTime until, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        foreach (var letter in letters)
            foreach (var message in await HeldAsync(letter, db.OutboxMessages, inner)) message.Release(until);
        await db.SaveChangesAsync(inner);
    }, stop);

    /// <summary>How many messages went out since an instant; for a limit that all senders share.</summary>
    public Task<int> SentSinceAsync(DateTime instant, CancellationToken stop = default) =>
        db.OutboxMessages.Where(message => message.State == OutboxState.Sent && message.EndedAt > instant).Select(message => message.Letter).Distinct().CountAsync(stop);

    /// <summary>Staff try once more what was given up.</summary>
    public Task<Refusal?> ResendAsync(long messageId, Actor by, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        var message = await db.OutboxMessages.FindAsync([messageId], inner);
        if (message is null) return OutboxRefusals.UnknownMessage;
        if (!message.Resend(Now)) return OutboxRefusals.NotGivenUp;

        db.Audit(by, "message.resent", new Subject("message", messageId), Now, after: new { message.Kind, message.Subject });
        await db.SaveChangesAsync(inner);
        return (Refusal?)null;
    }, stop);

    /// <summary>Staff try all that was given up once more, at most 1,000 at a time.</summary>
    /// <returns>How many.</returns>
    public Task<int> ResendAllAsync(Actor by, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        var failed = await db.OutboxMessages.Where(message => message.State == OutboxState.Failed).OrderBy(message => message.EndedAt).ThenBy(message => message.Id).Take(1_000).ToListAsync(inner);
        foreach (var message in failed) message.Resend(Now);
        if (failed.Count > 0) db.Audit(by, "messages.resent", new Subject("message", 0), Now, after: new { failed.Count });
        await db.SaveChangesAsync(inner);
        return failed.Count;
    }, stop);

    /// <summary>Forgets messages that ended before an instant, at most 1,000 at a time. For a job: call again until it answers 0.</summary>
    public Task<int> ForgetBeforeAsync(DateTime instant, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        var forgotten = 0;
        foreach (var state in (OutboxState[])[OutboxState.Sent, OutboxState.Cancelled, OutboxState.Failed])
        {
            var old = await db.OutboxMessages.Where(message => message.State == state && message.EndedAt < instant)
                .OrderBy(message => message.EndedAt).ThenBy(message => message.Id).Select(message => message.Id).Take(1_000).ToListAsync(inner);
            forgotten += await db.OutboxMessages.Where(message => old.Contains(message.Id)).ExecuteDeleteAsync(inner);
        }

        return forgotten;
    }, stop);

    /// <summary>What is due and free: what waits, and what a sender that has died left behind.</summary>
    private async Task<List<OutboxMessage>> FreeAsync(DateTime now, int most, CancellationToken stop)
    {
        var abandoned = await db.OutboxMessages.Where(message => message.State == OutboxState.Claimed && message.DueAt <= now && message.ClaimedUntil <= now)
            .OrderBy(message => message.DueAt).ThenBy(message => message.Id).Take(most).ToListAsync(stop);
        var waiting = await db.OutboxMessages.Where(message => message.State == OutboxState.Waiting && message.DueAt <= now)
            .OrderBy(message => message.DueAt).ThenBy(message => message.Id).Take(most - abandoned.Count).ToListAsync(stop);
        return [.. abandoned, .. waiting];
    }

    /// <summary>The messages that go in the same letters, though they were not among the oldest.</summary>
    private async Task<List<OutboxMessage>> WithCompanionsAsync(List<OutboxMessage> taken, DateTime now, ClaimRules rules, CancellationToken stop)
    {
        var all = taken.ToDictionary(message => message.Id);
        var tried = taken.Where(message => message.Letter is not null).Select(message => message.Letter).Distinct().ToList();
        if (tried.Count > 0)
            foreach (var message in await db.OutboxMessages.Where(one => tried.Contains(one.Letter)
                && (one.State == OutboxState.Waiting || (one.State == OutboxState.Claimed && one.ClaimedUntil <= now))).ToListAsync(stop)) all.TryAdd(message.Id, message);

        var fresh = taken.Where(message => message.Letter is null && rules.GoTogether(message.Kind)).ToList();
        if (fresh.Count > 0)
        {
            var (readers, kinds, instants) = (fresh.Select(one => one.RecipientKey).Distinct().ToList(), fresh.Select(one => one.Kind).Distinct().ToList(), fresh.Select(one => one.ScheduledAt).Distinct().ToList());
            var wanted = fresh.Select(one => (one.RecipientKey, one.Kind, one.ScheduledAt)).ToHashSet();
            var companions = await db.OutboxMessages.Where(one => readers.Contains(one.RecipientKey) && kinds.Contains(one.Kind) && instants.Contains(one.ScheduledAt)
                && one.State == OutboxState.Waiting && one.DueAt <= now && one.Letter == null).OrderBy(one => one.Id).Take(rules.Most * MostParts).ToListAsync(stop);
            foreach (var message in companions)
                if (wanted.Contains((message.RecipientKey, message.Kind, message.ScheduledAt))) all.TryAdd(message.Id, message);
        }

        return [.. all.Values.OrderBy(message => message.DueAt).ThenBy(message => message.Id)];
    }

    private static string KeyOf(OutboxMessage message, ClaimRules rules) => rules.GoTogether(message.Kind)
        ? $"{message.RecipientKey} {message.Kind} {message.Culture} {message.ScheduledAt.Ticks}"
        : $"{message.Id}";

    private static Letter Seal(IEnumerable<OutboxMessage> messages, ClaimRules rules, DateTime now)
    {
        var parts = messages.Take(MostParts).ToList();
        var first = parts[0];
        var key = first.Letter ?? OutboxMessage.NewLetter();
        foreach (var message in parts)
            if (!message.Claim(rules.Sender, now, rules.Lease, key)) throw new InvalidOperationException($"Message {message.Id} was free and could not be claimed.");

        return new Letter
        {
            Key = key, Sender = rules.Sender, Kind = first.Kind, RecipientKey = first.RecipientKey, MemberId = first.MemberId, Email = first.Email, Culture = first.Culture,
            ScheduledAt = first.ScheduledAt, CreatedAt = first.CreatedAt, Attempt = first.Attempts,
            Parts = [.. parts.Select(message => new LetterPart(message.Id, message.Subject, message.Payload))],
        };
    }

    private async Task<bool> IsUnwantedAsync(Letter letter, MailTopic? topic, CancellationToken stop) =>
        topic is { } unwanted && await db.Unsubscriptions.AnyAsync(one => one.RecipientKey == letter.RecipientKey && one.Topic == unwanted, stop);

    private async Task<string?> WardAsync(Letter letter, IReadOnlyList<Addressee> readers, CancellationToken stop) =>
        readers[0].IsGuardian ? await db.Members.Where(member => member.Id == letter.MemberId).Select(member => member.Name).FirstOrDefaultAsync(stop) : null;

    private Task CancelAsync(Letter letter, Dictionary<long, string> reasons, CancellationToken stop) => db.WriteAsync(async inner =>
    {
        foreach (var message in await HeldAsync(letter, db.OutboxMessages, inner))
            if (reasons.TryGetValue(message.Id, out var why)) message.Cancel(Now, why);
        await db.SaveChangesAsync(inner);
    }, stop);

    private Task<List<OutboxMessage>> PartsAsync(Letter letter, CancellationToken stop)
    {
        var ids = letter.Parts.Select(part => part.Id).ToList();
        return db.OutboxMessages.Where(message => ids.Contains(message.Id)).ToListAsync(stop);
    }

    private static async Task<List<OutboxMessage>> HeldAsync(Letter letter, IQueryable<OutboxMessage> messages, CancellationToken stop)
    {
        var ids = letter.Parts.Select(part => part.Id).ToList();
        return [.. (await messages.Where(message => ids.Contains(message.Id)).ToListAsync(stop)).Where(message => message.IsHeldBy(letter.Sender, letter.Key))];
    }

    private const string NoLongerTrue = "no longer true";
}
