using Metro.Library.Programs;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library;

public abstract partial class LibraryDbContext
{
    /// <summary>Workshops, exhibitions, reading programs, seminars and community events, drafts included.</summary>
    public DbSet<LibraryProgram> Programs => Set<LibraryProgram>();

    /// <summary>The dated occurrences of programs.</summary>
    public DbSet<Session> Sessions => Set<Session>();

    /// <summary>Who has a seat, an offer or a place in the queue. Never for the public or an API key (DOMAIN.md rule 11).</summary>
    public DbSet<Registration> Registrations => Set<Registration>();

    /// <summary>Enrolments in all sessions of a program.</summary>
    public DbSet<SeriesEnrolment> SeriesEnrolments => Set<SeriesEnrolment>();
}
