using System.Globalization;
using Metro.Library.Outbox;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Spaces;

/// <summary>How a booking stands.</summary>
public enum BookingStatus
{
    /// <summary>Asked for; staff have not answered. It keeps nobody else out.</summary>
    Requested,

    /// <summary>The space is theirs.</summary>
    Confirmed,

    /// <summary>They came.</summary>
    CheckedIn,

    /// <summary>They stayed away and the space was released.</summary>
    NoShow,

    /// <summary>Staff said no, or approved a rival.</summary>
    Declined,

    /// <summary>Nobody answered in time.</summary>
    Lapsed,

    /// <summary>Cancelled by the organiser or by the library.</summary>
    Cancelled,
}

/// <summary>Somebody's use of a space, or their request for it.</summary>
public sealed class Booking
{
    private readonly List<BookedEquipment> equipment = [];

    private Booking()
    {
    }

    internal Booking(Space space, Interval when, BookingRequest asked, string organiserKey, DateTime now)
    {
        (SpaceId, Space, Uid) = (space.Id, space, Guid.CreateVersion7().ToString());
        (MemberId, OrganiserName, Email, OrganiserKey) = (asked.MemberId, asked.OrganiserName, asked.Email, organiserKey);
        (Title, Heads, Note, Culture) = (asked.Title, asked.Heads, asked.Note, asked.Culture);
        (CreatedAt, UpdatedAt) = (now, now);
        equipment.AddRange(asked.Equipment.Select(wish => new BookedEquipment(wish.EquipmentId, wish.Count)));
        SetWhen(when);
    }

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The UID of the booking in calendar files; the same for ever.</summary>
    public string Uid { get; private set; } = "";

    /// <summary>The SEQUENCE of the booking in calendar files: rises when it is moved or cancelled.</summary>
    public int Sequence { get; private set; }

    /// <summary>The key of the space.</summary>
    public long SpaceId { get; private set; }

    /// <summary>The space; null unless loaded with it.</summary>
    public Space Space { get; private set; } = null!;

    /// <summary>The key of the recurring request of which it is an occurrence; null for a single one.</summary>
    public long? SeriesId { get; private set; }

    /// <summary>The member who organises; null for somebody who is none, and for the library.</summary>
    public long? MemberId { get; private set; }

    /// <summary>Who organises, in words: a person, a community; null once forgotten.</summary>
    public string? OrganiserName { get; private set; }

    /// <summary>The e-mail address of an organiser who is not a member.</summary>
    public string? Email { get; private set; }

    /// <summary>By whom limits are counted: <c>member:7</c>, or <c>mail:</c> and the address in lower case.</summary>
    public string OrganiserKey { get; private set; } = "";

    /// <summary>What it is for, as others may read it.</summary>
    public string Title { get; private set; } = "";

    /// <summary>How many people are expected.</summary>
    public int Heads { get; private set; }

    /// <summary>What the organiser wrote to the library; not for others.</summary>
    public string? Note { get; private set; }

    /// <summary>The language in which the organiser is written to.</summary>
    public string Culture { get; private set; } = "id";

    /// <summary>When it starts, in UTC.</summary>
    public DateTime StartsAt { get; private set; }

    /// <summary>When it ends, in UTC.</summary>
    public DateTime EndsAt { get; private set; }

    /// <summary>When setting up begins, in UTC.</summary>
    public DateTime HeldFrom { get; private set; }

    /// <summary>When cleaning ends, in UTC.</summary>
    public DateTime HeldUntil { get; private set; }

    /// <summary>How it stands.</summary>
    public BookingStatus Status { get; private set; }

    /// <summary>Until when a request waits for an answer, in UTC; null once it has one.</summary>
    public DateTime? AnswerBy { get; private set; }

    /// <summary>When the check-in closes, in UTC; null where nobody checks in.</summary>
    public DateTime? CheckInClosesAt { get; private set; }

    /// <summary>When they checked in, in UTC; null until then.</summary>
    public DateTime? CheckedInAt { get; private set; }

    /// <summary>Why it was declined, moved or cancelled; null otherwise.</summary>
    public string? Reason { get; private set; }

    /// <summary>When a closure moved it, in UTC; null where none did. Staying away from a time that nobody chose earns no strike.</summary>
    public DateTime? MovedByClosureAt { get; private set; }

    /// <summary>When it was asked for, in UTC.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>When it last changed, in UTC.</summary>
    public DateTime UpdatedAt { get; private set; }

    /// <summary>What they have besides the space.</summary>
    public IReadOnlyList<BookedEquipment> Equipment => equipment;

    /// <summary>From start to end.</summary>
    public Interval When => new(StartsAt, EndsAt);

    /// <summary>From setting up to the end of cleaning.</summary>
    public Interval Held => new(HeldFrom, HeldUntil);

    /// <summary>Whether it keeps others out of the space.</summary>
    public bool HoldsSpace => Status is BookingStatus.Confirmed or BookingStatus.CheckedIn;

    /// <summary>Whether it can still be changed or cancelled.</summary>
    public bool IsOpen => Status is BookingStatus.Requested or BookingStatus.Confirmed;

    /// <summary>How the booking is named in audit lines, messages and occupied slots.</summary>
    public Subject Subject => new("booking", Id);

    internal bool CanBeTold => MemberId is not null || Email is not null;

    internal Recipient Recipient => MemberId is { } member ? Recipient.Member(member, Culture) : Recipient.Address(Email!, Culture);

    internal void JoinSeries(BookingSeries series) => SeriesId = series.Id;

    internal void Request(DateTime now)
    {
        var by = now.AddHours(Space.Kind.AnswerHours);
        (Status, AnswerBy) = (BookingStatus.Requested, by < StartsAt ? by : StartsAt);
    }

    internal void Confirm(DateTime now) => Become(BookingStatus.Confirmed, null, now);

    internal void Decline(string? reason, DateTime now) => Become(BookingStatus.Declined, reason, now);

    internal void Lapse(DateTime now) => Become(BookingStatus.Lapsed, null, now);

    internal void Cancel(string? reason, DateTime now)
    {
        Become(BookingStatus.Cancelled, reason, now);
        Sequence++;
    }

    internal void Move(Space space, Interval when, string? reason, DateTime now, bool byClosure = false)
    {
        (SpaceId, Space, Reason, UpdatedAt) = (space.Id, space, reason, now);
        MovedByClosureAt = byClosure ? now : null;
        SetWhen(when);
        Sequence++;
    }

    internal Refusal? CheckIn(DateTime now)
    {
        if (Status == BookingStatus.CheckedIn) return SpaceRefusals.AlreadyCheckedIn;
        if (Status != BookingStatus.Confirmed) return SpaceRefusals.NotConfirmed;
        if (now < StartsAt.AddMinutes(-Space.Kind.CheckInOpensMinutes)) return SpaceRefusals.CheckInNotOpen;
        if (now >= EndsAt) return SpaceRefusals.BookingOver;

        (Status, CheckedInAt, UpdatedAt) = (BookingStatus.CheckedIn, now, now);
        return null;
    }

    /// <summary>The space is free again: calendars are told with a higher SEQUENCE, or they would keep the event (RFC 5546).</summary>
    internal void StayAway(DateTime now)
    {
        Become(BookingStatus.NoShow, null, now);
        Sequence++;
    }

    /// <summary>Takes out who it was and keeps that the space was used (DOMAIN.md rule 11).</summary>
    internal void ForgetPerson()
    {
        (MemberId, OrganiserName, Email, Note) = (null, null, null, null);
        (OrganiserKey, Title) = ("forgotten", "—");
    }

    internal void MoveTo(long memberId) => (MemberId, OrganiserKey) = (memberId, KeyOf(memberId, null, null));

    /// <summary>By whom limits are counted.</summary>
    internal static string KeyOf(long? memberId, string? email, string? staffId)
    {
        if (memberId is { } member) return string.Create(CultureInfo.InvariantCulture, $"member:{member}");
        return email is not null ? "mail:" + email : "staff:" + staffId;
    }

    private void Become(BookingStatus status, string? reason, DateTime now) =>
        (Status, Reason, AnswerBy, UpdatedAt) = (status, reason, null, now);

    private void SetWhen(Interval when)
    {
        var held = Space.Held(when);
        (StartsAt, EndsAt, HeldFrom, HeldUntil) = (when.Start, when.End, held.Start, held.End);
        CheckInClosesAt = Space.Kind.ChecksIn ? StartsAt.AddMinutes(Space.Kind.CheckInClosesMinutes) : null;
    }

    internal const int NoteLimit = 1000;
    internal const int ReasonLimit = 500;
}

/// <summary>A request for a space that comes again; each occurrence is a <see cref="Booking"/> of its own.</summary>
public sealed class BookingSeries
{
    private BookingSeries()
    {
    }

    internal BookingSeries(Recurrence recurrence, DateTime now) => (Recurrence, CreatedAt) = (recurrence.ToString(), now);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>When it comes again, as <see cref="Time.Recurrence"/> prints it.</summary>
    public string Recurrence { get; private set; } = "";

    /// <summary>When it was asked for, in UTC.</summary>
    public DateTime CreatedAt { get; private set; }
}

internal sealed class BookingConfiguration : IEntityTypeConfiguration<Booking>, IEntityTypeConfiguration<BookingSeries>
{
    public void Configure(EntityTypeBuilder<Booking> builder)
    {
        builder.ToTable("bookings", table => table.HasCheckConstraint(
            "ck_bookings_order", "held_from <= starts_at AND starts_at < ends_at AND ends_at <= held_until AND heads > 0"));
        builder.Ignore(booking => booking.When);
        builder.Ignore(booking => booking.Held);
        builder.Ignore(booking => booking.HoldsSpace);
        builder.Ignore(booking => booking.IsOpen);
        builder.Ignore(booking => booking.Subject);
        builder.Ignore(booking => booking.CanBeTold);
        builder.Ignore(booking => booking.Recipient);
        builder.Property(booking => booking.Uid).HasMaxLength(36);
        builder.Property(booking => booking.OrganiserName).HasMaxLength(Space.NameLimit);
        builder.Property(booking => booking.Email).HasMaxLength(Input.InputText.EmailLimit);
        builder.Property(booking => booking.OrganiserKey).HasMaxLength(280);
        builder.Property(booking => booking.Title).HasMaxLength(Space.NameLimit);
        builder.Property(booking => booking.Note).HasMaxLength(Booking.NoteLimit);
        builder.Property(booking => booking.Reason).HasMaxLength(Booking.ReasonLimit);
        builder.Property(booking => booking.Culture).HasMaxLength(10);
        builder.HasOne(booking => booking.Space).WithMany().HasForeignKey(booking => booking.SpaceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<BookingSeries>().WithMany().HasForeignKey(booking => booking.SeriesId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(booking => booking.Equipment).WithOne().HasForeignKey(booked => booked.BookingId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(booking => booking.Uid).IsUnique();
        builder.HasIndex(booking => new { booking.SpaceId, booking.HeldUntil, booking.HeldFrom });
        builder.HasIndex(booking => new { booking.Status, booking.HeldUntil });
        builder.HasIndex(booking => new { booking.OrganiserKey, booking.StartsAt });
        builder.HasIndex(booking => new { booking.MemberId, booking.StartsAt });
        builder.HasIndex(booking => new { booking.Status, booking.CheckInClosesAt });
        builder.HasIndex(booking => new { booking.Status, booking.AnswerBy });
        builder.HasIndex(booking => booking.SeriesId);
        builder.HasIndex(booking => new { booking.Email, booking.EndsAt });
    }

    public void Configure(EntityTypeBuilder<BookingSeries> builder)
    {
        builder.ToTable("booking_series");
        builder.Property(series => series.Recurrence).HasMaxLength(Recurrence.LongestText);
    }
}
