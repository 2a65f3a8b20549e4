using Metro.Library.Statistics;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library;

public abstract partial class LibraryDbContext
{
    /// <summary>What the library did, day by day.</summary>
    public DbSet<DailyFigure> DailyFigures => Set<DailyFigure>();
}
