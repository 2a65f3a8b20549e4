using System.Globalization;
using Metro.Library.Calendar;
using Metro.Library.Input;
using Metro.Library.Outbox;
using Metro.Library.Policies;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Members;

/// <summary>What somebody tells who wants a card.</summary>
/// <param name="Details">Who they are and how to reach them.</param>
/// <param name="Category">On which terms.</param>
/// <param name="Nik">The sixteen digits of an identity card; a child's own (KIA) or the parent's. Not for organisations.</param>
/// <param name="Language">The language to write in: <c>id</c> or <c>en</c>.</param>
/// <param name="Guardian">For people under age.</param>
/// <param name="Consents">What is consented to, each by itself; a minor's guardian consents to the membership at least.</param>
public sealed record MembershipApplication(
    MemberDetails Details,
    MemberCategory Category,
    string? Nik = null,
    string Language = "id",
    GuardianDetails? Guardian = null,
    IReadOnlyList<ConsentGiven>? Consents = null);

/// <summary>
/// Becoming a member (<i>pendaftaran anggota</i>): an application online that somebody reviews, or a card at once at the desk.
/// </summary>
public sealed class Registrations(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings, IPersonalDataProtector protector)
{
    /// <summary>
    /// Takes an application in; it waits for review and is no membership yet, unless the library asks for none
    /// (<see cref="MemberSettings.ReviewApplications"/>). A guardian who applies again for the same child has applied once.
    /// </summary>
    /// <returns>The key of the record.</returns>
    public Task<Outcome<long>> ApplyAsync(MembershipApplication application, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<long>>(async inner =>
        {
            if (application.Guardian?.MemberId is { } guardianId && await KnownChildAsync(guardianId, application.Details, inner) is { } known) return known;

            var outcome = await AddAsync(application, inner);
            if (outcome.Refusal is { } refusal) return refusal;

            await WelcomeUnreviewedAsync(outcome.Value, inner);
            await db.SaveChangesAsync(inner);
            return outcome.Value.Id;
        }, stop);

    /// <summary>
    /// Takes in the applications of somebody and of a child whose guardian they are, both or neither: as a member the guardian acts
    /// for the child online.
    /// </summary>
    /// <param name="own">The guardian's own application.</param>
    /// <param name="child">The child's, with how the guardian is related and can be reached; their membership is filled in.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The key of the guardian's record.</returns>
    public Task<Outcome<long>> ApplyWithChildAsync(MembershipApplication own, MembershipApplication child, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<long>>(async inner =>
        {
            if ((Check(own) ?? Check(child)) is { } unusable) return unusable;
            if (child.Guardian is null) return MemberRefusals.GuardianNotNeeded(settings.Members.AgeOfMajority);

            var guardian = (await AddAsync(own, inner)).Value;
            var ward = (await AddAsync(child with { Guardian = child.Guardian with { MemberId = guardian.Id } }, inner)).Value;
            await WelcomeUnreviewedAsync(guardian, inner);
            await WelcomeUnreviewedAsync(ward, inner);
            await db.SaveChangesAsync(inner);
            return guardian.Id;
        }, stop);

    /// <summary>Takes an application in and gives the card at once, for somebody who stands at the desk.</summary>
    public Task<Outcome<Member>> RegisterAtDeskAsync(MembershipApplication application, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<Member>>(async inner =>
        {
            var outcome = await AddAsync(application, inner);
            if (outcome.Refusal is { } refusal) return refusal;
            if (await AcceptAsync(outcome.Value, by, inner) is { } declined) return declined;

            await db.SaveChangesAsync(inner);
            return outcome.Value;
        }, stop);

    /// <summary>Makes an applicant a member and tells them.</summary>
    public Task<Outcome<Member>> ApproveAsync(long memberId, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<Member>>(async inner =>
        {
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null) return MemberRefusals.Unknown;
            if (member.Status != MemberStatus.Applied) return MemberRefusals.AlreadyReviewed;
            if (await AcceptAsync(member, by, inner) is { } refusal) return refusal;

            await db.SaveChangesAsync(inner);
            return member;
        }, stop);

    /// <summary>Declines an application and tells the applicant why.</summary>
    public Task<Refusal?> DeclineAsync(long memberId, string reason, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            if (InputText.Check(reason, "reason", Member.RemarkLimit, required: true) is { } unreadable) return unreadable;
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null) return MemberRefusals.Unknown;
            if (member.Status != MemberStatus.Applied) return MemberRefusals.AlreadyReviewed;

            member.Decline(reason, calendar.Now);
            await TellAsync(member, "members.declined", new { member.Name, Reason = reason }, inner);
            db.Audit(by, "member.declined", member.Subject, calendar.Now, after: new { reason });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    /// <summary>Applications that wait, the oldest first.</summary>
    /// <param name="after">The key of the last one seen; 0 to begin.</param>
    /// <param name="size">At most 100.</param>
    /// <param name="stop">Ends the query.</param>
    public Task<List<Member>> AwaitingReviewAsync(long after, int size, CancellationToken stop = default) =>
        db.Members.AsNoTracking().Where(member => member.Status == MemberStatus.Applied && member.Id > after)
            .OrderBy(member => member.Id).Take(Math.Clamp(size, 1, 100)).ToListAsync(stop);

    private Task<long?> KnownChildAsync(long guardianId, MemberDetails child, CancellationToken stop)
    {
        var (name, born) = (FoldedName.Of(InputText.Tidy(child.Name) ?? ""), child.BirthDate);
        return (
            from guardianship in db.Guardianships.AsNoTracking()
            where guardianship.GuardianId == guardianId && guardianship.EndedAt == null
            join member in db.Members.AsNoTracking() on guardianship.ChildId equals member.Id
            where member.NameKey == name && member.BirthDate == born && (member.Status == MemberStatus.Applied || member.Status == MemberStatus.Active)
            orderby member.Id
            select (long?)member.Id).FirstOrDefaultAsync(stop);
    }

    /// <summary>Where nobody reviews, an applicant is a member at once; one who cannot be waits for the staff all the same.</summary>
    private async Task WelcomeUnreviewedAsync(Member member, CancellationToken stop)
    {
        if (!settings.Members.ReviewApplications) await AcceptAsync(member, Actor.System("sign-up"), stop);
    }

    private async Task<Outcome<Member>> AddAsync(MembershipApplication application, CancellationToken stop)
    {
        if (Check(application) is { } refusal) return refusal;

        var member = new Member(application.Details.Tidy(), application.Category, calendar.Now, application.Language);
        if (Nik.TryParse(application.Nik, out var nik)) member.Identify(nik, protector);
        if (application.Guardian?.MemberId is { } guardianId && !await db.Members.AnyAsync(one => one.Id == guardianId && (one.Status == MemberStatus.Active || one.Status == MemberStatus.Applied), stop))
            return MemberRefusals.Unknown;
        db.Members.Add(member);
        await db.SaveChangesAsync(stop);

        if (application.Guardian is { } guardian) db.Guardianships.Add(new Guardianship(member.Id, guardian, calendar.Now));
        foreach (var consent in application.Consents ?? [])
        {
            var givenBy = application.Guardian?.Name ?? member.ContactPerson ?? member.Name;
            db.Consents.Add(new Consent(member.Id, consent.Purpose, givenBy, application.Guardian is not null, consent.Evidence, calendar.Now));
        }

        return member;
    }

    /// <summary>Why an application could not be taken in; null when it can be.</summary>
    public Refusal? Check(MembershipApplication application)
    {
        var today = calendar.Today;
        if (!Enum.IsDefined(application.Category)) return InputRefusals.Unreadable("category");
        if (application.Details.Check(application.Category, today, settings.Members) is { } details) return details;
        if (application.Language is not ("id" or "en")) return MemberRefusals.UnknownLanguage(application.Language);

        var isPerson = application.Category is not (MemberCategory.Organisation or MemberCategory.School);
        if (string.IsNullOrWhiteSpace(application.Nik))
        {
            if (isPerson) return MemberRefusals.NikNeeded;
        }
        else if (!Nik.TryParse(application.Nik, out _)) return MemberRefusals.NotANik;

        var consents = application.Consents ?? [];
        if (consents.GroupBy(consent => consent.Purpose).Any(same => same.Count() > 1 || !Enum.IsDefined(same.Key))) return InputRefusals.Unreadable("consent");
        foreach (var consent in consents)
            if (Consents.CheckEvidence(consent.Evidence) is { } evidence) return evidence;

        var isMinor = isPerson && application.Details.BirthDate!.Value.AddYears(settings.Members.AgeOfMajority) > today;
        if (!isMinor) return application.Guardian is null ? null : MemberRefusals.GuardianNotNeeded(settings.Members.AgeOfMajority);
        if (application.Guardian is not { } guardian) return MemberRefusals.GuardianNeeded;
        return Guardians.Check(guardian)
            ?? (consents.Any(consent => consent.Purpose == ConsentPurpose.Membership) ? null : MemberRefusals.ConsentNeeded);
    }

    private async Task<Refusal?> AcceptAsync(Member member, Actor by, CancellationToken stop)
    {
        // A child's card may carry the parent's number, which the parent's own card carries too.
        var isMinor = member.IsMinorOn(calendar.Today, settings.Members.AgeOfMajority);
        if (member.NikFingerprint is { } nik && !isMinor)
        {
            var born = member.BirthDate;
            var known = await db.Members.AsNoTracking()
                .Where(other => other.NikFingerprint == nik && other.Status == MemberStatus.Active && other.Id != member.Id && other.BirthDate == born)
                .Select(other => other.CardNumber).FirstOrDefaultAsync(stop);
            if (known is not null) return MemberRefusals.NikKnown(known);
        }

        var serial = await db.NextNumberAsync("card", stop);
        member.Accept(
            string.Create(CultureInfo.InvariantCulture, $"MTR-{serial:D6}"),
            CardBarcode.Of(settings.Members.InstitutionCode, serial),
            calendar.Today, (await db.LimitsAsync(settings, stop)).MembershipDays);
        await TellAsync(member, "members.welcome", new { member.Name, member.CardNumber, member.MembershipEnd }, stop);
        db.Audit(by, "member.accepted", member.Subject, calendar.Now, after: new { member.CardNumber, member.Category, member.MembershipEnd });
        return null;
    }

    private Task TellAsync(Member member, string kind, object payload, CancellationToken stop) =>
        db.TellAsync(member.Subject, Recipient.Member(member.Id, member.Language), kind, calendar.Now, payload, calendar.Now, stop);
}
