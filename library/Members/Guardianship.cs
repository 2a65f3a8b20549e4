using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Members;

/// <summary>Who decides for a member under age, until the member's coming of age (DOMAIN.md rule 10).</summary>
public sealed class Guardianship
{
    private Guardianship()
    {
    }

    internal Guardianship(long childId, GuardianDetails guardian, DateTime since) =>
        (ChildId, GuardianId, Name, Relation, Phone, Email, Since) =
        (childId, guardian.MemberId, guardian.Name, guardian.Relation, guardian.Phone, guardian.Email, since);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The member under age.</summary>
    public long ChildId { get; private set; }

    /// <summary>The guardian's own membership, with which they act for the child online; null where they have none.</summary>
    public long? GuardianId { get; private set; }

    /// <summary>The guardian's name; empty once forgotten.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What they are to the child: mother, father, grandparent, a home.</summary>
    public string Relation { get; private set; } = "";

    /// <summary>Where to ring the guardian.</summary>
    public string? Phone { get; private set; }

    /// <summary>Where to write to the guardian.</summary>
    public string? Email { get; private set; }

    /// <summary>Since when, in UTC.</summary>
    public DateTime Since { get; private set; }

    /// <summary>Until when, in UTC; null while it lasts.</summary>
    public DateTime? EndedAt { get; private set; }

    internal void End(DateTime now) => EndedAt ??= now;

    internal void MoveTo(long childId) => ChildId = childId;

    internal void ActAs(long guardianId) => GuardianId = guardianId;

    internal void Forget() => (GuardianId, Name, Relation, Phone, Email) = (null, "", "", null, null);
}

/// <summary>A guardian, as told at the registration.</summary>
/// <param name="Name">At most 200 characters.</param>
/// <param name="Relation">What they are to the child; at most 60 characters.</param>
/// <param name="Phone">Where to ring; at least one of this and the next is needed.</param>
/// <param name="Email">Where to write.</param>
/// <param name="MemberId">Their own membership; null where they have none.</param>
public sealed record GuardianDetails(string Name, string Relation, string? Phone = null, string? Email = null, long? MemberId = null);

/// <summary>What a consent is for. Each is given and withdrawn by itself: none is the price of another.</summary>
public enum ConsentPurpose
{
    /// <summary>That a minor becomes a member and the library keeps what it needs for that.</summary>
    Membership,

    /// <summary>That the member is seen in photographs which the library publishes.</summary>
    Photographs,

    /// <summary>That the library writes about programs.</summary>
    News,

    /// <summary>That a minor borrows e-books and registers for programs online without asking each time.</summary>
    OnlineUse,
}

/// <summary>
/// A consent that can be proved: what for, by whom, when, and on which evidence (Law 27/2022, articles
/// 22, 24 and 25; DOMAIN.md rule 10). Never changed, only withdrawn.
/// </summary>
public sealed class Consent
{
    private Consent()
    {
    }

    internal Consent(long memberId, ConsentPurpose purpose, string givenBy, bool byGuardian, string evidence, DateTime givenAt) =>
        (MemberId, Purpose, GivenBy, ByGuardian, Evidence, GivenAt) = (memberId, purpose, givenBy, byGuardian, evidence, givenAt);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The member whose data it is about.</summary>
    public long MemberId { get; private set; }

    /// <summary>What it allows.</summary>
    public ConsentPurpose Purpose { get; private set; }

    /// <summary>The name of the person who gave it; empty once forgotten.</summary>
    public string GivenBy { get; private set; } = "";

    /// <summary>Whether a guardian gave it for the member.</summary>
    public bool ByGuardian { get; private set; }

    /// <summary>What proves it: the number of the signed form, or the words that were ticked online and from where.</summary>
    public string Evidence { get; private set; } = "";

    /// <summary>When, in UTC.</summary>
    public DateTime GivenAt { get; private set; }

    /// <summary>When it was withdrawn or lapsed, in UTC; null while it holds.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    internal void Withdraw(DateTime now) => WithdrawnAt ??= now;

    internal void MoveTo(long memberId) => MemberId = memberId;

    internal void Forget() => (GivenBy, Evidence) = ("", "");
}

/// <summary>A consent as it is given.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Evidence">What proves it; at most 1,000 characters.</param>
public sealed record ConsentGiven(ConsentPurpose Purpose, string Evidence);

/// <summary>A stretch of days during which a member may not borrow, and why.</summary>
public sealed class Suspension
{
    private Suspension()
    {
    }

    internal Suspension(long memberId, DateOnly from, DateOnly through, string reason, Subject? cause, DateTime imposedAt) =>
        (MemberId, From, Through, Reason, Cause, ImposedAt) = (memberId, from, through, reason, cause?.ToString(), imposedAt);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The member.</summary>
    public long MemberId { get; private set; }

    /// <summary>The first day.</summary>
    public DateOnly From { get; private set; }

    /// <summary>The last day.</summary>
    public DateOnly Through { get; private set; }

    /// <summary>Why, in the words of whoever imposed it; <c>circulation.late_return</c> where the terms did.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The written subject that caused it, such as <c>loan:42</c>; null where staff decided.</summary>
    public string? Cause { get; private set; }

    /// <summary>When it was imposed, in UTC.</summary>
    public DateTime ImposedAt { get; private set; }

    /// <summary>When it was lifted early, in UTC; null unless it was.</summary>
    public DateTime? LiftedAt { get; private set; }

    internal void Lift(DateTime now) => LiftedAt ??= now;

    internal void MoveTo(long memberId) => MemberId = memberId;

    internal void ForgetCause() => Cause = null;
}

internal sealed class GuardianshipConfiguration : IEntityTypeConfiguration<Guardianship>
{
    public void Configure(EntityTypeBuilder<Guardianship> builder)
    {
        builder.ToTable("guardianships");
        builder.Property(guardianship => guardianship.Name).HasMaxLength(Member.NameLimit);
        builder.Property(guardianship => guardianship.Relation).HasMaxLength(60);
        builder.Property(guardianship => guardianship.Phone).HasMaxLength(32);
        builder.Property(guardianship => guardianship.Email).HasMaxLength(254);
        builder.HasOne<Member>().WithMany().HasForeignKey(guardianship => guardianship.ChildId);
        builder.HasOne<Member>().WithMany().HasForeignKey(guardianship => guardianship.GuardianId);
        builder.HasIndex(guardianship => guardianship.ChildId);
        builder.HasIndex(guardianship => new { guardianship.EndedAt, guardianship.Id });
        builder.HasIndex(guardianship => new { guardianship.GuardianId, guardianship.EndedAt });
    }
}

internal sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("consents");
        builder.Property(consent => consent.GivenBy).HasMaxLength(Member.NameLimit);
        builder.Property(consent => consent.Evidence).HasMaxLength(1_000);
        builder.HasOne<Member>().WithMany().HasForeignKey(consent => consent.MemberId);
        builder.HasIndex(consent => new { consent.MemberId, consent.Purpose }).IsUnique().HasFilter("withdrawn_at IS NULL");
        builder.HasIndex(consent => consent.MemberId);
    }
}

internal sealed class SuspensionConfiguration : IEntityTypeConfiguration<Suspension>
{
    public void Configure(EntityTypeBuilder<Suspension> builder)
    {
        builder.ToTable("suspensions", table => table.HasCheckConstraint("ck_suspensions_order", "\"from\" <= through"));
        builder.Property(suspension => suspension.Reason).HasMaxLength(1_000);
        builder.Property(suspension => suspension.Cause).HasMaxLength(Subject.MaxLength);
        builder.HasOne<Member>().WithMany().HasForeignKey(suspension => suspension.MemberId);
        builder.HasIndex(suspension => suspension.MemberId);
        builder.HasIndex(suspension => suspension.Cause);
    }
}
