using Metro.Library.Calendar;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Programs;

/// <summary>Whether a session takes place.</summary>
public enum SessionStatus
{
    /// <summary>It will take place, or did.</summary>
    Scheduled,

    /// <summary>It does not take place.</summary>
    Cancelled,
}

/// <summary>
/// One dated occurrence of a program, with seats of its own. The seats that are taken are counted in the session's row, held
/// offers included, so that "seats left" is read without counting people, and the database itself refuses a seat too many.
/// </summary>
public sealed class Session
{
    private Session()
    {
    }

    internal Session(LibraryProgram program, Interval when, SessionPlace place, long? branchId, int capacity, DateTime now)
    {
        (ProgramId, Program) = (program.Id, program);
        (Uid, UpdatedAt, Capacity) = (Guid.CreateVersion7().ToString(), now, capacity);
        SetWhen(when);
        SetPlace(place, branchId);
    }

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The key of its program.</summary>
    public long ProgramId { get; private set; }

    /// <summary>Its program; null unless loaded with it.</summary>
    public LibraryProgram Program { get; private set; } = null!;

    /// <summary>The UID of the session in calendar files; the same for ever (RFC 5545, 3.8.4.7; RFC 7986 asks for a UUID).</summary>
    public string Uid { get; private set; } = "";

    /// <summary>The SEQUENCE of the session in calendar files: rises when it is moved or cancelled (RFC 5545, 3.8.7.4).</summary>
    public int Sequence { get; private set; }

    /// <summary>When it starts, in UTC.</summary>
    public DateTime StartsAt { get; private set; }

    /// <summary>When it ends, in UTC; it no longer runs at that instant.</summary>
    public DateTime EndsAt { get; private set; }

    /// <summary>What sort of place it is held in.</summary>
    public PlaceKind PlaceKind { get; private set; }

    /// <summary>The space that it occupies; null elsewhere.</summary>
    public long? SpaceId { get; private set; }

    /// <summary>The branch whose calendar it depends on: the space's, or its own; null elsewhere.</summary>
    public long? BranchId { get; private set; }

    /// <summary>The place in words, or the address on the internet.</summary>
    public string? PlaceWords { get; private set; }

    /// <summary>How many seats there are.</summary>
    public int Capacity { get; private set; }

    /// <summary>How many of them are taken or held by an offer: never more than <see cref="Capacity"/>.</summary>
    public int SeatsTaken { get; private set; }

    /// <summary>How many registrations wait for a seat.</summary>
    public int Waiting { get; private set; }

    /// <summary>When registration opens, in UTC; null for at once.</summary>
    public DateTime? RegistrationOpensAt { get; private set; }

    /// <summary>When registration closes, in UTC; null for at the start.</summary>
    public DateTime? RegistrationClosesAt { get; private set; }

    /// <summary>When the check-in closes and unclaimed seats are released, in UTC; null where nobody checks in.</summary>
    public DateTime? CheckInClosesAt { get; private set; }

    /// <summary>When unclaimed seats were released, in UTC; null until then.</summary>
    public DateTime? ReleasedAt { get; private set; }

    /// <summary>Whether it takes place.</summary>
    public SessionStatus Status { get; private set; }

    /// <summary>Why it was moved or cancelled, for the people who had registered; null otherwise.</summary>
    public string? Reason { get; private set; }

    /// <summary>When it was last planned, moved or cancelled, in UTC: DTSTAMP and LAST-MODIFIED of calendar files.</summary>
    public DateTime UpdatedAt { get; private set; }

    /// <summary>When a closure moved it, in UTC; null where none did. Who had registered by then did not choose the new time.</summary>
    public DateTime? MovedByClosureAt { get; private set; }

    /// <summary>How many seats are free.</summary>
    public int SeatsLeft => Capacity - SeatsTaken;

    /// <summary>From start to end.</summary>
    public Interval When => new(StartsAt, EndsAt);

    /// <summary>How the session is named in audit lines, messages and occupied slots.</summary>
    public Subject Subject => new("session", Id);

    internal void OpenRegistration(DateTime? from, DateTime? until) => (RegistrationOpensAt, RegistrationClosesAt) = (from, until);

    internal Refusal? ChangeCapacity(int capacity)
    {
        if (capacity < SeatsTaken) return ProgramRefusals.CapacityBelowTaken(SeatsTaken);
        Capacity = capacity;
        return null;
    }

    internal void Move(Interval when, SessionPlace place, long? branchId, string? reason, DateTime now, bool byClosure = false)
    {
        if (byClosure) MovedByClosureAt = now;
        // The window kept its distance to the start when it was planned; it keeps it now.
        var by = when.Start - StartsAt;
        (RegistrationOpensAt, RegistrationClosesAt) = (RegistrationOpensAt + by, RegistrationClosesAt + by);
        SetWhen(when);
        SetPlace(place, branchId);
        (Reason, UpdatedAt, ReleasedAt) = (reason, now, null);
        Sequence++;
    }

    internal void Cancel(string? reason, DateTime now)
    {
        (Status, Reason, UpdatedAt, SeatsTaken, Waiting) = (SessionStatus.Cancelled, reason, now, 0, 0);
        Sequence++;
    }

    /// <summary>The program's check-in has changed.</summary>
    internal void FollowProgram() => SetWhen(When);

    internal void Take(int seats) => SeatsTaken += seats;

    internal void Free(int seats) => SeatsTaken -= seats;

    internal void Queue(int by) => Waiting += by;

    internal void Release(DateTime now) => ReleasedAt = now;

    /// <summary>Why nobody can register now; null when they can.</summary>
    public Refusal? WhyClosed(LibraryCalendar calendar)
    {
        var now = calendar.Now;
        if (Status == SessionStatus.Cancelled) return ProgramRefusals.SessionCancelled;
        if (now >= StartsAt) return ProgramRefusals.AlreadyStarted;
        if (now < RegistrationOpensAt)
        {
            var opens = TimeZoneInfo.ConvertTimeFromUtc(RegistrationOpensAt.Value, calendar.Zone);
            return ProgramRefusals.NotYetOpen(DateOnly.FromDateTime(opens), TimeOnly.FromDateTime(opens));
        }

        return now >= RegistrationClosesAt ? ProgramRefusals.RegistrationClosed : null;
    }

    private void SetWhen(Interval when)
    {
        (StartsAt, EndsAt) = (when.Start, when.End);
        CheckInClosesAt = Program.ChecksIn ? StartsAt.AddMinutes(Program.CheckInClosesMinutes) : null;
    }

    private void SetPlace(SessionPlace place, long? branchId) => (PlaceKind, SpaceId, BranchId, PlaceWords) =
        (place.Kind, place.Kind == PlaceKind.Space ? place.Id : null, branchId, place.Words);

    internal const int PlaceLimit = 300;
    internal const int ReasonLimit = 500;
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions", table =>
        {
            table.HasCheckConstraint("ck_sessions_order", "starts_at < ends_at");
            table.HasCheckConstraint("ck_sessions_seats", "seats_taken >= 0 AND seats_taken <= capacity");
            table.HasCheckConstraint("ck_sessions_waiting", "waiting >= 0");
        });
        builder.Ignore(session => session.SeatsLeft);
        builder.Ignore(session => session.When);
        builder.Ignore(session => session.Subject);
        builder.Property(session => session.Uid).HasMaxLength(36);
        builder.Property(session => session.PlaceWords).HasMaxLength(Session.PlaceLimit);
        builder.Property(session => session.Reason).HasMaxLength(Session.ReasonLimit);
        builder.HasOne(session => session.Program).WithMany().HasForeignKey(session => session.ProgramId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Spaces.Space>().WithMany().HasForeignKey(session => session.SpaceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Branch>().WithMany().HasForeignKey(session => session.BranchId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(session => session.Uid).IsUnique();
        builder.HasIndex(session => new { session.ProgramId, session.StartsAt });
        builder.HasIndex(session => new { session.Status, session.StartsAt, session.SeatsTaken, session.Capacity });
        builder.HasIndex(session => new { session.BranchId, session.StartsAt });
        builder.HasIndex(session => new { session.Status, session.ReleasedAt, session.CheckInClosesAt });
    }
}
