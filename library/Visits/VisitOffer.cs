using System.Globalization;
using Metro.Library.Calendar;
using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Visits;

/// <summary>What a class comes for.</summary>
public enum VisitKind
{
    /// <summary>A tour of the library.</summary>
    Tour,

    /// <summary>Storytelling (<i>mendongeng</i>).</summary>
    Storytelling,

    /// <summary>A lesson in finding and judging sources.</summary>
    ResearchLesson,

    /// <summary>The mobile library comes to the school (<i>perpustakaan keliling</i>).</summary>
    MobileLibrary,
}

/// <summary>One time of a weekly pattern at which a visit can start.</summary>
/// <param name="Day">The weekday.</param>
/// <param name="StartsAt">The time by the library's clock; a whole number of quarters.</param>
public sealed record VisitTimeDetails(DayOfWeek Day, TimeOnly StartsAt);

/// <summary>What staff decide about an offer.</summary>
public sealed record VisitOfferDetails
{
    /// <summary>What a class comes for.</summary>
    public VisitKind Kind { get; init; }

    /// <summary>Its name in Indonesian; at most 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in English; null where nobody translated it.</summary>
    public string? NameEnglish { get; init; }

    /// <summary>How long it takes, in minutes.</summary>
    public int DurationMinutes { get; init; } = 90;

    /// <summary>The fewest children.</summary>
    public int LeastChildren { get; init; } = 5;

    /// <summary>The most children.</summary>
    public int MostChildren { get; init; } = 40;

    /// <summary>The languages in which it is given, such as <c>id</c> and <c>en</c>.</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["id"];

    /// <summary>The branch whose calendar it follows.</summary>
    public required long BranchId { get; init; }

    /// <summary>The space that it occupies; null where it needs none, and when the library comes to the school.</summary>
    public long? SpaceId { get; init; }

    /// <summary>
    /// Who leads it: one class at a time, whatever the offer. At most 40 characters; null for the one team of the branch.
    /// </summary>
    public string? Guides { get; init; }

    /// <summary>How many days before the visit it must be asked for (DOMAIN.md rule 9: two weeks).</summary>
    public int NoticeDays { get; init; } = 14;

    /// <summary>How many days ahead it can be asked for.</summary>
    public int DaysAhead { get; init; } = 200;

    /// <summary>Up to how many days before the visit a cancellation gives the quota back.</summary>
    public int CancelDays { get; init; } = 3;

    /// <summary>How many days a request waits for an answer before it lapses.</summary>
    public int AnswerDays { get; init; } = 7;

    /// <summary>When visits can start, week by week; those of one day do not overlap.</summary>
    public IReadOnlyList<VisitTimeDetails> Times { get; init; } = [];
}

/// <summary>Something that the library offers to classes, at the times of a weekly pattern.</summary>
public sealed class VisitOffer
{
    private readonly List<VisitTime> times = [];

    private VisitOffer()
    {
    }

    internal VisitOffer(VisitOfferDetails details) => Change(details);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>What a class comes for.</summary>
    public VisitKind Kind { get; private set; }

    /// <summary>Its name in Indonesian.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its name in English; null where nobody translated it.</summary>
    public string? NameEnglish { get; private set; }

    /// <summary>How long it takes, in minutes.</summary>
    public int DurationMinutes { get; private set; }

    /// <summary>The fewest children.</summary>
    public int LeastChildren { get; private set; }

    /// <summary>The most children.</summary>
    public int MostChildren { get; private set; }

    /// <summary>The languages in which it is given, joined by commas.</summary>
    public string Languages { get; private set; } = "id";

    /// <summary>The branch whose calendar it follows.</summary>
    public long BranchId { get; private set; }

    /// <summary>The space that it occupies; null where it needs none.</summary>
    public long? SpaceId { get; private set; }

    /// <summary>Who leads it; no two visits at once have the same guides.</summary>
    public string Guides { get; private set; } = "";

    /// <inheritdoc cref="VisitOfferDetails.NoticeDays"/>
    public int NoticeDays { get; private set; }

    /// <inheritdoc cref="VisitOfferDetails.DaysAhead"/>
    public int DaysAhead { get; private set; }

    /// <inheritdoc cref="VisitOfferDetails.CancelDays"/>
    public int CancelDays { get; private set; }

    /// <inheritdoc cref="VisitOfferDetails.AnswerDays"/>
    public int AnswerDays { get; private set; }

    /// <summary>False for an offer that is no longer made; its visits stay.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>When visits can start.</summary>
    public IReadOnlyList<VisitTime> Times => times;

    /// <summary>Its name in the reader's language.</summary>
    public LocalText LocalName => new(Name, NameEnglish);

    /// <summary>Whether the one team of the branch leads it, and no guides of its own.</summary>
    public bool IsLedByBranch => Guides == TeamOf(BranchId);

    internal void Change(VisitOfferDetails details)
    {
        (Kind, Name, NameEnglish, DurationMinutes) = (details.Kind, details.Name, details.NameEnglish, details.DurationMinutes);
        (LeastChildren, MostChildren, Languages) = (details.LeastChildren, details.MostChildren, string.Join(',', details.Languages));
        (BranchId, SpaceId) = (details.BranchId, details.SpaceId);
        Guides = details.Guides ?? TeamOf(details.BranchId);
        (NoticeDays, DaysAhead, CancelDays, AnswerDays) = (details.NoticeDays, details.DaysAhead, details.CancelDays, details.AnswerDays);
        times.Clear();
        times.AddRange(details.Times.Select(time => new VisitTime(time.Day, time.StartsAt)));
    }

    internal void Withdraw() => IsActive = false;

    internal void Resume() => IsActive = true;

    /// <summary>The visit that would start at a time of the pattern on a date; null when the branch is not open for all of it.</summary>
    internal Interval? VisitAt(DateOnly date, TimeOnly time, LibraryCalendar calendar, BranchCalendar branch)
    {
        if (!times.Exists(one => one.Day == date.DayOfWeek && one.StartsAt == time)) return null;

        var start = calendar.InstantOf(date, time);
        var visit = new Interval(start, start.AddMinutes(DurationMinutes));
        return branch.OpeningsOn(date).Any(open => open.Opens <= visit.Start && visit.End <= open.Closes) ? visit : null;
    }

    private static string TeamOf(long branchId) => string.Create(CultureInfo.InvariantCulture, $"branch-{branchId}");

    internal const int NameLimit = 200;
    internal const int GuidesLimit = 40;
}

/// <summary>One time of an offer's weekly pattern.</summary>
public sealed class VisitTime
{
    private VisitTime()
    {
    }

    internal VisitTime(DayOfWeek day, TimeOnly startsAt) => (Day, StartsAt) = (day, startsAt);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The offer.</summary>
    public long OfferId { get; private set; }

    /// <summary>The weekday.</summary>
    public DayOfWeek Day { get; private set; }

    /// <summary>The time by the library's clock.</summary>
    public TimeOnly StartsAt { get; private set; }
}

internal sealed class VisitOfferConfiguration : IEntityTypeConfiguration<VisitOffer>, IEntityTypeConfiguration<VisitTime>
{
    public void Configure(EntityTypeBuilder<VisitOffer> builder)
    {
        builder.ToTable("visit_offers", table => table.HasCheckConstraint("ck_visit_offers_numbers",
            "duration_minutes > 0 AND least_children > 0 AND least_children <= most_children AND notice_days >= 0 AND days_ahead > 0 AND cancel_days >= 0 AND answer_days > 0"));
        builder.Ignore(offer => offer.LocalName);
        builder.Ignore(offer => offer.IsLedByBranch);
        builder.Property(offer => offer.Name).HasMaxLength(VisitOffer.NameLimit);
        builder.Property(offer => offer.NameEnglish).HasMaxLength(VisitOffer.NameLimit);
        builder.Property(offer => offer.Languages).HasMaxLength(60);
        builder.Property(offer => offer.Guides).HasMaxLength(VisitOffer.GuidesLimit);
        builder.HasOne<Branch>().WithMany().HasForeignKey(offer => offer.BranchId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Spaces.Space>().WithMany().HasForeignKey(offer => offer.SpaceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(offer => offer.Times).WithOne().HasForeignKey(time => time.OfferId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(offer => new { offer.IsActive, offer.Kind });
    }

    public void Configure(EntityTypeBuilder<VisitTime> builder)
    {
        builder.ToTable("visit_times");
        builder.HasIndex(time => new { time.OfferId, time.Day, time.StartsAt }).IsUnique();
    }
}
