using Metro.Library.Outbox;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Visits;

/// <summary>How a class visit stands.</summary>
public enum VisitStatus
{
    /// <summary>Asked for; the slot is kept for the school until it is answered or lapses.</summary>
    Requested,

    /// <summary>The library said yes.</summary>
    Approved,

    /// <summary>The library said no, with a reason.</summary>
    Declined,

    /// <summary>Nobody answered in time.</summary>
    Lapsed,

    /// <summary>Cancelled by the school or the library.</summary>
    Cancelled,

    /// <summary>The class came.</summary>
    Visited,

    /// <summary>The class did not come.</summary>
    NoShow,
}

/// <summary>
/// A school's visit, or its request for one. Heads are counted and pupils are never named (DOMAIN.md rule 9); nothing in it is
/// consent to photographs, which a guardian gives and a teacher cannot (rule 10).
/// </summary>
public sealed class Visit
{
    private Visit()
    {
    }

    internal Visit(School school, VisitOffer offer, Interval when, VisitRequest asked, DateTime answerBy, DateTime now)
    {
        (School, SchoolId, Offer, OfferId) = (school, school.Id, offer, offer.Id);
        (Uid, RequestedAt, UpdatedAt, AnswerBy) = (Guid.CreateVersion7().ToString(), now, now, answerBy);
        (Children, Adults, ClassName, Language) = (asked.Children, asked.Adults, asked.ClassName, asked.Language);
        (Needs, Note) = (asked.Needs, asked.Note);
        (StartsAt, EndsAt) = (when.Start, when.End);
    }

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The UID of the visit in calendar files; the same for ever.</summary>
    public string Uid { get; private set; } = "";

    /// <summary>The SEQUENCE of the visit in calendar files: rises when it is moved or cancelled.</summary>
    public int Sequence { get; private set; }

    /// <summary>The key of the school.</summary>
    public long SchoolId { get; private set; }

    /// <summary>The school; null unless loaded with it.</summary>
    public School School { get; private set; } = null!;

    /// <summary>The key of the offer.</summary>
    public long OfferId { get; private set; }

    /// <summary>The offer; null unless loaded with it.</summary>
    public VisitOffer Offer { get; private set; } = null!;

    /// <summary>When it starts, in UTC.</summary>
    public DateTime StartsAt { get; private set; }

    /// <summary>When it ends, in UTC.</summary>
    public DateTime EndsAt { get; private set; }

    /// <summary>How many children come.</summary>
    public int Children { get; private set; }

    /// <summary>How many adults come with them: at least one to ten children.</summary>
    public int Adults { get; private set; }

    /// <summary>Which class, such as <c>5B</c>.</summary>
    public string? ClassName { get; private set; }

    /// <summary>The language in which it is given.</summary>
    public string Language { get; private set; } = "id";

    /// <summary>What the class needs: wheelchairs, signs, rest. In counts and things, not names.</summary>
    public string? Needs { get; private set; }

    /// <summary>What the teacher wrote.</summary>
    public string? Note { get; private set; }

    /// <summary>How it stands.</summary>
    public VisitStatus Status { get; private set; }

    /// <summary>Until when a request waits for an answer, in UTC; null once it has one.</summary>
    public DateTime? AnswerBy { get; private set; }

    /// <summary>Why it was declined, moved or cancelled; null otherwise.</summary>
    public string? Reason { get; private set; }

    /// <summary>The number of the reply letter within its year; null until there is one.</summary>
    public long? LetterNumber { get; private set; }

    /// <summary>The date of the reply letter; null until there is one.</summary>
    public DateOnly? LetterDate { get; private set; }

    /// <summary>The first year of the school year whose quota it has used up; null where it has none or gave it back.</summary>
    public int? QuotaYear { get; private set; }

    /// <summary>When the school was reminded, in UTC; null until then.</summary>
    public DateTime? RemindedAt { get; private set; }

    /// <summary>When a closure moved it, in UTC; null where none did. The school then gets its visit back whenever it cancels.</summary>
    public DateTime? MovedByClosureAt { get; private set; }

    /// <summary>How many children came; null until the visit.</summary>
    public int? ChildrenCame { get; private set; }

    /// <summary>When it was asked for, in UTC.</summary>
    public DateTime RequestedAt { get; private set; }

    /// <summary>When it last changed, in UTC.</summary>
    public DateTime UpdatedAt { get; private set; }

    /// <summary>From start to end.</summary>
    public Interval When => new(StartsAt, EndsAt);

    /// <summary>Whether the slot is kept for it.</summary>
    public bool HoldsSlot => Status is VisitStatus.Requested or VisitStatus.Approved;

    /// <summary>How the visit is named in audit lines, messages and occupied slots.</summary>
    public Subject Subject => new("visit", Id);

    internal Recipient Recipient => Recipient.Address(School.ContactEmail, "id");

    internal Refusal? Approve(SchoolYear? quotaOf, long letter, DateOnly today, DateTime now)
    {
        if (Status != VisitStatus.Requested) return VisitRefusals.AlreadyAnswered;

        (Status, QuotaYear, LetterNumber, LetterDate) = (VisitStatus.Approved, quotaOf?.FirstYear, letter, today);
        (AnswerBy, UpdatedAt) = (null, now);
        return null;
    }

    internal Refusal? Decline(string reason, long letter, DateOnly today, DateTime now)
    {
        if (Status != VisitStatus.Requested) return VisitRefusals.AlreadyAnswered;

        (Status, Reason, LetterNumber, LetterDate) = (VisitStatus.Declined, reason, letter, today);
        (AnswerBy, UpdatedAt) = (null, now);
        return null;
    }

    internal void Lapse(DateTime now) => (Status, AnswerBy, UpdatedAt) = (VisitStatus.Lapsed, null, now);

    internal void Move(Interval when, int? quotaYear, string? reason, DateTime now, bool byClosure)
    {
        MovedByClosureAt = byClosure ? now : null;
        (StartsAt, EndsAt, QuotaYear, Reason, RemindedAt, UpdatedAt) = (when.Start, when.End, quotaYear, reason, null, now);
        Sequence++;
    }

    internal void Cancel(string? reason, bool returnsQuota, DateTime now)
    {
        (Status, Reason, AnswerBy, UpdatedAt) = (VisitStatus.Cancelled, reason, null, now);
        if (returnsQuota) QuotaYear = null;
        Sequence++;
    }

    internal void Remind(DateTime now) => RemindedAt = now;

    internal Refusal? Arrive(int children, DateTime now)
    {
        if (Status is not (VisitStatus.Approved or VisitStatus.NoShow)) return VisitRefusals.NotApproved;
        if (now < StartsAt.AddHours(-1)) return VisitRefusals.NotYet;

        (Status, ChildrenCame, UpdatedAt) = (VisitStatus.Visited, children, now);
        return null;
    }

    internal Refusal? StayAway(DateTime now)
    {
        if (Status != VisitStatus.Approved) return VisitRefusals.NotApproved;
        if (now < StartsAt) return VisitRefusals.NotYet;

        (Status, UpdatedAt) = (VisitStatus.NoShow, now);
        return null;
    }

    internal const int ClassLimit = 60;
    internal const int NoteLimit = 1000;
    internal const int ReasonLimit = 500;
}

/// <summary>How many visits a school may have in a school year, and has used (DOMAIN.md rule 9).</summary>
public sealed class VisitQuota
{
    private VisitQuota()
    {
    }

    internal VisitQuota(long schoolId, SchoolYear year, int allowed) => (SchoolId, FirstYear, Allowed) = (schoolId, year.FirstYear, allowed);

    /// <summary>The school.</summary>
    public long SchoolId { get; private set; }

    /// <summary>The calendar year in whose July the school year begins.</summary>
    public int FirstYear { get; private set; }

    /// <summary>How many it may have.</summary>
    public int Allowed { get; private set; }

    /// <summary>How many were approved and not given back: never more than <see cref="Allowed"/>.</summary>
    public int Used { get; private set; }

    /// <summary>Whether there is none left.</summary>
    public bool IsUsedUp => Used >= Allowed;

    internal void Use() => Used++;

    internal void GiveBack() => Used--;

    internal void AllowOneMore() => Allowed++;
}

/// <summary>
/// A quarter of an hour of the guides who lead visits. Its key is the guides and the quarter, so the database itself refuses to
/// give one slot to two schools.
/// </summary>
internal sealed class GuidesQuarter
{
    private GuidesQuarter()
    {
    }

    internal GuidesQuarter(string guides, DateTime startsAt, Visit visit) => (Guides, StartsAt, VisitId) = (guides, startsAt, visit.Id);

    public string Guides { get; private set; } = "";

    public DateTime StartsAt { get; private set; }

    public long VisitId { get; private set; }
}

internal sealed class VisitConfiguration :
    IEntityTypeConfiguration<Visit>, IEntityTypeConfiguration<VisitQuota>, IEntityTypeConfiguration<GuidesQuarter>
{
    public void Configure(EntityTypeBuilder<Visit> builder)
    {
        builder.ToTable("visits", table =>
        {
            table.HasCheckConstraint("ck_visits_order", "starts_at < ends_at");
            table.HasCheckConstraint("ck_visits_heads", "children > 0 AND adults * 10 >= children");
        });
        builder.Ignore(visit => visit.When);
        builder.Ignore(visit => visit.HoldsSlot);
        builder.Ignore(visit => visit.Subject);
        builder.Ignore(visit => visit.Recipient);
        builder.Property(visit => visit.Uid).HasMaxLength(36);
        builder.Property(visit => visit.ClassName).HasMaxLength(Visit.ClassLimit);
        builder.Property(visit => visit.Language).HasMaxLength(10);
        builder.Property(visit => visit.Needs).HasMaxLength(Visit.NoteLimit);
        builder.Property(visit => visit.Note).HasMaxLength(Visit.NoteLimit);
        builder.Property(visit => visit.Reason).HasMaxLength(Visit.ReasonLimit);
        builder.HasOne(visit => visit.School).WithMany().HasForeignKey(visit => visit.SchoolId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(visit => visit.Offer).WithMany().HasForeignKey(visit => visit.OfferId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(visit => visit.Uid).IsUnique();
        builder.HasIndex(visit => new { visit.OfferId, visit.StartsAt });
        builder.HasIndex(visit => new { visit.SchoolId, visit.StartsAt });
        builder.HasIndex(visit => new { visit.Status, visit.StartsAt });
        builder.HasIndex(visit => new { visit.Status, visit.AnswerBy });
    }

    public void Configure(EntityTypeBuilder<VisitQuota> builder)
    {
        builder.ToTable("visit_quotas", table => table.HasCheckConstraint("ck_visit_quotas_used", "used >= 0 AND used <= allowed"));
        builder.HasKey(quota => new { quota.SchoolId, quota.FirstYear });
        builder.Ignore(quota => quota.IsUsedUp);
        builder.HasOne<School>().WithMany().HasForeignKey(quota => quota.SchoolId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<GuidesQuarter> builder)
    {
        builder.ToTable("guides_quarters");
        builder.HasKey(quarter => new { quarter.Guides, quarter.StartsAt });
        builder.Property(quarter => quarter.Guides).HasMaxLength(VisitOffer.GuidesLimit);
        builder.HasOne<Visit>().WithMany().HasForeignKey(quarter => quarter.VisitId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(quarter => quarter.VisitId);
    }
}
