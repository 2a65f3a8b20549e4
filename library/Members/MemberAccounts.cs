using Metro.Library.Calendar;
using Metro.Library.Input;
using Metro.Library.Outbox;
using Metro.Library.Policies;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library.Members;

/// <summary>A member's record after registration: seen, changed, renewed, suspended, closed.</summary>
public sealed class MemberAccounts(
    LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings, IPersonalDataProtector protector, Guardians guardians)
{
    /// <summary>The most hits of a search for a person.</summary>
    public const int MostFound = 50;

    /// <summary>
    /// Shows a member's record. Whoever looks at another person's record leaves an audit line; members see their own and
    /// their wards' only.
    /// </summary>
    public Task<Outcome<Member>> ViewAsync(long memberId, Actor viewer, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<Member>>(async inner =>
        {
            var member = await db.Members.AsNoTracking().FirstOrDefaultAsync(one => one.Id == memberId, inner);
            if (member is null) return MemberRefusals.Unknown;
            // Not saying that somebody else's record exists.
            if (!await guardians.MayActForAsync(viewer, member, inner)) return MemberRefusals.Unknown;
            if (viewer.MemberId == memberId) return member;

            db.Audit(viewer, "member.viewed", member.Subject, calendar.Now);
            await db.SaveChangesAsync(inner);
            return member;
        }, stop);

    /// <summary>
    /// Finds a member by card number, barcode, e-mail address, telephone number or name, first by the beginning of the name, else by a
    /// later word of it; for staff, and audited as one search.
    /// </summary>
    /// <param name="text">At least two characters.</param>
    /// <param name="by">Who searches.</param>
    /// <param name="stop">Ends the query.</param>
    /// <returns>At most <see cref="MostFound"/>, by name; none for a shorter text.</returns>
    public Task<List<FoundMember>> FindAsync(string text, Actor by, CancellationToken stop = default) => db.WriteAsync(async inner =>
    {
        if (InputText.Check(text, "name", Member.NameLimit, required: true) is not null || text.Trim().Length < 2) return [];

        var found = new List<FoundMember>();
        foreach (var hits in WaysToFind(text.Trim()))
        {
            found = await hits.OrderBy(member => member.NameKey).ThenBy(member => member.Id).Take(MostFound)
                .Select(member => new FoundMember(member.Id, member.Name, member.CardNumber, member.BirthDate, member.Category, member.Status))
                .ToListAsync(inner);
            if (found.Count > 0) break;
        }

        db.Audit(by, "member.searched", new Subject("member", 0), calendar.Now, after: new { found = found.Select(one => one.Id) });
        await db.SaveChangesAsync(inner);
        return found;
    }, stop);

    /// <summary>
    /// The member who holds a card and was born on that day, to give them an account online: of age, and with an address by e-mail,
    /// to which alone the key may go. Null for anybody else; which of it is not so, is not said.
    /// </summary>
    public async Task<Member?> FindForAccountAsync(string? cardNumber, DateOnly birthDate, CancellationToken stop = default)
    {
        if (InputText.Check(cardNumber, "card_number", 20, required: true) is not null) return null;

        var card = cardNumber!.Trim().ToUpperInvariant();
        var holder = await db.Members.AsNoTracking().FirstOrDefaultAsync(member => member.CardNumber == card, stop);
        return holder is { Status: MemberStatus.Active, Email: not null } && holder.BirthDate == birthDate && !holder.IsMinorOn(calendar.Today, settings.Members.AgeOfMajority)
            ? holder
            : null;
    }

    /// <summary>What the text can be, the surest first. Each is looked up by itself: an "or" across columns would leave their indexes unused.</summary>
    private IEnumerable<IQueryable<Member>> WaysToFind(string text)
    {
        var living = db.Members.AsNoTracking()
            .Where(member => member.Status == MemberStatus.Active || member.Status == MemberStatus.Applied || member.Status == MemberStatus.Closed);
        var (card, name) = (text.ToUpperInvariant(), FoldedName.Of(text));
        yield return living.Where(member => member.CardNumber == card);
        yield return living.Where(member => member.Barcode == card);
        if (text.Contains('@', StringComparison.Ordinal))
        {
            yield return living.Where(member => member.Email == text);
            yield break;
        }

        if (DialledNumber.Of(text) is { Length: >= 6 } dialled && !text.Any(char.IsLetter)) yield return living.Where(member => member.PhoneKey == dialled);
        var after = name + '\uffff';
        yield return living.Where(member => member.NameKey.CompareTo(name) >= 0 && member.NameKey.CompareTo(after) < 0);
        var word = $" {name}";
        yield return living.Where(member => member.NameKey.Contains(word));
    }

    /// <summary>Reads the full national identity number; always leaves an audit line with the reason.</summary>
    public Task<Outcome<string>> RevealNikAsync(long memberId, string reason, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<string>>(async inner =>
        {
            if (InputText.Check(reason, "reason", 500, required: true) is { } unusable) return unusable;
            var member = await db.Members.AsNoTracking().FirstOrDefaultAsync(one => one.Id == memberId, inner);
            if (member is null) return MemberRefusals.Unknown;
            if (!await guardians.MayDecideForAsync(by, member, inner)) return MemberRefusals.NotYoursToDecide;
            if (member.NikCipher is null) return MemberRefusals.NoNik;

            db.Audit(by, "member.nik_revealed", member.Subject, calendar.Now, after: new { reason });
            await db.SaveChangesAsync(inner);
            return protector.Unprotect(member.NikCipher, Member.NikPurpose);
        }, stop);

    /// <summary>Changes what a member told about themselves; by self-service or at the desk.</summary>
    public Task<Refusal?> UpdateAsync(long memberId, MemberDetails details, Actor by, CancellationToken stop = default) =>
        ChangeAsync(memberId, "member.updated", by, member =>
        {
            if (details.Check(member.Category, calendar.Today, settings.Members) is { } unusable) return unusable;
            // Who somebody is was checked against an identity card: only the staff change that.
            if (by.Kind == ActorKind.Member && (details.BirthDate != member.BirthDate || details.Npsn != member.Npsn)) return MemberRefusals.NotYoursToDecide;

            member.Describe(details.Tidy());
            return null;
        }, stop);

    /// <summary>Changes how the library may reach a member, and in which language.</summary>
    public Task<Refusal?> PreferAsync(long memberId, ContactPreferences preferences, Actor by, CancellationToken stop = default) =>
        ChangeAsync(memberId, "member.preferences_changed", by, member =>
        {
            if (preferences.Language is not ("id" or "en")) return MemberRefusals.UnknownLanguage(InputText.Check(preferences.Language, "language", 40) is null ? preferences.Language : "?");
            member.Prefer(preferences);
            return null;
        }, stop);

    /// <summary>Turns the history of returned loans on or off; off by default (DOMAIN.md rule 11).</summary>
    public Task<Refusal?> KeepLoanHistoryAsync(long memberId, bool keep, Actor by, CancellationToken stop = default) =>
        ChangeAsync(memberId, "member.loan_history_changed", by, member =>
        {
            member.KeepLoanHistory(keep);
            return null;
        }, stop);

    /// <summary>Extends the membership near or after its end.</summary>
    public async Task<Refusal?> RenewMembershipAsync(long memberId, Actor by, CancellationToken stop = default)
    {
        var days = (await db.LimitsAsync(settings, stop)).MembershipDays;
        return await ChangeAsync(memberId, "member.membership_renewed", by, member => member.RenewMembership(calendar.Today, settings.Members, days), stop);
    }

    /// <summary>Moves a member to another category; for staff.</summary>
    public Task<Refusal?> ChangeCategoryAsync(long memberId, MemberCategory category, Actor by, CancellationToken stop = default) =>
        ChangeAsync(memberId, "member.category_changed", by, member =>
        {
            if (by.Kind == ActorKind.Member) return MemberRefusals.NotYoursToDecide;
            var details = new MemberDetails(member.Name, member.BirthDate, member.Email, member.Phone, member.Address, member.ContactPerson, member.Npsn);
            if (details.Check(category, calendar.Today, settings.Members) is { } unusable) return unusable;
            member.ChangeCategory(category);
            return null;
        }, stop);

    /// <summary>Gives a new card with another barcode; the old one is worthless from now on.</summary>
    public Task<Outcome<string>> ReplaceCardAsync(long memberId, Actor by, CancellationToken stop = default) =>
        db.WriteAsync<Outcome<string>>(async inner =>
        {
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null) return MemberRefusals.Unknown;
            if (member.Status != MemberStatus.Active) return MemberRefusals.NotAMember;

            var serial = await db.NextNumberAsync("card", inner);
            member.ReplaceCard(CardBarcode.Of(settings.Members.InstitutionCode, serial));
            db.Audit(by, "member.card_replaced", member.Subject, calendar.Now);
            await db.SaveChangesAsync(inner);
            return member.Barcode!;
        }, stop);

    /// <summary>Keeps a member from borrowing up to and including a day; for staff.</summary>
    public Task<Refusal?> SuspendAsync(long memberId, DateOnly through, string reason, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            if (InputText.Check(reason, "reason", 1_000, required: true) is { } unreadable) return unreadable;
            if (InputText.CheckDate(through, "date", calendar.Today, calendar.Today.AddYears(5)) is { } unusable) return unusable;
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null) return MemberRefusals.Unknown;
            if (member.Status != MemberStatus.Active) return MemberRefusals.NotAMember;

            await db.SuspendAsync(member, calendar.Today, through, reason, cause: null, calendar.Now, inner);
            db.Audit(by, "member.suspended", member.Subject, calendar.Now, after: new { through, reason });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    /// <summary>Lifts every suspension that still runs; for staff.</summary>
    public Task<Refusal?> LiftSuspensionAsync(long memberId, string reason, Actor by, CancellationToken stop = default) =>
        db.WriteAsync(async inner =>
        {
            if (InputText.Check(reason, "reason", 1_000, required: true) is { } unreadable) return unreadable;
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null) return MemberRefusals.Unknown;
            var today = calendar.Today;
            if (!member.IsSuspendedOn(today)) return MemberRefusals.NotSuspended;

            foreach (var suspension in await db.Suspensions.Where(one => one.MemberId == memberId && one.Through >= today && one.LiftedAt == null).ToListAsync(inner))
                suspension.Lift(calendar.Now);
            var before = member.SuspendedThrough;
            member.SuspendThrough(null);
            db.Audit(by, "member.suspension_lifted", member.Subject, calendar.Now, before: new { through = before }, after: new { reason });
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    private Task<Refusal?> ChangeAsync(long memberId, string action, Actor by, Func<Member, Refusal?> change, CancellationToken stop) =>
        db.WriteAsync(async inner =>
        {
            var member = await db.Members.FindAsync([memberId], inner);
            if (member is null) return MemberRefusals.Unknown;
            if (!await guardians.MayDecideForAsync(by, member, inner)) return MemberRefusals.NotYoursToDecide;
            if (member.Status is not (MemberStatus.Active or MemberStatus.Applied)) return MemberRefusals.NotAMember;

            var before = Facts(member);
            if (change(member) is { } refusal) return refusal;

            db.Audit(by, action, member.Subject, calendar.Now, before, Facts(member));
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);

    private static object Facts(Member member) => new
    {
        member.Name, member.BirthDate, member.Email, member.Phone, member.Address, member.ContactPerson, member.Npsn, member.Category,
        member.Language, member.ByEmail, member.ByPhone, member.ByPost, member.WantsNews, member.KeepsLoanHistory, member.MembershipEnd,
    };
}

/// <summary>As much of a member as the desk needs to pick the right one.</summary>
public sealed record FoundMember(long Id, string Name, string? CardNumber, DateOnly? BirthDate, MemberCategory Category, MemberStatus Status);

internal static class MemberSubjects
{
    extension(Member member)
    {
        public Subject Subject => new("member", member.Id);

        public Recipient Recipient => Recipient.Member(member.Id, member.Language);
    }
}

internal static class MemberSuspending
{
    /// <summary>Adds a suspension; one that runs already is not shortened. Once per cause.</summary>
    public static async Task SuspendAsync(
        this LibraryDbContext db, Member member, DateOnly from, DateOnly through, string reason, Subject? cause, DateTime now, CancellationToken stop)
    {
        if (cause?.ToString() is { } written && await db.Suspensions.AnyAsync(one => one.MemberId == member.Id && one.Cause == written, stop)) return;

        db.Suspensions.Add(new Suspension(member.Id, from, through, reason, cause, now));
        if (member.SuspendedThrough is not { } running || running < through) member.SuspendThrough(through);
        await db.TellAsync(member.Subject, member.Recipient, "members.suspended", now, new { member.Name, through, reason }, now, stop);
    }
}
