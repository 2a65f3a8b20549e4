using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Elending;

/// <summary>One member's use of an e-resource for a time. It comes back by itself when its time is over.</summary>
public sealed class DigitalLoan
{
    private DigitalLoan()
    {
    }

    internal DigitalLoan(Licence licence, long memberId, DateTime dueAt, DateTime now)
    {
        (LicenceId, Licence, ResourceKey, MemberId) = (licence.Id, licence, licence.ResourceKey, memberId);
        (LentAt, DueAt) = (now, licence.EndsAt < dueAt ? licence.EndsAt.Value : dueAt);
        ActiveKey = KeyOf(memberId);
    }

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The key of the licence that it uses.</summary>
    public long LicenceId { get; private set; }

    /// <summary>The licence; null unless loaded with it.</summary>
    public Licence Licence { get; private set; } = null!;

    /// <inheritdoc cref="LicenceDetails.ResourceKey"/>
    public string ResourceKey { get; private set; } = "";

    /// <summary>The member; null once the loan has been unlinked (DOMAIN.md rule 11).</summary>
    public long? MemberId { get; private set; }

    /// <summary>When it was lent, in UTC.</summary>
    public DateTime LentAt { get; private set; }

    /// <summary>When it ends by itself, in UTC: never later than its licence (DOMAIN.md rule 12).</summary>
    public DateTime DueAt { get; private set; }

    /// <summary>When it came back, in UTC; null while it lasts.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>Whose it is, as long as it lasts; unique with the resource, so that nobody takes up two places.</summary>
    public string? ActiveKey { get; private set; }

    /// <summary>How the loan is named in messages.</summary>
    public Subject Subject => new("digital_loan", Id);

    /// <summary>Whether the reader may open the file at this instant.</summary>
    public bool IsOpenAt(DateTime now) => EndedAt is null && now < DueAt;

    internal void EndBy(DateTime instant) => DueAt = instant < DueAt ? instant : DueAt;

    internal void End(DateTime now)
    {
        (EndedAt, ActiveKey) = (now < DueAt ? now : DueAt, null);
        Licence.GiveBack();
    }

    internal void MoveTo(long memberId)
    {
        MemberId = memberId;
        if (ActiveKey is not null) ActiveKey = KeyOf(memberId);
    }

    internal void Unlink() => MemberId = null;

    internal static string KeyOf(long memberId) => string.Create(CultureInfo.InvariantCulture, $"member:{memberId}");
}

/// <summary>How a hold on an e-resource stands.</summary>
public enum DigitalHoldStatus
{
    /// <summary>In the queue.</summary>
    Waiting,

    /// <summary>A place is kept until the offer lapses.</summary>
    Offered,

    /// <summary>It became a loan.</summary>
    Fulfilled,

    /// <summary>Let the offer pass.</summary>
    Lapsed,

    /// <summary>Cancelled by the member, or because no licence will lend it again.</summary>
    Cancelled,
}

/// <summary>A member's place in the queue for an e-resource; first come, first served.</summary>
public sealed class DigitalHold
{
    private DigitalHold()
    {
    }

    internal DigitalHold(string resourceKey, long memberId, DateTime now) =>
        (ResourceKey, MemberId, PlacedAt, ActiveKey) = (resourceKey, memberId, now, DigitalLoan.KeyOf(memberId));

    /// <summary>Its key; smaller ones came first, which is the order of the queue.</summary>
    public long Id { get; private set; }

    /// <inheritdoc cref="LicenceDetails.ResourceKey"/>
    public string ResourceKey { get; private set; } = "";

    /// <summary>The member; null once the hold has been unlinked (DOMAIN.md rule 11).</summary>
    public long? MemberId { get; private set; }

    /// <summary>When it was placed, in UTC.</summary>
    public DateTime PlacedAt { get; private set; }

    /// <summary>How it stands.</summary>
    public DigitalHoldStatus Status { get; private set; }

    /// <summary>The licence in which a place is kept; null unless offered.</summary>
    public long? LicenceId { get; private set; }

    /// <summary>The licence; null unless offered and loaded with it.</summary>
    public Licence? Licence { get; private set; }

    /// <summary>Until when the place is kept, in UTC; null unless offered.</summary>
    public DateTime? OfferExpiresAt { get; private set; }

    /// <summary>When it ended, in UTC; null while it counts.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>Whose it is, as long as it counts; unique with the resource.</summary>
    public string? ActiveKey { get; private set; }

    /// <summary>How the hold is named in messages.</summary>
    public Subject Subject => new("digital_hold", Id);

    internal void Offer(Licence licence, DateTime until)
    {
        licence.Take();
        (Status, LicenceId, Licence) = (DigitalHoldStatus.Offered, licence.Id, licence);
        OfferExpiresAt = licence.EndsAt < until ? licence.EndsAt : until;
    }

    /// <summary>The place that was kept becomes the loan's; nothing is counted anew.</summary>
    internal void Fulfil(DateTime now) => End(DigitalHoldStatus.Fulfilled, now);

    internal void GiveUp(DigitalHoldStatus status, DateTime now)
    {
        if (Status == DigitalHoldStatus.Offered) Licence!.TakeBackOffer();
        End(status, now);
    }

    internal void MoveTo(long memberId)
    {
        MemberId = memberId;
        if (ActiveKey is not null) ActiveKey = DigitalLoan.KeyOf(memberId);
    }

    internal void Unlink() => MemberId = null;

    private void End(DigitalHoldStatus status, DateTime now) =>
        (Status, EndedAt, ActiveKey, OfferExpiresAt, LicenceId, Licence) = (status, now, null, null, null, null);
}

internal sealed class DigitalLoanConfiguration : IEntityTypeConfiguration<DigitalLoan>, IEntityTypeConfiguration<DigitalHold>
{
    public void Configure(EntityTypeBuilder<DigitalLoan> builder)
    {
        builder.ToTable("digital_loans");
        builder.Ignore(loan => loan.Subject);
        builder.Property(loan => loan.ResourceKey).HasMaxLength(Licence.KeyLimit);
        builder.Property(loan => loan.ActiveKey).HasMaxLength(40);
        builder.HasOne(loan => loan.Licence).WithMany().HasForeignKey(loan => loan.LicenceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Members.Member>().WithMany().HasForeignKey(loan => loan.MemberId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(loan => new { loan.ResourceKey, loan.ActiveKey }).IsUnique();
        builder.HasIndex(loan => new { loan.EndedAt, loan.DueAt });
        builder.HasIndex(loan => new { loan.MemberId, loan.EndedAt, loan.DueAt });
        builder.HasIndex(loan => new { loan.LicenceId, loan.EndedAt });
        builder.HasIndex(loan => loan.LentAt);
    }

    public void Configure(EntityTypeBuilder<DigitalHold> builder)
    {
        builder.ToTable("digital_holds");
        builder.Ignore(hold => hold.Subject);
        builder.Property(hold => hold.ResourceKey).HasMaxLength(Licence.KeyLimit);
        builder.Property(hold => hold.ActiveKey).HasMaxLength(40);
        builder.HasOne(hold => hold.Licence).WithMany().HasForeignKey(hold => hold.LicenceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Members.Member>().WithMany().HasForeignKey(hold => hold.MemberId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(hold => new { hold.ResourceKey, hold.ActiveKey }).IsUnique();
        builder.HasIndex(hold => new { hold.ResourceKey, hold.Status, hold.Id });
        builder.HasIndex(hold => new { hold.Status, hold.OfferExpiresAt });
        builder.HasIndex(hold => new { hold.MemberId, hold.EndedAt, hold.Id });
        builder.HasIndex(hold => hold.EndedAt);
    }
}
