using Metro.Library.Outbox;

namespace Metro.Scheduler.Letters;

/// <summary>What a letter said, for those to whom it was written and who read it once more.</summary>
/// <param name="Language">The language in which it was written: <c>id</c> or <c>en</c>.</param>
/// <param name="Subject">What it was about.</param>
/// <param name="Paragraphs">Its text.</param>
/// <param name="Items">Several things of one kind, where it told of several.</param>
/// <param name="Facts">Names and values, where it told of one.</param>
public sealed record ReadLetter(string Language, string Subject, IReadOnlyList<string> Paragraphs, IReadOnlyList<string> Items, IReadOnlyList<(string Name, string Value)> Facts);

/// <summary>Reads letters once more from the messages that went in them. Safe for several threads.</summary>
public sealed class SentLetters
{
    private readonly LetterComposer composer;

    internal SentLetters(LetterComposer composer) => this.composer = composer;

    /// <summary>The letter in which messages went; null for one that nobody may read again, or of a kind that is no longer written.</summary>
    /// <param name="messages">All messages of one letter, at least one.</param>
    public ReadLetter? Read(IReadOnlyList<OutboxMessage> messages)
    {
        var first = messages[0];
        // Letters about accounts carry a link with which somebody signs in: sent, they are forgotten.
        if (first.Kind.StartsWith("accounts.", StringComparison.Ordinal) || LetterTemplates.Find(first.Kind) is not { } template) return null;

        var letter = new Letter
        {
            Key = first.Letter ?? "", Sender = "reader", Kind = first.Kind, RecipientKey = first.RecipientKey, MemberId = first.MemberId, Email = first.Email, Culture = first.Culture,
            ScheduledAt = first.ScheduledAt, CreatedAt = first.CreatedAt, Attempt = first.Attempts,
            Parts = [.. messages.OrderBy(message => message.Id).Select(message => new LetterPart(message.Id, message.Subject, message.Payload))],
        };
        var body = composer.BodyOf(new AddressedLetter(letter, [new Addressee(first.Email ?? "", null, first.Culture, false)], null), template);
        return new ReadLetter(body.Language, body.Subject, body.Paragraphs, body.Items, body.Facts);
    }
}
