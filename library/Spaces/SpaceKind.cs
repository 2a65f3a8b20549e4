using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Spaces;

/// <summary>Who may ask for a space.</summary>
public enum SpaceAudience
{
    /// <summary>Anybody, also with a name and an e-mail address only.</summary>
    Everybody,

    /// <summary>Members.</summary>
    Members,

    /// <summary>Members that are organisations or schools.</summary>
    Organisations,

    /// <summary>Only the library itself.</summary>
    Staff,
}

/// <summary>What staff decide about a kind of space.</summary>
public sealed record SpaceKindDetails
{
    /// <summary>Its name in Indonesian; at most 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in English; null where nobody translated it.</summary>
    public string? NameEnglish { get; init; }

    /// <summary>Who may ask for it.</summary>
    public SpaceAudience Audience { get; init; } = SpaceAudience.Members;

    /// <summary>Whether staff approve each request; otherwise a free slot is booked at once.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>How many bookings an organiser may have in one week, Monday to Sunday; null for no limit.</summary>
    public int? MostPerWeek { get; init; }

    /// <summary>How many bookings an organiser may have in one calendar month; null for no limit.</summary>
    public int? MostPerMonth { get; init; }

    /// <summary>How many days ahead one can book.</summary>
    public int DaysAhead { get; init; } = 90;

    /// <summary>How long before the start a booking must be asked for, in hours.</summary>
    public int NoticeHours { get; init; }

    /// <summary>How long a request waits for an answer before it lapses, in hours; never past its start.</summary>
    public int AnswerHours { get; init; } = 72;

    /// <summary>Whether people check in; where they do not, nothing is released.</summary>
    public bool ChecksIn { get; init; } = true;

    /// <summary>How many minutes before the start the check-in opens.</summary>
    public int CheckInOpensMinutes { get; init; } = 15;

    /// <summary>How many minutes after the start a room that nobody claimed is released.</summary>
    public int CheckInClosesMinutes { get; init; } = 15;

    /// <summary>Whether staying away without a word earns a member a strike.</summary>
    public bool StrikesNoShows { get; init; } = true;
}

/// <summary>Spaces that are booked by the same rules: study rooms, the creative space, the hall.</summary>
public sealed class SpaceKind
{
    private SpaceKind()
    {
    }

    internal SpaceKind(SpaceKindDetails details) => Change(details);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>Its name in Indonesian.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its name in English; null where nobody translated it.</summary>
    public string? NameEnglish { get; private set; }

    /// <inheritdoc cref="SpaceKindDetails.Audience"/>
    public SpaceAudience Audience { get; private set; }

    /// <inheritdoc cref="SpaceKindDetails.NeedsApproval"/>
    public bool NeedsApproval { get; private set; }

    /// <inheritdoc cref="SpaceKindDetails.MostPerWeek"/>
    public int? MostPerWeek { get; private set; }

    /// <inheritdoc cref="SpaceKindDetails.MostPerMonth"/>
    public int? MostPerMonth { get; private set; }

    /// <inheritdoc cref="SpaceKindDetails.DaysAhead"/>
    public int DaysAhead { get; private set; }

    /// <inheritdoc cref="SpaceKindDetails.NoticeHours"/>
    public int NoticeHours { get; private set; }

    /// <inheritdoc cref="SpaceKindDetails.AnswerHours"/>
    public int AnswerHours { get; private set; }

    /// <inheritdoc cref="SpaceKindDetails.ChecksIn"/>
    public bool ChecksIn { get; private set; }

    /// <inheritdoc cref="SpaceKindDetails.CheckInOpensMinutes"/>
    public int CheckInOpensMinutes { get; private set; }

    /// <inheritdoc cref="SpaceKindDetails.CheckInClosesMinutes"/>
    public int CheckInClosesMinutes { get; private set; }

    /// <inheritdoc cref="SpaceKindDetails.StrikesNoShows"/>
    public bool StrikesNoShows { get; private set; }

    /// <summary>Its name in the reader's language.</summary>
    public LocalText LocalName => new(Name, NameEnglish);

    internal void Change(SpaceKindDetails details)
    {
        (Name, NameEnglish, Audience, NeedsApproval) = (details.Name, details.NameEnglish, details.Audience, details.NeedsApproval);
        (MostPerWeek, MostPerMonth, DaysAhead) = (details.MostPerWeek, details.MostPerMonth, details.DaysAhead);
        (NoticeHours, AnswerHours) = (details.NoticeHours, details.AnswerHours);
        (ChecksIn, CheckInOpensMinutes, CheckInClosesMinutes) = (details.ChecksIn, details.CheckInOpensMinutes, details.CheckInClosesMinutes);
        StrikesNoShows = details.StrikesNoShows;
    }
}

internal sealed class SpaceKindConfiguration : IEntityTypeConfiguration<SpaceKind>
{
    public void Configure(EntityTypeBuilder<SpaceKind> builder)
    {
        builder.ToTable("space_kinds", table => table.HasCheckConstraint(
            "ck_space_kinds_numbers", "days_ahead > 0 AND notice_hours >= 0 AND answer_hours > 0 AND check_in_opens_minutes >= 0 AND check_in_closes_minutes >= 0"));
        builder.Ignore(kind => kind.LocalName);
        builder.Property(kind => kind.Name).HasMaxLength(Space.NameLimit);
        builder.Property(kind => kind.NameEnglish).HasMaxLength(Space.NameLimit);
    }
}
