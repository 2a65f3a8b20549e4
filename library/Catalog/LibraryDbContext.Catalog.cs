using Metro.Library.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library;

public abstract partial class LibraryDbContext
{
    /// <summary>Bibliographic records, withdrawn ones too; see <see cref="CatalogQueries"/>.</summary>
    public DbSet<Title> Titles => Set<Title>();

    /// <summary>Copies of every status.</summary>
    public DbSet<Copy> Copies => Set<Copy>();

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        CatalogChanges.Note(this);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        CatalogChanges.Note(this);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }
}
