using Metro.Library.Search;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library;

public abstract partial class LibraryDbContext
{
    /// <summary>Searches that found nothing, for those who choose what to buy.</summary>
    public DbSet<FruitlessSearch> FruitlessSearches => Set<FruitlessSearch>();
}
