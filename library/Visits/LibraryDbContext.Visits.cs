using Metro.Library.Visits;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library;

public abstract partial class LibraryDbContext
{
    /// <summary>The schools that visit.</summary>
    public DbSet<School> Schools => Set<School>();

    /// <summary>What the library offers to classes.</summary>
    public DbSet<VisitOffer> VisitOffers => Set<VisitOffer>();

    /// <summary>Class visits and requests for them.</summary>
    public DbSet<Visit> Visits => Set<Visit>();

    /// <summary>How many visits schools may have and have used.</summary>
    public DbSet<VisitQuota> VisitQuotas => Set<VisitQuota>();
}
