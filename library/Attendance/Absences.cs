using Metro.Library.Calendar;
using Metro.Library.Input;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Library.Policies;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Attendance;

/// <summary>
/// Strikes for staying away: given, expired, appealed, lifted (DOMAIN.md rule 8). Not thread-safe: one per request.
/// </summary>
public sealed class Absences(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings, Guardians guardians)
{
    /// <summary>Strikes that count against a member now: neither expired, nor lifted, nor under appeal.</summary>
    public IQueryable<Strike> CountingAgainst(long memberId)
    {
        var now = calendar.Now;
        return db.Strikes.Where(strike => strike.MemberId == memberId && strike.ExpiresAt > now
            && strike.LiftedAt == null && strike.Appeal != AppealStatus.Pending);
    }

    /// <summary>Whether a member may take seats and rooms in spite of their absences.</summary>
    internal async Task<Refusal?> WhyNotAsync(long memberId, CancellationToken stop)
    {
        var most = (await db.LimitsAsync(settings, stop)).MostStrikes;
        var ends = await CountingAgainst(memberId).OrderByDescending(strike => strike.ExpiresAt)
            .Select(strike => strike.ExpiresAt).Take(most).ToListAsync(stop);
        return ends.Count < most ? null : AttendanceRefusals.TooManyStrikes(ends.Count, calendar.DateOf(ends[^1]));
    }

    /// <summary>Gives a strike, to be saved with the release of the seat or room.</summary>
    internal async Task GiveAsync(long memberId, Subject about, string culture, LocalText what, DateTime startedAt, CancellationToken stop)
    {
        var now = calendar.Now;
        var written = about.ToString();
        if (await db.Strikes.AnyAsync(strike => strike.About == written, stop)) return;

        var limits = await db.LimitsAsync(settings, stop);
        var given = new Strike(memberId, about, now, limits.StrikeDays);
        db.Add(given);
        await db.TellAsync(about, Recipient.Member(memberId, culture), "attendance.strike_given", now,
            new { What = what.Indonesian, WhatEnglish = what.English, StartsAt = startedAt, given.ExpiresAt, limits.MostStrikes }, now, stop);
    }

    /// <summary>Takes back the strike about something, to be saved by the caller: they came after all.</summary>
    internal async Task LiftAsync(Subject about, CancellationToken stop)
    {
        var written = about.ToString();
        var given = await db.Strikes.SingleOrDefaultAsync(strike => strike.About == written, stop);
        given?.Lift(calendar.Now);
        await db.UntellAsync(about, "the person came", calendar.Now, stop, "attendance.strike_given");
    }

    /// <summary>A member, or the guardian of one under age, says why a strike is unjust. Until staff have decided it does not count.</summary>
    public Task<Refusal?> AppealAsync(long strikeId, string text, Actor by, CancellationToken stop = default)
    {
        if (InputText.Check(text, "note", Strike.TextLimit, required: true) is { } refusal) return Task.FromResult<Refusal?>(refusal);

        return db.WriteAsync(async inner =>
        {
            var strike = await db.Strikes.FindAsync([strikeId], inner);
            if (strike is null || !await IsTheirsAsync(strike, by, inner)) return AttendanceRefusals.UnknownStrike(strikeId);
            if (strike.AppealWith(InputText.Tidy(text)!, calendar.Now) is { } no) return no;

            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);
    }

    /// <summary>Staff decide an appeal and the member is told.</summary>
    public Task<Refusal?> DecideAsync(long strikeId, bool lift, string answer, Actor by, CancellationToken stop = default)
    {
        if (InputText.Check(answer, "reason", Strike.TextLimit, required: true) is { } refusal) return Task.FromResult<Refusal?>(refusal);

        return db.WriteAsync(async inner =>
        {
            var now = calendar.Now;
            var strike = await db.Strikes.FindAsync([strikeId], inner);
            if (strike is null) return AttendanceRefusals.UnknownStrike(strikeId);
            if (strike.Decide(lift, InputText.Tidy(answer)!, now) is { } no) return no;

            db.Audit(by, lift ? "strike.lifted" : "strike.kept", strike.Subject, now, after: new { strike.Appeal, strike.AppealAnswer });
            await db.TellAsync(strike.Subject, Recipient.Member(strike.MemberId, settings.DefaultLanguage), "attendance.appeal_decided", now,
                new { Lifted = lift, strike.AppealAnswer, strike.ExpiresAt }, now, inner);
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);
    }

    private async Task<bool> IsTheirsAsync(Strike strike, Actor by, CancellationToken stop) =>
        by.Kind != ActorKind.Member || (await db.Members.FindAsync([strike.MemberId], stop) is { } member && await guardians.MayActForAsync(by, member, stop));
}
