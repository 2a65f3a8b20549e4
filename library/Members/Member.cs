using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Members;

/// <summary>On which terms somebody is a member.</summary>
public enum MemberCategory
{
    /// <summary>A grown-up (<i>umum</i>).</summary>
    Adult,

    /// <summary>A pupil or student.</summary>
    Student,

    /// <summary>A child, with a guardian's consent.</summary>
    Child,

    /// <summary>A teacher.</summary>
    Teacher,

    /// <summary>A community or office, with a person to speak to.</summary>
    Organisation,

    /// <summary>A school, with a person to speak to: it borrows boxes of books (<i>silang layan</i>).</summary>
    School,
}

/// <summary>Where a membership stands.</summary>
public enum MemberStatus
{
    /// <summary>Applied for online; somebody of the staff has still to look at it.</summary>
    Applied,

    /// <summary>A member; the card may still be expired or suspended.</summary>
    Active,

    /// <summary>The application was declined.</summary>
    Declined,

    /// <summary>Ended by the member or the library.</summary>
    Closed,

    /// <summary>A duplicate whose record was merged into another.</summary>
    Merged,

    /// <summary>The person is forgotten; only counts remain.</summary>
    Erased,
}

/// <summary>A person, organisation or school with a card (<i>anggota</i>), or with an application for one.</summary>
public sealed class Member
{
    private Member()
    {
    }

    internal Member(MemberDetails details, MemberCategory category, DateTime appliedAt, string language)
    {
        (Category, AppliedAt, Language) = (category, appliedAt, language);
        Describe(details);
    }

    /// <summary>The member's key.</summary>
    public long Id { get; private set; }

    /// <summary>The number on the card, such as <c>MTR-000042</c>; null until the application is approved.</summary>
    public string? CardNumber { get; private set; }

    /// <summary>The card's <see cref="CardBarcode"/>; null until the application is approved and after erasure.</summary>
    public string? Barcode { get; private set; }

    /// <summary>On which terms.</summary>
    public MemberCategory Category { get; private set; }

    /// <summary>Where the membership stands.</summary>
    public MemberStatus Status { get; private set; }

    /// <summary>The person's name, or the organisation's.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name in lower case without accents, for finding people at the desk.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>The date of birth; null for organisations and schools.</summary>
    public DateOnly? BirthDate { get; private set; }

    /// <summary>Whom to speak to at an organisation or a school; null for persons.</summary>
    public string? ContactPerson { get; private set; }

    /// <summary>The eight-digit NPSN of a school, or of the school for which a teacher asks for visits; null for everybody else.</summary>
    public string? Npsn { get; private set; }

    /// <summary>Where to write by e-mail; null where there is none.</summary>
    public string? Email { get; private set; }

    /// <summary>Where to ring; null where there is none.</summary>
    public string? Phone { get; private set; }

    /// <summary>The digits of <see cref="Phone"/> as they are dialled within the country, for finding people at the desk; null where there is none.</summary>
    public string? PhoneKey { get; private set; }

    /// <summary>The postal address on one line; null where there is none.</summary>
    public string? Address { get; private set; }

    /// <summary>The language to write in: <c>id</c> or <c>en</c>.</summary>
    public string Language { get; private set; } = "id";

    /// <summary>Whether the library may write by e-mail.</summary>
    public bool ByEmail { get; private set; } = true;

    /// <summary>Whether the library may ring or send a message to the telephone.</summary>
    public bool ByPhone { get; private set; } = true;

    /// <summary>Whether the library may write by post.</summary>
    public bool ByPost { get; private set; } = true;

    /// <summary>Whether the member wants news of programs, besides what concerns their own loans and bookings.</summary>
    public bool WantsNews { get; private set; }

    /// <summary>Whether returned loans stay linked to the member; off unless they asked for it.</summary>
    public bool KeepsLoanHistory { get; private set; }

    /// <summary>The protected national identity number; null where none was given.</summary>
    internal string? NikCipher { get; private set; }

    /// <summary>Finds duplicates of the national identity number without reading it.</summary>
    internal string? NikFingerprint { get; private set; }

    /// <summary>The last four digits of the national identity number behind dots; null where none was given.</summary>
    public string? NikMasked { get; private set; }

    /// <summary>When the application came in, in UTC.</summary>
    public DateTime AppliedAt { get; private set; }

    /// <summary>Why the application was declined or the membership closed; null otherwise.</summary>
    public string? Remark { get; private set; }

    /// <summary>Since when they have been a member; null until approved.</summary>
    public DateOnly? MemberSince { get; private set; }

    /// <summary>The last day of the membership; null until approved.</summary>
    public DateOnly? MembershipEnd { get; private set; }

    /// <summary>The last day of a suspension, past or not; null for one that was never suspended.</summary>
    public DateOnly? SuspendedThrough { get; private set; }

    /// <summary>The record into which this one was merged; null unless <see cref="MemberStatus.Merged"/>.</summary>
    public long? MergedIntoId { get; private set; }

    /// <summary>When the membership ended, in UTC: declined, closed, merged or erased; null while it has not.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>Whether the member is a person, and not an organisation or a school.</summary>
    public bool IsPerson => Category is not (MemberCategory.Organisation or MemberCategory.School);

    /// <summary>Whether a guardian decides for the member on this day.</summary>
    public bool IsMinorOn(DateOnly date, int ageOfMajority) => BirthDate is { } born && born.AddYears(ageOfMajority) > date;

    /// <summary>Whether the member is kept from borrowing on this day.</summary>
    public bool IsSuspendedOn(DateOnly date) => SuspendedThrough >= date;

    /// <summary>Why the member may not use their card on this day; null when they may.</summary>
    public Refusal? CannotUseCardOn(DateOnly date)
    {
        if (Status == MemberStatus.Applied) return MemberRefusals.AwaitingReview;
        if (Status != MemberStatus.Active) return MemberRefusals.NotAMember;
        if (MembershipEnd < date) return MemberRefusals.Expired(MembershipEnd.Value);
        return IsSuspendedOn(date) ? MemberRefusals.Suspended(SuspendedThrough!.Value) : null;
    }

    internal void Describe(MemberDetails details)
    {
        (Name, NameKey) = (details.Name, FoldedName.Of(details.Name));
        (BirthDate, ContactPerson, Npsn) = (details.BirthDate, details.ContactPerson, details.Npsn);
        (Email, Phone, PhoneKey, Address) = (details.Email, details.Phone, DialledNumber.Of(details.Phone), details.Address);
    }

    internal void Identify(Nik nik, IPersonalDataProtector protector) => (NikCipher, NikFingerprint, NikMasked) =
        (protector.Protect(nik.Reveal(), NikPurpose), protector.Fingerprint(nik.Reveal(), NikPurpose), nik.Masked);

    internal void Prefer(ContactPreferences preferences) => (Language, ByEmail, ByPhone, ByPost, WantsNews) =
        (preferences.Language, preferences.ByEmail, preferences.ByPhone, preferences.ByPost, preferences.WantsNews);

    internal void KeepLoanHistory(bool keep) => KeepsLoanHistory = keep;

    internal void Accept(string cardNumber, string barcode, DateOnly today, int days) =>
        (Status, CardNumber, Barcode, MemberSince, MembershipEnd) = (MemberStatus.Active, cardNumber, barcode, today, today.AddDays(days));

    internal void Decline(string reason, DateTime now) => (Status, Remark, EndedAt) = (MemberStatus.Declined, reason, now);

    internal void ReplaceCard(string barcode) => Barcode = barcode;

    internal Refusal? RenewMembership(DateOnly today, MemberSettings settings, int days)
    {
        if (Status != MemberStatus.Active) return MemberRefusals.NotAMember;
        if (MembershipEnd > today.AddDays(settings.RenewableDaysBeforeEnd))
            return MemberRefusals.RenewalTooEarly(MembershipEnd.Value.AddDays(-settings.RenewableDaysBeforeEnd));

        var from = MembershipEnd > today ? MembershipEnd.Value : today;
        MembershipEnd = from.AddDays(days);
        return null;
    }

    internal void SuspendThrough(DateOnly? last) => SuspendedThrough = last;

    internal void ChangeCategory(MemberCategory category) => Category = category;

    internal void Close(string? reason, DateTime now) => (Status, Remark, EndedAt) = (MemberStatus.Closed, reason, now);

    internal void MergeInto(Member other, DateTime now) => (Status, MergedIntoId, EndedAt) = (MemberStatus.Merged, other.Id, now);

    internal void Erase(DateTime now)
    {
        Describe(new MemberDetails("—"));
        (NikCipher, NikFingerprint, NikMasked) = (null, null, null);
        (CardNumber, Barcode, Remark, KeepsLoanHistory) = (null, null, null, false);
        (Status, EndedAt) = (MemberStatus.Erased, now);
    }

    internal const string NikPurpose = "member.nik";
    internal const int NameLimit = 200;
    internal const int AddressLimit = 400;
    internal const int RemarkLimit = 1_000;
}

internal sealed class MemberConfiguration : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.ToTable("members");
        builder.Ignore(member => member.IsPerson);
        builder.Property(member => member.CardNumber).HasMaxLength(20);
        builder.Property(member => member.Barcode).HasMaxLength(20);
        builder.Property(member => member.Name).HasMaxLength(Member.NameLimit);
        builder.Property(member => member.NameKey).HasMaxLength(Member.NameLimit);
        builder.Property(member => member.ContactPerson).HasMaxLength(Member.NameLimit);
        builder.Property(member => member.Npsn).HasMaxLength(8);
        builder.Property(member => member.Email).HasMaxLength(254);
        builder.Property(member => member.Phone).HasMaxLength(32);
        builder.Property(member => member.PhoneKey).HasMaxLength(32);
        builder.Property(member => member.Address).HasMaxLength(Member.AddressLimit);
        builder.Property(member => member.Language).HasMaxLength(10);
        builder.Property(member => member.NikCipher).HasMaxLength(200);
        builder.Property(member => member.NikFingerprint).HasMaxLength(64);
        builder.Property(member => member.NikMasked).HasMaxLength(20);
        builder.Property(member => member.Remark).HasMaxLength(Member.RemarkLimit);
        builder.HasOne<Member>().WithMany().HasForeignKey(member => member.MergedIntoId);
        builder.HasIndex(member => member.CardNumber).IsUnique();
        builder.HasIndex(member => member.Barcode).IsUnique();
        builder.HasIndex(member => member.NikFingerprint);
        builder.HasIndex(member => new { member.Status, member.NameKey, member.Id });
        builder.HasIndex(member => new { member.Status, member.Id });
        builder.HasIndex(member => new { member.MembershipEnd, member.Id });
        builder.HasIndex(member => member.MemberSince);
        builder.HasIndex(member => member.Email);
        builder.HasIndex(member => member.PhoneKey);
    }
}
