using Metro.Library.Calendar;
using Metro.Library.Input;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Programs;

/// <summary>Whom a message of the staff goes to.</summary>
public enum NewsAudience
{
    /// <summary>Everybody with a seat, and those to whom one is offered.</summary>
    WithSeats,

    /// <summary>Those who wait.</summary>
    Waiting,

    /// <summary>All of them.</summary>
    Everybody,
}

/// <summary>What staff tell the people of a session: bring a pencil, the door is at the back. Not thread-safe: one per request.</summary>
public sealed class SessionNews(LibraryDbContext db, LibraryCalendar calendar)
{
    /// <summary>The most characters of a message in one language.</summary>
    public const int TextLimit = 2000;

    /// <summary>Null for a message that can be sent; otherwise why not.</summary>
    public static Refusal? Check(string? text, string? english) =>
        InputText.Check(text, "message", TextLimit, required: true) ?? InputText.Check(english, "message_english", TextLimit, required: true);

    /// <summary>How many would be written to.</summary>
    public Task<int> CountAsync(long sessionId, NewsAudience to, CancellationToken stop = default) => Of(sessionId, to).CountAsync(stop);

    /// <summary>
    /// Writes to the people of a session, each in their language. The same message of the same moment goes to each of them once,
    /// however often it is sent.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="text">The message in Indonesian; at most <see cref="TextLimit"/> characters.</param>
    /// <param name="english">The message in English.</param>
    /// <param name="to">Whom it goes to.</param>
    /// <param name="writtenAt">When it was written, in UTC: within the last day.</param>
    /// <param name="by">Who writes.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>How many are written to.</returns>
    public Task<Outcome<int>> TellAsync(long sessionId, string text, string english, NewsAudience to, DateTime writtenAt, Actor by, CancellationToken stop = default)
    {
        if (Check(text, english) is { } refusal) return Task.FromResult<Outcome<int>>(refusal);
        if (writtenAt > calendar.Now || writtenAt < calendar.Now.AddDays(-1)) return Task.FromResult<Outcome<int>>(ProgramRefusals.MessageTooOld);

        return db.WriteInTurnAsync<Outcome<int>>(Turn.Session, sessionId, async inner =>
        {
            if (await db.Sessions.Include(one => one.Program).SingleOrDefaultAsync(one => one.Id == sessionId, inner) is not { } session) return ProgramRefusals.UnknownSession(sessionId);
            if (session.Status == SessionStatus.Cancelled) return ProgramRefusals.SessionCancelled;

            var people = await Of(sessionId, to).OrderBy(one => one.Id).ToListAsync(inner);
            if (people.Count == 0) return ProgramRefusals.NobodyToTell;
            var (subject, told) = (session.Subject.ToString(), writtenAt);
            if (await db.AuditLines.AnyAsync(line => line.Subject == subject && line.Action == "session.messaged" && line.At == told, inner)) return people.Count;

            foreach (var registration in people) await db.NewsAsync(registration, new LocalText(InputText.Tidy(text)!, InputText.Tidy(english)), writtenAt, calendar.Now, inner);
            db.Audit(by, "session.messaged", session.Subject, writtenAt, after: new { People = people.Count, Message = InputText.Tidy(text), MessageEnglish = InputText.Tidy(english) });
            await db.SaveChangesAsync(inner);
            return people.Count;
        }, stop);
    }

    private IQueryable<Registration> Of(long sessionId, NewsAudience to)
    {
        var all = db.Registrations.Where(one => one.SessionId == sessionId && one.ActiveKey != null);
        return to switch
        {
            NewsAudience.WithSeats => all.Where(one => one.Status == RegistrationStatus.Confirmed || one.Status == RegistrationStatus.Offered || one.Status == RegistrationStatus.Attended),
            NewsAudience.Waiting => all.Where(one => one.Status == RegistrationStatus.Waiting),
            _ => all,
        };
    }
}
