using Metro.Library.Calendar;
using Metro.Library.Input;
using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Policies;

/// <summary>
/// The limits that hold for everybody alike, whatever they borrow or book: one row, which administrators set. Where they have not,
/// the configuration's hold.
/// </summary>
public sealed class HouseLimits
{
    /// <summary>The key of the one row.</summary>
    internal const int Only = 1;

    /// <summary>Its key.</summary>
    internal int Id { get; private set; } = Only;

    /// <summary>How many class visits a school may have in one school year, July to June (DOMAIN.md rule 9).</summary>
    public int VisitsPerSchoolYear { get; init; }

    /// <summary>With how many strikes at once a member may not take seats or rooms (DOMAIN.md rule 8).</summary>
    public int MostStrikes { get; init; }

    /// <summary>For how many days a strike counts.</summary>
    public int StrikeDays { get; init; }

    /// <summary>From how many rupiah owed on a member may not borrow, renew or reserve.</summary>
    public int MostOwed { get; init; }

    /// <summary>How long a membership lasts and by how much a renewal extends it, in days.</summary>
    public int MembershipDays { get; init; }

    /// <summary>How many e-books a member may have on loan at once.</summary>
    public int MostDigitalLoans { get; init; }

    /// <summary>Why these cannot be the library's limits; null when they can.</summary>
    public Refusal? Check() =>
        InputText.CheckNumber(VisitsPerSchoolYear, "visits", 0, 100)
        ?? InputText.CheckNumber(MostStrikes, "strikes", 1, 100)
        ?? InputText.CheckNumber(StrikeDays, "strike_days", 1, 1_000)
        ?? InputText.CheckNumber(MostOwed, "amount", 1, 100_000_000)
        ?? InputText.CheckNumber(MembershipDays, "membership_days", 1, 4_000)
        ?? InputText.CheckNumber(MostDigitalLoans, "digital_loans", 0, 1_000);

    internal static HouseLimits Of(LibrarySettings settings) => new()
    {
        VisitsPerSchoolYear = settings.VisitsPerSchoolYear,
        MostStrikes = settings.MostStrikes,
        StrikeDays = settings.StrikeDays,
        MostOwed = settings.Circulation.MostOwed,
        MembershipDays = settings.Members.MembershipDays,
        MostDigitalLoans = settings.MostDigitalLoans,
    };
}

internal sealed class HouseLimitsConfiguration : IEntityTypeConfiguration<HouseLimits>
{
    public void Configure(EntityTypeBuilder<HouseLimits> builder)
    {
        builder.ToTable("house_limits", table => table.HasCheckConstraint("ck_house_limits_only", $"id = {HouseLimits.Only}"));
        builder.HasKey(limits => limits.Id);
        builder.Property(limits => limits.Id).ValueGeneratedNever();
    }
}

/// <summary>The limits in force, and setting them. Not thread-safe: one per request.</summary>
public sealed class LimitsInForce(LibraryDbContext db, LibraryCalendar calendar, LibrarySettings settings)
{
    /// <summary>The limits that hold now.</summary>
    public Task<HouseLimits> GetAsync(CancellationToken stop = default) => db.LimitsAsync(settings, stop);

    /// <summary>
    /// Sets the limits; they hold from now on. Schools' visits of the school years under way and to come rise or fall with theirs, never
    /// below what is approved already. Strikes and memberships that were given keep their ends.
    /// </summary>
    public Task<Refusal?> SetAsync(HouseLimits limits, Actor by, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return db.WriteAsync(async inner =>
        {
            if (limits.Check() is { } unusable) return unusable;
            var former = await db.LimitsAsync(settings, inner);
            await db.Set<HouseLimits>().Where(one => one.Id == HouseLimits.Only).ExecuteDeleteAsync(inner);
            var row = new HouseLimits
            {
                VisitsPerSchoolYear = limits.VisitsPerSchoolYear, MostStrikes = limits.MostStrikes, StrikeDays = limits.StrikeDays,
                MostOwed = limits.MostOwed, MembershipDays = limits.MembershipDays, MostDigitalLoans = limits.MostDigitalLoans,
            };
            db.Add(row);
            await MoveQuotasAsync(row.VisitsPerSchoolYear - former.VisitsPerSchoolYear, inner);
            db.Audit(by, "limits.set", new Subject("limits", HouseLimits.Only), calendar.Now, former, row);
            await db.SaveChangesAsync(inner);
            return (Refusal?)null;
        }, stop);
    }

    /// <summary>What was allowed beyond the limit, one by one, stays allowed beyond it.</summary>
    private async Task MoveQuotasAsync(int by, CancellationToken stop)
    {
        if (by == 0) return;
        var first = SchoolYear.Of(calendar.Today).FirstYear;
        await db.VisitQuotas.Where(quota => quota.FirstYear >= first)
            .ExecuteUpdateAsync(set => set.SetProperty(quota => quota.Allowed, quota => quota.Allowed + by < quota.Used ? quota.Used : quota.Allowed + by), stop);
    }
}

internal static class HouseLimitsReading
{
    /// <summary>The limits that hold now, also within a write that decides by them.</summary>
    public static async Task<HouseLimits> LimitsAsync(this LibraryDbContext db, LibrarySettings settings, CancellationToken stop) =>
        await db.Set<HouseLimits>().AsNoTracking().SingleOrDefaultAsync(limits => limits.Id == HouseLimits.Only, stop) ?? HouseLimits.Of(settings);
}
