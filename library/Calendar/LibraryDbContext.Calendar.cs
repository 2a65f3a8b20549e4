using Metro.Library.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library;

public abstract partial class LibraryDbContext
{
    /// <summary>The places of the library.</summary>
    public DbSet<Branch> Branches => Set<Branch>();

    /// <summary>Holidays and other days with hours of their own.</summary>
    public DbSet<CalendarException> CalendarExceptions => Set<CalendarException>();
}
