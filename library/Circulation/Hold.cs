using Metro.Library.Calendar;
using Metro.Library.Catalog;
using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Circulation;

/// <summary>How far a hold has come.</summary>
public enum HoldState
{
    /// <summary>In the queue; it may be suspended.</summary>
    Waiting,

    /// <summary>A copy on the open shelf was claimed for it; somebody of the staff has to fetch it.</summary>
    Fetching,

    /// <summary>Its copy is on its way to the branch of pickup.</summary>
    InTransit,

    /// <summary>On the hold shelf; the pickup clock runs.</summary>
    Ready,

    /// <summary>Borrowed by the one who waited.</summary>
    Collected,

    /// <summary>Given up by the member or the library.</summary>
    Cancelled,

    /// <summary>Not collected in time.</summary>
    Expired,
}

/// <summary>A place in the queue for a title (<i>reservasi</i>); first come, first served by its key (DOMAIN.md rule 2).</summary>
public sealed class Hold
{
    private Hold()
    {
    }

    internal Hold(long titleId, long memberId, long pickupBranchId, DateTime now) =>
        (TitleId, MemberId, PickupBranchId, PlacedAt) = (titleId, memberId, pickupBranchId, now);

    /// <summary>Its key; a smaller one stands earlier in the queue.</summary>
    public long Id { get; private set; }

    /// <summary>The title.</summary>
    public long TitleId { get; private set; }

    /// <summary>Who waits; null once ended and unlinked (DOMAIN.md rule 11).</summary>
    public long? MemberId { get; private set; }

    /// <summary>Where it will be picked up.</summary>
    public long PickupBranchId { get; private set; }

    /// <summary>When it was placed, in UTC.</summary>
    public DateTime PlacedAt { get; private set; }

    /// <summary>How far it has come.</summary>
    public HoldState State { get; private set; }

    /// <summary>The last day of a suspension, past or not: until then others go first, and the place is kept. Null for none.</summary>
    public DateOnly? SuspendedThrough { get; private set; }

    /// <summary>The copy claimed for it; null while it waits. Stays when the hold has ended.</summary>
    public long? CopyId { get; private set; }

    /// <summary>When its copy was ready on the hold shelf, in UTC; null until then.</summary>
    public DateTime? ReadyAt { get; private set; }

    /// <summary>The last day for picking it up; null until ready.</summary>
    public DateOnly? PickupBy { get; private set; }

    /// <summary>When it was collected, cancelled or expired, in UTC; null until then.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>Whether its copy still stands on the hold shelf and should be taken away: it was not collected.</summary>
    public bool ToClear { get; private set; }

    /// <summary>Whether it waits for a copy and lets others go first on this day.</summary>
    public bool IsSuspendedOn(DateOnly date) => State == HoldState.Waiting && SuspendedThrough >= date;

    /// <summary>Whether it has neither been collected nor given up.</summary>
    public bool IsActive => EndedAt is null;

    internal void Claim(Copy copy, HoldState how)
    {
        if (State is not (HoldState.Waiting or HoldState.Fetching or HoldState.InTransit) || (CopyId is { } other && other != copy.Id))
            throw new InvalidOperationException($"Hold {Id} is {State} with copy {CopyId}; copy {copy.Id} cannot be claimed for it.");
        (State, CopyId) = (how, copy.Id);
    }

    internal void BecomeReady(DateTime now, DateOnly pickupBy) => (State, ReadyAt, PickupBy) = (HoldState.Ready, now, pickupBy);

    /// <summary>Its copy is not to be had after all: back into the queue, at its place.</summary>
    internal void LoseCopy() => (State, CopyId, ReadyAt, PickupBy) = (HoldState.Waiting, null, null, null);

    internal void MovePickup(DateOnly by) => PickupBy = by > PickupBy ? by : PickupBy;

    internal void Suspend(DateOnly? through) => SuspendedThrough = through;

    internal void PickUpAt(long branchId) => PickupBranchId = branchId;

    internal void Collect(long copyId, DateTime now) => (State, CopyId, EndedAt) = (HoldState.Collected, copyId, now);

    internal void Cancel(DateTime now, bool toClear) => (State, EndedAt, ToClear) = (HoldState.Cancelled, now, toClear);

    internal void Expire(DateTime now, bool toClear) => (State, EndedAt, ToClear) = (HoldState.Expired, now, toClear);

    internal void Cleared() => ToClear = false;

    internal void Unlink() => MemberId = null;

    internal void MoveTo(long memberId) => MemberId = memberId;
}

internal sealed class HoldConfiguration : IEntityTypeConfiguration<Hold>
{
    public void Configure(EntityTypeBuilder<Hold> builder)
    {
        builder.ToTable("holds", table =>
        {
            table.HasCheckConstraint("ck_holds_ended", "(ended_at IS NULL) = (state IN ('Waiting', 'Fetching', 'InTransit', 'Ready'))");
            table.HasCheckConstraint("ck_holds_copy", "state NOT IN ('Fetching', 'InTransit', 'Ready', 'Collected') OR copy_id IS NOT NULL");
            table.HasCheckConstraint("ck_holds_ready", "state <> 'Ready' OR (ready_at IS NOT NULL AND pickup_by IS NOT NULL)");
            table.HasCheckConstraint("ck_holds_linked", "ended_at IS NOT NULL OR member_id IS NOT NULL");
        });
        builder.Ignore(hold => hold.IsActive);
        builder.HasOne<Title>().WithMany().HasForeignKey(hold => hold.TitleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Member>().WithMany().HasForeignKey(hold => hold.MemberId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Copy>().WithMany().HasForeignKey(hold => hold.CopyId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Branch>().WithMany().HasForeignKey(hold => hold.PickupBranchId).OnDelete(DeleteBehavior.Restrict);
        // Nobody stands twice in one queue, and no copy is kept for two.
        builder.HasIndex(hold => new { hold.TitleId, hold.MemberId }).IsUnique().HasFilter("ended_at IS NULL").HasDatabaseName("ix_holds_member_active");
        builder.HasIndex(hold => hold.CopyId).IsUnique().HasFilter("ended_at IS NULL AND copy_id IS NOT NULL").HasDatabaseName("ix_holds_copy_active");
        builder.HasIndex(hold => new { hold.TitleId, hold.State, hold.Id });
        builder.HasIndex(hold => new { hold.MemberId, hold.EndedAt });
        builder.HasIndex(hold => new { hold.State, hold.PickupBy, hold.Id });
        builder.HasIndex(hold => new { hold.State, hold.SuspendedThrough });
        builder.HasIndex(hold => new { hold.State, hold.Id });
        builder.HasIndex(hold => hold.CopyId).HasFilter("to_clear").HasDatabaseName("ix_holds_to_clear");
        builder.HasIndex(hold => new { hold.PickupBy, hold.Id }).HasFilter("to_clear").HasDatabaseName("ix_holds_clearing");
        builder.HasIndex(hold => new { hold.PickupBranchId, hold.PickupBy, hold.Id }).HasFilter("to_clear").HasDatabaseName("ix_holds_clearing_at");
        builder.HasIndex(hold => new { hold.EndedAt, hold.Id }).HasFilter("member_id IS NOT NULL AND ended_at IS NOT NULL").HasDatabaseName("ix_holds_to_unlink");
    }
}

/// <summary>Questions that are asked of holds.</summary>
public static class HoldQueries
{
    extension(IQueryable<Hold> holds)
    {
        /// <summary>Holds that are neither collected nor given up.</summary>
        public IQueryable<Hold> Active() => holds.Where(hold => hold.EndedAt == null);

        /// <summary>The queue of a title in its order, suspended holds too.</summary>
        public IQueryable<Hold> QueueFor(long titleId) =>
            holds.Where(hold => hold.TitleId == titleId && hold.State == HoldState.Waiting).OrderBy(hold => hold.Id);

        /// <summary>Holds in a queue that would take a copy today.</summary>
        public IQueryable<Hold> NotSuspendedOn(DateOnly today) =>
            holds.Where(hold => hold.SuspendedThrough == null || hold.SuspendedThrough < today);
    }
}
