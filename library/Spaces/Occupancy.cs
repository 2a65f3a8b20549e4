using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Spaces;

/// <summary>
/// A quarter of an hour of a space that somebody has: a session, a class visit or a booking, set-up and cleaning included.
/// Its key is the space and the quarter, so the database itself refuses to give one away twice (DOMAIN.md rule 7).
/// </summary>
internal sealed class OccupiedQuarter
{
    private OccupiedQuarter()
    {
    }

    internal OccupiedQuarter(long spaceId, DateTime startsAt, Subject holder) =>
        (SpaceId, StartsAt, Holder) = (spaceId, startsAt, holder.ToString());

    public long SpaceId { get; private set; }

    public DateTime StartsAt { get; private set; }

    /// <summary>The written form of the session, visit or booking.</summary>
    public string Holder { get; private set; } = "";
}

internal sealed class OccupiedQuarterConfiguration : IEntityTypeConfiguration<OccupiedQuarter>
{
    public void Configure(EntityTypeBuilder<OccupiedQuarter> builder)
    {
        builder.ToTable("occupied_quarters");
        builder.HasKey(quarter => new { quarter.SpaceId, quarter.StartsAt });
        builder.Property(quarter => quarter.Holder).HasMaxLength(Subject.MaxLength);
        builder.HasOne<Space>().WithMany().HasForeignKey(quarter => quarter.SpaceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(quarter => quarter.Holder);
    }
}

/// <summary>Who has a space when. Every use of a space, whoever's it is, goes through here.</summary>
internal static class Occupancy
{
    /// <summary>The grain of occupation: slots, set-up and cleaning are multiples of it.</summary>
    public static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>The longest that anything occupies a space; an exhibition in a room of its own is longer than a booking.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(62);

    extension(LibraryDbContext db)
    {
        /// <summary>Whether somebody other than <paramref name="except"/> has the space during the interval. Call inside the write.</summary>
        public async Task<bool> IsOccupiedAsync(long spaceId, Interval held, Subject? except, CancellationToken stop)
        {
            var from = held.Cells(Quarter).First();
            var own = except?.ToString();
            return await db.Set<OccupiedQuarter>().AnyAsync(quarter => quarter.SpaceId == spaceId
                && quarter.StartsAt >= from && quarter.StartsAt < held.End && quarter.Holder != own, stop);
        }

        /// <summary>Takes the space, to be saved by the caller. Ask <see cref="IsOccupiedAsync"/> first, in the same write.</summary>
        public void Occupy(long spaceId, Interval held, Subject holder) =>
            db.AddRange(held.Cells(Quarter).Select(start => new OccupiedQuarter(spaceId, start, holder)));

        /// <summary>Gives back all that a holder has. Takes effect at once, within the caller's write.</summary>
        public async Task VacateAsync(Subject holder, CancellationToken stop)
        {
            var written = holder.ToString();
            foreach (var tracked in db.ChangeTracker.Entries<OccupiedQuarter>().Where(entry => entry.Entity.Holder == written).ToList())
                tracked.State = EntityState.Detached;
            await db.Set<OccupiedQuarter>().Where(quarter => quarter.Holder == written).ExecuteDeleteAsync(stop);
        }
    }
}
