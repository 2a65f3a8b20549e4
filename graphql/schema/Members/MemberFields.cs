using Metro.Library;
using Metro.Library.Attendance;
using Metro.Library.Calendar;
using Metro.Library.Circulation;
using Metro.Library.Elending;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Library.Programs;
using Metro.Library.Spaces;
using Metro.Library.Visits;
using Metro.Portal.Schema.Callers;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Schema.Members;

/// <summary>What is kept about oneself.</summary>
[QueryType]
internal static class MeQueries
{
    /// <summary>The signed-in caller, and what the library keeps about them.</summary>
    [Authorize(Permissions.ReadOwn)]
    public static async Task<Me?> GetMeAsync(Acting acting, LibraryDbContext db, CancellationToken stop)
    {
        var caller = await acting.CallerAsync(stop);
        return new(caller, caller.MemberId is { } id ? await db.Members.AsNoTracking().FirstOrDefaultAsync(member => member.Id == id, stop) : null);
    }
}

/// <summary>The signed-in caller.</summary>
[ObjectType]
[Authorize(Permissions.ReadOwn)]
public sealed class Me
{
    private readonly Actor? self;

    internal Me(Caller caller, Member? member) => (Name, Member, self) = (caller.Name, member, caller.AsMember);

    /// <summary>The name that others see.</summary>
    public string Name { get; }

    /// <summary>The library member behind the account; null where there is none.</summary>
    public Member? Member { get; }

    /// <summary>What is borrowed now, the first due first.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public Task<IReadOnlyList<Loan>> GetLoansAsync(LibraryDbContext db, CancellationToken stop) => MemberFields.GetLoansAsync(Member, db, stop);

    /// <summary>Holds that are neither collected nor given up.</summary>
    [ListSize(AssumedSize = 10, RequireOneSlicingArgument = false)]
    public Task<IReadOnlyList<Hold>> GetHoldsAsync(LibraryDbContext db, CancellationToken stop) => MemberFields.GetHoldsAsync(Member, db, stop);

    /// <summary>E-resources that one has on loan, the first due first.</summary>
    [ListSize(AssumedSize = 10, RequireOneSlicingArgument = false)]
    public async Task<IReadOnlyList<DigitalLoan>> GetEResourceLoansAsync(LibraryDbContext db, CancellationToken stop) => Member is null
        ? []
        : await db.DigitalLoans.AsNoTracking().Where(loan => loan.MemberId == Member.Id && loan.EndedAt == null).OrderBy(loan => loan.DueAt).ThenBy(loan => loan.Id).Take(50).ToListAsync(stop);

    /// <summary>Queues for e-resources in which one waits.</summary>
    [ListSize(AssumedSize = 10, RequireOneSlicingArgument = false)]
    public async Task<IReadOnlyList<DigitalHold>> GetEResourceHoldsAsync(LibraryDbContext db, CancellationToken stop) => Member is null
        ? []
        : await db.DigitalHolds.AsNoTracking().Where(hold => hold.MemberId == Member.Id && hold.EndedAt == null).OrderBy(hold => hold.Id).Take(50).ToListAsync(stop);

    /// <summary>Registrations for sessions that are not over, the next first.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public Task<IReadOnlyList<Registration>> GetRegistrationsAsync(LibraryDbContext db, LibraryCalendar calendar, CancellationToken stop) =>
        MemberFields.GetRegistrationsAsync(Member, db, calendar, stop);

    /// <summary>Bookings of spaces that are not over, the next first.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public Task<IReadOnlyList<Booking>> GetBookingsAsync(LibraryDbContext db, LibraryCalendar calendar, CancellationToken stop) =>
        MemberFields.GetBookingsAsync(Member, db, calendar, stop);

    /// <summary>Class visits of the school that one acts for, the latest first; none for others.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public Task<IReadOnlyList<Visit>> GetVisitsAsync(LibraryDbContext db, CancellationToken stop) => MemberFields.GetVisitsAsync(Member, db, stop);

    /// <summary>Fines of which something is still owed.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public Task<IReadOnlyList<Fine>> GetFinesAsync(FinesLedger ledger, CancellationToken stop) => MemberFields.GetFinesAsync(Member, ledger, stop);

    /// <summary>Fines with what was paid and waived of each: those that are owed first, then the latest.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public Task<IReadOnlyList<FineOnRecord>> GetFineRecordAsync(FinesLedger ledger, CancellationToken stop) => MemberFields.GetFineRecordAsync(Member, ledger, stop);

    /// <summary>How much is owed in all, in rupiah.</summary>
    public Task<long> GetOwedAsync(FinesLedger ledger, CancellationToken stop) => MemberFields.GetOwedAsync(Member, ledger, stop);

    /// <summary>What the library wrote to the member, the latest first: also what their address did not take.</summary>
    /// <param name="first">How many, up to 100.</param>
    /// <param name="member">To whom; oneself unless told otherwise. A guardian reads a child's.</param>
    [ListSize(SlicingArguments = ["first"], SlicingArgumentDefaultValue = 20, AssumedSize = 100, RequireOneSlicingArgument = false)]
    public async Task<IReadOnlyList<OutboxMessage>> GetMessagesAsync(
        LibraryDbContext db, Guardians guardians, CancellationToken stop, int first = 20, [ID<Member>] long? member = null)
    {
        if (self is null) return [];
        var whose = member ?? self.MemberId;
        if (whose != self.MemberId && !(await db.Members.AsNoTracking().FirstOrDefaultAsync(one => one.Id == whose, stop) is { } ward && await guardians.MayActForAsync(self, ward, stop)))
            throw MemberRefusals.Unknown.ToError();

        return await db.OutboxMessages.AsNoTracking()
            .Where(message => message.MemberId == whose && (message.State == OutboxState.Sent || message.State == OutboxState.Failed) && message.EndedAt != null)
            .OrderByDescending(message => message.Id).Take(Math.Clamp(first, 0, 100)).ToListAsync(stop);
    }

    /// <summary>Absences that count against the member, or did.</summary>
    [ListSize(AssumedSize = 10, RequireOneSlicingArgument = false)]
    public async Task<IReadOnlyList<Strike>> GetStrikesAsync(LibraryDbContext db, CancellationToken stop) => Member is null
        ? []
        : await db.Strikes.AsNoTracking().Where(strike => strike.MemberId == Member.Id).OrderByDescending(strike => strike.ExpiresAt).Take(50).ToListAsync(stop);

    /// <summary>Children for whom one acts as their guardian.</summary>
    [ListSize(AssumedSize = 10, RequireOneSlicingArgument = false)]
    public async Task<IReadOnlyList<Member>> GetWardsAsync(LibraryDbContext db, CancellationToken stop) => Member is null
        ? []
        : await (from guardianship in db.Guardianships
                 join child in db.Members on guardianship.ChildId equals child.Id
                 where guardianship.GuardianId == Member.Id && guardianship.EndedAt == null
                 orderby child.Id
                 select child).AsNoTracking().Take(50).ToListAsync(stop);
}

/// <summary>What the API tells of a member, to the member, a guardian, or the desk.</summary>
[ObjectType<Member>]
[Authorize(Permissions.ReadOwn)]
internal static class MemberFields
{
    private const int MostListed = 200;

    internal static void Describe(ObjectTypeDescriptor<Member> member)
    {
        member.BindFieldsExplicitly().Description("A person, organisation or school with a card, or with an application for one.");
        member.Field(one => one.CardNumber);
        member.Field(one => one.Barcode).Description("What the scanner reads of the card; null until the application is approved.");
        member.Field(one => one.Category);
        member.Field(one => one.Status);
        member.Field(one => one.Name);
        member.Field(one => one.BirthDate);
        member.Field(one => one.ContactPerson);
        member.Field(one => one.Npsn);
        member.Field(one => one.Email);
        member.Field(one => one.Phone);
        member.Field(one => one.Address);
        member.Field(one => one.ByEmail);
        member.Field(one => one.ByPhone);
        member.Field(one => one.ByPost);
        member.Field(one => one.WantsNews);
        member.Field(one => one.KeepsLoanHistory);
        member.Field(one => one.NikMasked);
        member.Field(one => one.MemberSince);
        member.Field(one => one.MembershipEnd);
        member.Field(one => one.SuspendedThrough);
        member.Field(one => one.Remark);
    }

    /// <summary>Its id, for mutations.</summary>
    [ID<Member>]
    public static long Id([Parent] Member member) => member.Id;

    /// <summary>The language in which the library writes to them.</summary>
    public static Language Language([Parent] Member member) => Schema.Language.Find(member.Language) ?? Schema.Language.Id;

    /// <summary>What they have borrowed now, the first due first.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<Loan>> GetLoansAsync([Parent] Member? member, LibraryDbContext db, CancellationToken stop) => member is null
        ? []
        : await db.Loans.AsNoTracking().Open().Of(member.Id).OrderBy(loan => loan.DueOn).ThenBy(loan => loan.Id).Take(MostListed).ToListAsync(stop);

    /// <summary>What they have borrowed and returned, as long as it is kept: for a while, or for good where they asked for a history.</summary>
    [UsePaging(MaxPageSize = 100, DefaultPageSize = 20)]
    public static IQueryable<Loan> GetLoanHistory([Parent] Member member, LibraryDbContext db) =>
        db.Loans.Of(member.Id).Where(loan => loan.EndedAt != null).OrderByDescending(loan => loan.Id);

    /// <summary>Their holds that are neither collected nor given up.</summary>
    [ListSize(AssumedSize = 10, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<Hold>> GetHoldsAsync([Parent] Member? member, LibraryDbContext db, CancellationToken stop) => member is null
        ? []
        : await db.Holds.AsNoTracking().Active().Where(hold => hold.MemberId == member.Id).OrderBy(hold => hold.Id).Take(MostListed).ToListAsync(stop);

    /// <summary>Their registrations for sessions that are not over, the next first.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<Registration>> GetRegistrationsAsync(
        [Parent] Member? member, LibraryDbContext db, LibraryCalendar calendar, CancellationToken stop)
    {
        if (member is null) return [];
        var now = calendar.Now;
        return await db.Registrations.AsNoTracking().Include(one => one.Session.Program).Include(one => one.Needs)
            .Where(one => one.MemberId == member.Id && one.Session.EndsAt > now && one.ActiveKey != null)
            .OrderBy(one => one.Session.StartsAt).ThenBy(one => one.Id).Take(MostListed).ToListAsync(stop);
    }

    /// <summary>Their bookings of spaces that are not over, the next first.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<Booking>> GetBookingsAsync([Parent] Member? member, LibraryDbContext db, LibraryCalendar calendar, CancellationToken stop)
    {
        if (member is null) return [];
        var now = calendar.Now;
        return await db.Bookings.AsNoTracking().Include(one => one.Equipment).Where(one => one.MemberId == member.Id && one.EndsAt > now)
            .OrderBy(one => one.StartsAt).ThenBy(one => one.Id).Take(MostListed).ToListAsync(stop);
    }

    /// <summary>Class visits of the school that the member stands for, the latest first; none for others.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<Visit>> GetVisitsAsync([Parent] Member? member, LibraryDbContext db, CancellationToken stop) => member?.Npsn is not { } npsn
        ? []
        : await db.Visits.AsNoTracking().Include(visit => visit.School).Where(visit => visit.School.Npsn == npsn)
            .OrderByDescending(visit => visit.StartsAt).ThenBy(visit => visit.Id).Take(MostListed).ToListAsync(stop);

    /// <summary>Their fines of which something is still owed.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<Fine>> GetFinesAsync([Parent] Member? member, FinesLedger ledger, CancellationToken stop) =>
        member is null ? [] : await ledger.OwedByAsync(member.Id, stop);

    /// <summary>Their fines with what was paid and waived of each: those that are owed first, then the latest.</summary>
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<FineOnRecord>> GetFineRecordAsync([Parent] Member? member, FinesLedger ledger, CancellationToken stop) =>
        member is null ? [] : await ledger.RecordOfAsync(member.Id, stop);

    /// <summary>What the staff noted about them, the latest first. For the desk.</summary>
    [Authorize(Permissions.ReadDesk)]
    [ListSize(AssumedSize = 20, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<MemberNote>> GetNotesAsync([Parent] Member member, MemberNotes notes, CancellationToken stop) => await notes.OfAsync(member.Id, stop);

    /// <summary>What the library wrote or will write to them, the latest first. For the desk; each look leaves an audit line.</summary>
    /// <param name="first">How many, up to 100.</param>
    [Authorize(Permissions.ReadDesk)]
    [ListSize(SlicingArguments = ["first"], SlicingArgumentDefaultValue = 20, AssumedSize = SentMail.MostShown, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<OutboxMessage>?> GetMessagesAsync([Parent] Member member, SentMail mail, Acting acting, CancellationToken stop, int first = 20) =>
        [.. (await mail.ToMemberAsync(member.Id, null, await acting.AsStaffAsync(stop), stop)).Take(Math.Max(first, 0))];

    /// <summary>How much they owe in all, in rupiah.</summary>
    public static async Task<long> GetOwedAsync([Parent] Member? member, FinesLedger ledger, CancellationToken stop) =>
        member is null ? 0 : await ledger.TotalOwedByAsync(member.Id, stop);
}

/// <summary>What the API tells of a note about a member.</summary>
[ObjectType<MemberNote>]
[Authorize(Permissions.ReadDesk)]
internal static class MemberNoteFields
{
    internal static void Describe(ObjectTypeDescriptor<MemberNote> note)
    {
        note.BindFieldsExplicitly().Description("What the staff should know about a member, in a sentence.");
        note.Field(one => one.Text);
        note.Field(one => one.WrittenBy);
        note.Field(one => one.At).Description("When it was written.");
    }

    /// <summary>Its id, for `removeMemberNote`.</summary>
    [ID<MemberNote>]
    public static long Id([Parent] MemberNote note) => note.Id;
}
