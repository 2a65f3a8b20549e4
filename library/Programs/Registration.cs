using System.Globalization;
using Metro.Library.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Programs;

/// <summary>How a registration stands.</summary>
public enum RegistrationStatus
{
    /// <summary>On the waitlist, without a seat.</summary>
    Waiting,

    /// <summary>A seat is held until the offer lapses.</summary>
    Offered,

    /// <summary>Has a seat.</summary>
    Confirmed,

    /// <summary>Came.</summary>
    Attended,

    /// <summary>Had a seat, stayed away; the seat was released.</summary>
    NoShow,

    /// <summary>Let the offer pass.</summary>
    Lapsed,

    /// <summary>Was cancelled, by the person or by the library. Final: it neither queues again nor revives an offer.</summary>
    Cancelled,
}

/// <summary>
/// One person's or group's place in a session (<i>pendaftaran</i>): the one who registers, the companions, or a whole group,
/// that is seated together or not at all.
/// </summary>
public sealed class Registration
{
    private readonly List<AccommodationRequest> needs = [];
    private readonly List<GuardianConsent> consents = [];

    private Registration()
    {
    }

    internal Registration(Session session, Registrant who, RegistrationRequest asked, DateTime now)
    {
        (Session, SessionId, CreatedAt, TicketCode) = (session, session.Id, now, Programs.TicketCode.New());
        (MemberId, Name, Email, Age) = (who.MemberId, who.Name, who.Email, who.Age);
        (Seats, GroupName, Note, Culture) = (asked.Seats, asked.GroupName, asked.Note, asked.Culture);
        ActiveKey = who.Key;
        needs.AddRange(asked.Needs.Select(need => new AccommodationRequest(need.Kind, need.Note)));
        consents.AddRange(asked.Consents.Select(consent => new GuardianConsent(consent, now)));
    }

    /// <summary>Its key; smaller ones came first, which is the order of the waitlist.</summary>
    public long Id { get; private set; }

    /// <summary>The key of the session.</summary>
    public long SessionId { get; private set; }

    /// <summary>The session; null unless loaded with it.</summary>
    public Session Session { get; private set; } = null!;

    /// <summary>The key of the enrolment in the whole series; null for a single session.</summary>
    public long? SeriesEnrolmentId { get; private set; }

    /// <summary>The member; null for somebody who is none.</summary>
    public long? MemberId { get; private set; }

    /// <summary>The name of somebody who is not a member; null for members, and once the person has been forgotten.</summary>
    public string? Name { get; private set; }

    /// <summary>The e-mail address of somebody who is not a member; null for members, and once the person has been forgotten.</summary>
    public string? Email { get; private set; }

    /// <summary>The age in years on the day of the session, where the program asks; the date of birth is not kept.</summary>
    public int? Age { get; private set; }

    /// <summary>How many seats it takes: one, plus companions, or the whole group.</summary>
    public int Seats { get; private set; }

    /// <summary>What the group is called; null where it is none.</summary>
    public string? GroupName { get; private set; }

    /// <summary>What the person wrote to the library.</summary>
    public string? Note { get; private set; }

    /// <summary>The language in which they are written to: <c>id</c> or <c>en</c>.</summary>
    public string Culture { get; private set; } = "id";

    /// <summary>What is shown at the door; see <see cref="Programs.TicketCode"/>. Unique.</summary>
    public string TicketCode { get; private set; } = "";

    /// <summary>How it stands.</summary>
    public RegistrationStatus Status { get; private set; }

    /// <summary>
    /// Who it is, as long as it counts; null once cancelled or lapsed. Unique within a session: a unique index passes over
    /// nulls on both databases, so nobody is registered twice and everybody can come back after cancelling.
    /// </summary>
    public string? ActiveKey { get; private set; }

    /// <summary>Until when an offered seat is held, in UTC; null unless offered.</summary>
    public DateTime? OfferExpiresAt { get; private set; }

    /// <summary>When they checked in, in UTC; null until then.</summary>
    public DateTime? AttendedAt { get; private set; }

    /// <summary>When it was cancelled or lapsed, in UTC; null while it counts.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>What the library is asked to arrange.</summary>
    public IReadOnlyList<AccommodationRequest> Needs => needs;

    /// <summary>What a guardian has agreed to, purpose by purpose.</summary>
    public IReadOnlyList<GuardianConsent> Consents => consents;

    /// <summary>Whether its seats are counted in the session.</summary>
    public bool HoldsSeats => Status is RegistrationStatus.Confirmed or RegistrationStatus.Offered or RegistrationStatus.Attended;

    /// <summary>Whether a closure has moved the session since: no strike for staying away, and one session of a series can be cancelled by itself.</summary>
    internal bool WasMovedByClosure => Session.MovedByClosureAt >= CreatedAt;

    /// <summary>How the registration is named in audit lines and messages.</summary>
    public Subject Subject => new("registration", Id);

    internal Recipient Recipient => MemberId is { } member ? Recipient.Member(member, Culture) : Recipient.Address(Email!, Culture);

    /// <summary>Somebody can still be written to.</summary>
    internal bool CanBeTold => MemberId is not null || Email is not null;

    internal void JoinSeries(SeriesEnrolment enrolment) => SeriesEnrolmentId = enrolment.Id;

    internal void Seat()
    {
        Status = RegistrationStatus.Confirmed;
        Session.Take(Seats);
    }

    internal void Wait()
    {
        Status = RegistrationStatus.Waiting;
        Session.Queue(+1);
    }

    /// <param name="now">This instant.</param>
    /// <param name="hours">How long the seat is held.</param>
    /// <param name="firstStartsAt">The start that the offer does not outlast: that of a series is its first session's.</param>
    internal void Offer(DateTime now, int hours, DateTime? firstStartsAt = null)
    {
        var (until, start) = (now.AddHours(hours), firstStartsAt ?? Session.StartsAt);
        (Status, OfferExpiresAt) = (RegistrationStatus.Offered, until < start ? until : start);
        Session.Queue(-1);
        Session.Take(Seats);
    }

    /// <summary>Takes up the offer. The seat has been held, so nothing is counted anew.</summary>
    internal Refusal? Accept(DateTime now)
    {
        if (Status == RegistrationStatus.Lapsed || (Status == RegistrationStatus.Offered && now >= OfferExpiresAt)) return ProgramRefusals.OfferLapsed;
        if (Status != RegistrationStatus.Offered) return ProgramRefusals.NothingOffered;
        if (Session.Status == SessionStatus.Cancelled) return ProgramRefusals.SessionCancelled;
        if (Session.SeatsTaken > Session.Capacity) return ProgramRefusals.Full(0);

        (Status, OfferExpiresAt) = (RegistrationStatus.Confirmed, null);
        return null;
    }

    /// <summary>Takes more seats that are left, or gives some back. Who waits asks for more or fewer, and keeps the place in the queue.</summary>
    internal Refusal? Resize(int seats)
    {
        if (Status is not (RegistrationStatus.Confirmed or RegistrationStatus.Waiting)) return ProgramRefusals.NotResizable;
        if (seats > Session.Capacity) return ProgramRefusals.MoreThanAllSeats(Session.Capacity);
        if (HoldsSeats)
        {
            if (seats - Seats > Session.SeatsLeft) return ProgramRefusals.Full(Session.SeatsLeft);
            Session.Free(Seats);
            Session.Take(seats);
        }

        Seats = seats;
        return null;
    }

    internal void Lapse(DateTime now)
    {
        Session.Free(Seats);
        (Status, OfferExpiresAt, ActiveKey, EndedAt) = (RegistrationStatus.Lapsed, null, null, now);
    }

    /// <summary>Why it cannot be cancelled by the person; null when it can.</summary>
    internal Refusal? WhyNotCancel(DateTime now)
    {
        if (Status is RegistrationStatus.Cancelled or RegistrationStatus.Lapsed) return ProgramRefusals.AlreadyCancelled;
        return Status is RegistrationStatus.Attended or RegistrationStatus.NoShow || now >= Session.StartsAt ? ProgramRefusals.AlreadyStarted : null;
    }

    internal void Cancel(DateTime now)
    {
        if (HoldsSeats) Session.Free(Seats);
        if (Status == RegistrationStatus.Waiting) Session.Queue(-1);
        EndWithSession(now);
    }

    /// <summary>The session itself has been cancelled, and its counts with it.</summary>
    internal void EndWithSession(DateTime now) => (Status, OfferExpiresAt, ActiveKey, EndedAt) = (RegistrationStatus.Cancelled, null, null, now);

    internal void CapOffer()
    {
        if (OfferExpiresAt > Session.StartsAt) OfferExpiresAt = Session.StartsAt;
    }

    /// <summary>
    /// Comes in. Until the unclaimed seats are released, only those with a seat do; afterwards whoever waits at the door, or
    /// comes late, takes what is left.
    /// </summary>
    internal Refusal? CheckIn(DateTime now)
    {
        if (Status == RegistrationStatus.Attended) return ProgramRefusals.AlreadyCheckedIn;
        if (Status is RegistrationStatus.Cancelled or RegistrationStatus.Lapsed) return ProgramRefusals.AlreadyCancelled;
        if (Session.Status == SessionStatus.Cancelled) return ProgramRefusals.SessionCancelled;
        if (!Session.Program.ChecksIn || now < Session.StartsAt.AddMinutes(-Session.Program.CheckInOpensMinutes)) return ProgramRefusals.CheckInNotOpen;
        if (now >= Session.EndsAt) return ProgramRefusals.SessionOver;
        if (Status is RegistrationStatus.Offered) return ProgramRefusals.OfferNotAccepted;
        if (Status is RegistrationStatus.Waiting or RegistrationStatus.NoShow)
        {
            if (Session.ReleasedAt is null || Session.SeatsLeft < Seats) return ProgramRefusals.Full(Session.SeatsLeft);
            if (Status is RegistrationStatus.Waiting) Session.Queue(-1);
            Session.Take(Seats);
        }

        (Status, AttendedAt) = (RegistrationStatus.Attended, now);
        return null;
    }

    internal void StayAway()
    {
        Session.Free(Seats);
        Status = RegistrationStatus.NoShow;
    }

    /// <summary>Takes out who it was and keeps that somebody had a seat (DOMAIN.md rule 11).</summary>
    internal void ForgetPerson()
    {
        (MemberId, Name, Email, Age, Note, GroupName) = (null, null, null, null, null, null);
        if (ActiveKey is not null) ActiveKey = string.Create(CultureInfo.InvariantCulture, $"forgotten:{Id}");
        needs.Clear();
        consents.Clear();
    }

    /// <summary>Two records were one person's. A second seat in a session that is over keeps the key it had.</summary>
    internal void MoveTo(long memberId, bool keepsKey)
    {
        MemberId = memberId;
        if (ActiveKey is not null && !keepsKey) ActiveKey = Registrant.KeyOf(memberId, null);
    }

    internal const int NameLimit = 200;
    internal const int NoteLimit = 1000;
}

internal sealed class RegistrationConfiguration : IEntityTypeConfiguration<Registration>
{
    public void Configure(EntityTypeBuilder<Registration> builder)
    {
        builder.ToTable("registrations", table => table.HasCheckConstraint("ck_registrations_seats", "seats >= 1"));
        builder.Ignore(registration => registration.HoldsSeats);
        builder.Ignore(registration => registration.WasMovedByClosure);
        builder.Ignore(registration => registration.Subject);
        builder.Ignore(registration => registration.Recipient);
        builder.Ignore(registration => registration.CanBeTold);
        builder.Property(registration => registration.Name).HasMaxLength(Registration.NameLimit);
        builder.Property(registration => registration.GroupName).HasMaxLength(Registration.NameLimit);
        builder.Property(registration => registration.Email).HasMaxLength(Input.InputText.EmailLimit);
        builder.Property(registration => registration.Note).HasMaxLength(Registration.NoteLimit);
        builder.Property(registration => registration.Culture).HasMaxLength(10);
        builder.Property(registration => registration.TicketCode).HasMaxLength(TicketCode.Length);
        builder.Property(registration => registration.ActiveKey).HasMaxLength(280);
        builder.HasOne(registration => registration.Session).WithMany().HasForeignKey(registration => registration.SessionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SeriesEnrolment>().WithMany().HasForeignKey(registration => registration.SeriesEnrolmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(registration => registration.Needs).WithOne().HasForeignKey(need => need.RegistrationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(registration => registration.Consents).WithOne().HasForeignKey(consent => consent.RegistrationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(registration => new { registration.SessionId, registration.ActiveKey }).IsUnique();
        builder.HasIndex(registration => new { registration.SessionId, registration.Status, registration.Id });
        builder.HasIndex(registration => registration.TicketCode).IsUnique();
        builder.HasIndex(registration => new { registration.Status, registration.OfferExpiresAt });
        builder.HasIndex(registration => new { registration.MemberId, registration.Id });
        builder.HasIndex(registration => registration.Email);
    }
}

/// <summary>One person's or group's enrolment in all sessions of a program; each session has its own registration.</summary>
public sealed class SeriesEnrolment
{
    private SeriesEnrolment()
    {
    }

    internal SeriesEnrolment(long programId, long? memberId, DateTime now) => (ProgramId, MemberId, CreatedAt) = (programId, memberId, now);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The program.</summary>
    public long ProgramId { get; private set; }

    /// <summary>The member; null for somebody who is none.</summary>
    public long? MemberId { get; private set; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>When it was cancelled, in UTC; null while it counts.</summary>
    public DateTime? CancelledAt { get; private set; }

    internal void Cancel(DateTime now) => CancelledAt = now;

    internal void ForgetPerson() => MemberId = null;

    internal void MoveTo(long memberId) => MemberId = memberId;
}

internal sealed class SeriesEnrolmentConfiguration : IEntityTypeConfiguration<SeriesEnrolment>
{
    public void Configure(EntityTypeBuilder<SeriesEnrolment> builder)
    {
        builder.ToTable("series_enrolments");
        builder.HasOne<LibraryProgram>().WithMany().HasForeignKey(enrolment => enrolment.ProgramId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(enrolment => new { enrolment.ProgramId, enrolment.Id });
        builder.HasIndex(enrolment => enrolment.MemberId);
    }
}
