namespace Metro.Library.Outbox;

/// <summary>One message of a letter.</summary>
/// <param name="Id">The message's key.</param>
/// <param name="Subject">What it is about, as <c>loan:42</c>.</param>
/// <param name="Payload">What the template needs, as a JSON object.</param>
public sealed record LetterPart(long Id, string Subject, string Payload)
{
    /// <summary>The key of what it is about.</summary>
    public long SubjectId => long.Parse(Subject.AsSpan(Subject.IndexOf(':', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>
/// What goes to one person as one mail: one message, or several of one kind that were to be sent at the same instant, such as
/// five books due on one day.
/// </summary>
public sealed record Letter
{
    /// <summary>32 characters that no other letter has; the same when it is tried again.</summary>
    public required string Key { get; init; }

    /// <summary>Which sender holds it.</summary>
    public required string Sender { get; init; }

    /// <summary>What it says: names the template.</summary>
    public required string Kind { get; init; }

    /// <summary>Whom it goes to, as in <see cref="OutboxMessage.RecipientKey"/>.</summary>
    public required string RecipientKey { get; init; }

    /// <summary>The member; null for others.</summary>
    public long? MemberId { get; init; }

    /// <summary>The address of somebody who is not a member, or to be used instead of the member's own.</summary>
    public string? Email { get; init; }

    /// <summary>The language to write in: <c>id</c> or <c>en</c>.</summary>
    public required string Culture { get; init; }

    /// <summary>When it was meant to be sent, in UTC.</summary>
    public required DateTime ScheduledAt { get; init; }

    /// <summary>When its first message was written, in UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>How often it has been tried, this time included.</summary>
    public required int Attempt { get; init; }

    /// <summary>What it tells, in the order in which it was written; at least one.</summary>
    public required IReadOnlyList<LetterPart> Parts { get; init; }
}

/// <summary>A letter that is still true, and where it goes.</summary>
/// <param name="Letter">With what is still true.</param>
/// <param name="Readers">At least one; the letter is written in the first one's language.</param>
/// <param name="Ward">The member under age on whose behalf the first reads it; null where they read it for themselves.</param>
public sealed record AddressedLetter(Letter Letter, IReadOnlyList<Addressee> Readers, string? Ward);

/// <summary>Which letters a sender takes.</summary>
public sealed record ClaimRules
{
    /// <summary>The sender: one process, for as long as it runs.</summary>
    public required string Sender { get; init; }

    /// <summary>The most letters; at least 1.</summary>
    public int Most { get; init; } = 50;

    /// <summary>How long they are left to the sender before another may take them.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether messages of a kind to one person at one instant go in one letter.</summary>
    public required Func<string, bool> GoTogether { get; init; }

    /// <summary>Until when letters wait that may; null outside the quiet hours.</summary>
    public DateTime? QuietUntil { get; init; }

    /// <summary>Whether messages of a kind wait while the library's readers sleep.</summary>
    public required Func<string, bool> MayWait { get; init; }
}

/// <summary>What a sender got.</summary>
/// <param name="Letters">The oldest due first.</param>
/// <param name="Postponed">How many messages were left for the morning instead.</param>
public sealed record ClaimedLetters(IReadOnlyList<Letter> Letters, int Postponed);
