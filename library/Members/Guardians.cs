using Metro.Library.Calendar;
using Metro.Library.Input;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Members;

/// <summary>Who decides for members under age, and until when (DOMAIN.md rule 10).</summary>
public sealed class Guardians(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>
    /// Whether this actor may decide for the member today: the member themselves unless under age, a guardian
    /// while the member is under age, staff and system always.
    /// </summary>
    public async Task<bool> MayDecideForAsync(Actor actor, Member member, CancellationToken stop = default)
    {
        if (actor.MemberId is not { } actorId) return true;
        var isMinor = member.IsMinorOn(calendar.Today, settings.Members.AgeOfMajority);
        if (actorId == member.Id) return !isMinor;
        return isMinor && await IsGuardianAsync(actorId, member.Id, stop);
    }

    /// <summary>
    /// Whether this actor may see the member's record and act with the card: as above, and members under age for themselves.
    /// </summary>
    public async Task<bool> MayActForAsync(Actor actor, Member member, CancellationToken stop = default) =>
        actor.MemberId == member.Id || await MayDecideForAsync(actor, member, stop);

    /// <summary>Replaces the guardian of a member under age.</summary>
    public Task<Refusal?> NameGuardianAsync(long memberId, GuardianDetails guardian, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            if (Check(guardian) is { } unusable) return unusable;
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null) return MemberRefusals.Unknown;
            if (!member.IsMinorOn(calendar.Today, settings.Members.AgeOfMajority)) return MemberRefusals.GuardianNotNeeded(settings.Members.AgeOfMajority);
            if (guardian.MemberId is { } guardianId && (guardianId == memberId || !await db.Members.AnyAsync(one => one.Id == guardianId && one.Status == MemberStatus.Active, inner)))
                return MemberRefusals.Unknown;

            foreach (var former in await db.Guardianships.Where(one => one.ChildId == memberId && one.EndedAt == null).ToListAsync(inner))
                former.End(calendar.Now);
            db.Guardianships.Add(new Guardianship(memberId, guardian, calendar.Now));
            db.Audit(by, "member.guardian_named", member.Subject, calendar.Now, after: new { guardian.Name, guardian.Relation });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    /// <summary>
    /// Hands control to members who have come of age: ends the guardianship, lets the guardian's optional consents
    /// lapse, makes a child's card a grown-up's, and tells the member. The guardian's rights end on the birthday
    /// even before this has run.
    /// </summary>
    /// <returns>How many members came of age.</returns>
    public Task<int> ComeOfAgeAsync(CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        var latestBirth = calendar.Today.AddYears(-settings.Members.AgeOfMajority);
        var grown = await (
            from guardianship in db.Guardianships
            join member in db.Members on guardianship.ChildId equals member.Id
            where guardianship.EndedAt == null && member.BirthDate <= latestBirth
            orderby guardianship.Id
            select new { guardianship, member }).Take(500).ToListAsync(inner);

        foreach (var (guardianship, member) in grown.Select(row => (row.guardianship, row.member)))
        {
            guardianship.End(calendar.Now);
            var lapsing = await db.Consents.Where(consent => consent.MemberId == member.Id && consent.ByGuardian
                && consent.WithdrawnAt == null && consent.Purpose != ConsentPurpose.Membership).ToListAsync(inner);
            foreach (var consent in lapsing) consent.Withdraw(calendar.Now);
            if (member.Category == MemberCategory.Child) member.ChangeCategory(MemberCategory.Adult);
            if (member.Status == MemberStatus.Active)
                await db.TellAsync(member.Subject, Recipient.Member(member.Id, member.Language), "members.came_of_age", calendar.Now, new { member.Name }, calendar.Now, inner);
            db.Audit(Actor.System("coming-of-age"), "member.came_of_age", member.Subject, calendar.Now);
        }

        await db.SaveChangesAsync(inner);
        return grown.Select(row => row.member.Id).Distinct().Count();
    }, stop);

    internal static Refusal? Check(GuardianDetails guardian) =>
        InputText.CheckName(guardian.Name, "guardian", Member.NameLimit)
        ?? InputText.Check(guardian.Relation, "relation", 60, required: true)
        ?? InputText.CheckPhone(guardian.Phone)
        ?? InputText.CheckEmail(guardian.Email)
        ?? (guardian.Phone is null && guardian.Email is null ? MemberRefusals.GuardianUnreachable : null);

    private Task<bool> IsGuardianAsync(long guardianId, long childId, CancellationToken stop) =>
        db.Guardianships.AnyAsync(one => one.GuardianId == guardianId && one.ChildId == childId && one.EndedAt == null, stop);
}

/// <summary>Consents, each given and withdrawn by itself, with what proves them (DOMAIN.md rule 10).</summary>
public sealed class Consents(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings, Guardians guardians)
{
    /// <summary>Records a consent: of the guardian for a member under age, of the member afterwards. Giving it again changes nothing.</summary>
    /// <param name="memberId">Whose data it is about.</param>
    /// <param name="given">What for, and what proves it.</param>
    /// <param name="by">Who gives it, or the staff who record it from a signed form.</param>
    /// <param name="stop">Ends the work.</param>
    public Task<Refusal?> GiveAsync(long memberId, ConsentGiven given, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            if (!Enum.IsDefined(given.Purpose)) return InputRefusals.Unreadable("consent");
            if (CheckEvidence(given.Evidence) is { } unusable) return unusable;
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null) return MemberRefusals.Unknown;
            if (!await guardians.MayDecideForAsync(by, member, inner)) return MemberRefusals.NotYoursToDecide;
            if (await InForceAsync(memberId, given.Purpose, inner) is not null) return null;

            var isMinor = member.IsMinorOn(calendar.Today, settings.Members.AgeOfMajority);
            var guardian = isMinor ? await db.Guardianships.FirstOrDefaultAsync(one => one.ChildId == memberId && one.EndedAt == null, inner) : null;
            if (isMinor && guardian is null) return MemberRefusals.GuardianNeeded;

            db.Consents.Add(new Consent(memberId, given.Purpose, guardian?.Name ?? member.ContactPerson ?? member.Name, isMinor, given.Evidence, calendar.Now));
            db.Audit(by, "member.consented", member.Subject, calendar.Now, after: new { given.Purpose });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    /// <summary>Withdraws a consent; the others stay, and what was done under it was allowed.</summary>
    public Task<Refusal?> WithdrawAsync(long memberId, ConsentPurpose purpose, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null) return MemberRefusals.Unknown;
            if (!await guardians.MayDecideForAsync(by, member, inner)) return MemberRefusals.NotYoursToDecide;
            if (await InForceAsync(memberId, purpose, inner) is not { } consent) return MemberRefusals.NoSuchConsent;

            consent.Withdraw(calendar.Now);
            db.Audit(by, "member.consent_withdrawn", member.Subject, calendar.Now, before: new { purpose });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    /// <summary>Whether the member, or the guardian for them, consents to this now.</summary>
    public Task<bool> HasAsync(long memberId, ConsentPurpose purpose, CancellationToken stop = default) =>
        db.Consents.AnyAsync(consent => consent.MemberId == memberId && consent.Purpose == purpose && consent.WithdrawnAt == null, stop);

    internal static Refusal? CheckEvidence(string? evidence) => string.IsNullOrWhiteSpace(evidence)
        ? MemberRefusals.EvidenceNeeded
        : InputText.Check(evidence, "evidence", 1_000);

    private Task<Consent?> InForceAsync(long memberId, ConsentPurpose purpose, CancellationToken stop) =>
        db.Consents.FirstOrDefaultAsync(consent => consent.MemberId == memberId && consent.Purpose == purpose && consent.WithdrawnAt == null, stop);
}
