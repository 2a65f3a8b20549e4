using Metro.Library.Elending;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library;

public abstract partial class LibraryDbContext
{
    /// <summary>The licences of e-resources, ended ones too.</summary>
    public DbSet<Licence> Licences => Set<Licence>();

    /// <summary>Loans of e-resources, ended ones too. Never for the public or an API key (DOMAIN.md rule 11).</summary>
    public DbSet<DigitalLoan> DigitalLoans => Set<DigitalLoan>();

    /// <summary>Holds on e-resources, ended ones too.</summary>
    public DbSet<DigitalHold> DigitalHolds => Set<DigitalHold>();
}
