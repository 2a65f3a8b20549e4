using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Outbox;

/// <summary>How far a message has come.</summary>
public enum OutboxState
{
    /// <summary>To be sent when it is due.</summary>
    Waiting,

    /// <summary>A sender has taken it and is about to check whether it is still true, then to send it.</summary>
    Claimed,

    /// <summary>Handed to the mail server.</summary>
    Sent,

    /// <summary>Given up after its last attempt.</summary>
    Failed,

    /// <summary>No longer true before it was sent: the book came back, the session was moved.</summary>
    Cancelled,
}

/// <summary>
/// A message to a person, written in the transaction of the change that causes it and sent later. One
/// per subject, recipient, kind and scheduled instant (DOMAIN.md rule 14).
/// </summary>
public sealed class OutboxMessage
{
    private OutboxMessage()
    {
    }

    internal OutboxMessage(string subject, string recipient, string kind, DateTime scheduledAt, Recipient to, string payload, DateTime createdAt)
    {
        (Subject, RecipientKey, Kind, ScheduledAt, DueAt) = (subject, recipient, kind, scheduledAt, scheduledAt);
        (MemberId, Email, Culture, Payload, CreatedAt) = (to.MemberId, to.Email, to.Culture, payload, createdAt);
    }

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The written form of the <see cref="Library.Subject"/> that it is about, such as <c>loan:42</c>.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Whom it goes to, as part of the unique key: <c>member:7</c>, or <c>mail:</c> and the address in lower case.</summary>
    public string RecipientKey { get; private set; } = "";

    /// <summary>What it says, such as <c>circulation.hold_ready</c>: names the template.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>When it was meant to be sent, in UTC: part of the unique key, never changed.</summary>
    public DateTime ScheduledAt { get; private set; }

    /// <summary>The member, whose address and channels are looked up when it is sent; null for others.</summary>
    public long? MemberId { get; private set; }

    /// <summary>The address of somebody who is not a member, or to be used instead of the member's own.</summary>
    public string? Email { get; private set; }

    /// <summary>The language of the message: <c>id</c> or <c>en</c>.</summary>
    public string Culture { get; private set; } = "id";

    /// <summary>What the template needs, as a JSON object.</summary>
    public string Payload { get; private set; } = "{}";

    /// <summary>Not before this instant, in UTC; later than <see cref="ScheduledAt"/> after a failed attempt.</summary>
    public DateTime DueAt { get; private set; }

    /// <summary>How far it has come.</summary>
    public OutboxState State { get; private set; }

    /// <summary>How often sending was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>Which sender has claimed it; null unless claimed.</summary>
    public string? ClaimedBy { get; private set; }

    /// <summary>Until when the claim holds, in UTC; afterwards another sender may take it.</summary>
    public DateTime? ClaimedUntil { get; private set; }

    /// <summary>When it was sent, failed or was cancelled, in UTC; null until then.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>What went wrong at the last attempt, or why it was cancelled.</summary>
    public string? Remark { get; private set; }

    /// <summary>When it was written, in UTC.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>
    /// The letter in which it goes, perhaps with others; null until a sender has claimed it. Stays when a letter is tried again, so
    /// that a server that has it already can see that it is the same.
    /// </summary>
    public string? Letter { get; private set; }

    /// <summary>What the mail server answered last, such as <c>550 5.1.1 no such user</c>; null while none has.</summary>
    public string? Reply { get; private set; }

    /// <summary>Whether the server refused the letter for good: the address does not exist, or does not want it (a bounce).</summary>
    public bool HasBounced => State == OutboxState.Failed && Reply?.StartsWith('5') == true;

    /// <summary>Whether it may still go out.</summary>
    public bool IsPending => State is OutboxState.Waiting or OutboxState.Claimed;

    /// <summary>Takes the message for one sender, or takes it over when an older claim has run out.</summary>
    /// <returns>False when another sender holds it, when it is not due, or when it has ended.</returns>
    public bool Claim(string sender, DateTime now, TimeSpan howLong) => Claim(sender, now, howLong, Letter ?? NewLetter());

    internal bool Claim(string sender, DateTime now, TimeSpan howLong, string letter)
    {
        var free = State == OutboxState.Waiting || (State == OutboxState.Claimed && ClaimedUntil <= now);
        if (!free || DueAt > now) return false;

        (State, ClaimedBy, ClaimedUntil) = (OutboxState.Claimed, sender, now + howLong);
        (Attempts, Letter) = (Attempts + 1, letter);
        return true;
    }

    /// <summary>Whether this sender holds it, for this letter.</summary>
    internal bool IsHeldBy(string sender, string letter) => State == OutboxState.Claimed && ClaimedBy == sender && Letter == letter;

    /// <summary>Gives it back untried: there was no server to ask.</summary>
    internal void Release(DateTime until)
    {
        (State, ClaimedBy, ClaimedUntil) = (OutboxState.Waiting, null, null);
        (Attempts, DueAt) = (Attempts - 1, until > DueAt ? until : DueAt);
    }

    /// <summary>Leaves it for later: nobody is written to at night without need.</summary>
    internal void Postpone(DateTime until) => DueAt = until;

    /// <summary>Notes that the server has taken it.</summary>
    /// <param name="now">When, in UTC.</param>
    /// <param name="reply">What the server answered.</param>
    public void Sent(DateTime now, string? reply = null)
    {
        End(OutboxState.Sent, now, null);
        Reply = Cut(reply, ReplyLimit);
    }

    /// <summary>Notes a failed attempt.</summary>
    /// <param name="now">When, in UTC.</param>
    /// <param name="why">What went wrong; at most 500 characters are kept.</param>
    /// <param name="retryAt">When to try again, in UTC; null to give up.</param>
    /// <param name="reply">What the server answered; null where it did not.</param>
    public void Failed(DateTime now, string why, DateTime? retryAt, string? reply = null)
    {
        Reply = Cut(reply, ReplyLimit);
        if (retryAt is not { } again)
        {
            End(OutboxState.Failed, now, why);
            return;
        }

        (State, ClaimedBy, ClaimedUntil, DueAt, Remark) = (OutboxState.Waiting, null, null, again, Cut(why));
    }

    /// <summary>Keeps it from being sent; what has ended stays as it is.</summary>
    public void Cancel(DateTime now, string why)
    {
        if (IsPending) End(OutboxState.Cancelled, now, why);
    }

    /// <summary>A cancelled message has become true again: the date was moved away and back.</summary>
    internal void Revive(string payload, string culture)
    {
        (State, EndedAt, Remark, DueAt, Attempts) = (OutboxState.Waiting, null, null, ScheduledAt, 0);
        (Payload, Culture, Letter, Reply) = (payload, culture, null, null);
    }

    /// <summary>Staff try once more what was given up, as a new letter.</summary>
    /// <returns>False when it has not been given up.</returns>
    internal bool Resend(DateTime now)
    {
        if (State != OutboxState.Failed) return false;
        (State, EndedAt, Remark, DueAt, Attempts, Letter, Reply) = (OutboxState.Waiting, null, null, now, 0, null, null);
        return true;
    }

    /// <summary>A key that no other letter has; the mail's Message-ID is made of it.</summary>
    internal static string NewLetter() => Guid.CreateVersion7().ToString("N");

    private void End(OutboxState state, DateTime now, string? remark)
    {
        (State, ClaimedBy, ClaimedUntil, EndedAt, Remark) = (state, null, null, now, Cut(remark));
        // The link with which somebody signs in is nobody else's to read, and not for ever.
        if (Kind.StartsWith(AccountKinds, StringComparison.Ordinal) && state != OutboxState.Failed) Payload = "{}";
    }

    private static string? Cut(string? text, int limit = RemarkLimit) => text?.Length > limit ? text[..limit] : text;

    /// <summary>How kinds begin whose payload is a secret link.</summary>
    internal const string AccountKinds = "accounts.";

    internal const int ReplyLimit = 300;

    internal const int RemarkLimit = 500;
    internal const int PayloadLimit = 16_000;
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox_messages");
        builder.Ignore(message => message.IsPending);
        builder.Ignore(message => message.HasBounced);
        builder.Property(message => message.Letter).HasMaxLength(32);
        builder.Property(message => message.Reply).HasMaxLength(OutboxMessage.ReplyLimit);
        builder.Property(message => message.Subject).HasMaxLength(Library.Subject.MaxLength);
        builder.Property(message => message.RecipientKey).HasMaxLength(260);
        builder.Property(message => message.Kind).HasMaxLength(60);
        builder.Property(message => message.Email).HasMaxLength(254);
        builder.Property(message => message.Culture).HasMaxLength(10);
        builder.Property(message => message.Payload).HasMaxLength(OutboxMessage.PayloadLimit);
        builder.Property(message => message.ClaimedBy).HasMaxLength(100);
        builder.Property(message => message.Remark).HasMaxLength(OutboxMessage.RemarkLimit);
        builder.HasIndex(message => new { message.Subject, message.RecipientKey, message.Kind, message.ScheduledAt }).IsUnique();
        builder.HasIndex(message => new { message.State, message.DueAt, message.Id });
        builder.HasIndex(message => new { message.MemberId, message.Id });
        builder.HasIndex(message => new { message.RecipientKey, message.Kind, message.ScheduledAt });
        builder.HasIndex(message => new { message.State, message.EndedAt, message.Id });
        builder.HasIndex(message => message.Letter);
    }
}
