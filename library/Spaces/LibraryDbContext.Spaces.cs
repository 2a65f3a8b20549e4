using Metro.Library.Spaces;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library;

public abstract partial class LibraryDbContext
{
    /// <summary>Kinds of spaces, with the rules by which they are booked.</summary>
    public DbSet<SpaceKind> SpaceKinds => Set<SpaceKind>();

    /// <summary>Rooms and corners that people can have for a time.</summary>
    public DbSet<Space> Spaces => Set<Space>();

    /// <summary>Things that can be had with a space.</summary>
    public DbSet<Equipment> Equipment => Set<Equipment>();

    /// <summary>Uses of spaces and requests for them. Who and why are not for the public (DOMAIN.md rule 11).</summary>
    public DbSet<Booking> Bookings => Set<Booking>();

    /// <summary>Requests that come again.</summary>
    public DbSet<BookingSeries> BookingSeries => Set<BookingSeries>();
}
