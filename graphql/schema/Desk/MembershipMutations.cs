using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Schema.Callers;
using Metro.Portal.Schema.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Desk;

/// <summary>Members, from application to farewell.</summary>
[MutationType]
[Authorize(Permissions.WriteDesk)]
internal static class MembershipMutations
{
    /// <summary>Gives a card at once to somebody who stands at the desk.</summary>
    /// <param name="application">Who they are.</param>
    public static async Task<FieldResult<Member, RefusalError>> RegisterMemberAsync(
        NewMember application, Library.Members.Registrations registrations, Acting acting, CancellationToken stop) =>
        (await registrations.RegisterAtDeskAsync(application.ToApplication(), await acting.AsStaffAsync(stop), stop)).Then(member => member);

    /// <summary>Makes an applicant a member, and tells them.</summary>
    /// <param name="member">The applicant.</param>
    public static async Task<FieldResult<Member, RefusalError>> ApproveMemberAsync(
        [ID<Member>] long member, Library.Members.Registrations registrations, Acting acting, CancellationToken stop) =>
        (await registrations.ApproveAsync(member, await acting.AsStaffAsync(stop), stop)).Then(one => one);

    /// <summary>Declines an application, and tells the applicant why.</summary>
    /// <param name="member">The applicant.</param>
    /// <param name="reason">Why.</param>
    public static Task<FieldResult<Member, RefusalError>> DeclineMemberAsync(
        [ID<Member>] long member, string reason, Library.Members.Registrations registrations, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, by => registrations.DeclineAsync(member, reason, by, stop), db, acting, stop);

    /// <summary>Keeps a member from borrowing for some days.</summary>
    /// <param name="member">The member.</param>
    /// <param name="through">The last day.</param>
    /// <param name="reason">Why.</param>
    public static Task<FieldResult<Member, RefusalError>> SuspendMemberAsync(
        [ID<Member>] long member, DateOnly through, string reason, MemberAccounts accounts, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, by => accounts.SuspendAsync(member, through, reason, by, stop), db, acting, stop);

    /// <summary>Ends a suspension early.</summary>
    /// <param name="member">The member.</param>
    /// <param name="reason">Why.</param>
    public static Task<FieldResult<Member, RefusalError>> LiftSuspensionAsync(
        [ID<Member>] long member, string reason, MemberAccounts accounts, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, by => accounts.LiftSuspensionAsync(member, reason, by, stop), db, acting, stop);

    /// <summary>Moves a member to another category.</summary>
    /// <param name="member">The member.</param>
    /// <param name="category">On which terms from now on.</param>
    public static Task<FieldResult<Member, RefusalError>> ChangeMemberCategoryAsync(
        [ID<Member>] long member, MemberCategory category, MemberAccounts accounts, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, by => accounts.ChangeCategoryAsync(member, category, by, stop), db, acting, stop);

    /// <summary>Gives a new card with another barcode; the old one is worthless from now on.</summary>
    /// <param name="member">The member.</param>
    [UseMutationConvention(PayloadFieldName = "barcode")]
    public static async Task<FieldResult<string, RefusalError>> ReplaceCardAsync(
        [ID<Member>] long member, MemberAccounts accounts, Acting acting, CancellationToken stop) =>
        (await accounts.ReplaceCardAsync(member, await acting.AsStaffAsync(stop), stop)).Then(barcode => barcode);

    /// <summary>Ends a membership. Refused while copies or fines are open.</summary>
    /// <param name="member">The member.</param>
    /// <param name="reason">Why.</param>
    public static Task<FieldResult<Member, RefusalError>> CloseMembershipAsync(
        [ID<Member>] long member, string? reason, MemberPrivacy privacy, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, by => privacy.CloseAsync(member, reason, by, stop), db, acting, stop);

    /// <summary>Writes a note about a member for the staff. The member reads it in their download.</summary>
    /// <param name="member">The member.</param>
    /// <param name="text">What the staff should know; at most 1,000 characters.</param>
    public static Task<FieldResult<Member, RefusalError>> AddMemberNoteAsync(
        [ID<Member>] long member, string text, MemberNotes notes, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, by => notes.AddAsync(member, text, by, stop), db, acting, stop);

    /// <summary>Removes a note that is no longer true. Removing it again changes nothing.</summary>
    /// <param name="member">The member.</param>
    /// <param name="note">The note.</param>
    public static Task<FieldResult<Member, RefusalError>> RemoveMemberNoteAsync(
        [ID<Member>] long member, [ID<MemberNote>] long note, MemberNotes notes, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(member, async by => await db.Members.AnyAsync(one => one.Id == member, stop) ? await notes.RemoveAsync(member, note, by, stop) : MemberRefusals.Unknown, db, acting, stop);

    /// <summary>Makes one record of two that are the same person's.</summary>
    /// <param name="kept">The record that stays.</param>
    /// <param name="duplicate">The record that is merged into it.</param>
    public static Task<FieldResult<Member, RefusalError>> MergeMembersAsync(
        [ID<Member>] long kept, [ID<Member>] long duplicate, MemberPrivacy privacy, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        ChangeAsync(kept, by => privacy.MergeAsync(kept, duplicate, by, stop), db, acting, stop);

    private static async Task<FieldResult<Member, RefusalError>> ChangeAsync(
        long id, Func<Actor, Task<Refusal?>> change, LibraryDbContext db, Acting acting, CancellationToken stop) =>
        await (await change(await acting.AsStaffAsync(stop))).OrAsync(() => MemberMutations.OfIdAsync(db, id, stop));
}

/// <summary>Somebody who wants a card.</summary>
/// <param name="Name">The person's name, or the organisation's.</param>
/// <param name="Category">On which terms.</param>
public sealed record NewMember(string Name, MemberCategory Category)
{
    /// <summary>The date of birth; needed for persons.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>The sixteen digits of an identity card; a child's own or the parent's. Not for organisations.</summary>
    public string? Nik { get; init; }

    /// <summary>Where to write by e-mail.</summary>
    public string? Email { get; init; }

    /// <summary>Where to ring.</summary>
    public string? Phone { get; init; }

    /// <summary>The postal address on one line.</summary>
    public string? Address { get; init; }

    /// <summary>Whom to speak to at an organisation or a school.</summary>
    public string? ContactPerson { get; init; }

    /// <summary>A school's eight-digit national number.</summary>
    public string? Npsn { get; init; }

    /// <summary>The language to write in.</summary>
    [DefaultValue(Schema.Language.Id)]
    public Language Language { get; init; } = Language.Id;

    /// <summary>Who decides for somebody under age.</summary>
    public NewGuardian? Guardian { get; init; }

    internal MembershipApplication ToApplication() => new(
        new MemberDetails(Name, BirthDate, Email, Phone, Address, ContactPerson, Npsn), Category, Nik, Language.Code,
        Guardian is null ? null : new GuardianDetails(Guardian.Name, Guardian.Relation, Guardian.Phone, Guardian.Email, Guardian.Member),
        Guardian is null ? null : [new ConsentGiven(ConsentPurpose.Membership, Guardian.ConsentEvidence)]);
}

/// <summary>Who decides for somebody under age, and agrees to the membership.</summary>
/// <param name="Name">The guardian's name.</param>
/// <param name="Relation">What they are to the child: mother, father, grandparent, a home.</param>
/// <param name="ConsentEvidence">What proves the consent, such as the number of the signed form.</param>
/// <param name="Phone">Where to ring the guardian.</param>
/// <param name="Email">Where to write to the guardian.</param>
/// <param name="Member">The guardian's own membership, with which they act for the child online.</param>
public sealed record NewGuardian(string Name, string Relation, string ConsentEvidence, string? Phone = null, string? Email = null, [property: ID<Member>] long? Member = null);
