using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Members;

/// <summary>Keeping one's own record.</summary>
[MutationType]
[Authorize(Permissions.WriteOwn)]
internal static class MemberMutations
{
    /// <summary>Changes how one can be reached. Date of birth and a school's number only the desk changes, with an identity card or a letter.</summary>
    /// <param name="details">What is new; what is left out stays.</param>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    public static async Task<FieldResult<Member, RefusalError>> UpdateMyDetailsAsync(
        DetailsChange details, MemberAccounts accounts, LibraryDbContext db, Acting acting, CancellationToken stop, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        if (who.Refusal is { } no) return new RefusalError(no);
        if (await accounts.ViewAsync(who.Value.MemberId, who.Value.By, stop) is { Refusal: { } unseen }) return new RefusalError(unseen);
        var known = await OfIdAsync(db, who.Value.MemberId, stop);
        return await (await accounts.UpdateAsync(known.Id, details.Of(known), who.Value.By, stop)).OrAsync(() => OfIdAsync(db, known.Id, stop));
    }

    /// <summary>Changes how the library may reach one, and in which language.</summary>
    /// <param name="language">The language to write in.</param>
    /// <param name="byEmail">By e-mail.</param>
    /// <param name="byPhone">By telephone, or a message to it.</param>
    /// <param name="byPost">By post.</param>
    /// <param name="wantsNews">News of programs too, besides what concerns one's own loans and bookings.</param>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    public static Task<FieldResult<Member, RefusalError>> SetContactPreferencesAsync(
        Language language, bool byEmail, bool byPhone, bool byPost, bool wantsNews, MemberAccounts accounts, LibraryDbContext db, Acting acting,
        CancellationToken stop, [ID<Member>] long? member = null) =>
        ChangeAsync(member, (id, by) => accounts.PreferAsync(id, new(language.Code, byEmail, byPhone, byPost, wantsNews), by, stop), db, acting, stop);

    /// <summary>Turns the history of returned loans on or off. It is off unless one asks for it.</summary>
    /// <param name="keep">Whether returned loans stay linked to the member.</param>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    public static Task<FieldResult<Member, RefusalError>> SetReadingHistoryAsync(
        bool keep, MemberAccounts accounts, LibraryDbContext db, Acting acting, CancellationToken stop, [ID<Member>] long? member = null) =>
        ChangeAsync(member, (id, by) => accounts.KeepLoanHistoryAsync(id, keep, by, stop), db, acting, stop);

    /// <summary>Extends the membership, near or after its end.</summary>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    public static Task<FieldResult<Member, RefusalError>> RenewMembershipAsync(
        MemberAccounts accounts, LibraryDbContext db, Acting acting, CancellationToken stop, [ID<Member>] long? member = null) =>
        ChangeAsync(member, (id, by) => accounts.RenewMembershipAsync(id, by, stop), db, acting, stop);

    /// <summary>
    /// Records a consent, each by itself: of the member, or of the guardian for a member under age. Giving it again changes nothing.
    /// </summary>
    /// <param name="purpose">What for.</param>
    /// <param name="wording">The words that the person read and agreed to; kept as the proof.</param>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    public static Task<FieldResult<Member, RefusalError>> GiveConsentAsync(
        ConsentPurpose purpose, string wording, Consents consents, LibraryDbContext db, Acting acting, CancellationToken stop, [ID<Member>] long? member = null) =>
        ChangeAsync(member, (id, by) => consents.GiveAsync(id, new ConsentGiven(purpose, wording), by, stop), db, acting, stop);

    /// <summary>Withdraws a consent; the others stay.</summary>
    /// <param name="purpose">What for.</param>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    public static Task<FieldResult<Member, RefusalError>> WithdrawConsentAsync(
        ConsentPurpose purpose, Consents consents, LibraryDbContext db, Acting acting, CancellationToken stop, [ID<Member>] long? member = null) =>
        ChangeAsync(member, (id, by) => consents.WithdrawAsync(id, purpose, by, stop), db, acting, stop);

    /// <summary>Certifies that a member owes the library nothing. Refused with the first thing that is owed.</summary>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    public static async Task<FieldResult<ClearanceCertificate, RefusalError>> IssueClearanceAsync(
        Clearance clearance, Acting acting, CancellationToken stop, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        return who.Refusal is { } no ? new RefusalError(no) : (await clearance.IssueAsync(who.Value.MemberId, who.Value.By, stop)).Then(certificate => certificate);
    }

    /// <summary>Everything that the library keeps about a member, as JSON: what the law on personal data gives them a right to.</summary>
    /// <param name="member">For whom; oneself unless told otherwise.</param>
    [UseMutationConvention(PayloadFieldName = "json")]
    public static async Task<FieldResult<string, RefusalError>> ExportMyDataAsync(
        MemberPrivacy privacy, Acting acting, CancellationToken stop, [ID<Member>] long? member = null)
    {
        var who = await acting.ForAsync(member, stop);
        return who.Refusal is { } no ? new RefusalError(no) : (await privacy.ExportAsync(who.Value.MemberId, who.Value.By, stop)).Then(json => json);
    }

    internal static void Describe(ObjectTypeDescriptor<ClearanceCertificate> certificate)
    {
        certificate.BindFieldsExplicitly().Description("A certificate that a member owed the library nothing on a day.");
        certificate.Field(one => one.Number);
        certificate.Field(one => one.IssuedOn);
    }

    internal static Task<Member> OfIdAsync(LibraryDbContext db, long id, CancellationToken stop) => db.Members.AsNoTracking().SingleAsync(one => one.Id == id, stop);

    private static async Task<FieldResult<Member, RefusalError>> ChangeAsync(
        long? member, Func<long, Actor, Task<Refusal?>> change, LibraryDbContext db, Acting acting, CancellationToken stop)
    {
        var who = await acting.ForAsync(member, stop);
        return who.Refusal is { } no
            ? new RefusalError(no)
            : await (await change(who.Value.MemberId, who.Value.By)).OrAsync(() => OfIdAsync(db, who.Value.MemberId, stop));
    }
}

/// <summary>What is new about how somebody can be reached; what is left out stays.</summary>
public sealed record DetailsChange
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The e-mail address; null takes it away.</summary>
    public Optional<string?> Email { get; init; }

    /// <summary>The telephone number; null takes it away.</summary>
    public Optional<string?> Phone { get; init; }

    /// <summary>The postal address on one line; null takes it away.</summary>
    public Optional<string?> Address { get; init; }

    /// <summary>Whom to speak to at an organisation or a school.</summary>
    public string? ContactPerson { get; init; }

    /// <summary>The date of birth. For the desk.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>A school's eight-digit national number. For the desk.</summary>
    public string? Npsn { get; init; }

    internal MemberDetails Of(Member known) => new(
        Name ?? known.Name, BirthDate ?? known.BirthDate, Email.HasValue ? Email.Value : known.Email, Phone.HasValue ? Phone.Value : known.Phone,
        Address.HasValue ? Address.Value : known.Address, ContactPerson ?? known.ContactPerson, Npsn ?? known.Npsn);
}
