using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Metro.Scheduler.Letters;
using Metro.Scheduler.Mailing;
using Microsoft.Extensions.Logging;

namespace Metro.Scheduler.Delivery;

/// <summary>What became of the letters of a round.</summary>
public sealed record DeliveryRound
{
    /// <summary>Letters that the server has.</summary>
    public int Sent { get; internal set; }

    /// <summary>Letters that will be tried again.</summary>
    public int PutOff { get; internal set; }

    /// <summary>Letters that were given up.</summary>
    public int GivenUp { get; internal set; }

    /// <summary>Letters of which nothing was true any more, or that nobody wants.</summary>
    public int Dropped { get; internal set; }

    /// <summary>Messages that wait for the morning.</summary>
    public int Postponed { get; internal set; }

    /// <summary>Why the server could not be used; null where it could.</summary>
    public string? Trouble { get; internal set; }
}

/// <summary>One process that sends: its name stands on the claims.</summary>
/// <param name="Name">The machine and the process, and something that no other has.</param>
public sealed record LetterSender(string Name)
{
    /// <summary>This process.</summary>
    public static LetterSender OfThisProcess() => new($"{(Environment.MachineName is { Length: > 40 } name ? name[..40] : Environment.MachineName)}:{Environment.ProcessId}:{Guid.NewGuid():N}");
}

/// <summary>
/// Sends what is due: claim, look once more, hand over, note (DOMAIN.md rule 14). Killed anywhere, it loses nothing: what was
/// claimed is free again when the lease has run out, and only what the server had taken and was not yet noted goes twice, with
/// the same Message-ID. Not thread-safe: one per round; rounds on several nodes share the work.
/// </summary>
public sealed partial class LetterDelivery
{
    private const int Batch = 25;

    /// <summary>Longer than twice what the slowest server can take for one letter.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(20);

    private readonly OutgoingLetters letters;
    private readonly LetterWriter writer;
    private readonly IMailTransport transport;
    private readonly MailServerWatch watch;
    private readonly MailSettings settings;
    private readonly LibraryCalendar calendar;
    private readonly LetterSender sender;
    private readonly ILogger<LetterDelivery> log;

    internal LetterDelivery(
        OutgoingLetters letters, LetterWriter writer, IMailTransport transport, MailServerWatch watch, MailSettings settings, LibraryCalendar calendar, LetterSender sender, ILogger<LetterDelivery> log) =>
        (this.letters, this.writer, this.transport, this.watch, this.settings, this.calendar, this.sender, this.log) = (letters, writer, transport, watch, settings, calendar, sender, log);

    /// <summary>Sends what is due, as far as the limit of a minute lets it.</summary>
    /// <param name="stop">Ends the round after the letter under way.</param>
    public async Task<DeliveryRound> SendDueAsync(CancellationToken stop = default)
    {
        var round = new DeliveryRound { Trouble = watch.RestsUntil is null ? null : watch.Trouble };
        if (round.Trouble is not null) return round;

        IMailSession? session = null;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var left = settings.PerMinute - await letters.SentSinceAsync(calendar.Now.AddMinutes(-1), stop);
                if (left <= 0) return round;

                var claimedAt = calendar.Now;
                var claimed = await letters.ClaimAsync(Rules(Math.Min(left, Batch)), stop);
                round.Postponed += claimed.Postponed;
                if (claimed.Letters.Count == 0 && claimed.Postponed == 0) return round;

                session = await SendAsync(claimed.Letters, claimedAt, session, round, stop);
                if (round.Trouble is not null) return round;
            }

            return round;
        }
        finally
        {
            if (session is not null) await session.DisposeAsync();
        }
    }

    private ClaimRules Rules(int most) => new()
    {
        Sender = sender.Name,
        Most = most,
        Lease = Lease,
        GoTogether = kind => LetterTemplates.Find(kind)?.GoesTogether ?? false,
        MayWait = kind => LetterTemplates.Find(kind)?.MayWait ?? false,
        QuietUntil = QuietHours.EndAt(calendar.Now, settings, calendar),
    };

    /// <returns>The session to go on with; null when there is none.</returns>
    private async Task<IMailSession?> SendAsync(IReadOnlyList<Letter> claimed, DateTime claimedAt, IMailSession? session, DeliveryRound round, CancellationToken stop)
    {
        for (var i = 0; i < claimed.Count; i++)
        {
            var untried = claimed.Skip(i).ToList();
            // Whoever begins a letter late in the lease might still be at it when another takes it.
            if (stop.IsCancellationRequested || calendar.Now - claimedAt > Lease / 2)
            {
                await letters.ReleaseAsync(untried, calendar.Now, CancellationToken.None);
                return session;
            }

            if (await WriteAsync(claimed[i], round, stop) is not { } mail) continue;
            try
            {
                session = await OpenAsync(session, stop);
                var handover = await session.SendAsync(mail, stop);
                if (await NoteAsync(claimed[i], handover, round)) continue;
                await letters.ReleaseAsync(untried, Away(handover.Reply ?? handover.Remark, round), CancellationToken.None);
                return session;
            }
            catch (MailServerAwayException away)
            {
                await letters.ReleaseAsync(untried, Away(away.Message, round), CancellationToken.None);
                return null;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                await letters.ReleaseAsync(untried, calendar.Now, CancellationToken.None);
                return session;
            }
        }

        return session;
    }

    private async Task<IMailSession> OpenAsync(IMailSession? session, CancellationToken stop)
    {
        if (session is { IsOpen: true }) return session;
        if (session is not null) await session.DisposeAsync();
        return await transport.OpenAsync(stop);
    }

    /// <summary>The mail of what is still true; null when nothing is, or when it cannot be written.</summary>
    private async Task<Mail?> WriteAsync(Letter letter, DeliveryRound round, CancellationToken stop)
    {
        try
        {
            if (await letters.RecheckAsync(letter, LetterTemplates.Find(letter.Kind)?.Topic, stop) is { } ready) return await writer.WriteAsync(ready, stop);
            round.Dropped++;
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.Text.Json.JsonException or FormatException or KeyNotFoundException or System.Resources.MissingManifestResourceException)
        {
            // A letter that cannot be written must not keep the others waiting; staff see it among the failed ones.
            LetterFault(log, letter.Kind, letter.Parts[0].Id, fault);
            await letters.FailedAsync(letter, fault.Message, null, calendar.Now + Backoff.After(letter.Attempt) is var again && letter.Attempt < settings.Attempts ? again : null, CancellationToken.None);
            round.PutOff++;
        }

        return null;
    }

    /// <summary>Writes down what the server said. What was said must be noted, also when the portal is stopping.</summary>
    /// <returns>False when it was about the server and not about the letter.</returns>
    private async Task<bool> NoteAsync(Letter letter, Handover handover, DeliveryRound round)
    {
        switch (handover.Outcome)
        {
            case HandoverOutcome.Accepted:
                await letters.SentAsync(letter, handover.Remark, CancellationToken.None);
                watch.Came();
                round.Sent++;
                return true;
            case HandoverOutcome.Away:
                return false;
            case HandoverOutcome.Refused:
                await letters.FailedAsync(letter, handover.Remark, handover.Reply, retryAt: null, CancellationToken.None);
                round.GivenUp++;
                return true;
            default:
                var again = letter.Attempt < settings.Attempts ? calendar.Now + Backoff.After(letter.Attempt) : (DateTime?)null;
                await letters.FailedAsync(letter, handover.Remark, handover.Reply, again, CancellationToken.None);
                if (again is null) round.GivenUp++;
                else round.PutOff++;
                return true;
        }
    }

    private DateTime Away(string trouble, DeliveryRound round)
    {
        var until = watch.WentAway(trouble);
        round.Trouble = trouble;
        ServerAway(log, transport.Destination, trouble, until);
        return until;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A letter of the kind {Kind} (message {Message}) cannot be written.")]
    private static partial void LetterFault(ILogger log, string kind, long message, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail cannot leave by {Destination}: {Trouble} It is tried again after {Until:O}; nothing is lost.")]
    private static partial void ServerAway(ILogger log, string destination, string trouble, DateTime until);
}
