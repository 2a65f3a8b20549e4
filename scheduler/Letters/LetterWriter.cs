using System.Text;
using Metro.Library.Outbox;
using Metro.Library.Visits;
using Metro.Scheduler.Mailing;

namespace Metro.Scheduler.Letters;

/// <summary>Writes the mail of a letter with all that belongs to it. Not thread-safe: one per round.</summary>
internal sealed class LetterWriter(LetterComposer composer, UnsubscribeLinks links, VisitReplyLetters replies)
{
    /// <exception cref="InvalidOperationException">Nobody has written a template for this kind: a programmer's mistake.</exception>
    public async Task<Mail> WriteAsync(AddressedLetter letter, CancellationToken stop)
    {
        var template = LetterTemplates.Find(letter.Letter.Kind) ?? throw new InvalidOperationException($"There is no template for letters of the kind {letter.Letter.Kind}.");
        var unsubscribe = template.Topic is { } topic ? links.For(new UnsubscribeWish(letter.Letter.RecipientKey, topic), letter.Readers[0].Culture) : null;
        return composer.Compose(letter, template, unsubscribe, await FilesAsync(letter, template, stop));
    }

    private async Task<IReadOnlyList<MailFile>> FilesAsync(AddressedLetter letter, LetterTemplate template, CancellationToken stop)
    {
        // A visit that staff entered themselves was never answered by letter.
        if (!template.HasReplyLetter || await replies.OfAsync(letter.Letter.Parts[0].SubjectId, stop) is not { Succeeded: true, Value: var reply }) return [];
        var page = ReplyLetterPage.Write(reply, LetterComposer.CultureOf(letter.Readers[0].Culture));
        return [new MailFile($"surat-balasan-{reply.Number.Replace('/', '-')}.html", "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page))];
    }
}
