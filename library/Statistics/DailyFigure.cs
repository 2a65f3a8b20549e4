using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Statistics;

/// <summary>What is counted day by day.</summary>
public enum FigureKind
{
    /// <summary>Copies lent, by the branch that lent them.</summary>
    Loans,

    /// <summary>Copies read in the library.</summary>
    ReadInHouse,

    /// <summary>E-resources lent; of no branch.</summary>
    ELoans,

    /// <summary>People, organisations and schools that became members; of no branch.</summary>
    NewMembers,

    /// <summary>Sessions that took place.</summary>
    Sessions,

    /// <summary>Seats of sessions on which somebody sat.</summary>
    SeatsAttended,

    /// <summary>Classes that came, or to which the library came.</summary>
    ClassVisits,

    /// <summary>Children who came with those classes.</summary>
    ChildrenInVisits,

    /// <summary>Bookings of spaces that were used.</summary>
    Bookings,
}

/// <summary>
/// How much of something there was on a day: without anybody's name, so that it stays when loans are unlinked and visitors are
/// forgotten (DOMAIN.md rule 11). For the staff; what is published of it suppresses small cells.
/// </summary>
public sealed class DailyFigure
{
    /// <summary>In the place of a branch: the whole library.</summary>
    public const long WholeLibrary = 0;

    private DailyFigure()
    {
    }

    internal DailyFigure(DateOnly day, FigureKind kind, long branchId, int count) => (Day, Kind, BranchId, Count) = (day, kind, branchId, count);

    /// <summary>The day, by the library's clock.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>What was counted.</summary>
    public FigureKind Kind { get; private set; }

    /// <summary>The branch; <see cref="WholeLibrary"/> for all together, which every counted day has of every kind.</summary>
    public long BranchId { get; private set; }

    /// <summary>How many.</summary>
    public int Count { get; private set; }
}

internal sealed class DailyFigureConfiguration : IEntityTypeConfiguration<DailyFigure>
{
    public void Configure(EntityTypeBuilder<DailyFigure> builder)
    {
        builder.ToTable("daily_figures", table => table.HasCheckConstraint("ck_daily_figures_count", "count >= 0"));
        builder.HasKey(figure => new { figure.Day, figure.Kind, figure.BranchId });
        builder.HasIndex(figure => new { figure.Kind, figure.BranchId, figure.Day });
    }
}
