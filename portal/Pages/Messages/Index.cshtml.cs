using System.Globalization;
using Metro.Library;
using Metro.Library.Outbox;
using Metro.Portal.People;
using Metro.Scheduler.Letters;
using Metro.Theme;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Pages.Messages;

/// <summary>A letter as lists show it.</summary>
/// <param name="Id">The key of its first message.</param>
/// <param name="Letter">What it said.</param>
/// <param name="At">When it was sent or given up, in UTC.</param>
/// <param name="HasFailed">Whether the address did not take it.</param>
internal sealed record LetterLine(long Id, ReadLetter Letter, DateTime At, bool HasFailed);

/// <summary>What the library wrote to a member, the latest first: whoever has no e-mail, or lost a letter, reads it here.</summary>
internal sealed class MessagesModel(LibraryDbContext db, SentLetters letters) : MemberPage
{
    private const int PageSize = 30;

    /// <summary>The key of the last message that was seen; null to begin.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<LetterLine> Letters { get; private set; } = [];

    public Pager Pager { get; private set; } = new(null, null);

    public async Task OnGetAsync(CancellationToken stop)
    {
        var ended = db.OutboxMessages.AsNoTracking().ToldTo(Member.Id);
        if (Before is { } before) ended = ended.Where(message => message.Id < before);
        var messages = await ended.OrderByDescending(message => message.Id).Take(PageSize + 1).ToListAsync(stop);
        var shown = messages.Take(PageSize).ToList();

        var lines = new List<LetterLine>();
        foreach (var together in shown.GroupBy(message => message.Letter ?? message.Id.ToString(CultureInfo.InvariantCulture)))
        {
            var first = together.MinBy(message => message.Id)!;
            if (letters.Read([.. together]) is { } letter) lines.Add(new LetterLine(first.Id, letter, first.EndedAt!.Value, first.State == OutboxState.Failed));
        }

        Letters = lines;
        var next = messages.Count > PageSize ? At(string.Create(CultureInfo.InvariantCulture, $"/account/messages?before={shown[^1].Id}")) : null;
        Pager = new Pager(Before is null ? null : At("/account/messages"), next) { PreviousIsFirst = true };
    }
}

/// <summary>One letter to a member.</summary>
internal sealed class MessageModel(LibraryDbContext db, SentLetters letters) : MemberPage
{
    public ReadLetter Letter { get; private set; } = null!;

    public DateTime SentAt { get; private set; }

    public bool HasFailed { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken stop)
    {
        var told = db.OutboxMessages.AsNoTracking().ToldTo(Member.Id);
        if (await told.FirstOrDefaultAsync(message => message.Id == id, stop) is not { } one) return NotFound();

        List<OutboxMessage> together = one.Letter is { } key ? await told.Where(message => message.Letter == key).OrderBy(message => message.Id).Take(100).ToListAsync(stop) : [one];
        if (letters.Read(together) is not { } letter) return NotFound();
        (Letter, SentAt, HasFailed) = (letter, one.EndedAt!.Value, one.State == OutboxState.Failed);
        return Page();
    }
}

/// <summary>Questions that are asked of messages by those to whom they were written.</summary>
internal static class MessageQueries
{
    extension(IQueryable<OutboxMessage> messages)
    {
        /// <summary>What was sent to a member, or was tried in vain.</summary>
        public IQueryable<OutboxMessage> ToldTo(long memberId) =>
            messages.Where(message => message.MemberId == memberId && (message.State == OutboxState.Sent || message.State == OutboxState.Failed) && message.EndedAt != null);
    }
}
