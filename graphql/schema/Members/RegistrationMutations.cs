using Metro.Library;
using Metro.Library.Attendance;
using Metro.Library.Members;
using Metro.Library.Programs;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Members;

/// <summary>Taking part in programs.</summary>
[MutationType]
[Authorize(Permissions.WriteOwn)]
internal static class RegistrationMutations
{
    /// <summary>Takes a seat in a session, or a place in the queue where there is none and one wants to wait.</summary>
    /// <param name="session">The session.</param>
    /// <param name="party">Who comes along, and with what needs.</param>
    /// <param name="member">For whom; oneself unless told otherwise. A guardian acts for a child, the desk for anybody.</param>
    public static async Task<FieldResult<Registration, RefusalError>> RegisterForSessionAsync(
        [ID<Session>] long session, SessionRegistrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop,
        RegistrationParty? party = null, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        if (who.Refusal is { } no) return new RefusalError(no);
        var outcome = await registrations.RegisterAsync(session, (party ?? new()).ToRequest(who.Value.MemberId), who.Value.By, stop);
        return await outcome.ThenAsync(registration => OfTicketAsync(db, registration.TicketCode, stop));
    }

    /// <summary>Enrols in all sessions of a program that are still to come: all get a seat or none does.</summary>
    /// <param name="program">The program.</param>
    /// <param name="party">Who comes along, and with what needs.</param>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    [UseMutationConvention(PayloadFieldName = "registrations")]
    public static async Task<FieldResult<IReadOnlyList<Registration>, RefusalError>> EnrolInProgramAsync(
        [ID<LibraryProgram>] long program, SessionRegistrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop,
        RegistrationParty? party = null, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        if (who.Refusal is { } no) return new RefusalError(no);
        var outcome = await registrations.EnrolAsync(program, (party ?? new()).ToRequest(who.Value.MemberId), who.Value.By, stop);
        if (outcome.Refusal is { } refusal) return new RefusalError(refusal);

        var ids = outcome.Value.Select(one => one.Id).ToArray();
        return await db.Registrations.AsNoTracking().Include(one => one.Session.Program).Include(one => one.Needs)
            .Where(one => ids.Contains(one.Id)).OrderBy(one => one.Session.StartsAt).ToListAsync(stop);
    }

    /// <summary>Takes up an offered seat, before the offer lapses.</summary>
    /// <param name="ticket">The registration's ticket code.</param>
    public static Task<FieldResult<Registration, RefusalError>> AcceptOfferAsync(
        string ticket, SessionRegistrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(by => registrations.AcceptOfferAsync(ticket, by, stop), db, acting, stop);

    /// <summary>Gives up a seat, an offer or a place in the queue. This is final.</summary>
    /// <param name="ticket">The registration's ticket code.</param>
    public static Task<FieldResult<Registration, RefusalError>> CancelRegistrationAsync(
        string ticket, SessionRegistrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(by => registrations.CancelAsync(ticket, by, stop), db, acting, stop);

    /// <summary>Changes how many come: fewer give their seats down the queue at once, more take seats that are left.</summary>
    /// <param name="ticket">The registration's ticket code.</param>
    /// <param name="people">How many come in all, the one who registered included.</param>
    public static Task<FieldResult<Registration, RefusalError>> ResizeRegistrationAsync(
        string ticket, int people, SessionRegistrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(by => registrations.ResizeAsync(ticket, people, by, stop), db, acting, stop);

    /// <summary>Gives up an enrolment: all sessions of the series that have not started.</summary>
    /// <param name="ticket">The ticket code of any of its registrations.</param>
    public static Task<FieldResult<Registration, RefusalError>> CancelEnrolmentAsync(
        string ticket, SessionRegistrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(by => registrations.CancelSeriesAsync(ticket, by, stop), db, acting, stop);

    /// <summary>Withdraws a guardian's consent for one purpose. Without consent to taking part the seat is given up.</summary>
    /// <param name="ticket">The registration's ticket code.</param>
    /// <param name="purpose">What is no longer agreed to.</param>
    public static Task<FieldResult<Registration, RefusalError>> WithdrawGuardianConsentAsync(
        string ticket, GuardianConsentPurpose purpose, SessionRegistrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(by => registrations.WithdrawConsentAsync(ticket, purpose, by, stop), db, acting, stop);

    /// <summary>Says why a strike for an absence is unjust. Until the desk has decided, it does not count.</summary>
    /// <param name="strike">The strike.</param>
    /// <param name="text">Why.</param>
    public static async Task<FieldResult<Strike, RefusalError>> AppealStrikeAsync(
        [ID<Strike>] long strike, string text, Absences absences, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        var who = await acting.ForAsync(null, stop);
        return who.Refusal is { } no
            ? new RefusalError(no)
            : await (await absences.AppealAsync(strike, text, who.Value.By, stop)).OrAsync(() => db.Strikes.AsNoTracking().SingleAsync(one => one.Id == strike, stop));
    }

    internal static Task<Registration> OfTicketAsync(LibraryDbContext db, string ticket, CancellationToken stop) => db.Registrations.AsNoTracking()
        .Include(one => one.Session.Program).Include(one => one.Needs).SingleAsync(one => one.TicketCode == ticket, stop);

    private static async Task<FieldResult<Registration, RefusalError>> ChangeAsync(
        Func<Actor, Task<Outcome<Registration>>> change, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        var by = await acting.AsAnyoneAsync(stop);
        return by.Refusal is { } no ? new RefusalError(no) : await (await change(by.Value)).ThenAsync(one => OfTicketAsync(db, one.TicketCode, stop));
    }
}

/// <summary>Who takes part in a session, and with what needs.</summary>
public sealed record RegistrationParty
{
    /// <summary>How many come along, the one who registers not counted.</summary>
    [DefaultValue(0)]
    public int Companions { get; init; }

    /// <summary>What the group is called; left out where it is none.</summary>
    public string? GroupName { get; init; }

    /// <summary>How many the group is in all; 0 where it is none.</summary>
    [DefaultValue(0)]
    public int GroupSize { get; init; }

    /// <summary>What the library is asked to arrange; at most ten.</summary>
    public IReadOnlyList<AccommodationNeed>? Needs { get; init; }

    /// <summary>A guardian's consent, where somebody under 18 takes part.</summary>
    public GuardianConsentStatement? GuardianConsent { get; init; }

    /// <summary>What one writes to the library; at most 1,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>Whether one wants to wait when there is no seat.</summary>
    [DefaultValue(true)]
    public bool WaitIfFull { get; init; } = true;

    internal RegistrationRequest ToRequest(long? memberId) => new()
    {
        MemberId = memberId,
        Companions = Companions,
        GroupName = GroupName,
        GroupSize = GroupSize,
        Needs = [.. (Needs ?? []).Select(need => new AccommodationWish(need.Kind, need.Note))],
        Consents = GuardianConsent?.ToConsents() ?? [],
        Note = Note,
        Culture = Language.OfRequest.Code,
        WaitIfFull = WaitIfFull,
    };
}

/// <summary>Something that the library is asked to arrange.</summary>
/// <param name="Kind">What is needed.</param>
/// <param name="Note">More about it; needed for `OTHER`.</param>
public sealed record AccommodationNeed(AccommodationKind Kind, string? Note = null);

/// <summary>What a guardian agrees to, each purpose by itself.</summary>
/// <param name="GuardianName">Who agrees.</param>
/// <param name="GuardianContact">The guardian's telephone number or e-mail address.</param>
/// <param name="Wording">Which version of the wording they saw, such as `2026-01`.</param>
/// <param name="Photographs">Whether pictures of the child may be taken, too.</param>
public sealed record GuardianConsentStatement(string GuardianName, string GuardianContact, string Wording, bool Photographs = false)
{
    internal IReadOnlyList<GuardianConsentGiven> ToConsents() => Photographs
        ? [Given(GuardianConsentPurpose.Participation), Given(GuardianConsentPurpose.Photographs)]
        : [Given(GuardianConsentPurpose.Participation)];

    private GuardianConsentGiven Given(GuardianConsentPurpose purpose) => new(purpose, GuardianName, GuardianContact, ConsentChannel.Portal, Wording);
}
