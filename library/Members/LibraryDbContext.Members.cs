using Metro.Library.Members;
using Microsoft.EntityFrameworkCore;

namespace Metro.Library;

public abstract partial class LibraryDbContext
{
    /// <summary>Members and applications for membership.</summary>
    public DbSet<Member> Members => Set<Member>();

    /// <summary>Who decides for members under age.</summary>
    public DbSet<Guardianship> Guardianships => Set<Guardianship>();

    /// <summary>Consents, given and withdrawn.</summary>
    public DbSet<Consent> Consents => Set<Consent>();

    /// <summary>Stretches of days during which members may not borrow.</summary>
    public DbSet<Suspension> Suspensions => Set<Suspension>();

    /// <summary>What the staff should know about members.</summary>
    public DbSet<MemberNote> MemberNotes => Set<MemberNote>();

    /// <summary>Certificates that a member owes nothing (<i>surat bebas pustaka</i>).</summary>
    public DbSet<ClearanceCertificate> ClearanceCertificates => Set<ClearanceCertificate>();

    /// <summary>The secret addresses of members' calendars.</summary>
    public DbSet<CalendarSecret> CalendarSecrets => Set<CalendarSecret>();
}
