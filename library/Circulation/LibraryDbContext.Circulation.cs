using Metro.Library.Circulation;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library;

public abstract partial class LibraryDbContext
{
    /// <summary>The terms of lending, by category and format.</summary>
    public DbSet<LoanTerms> LoanTerms => Set<LoanTerms>();

    /// <summary>Loans, returned ones too.</summary>
    public DbSet<Loan> Loans => Set<Loan>();

    /// <summary>Holds, ended ones too.</summary>
    public DbSet<Hold> Holds => Set<Hold>();

    /// <summary>Fines as they were assessed.</summary>
    public DbSet<Fine> Fines => Set<Fine>();

    /// <summary>Money received for fines.</summary>
    public DbSet<FinePayment> FinePayments => Set<FinePayment>();

    /// <summary>Fines, or parts of them, that were let go.</summary>
    public DbSet<FineWaiver> FineWaivers => Set<FineWaiver>();

    /// <summary>Copies read in the library.</summary>
    public DbSet<OnSiteReading> OnSiteReadings => Set<OnSiteReading>();

    /// <summary>What was scanned at the desks these days.</summary>
    public DbSet<DeskScan> DeskScans => Set<DeskScan>();

    /// <summary>The key of the screens at which members prove that they are at the library.</summary>
    public DbSet<PresenceKey> PresenceKeys => Set<PresenceKey>();

    /// <summary>Wrong codes that members typed of late.</summary>
    public DbSet<WrongCodes> WrongCodes => Set<WrongCodes>();
}
