using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Programs;

/// <summary>What sort of event a program is.</summary>
public enum ProgramKind
{
    /// <summary>People make or learn something (<i>lokakarya</i>).</summary>
    Workshop,

    /// <summary>Something to be looked at (<i>pameran</i>).</summary>
    Exhibition,

    /// <summary>Storytelling, reading clubs, reading challenges.</summary>
    ReadingProgram,

    /// <summary>Talks, book launches, trainings (<i>seminar</i>).</summary>
    Seminar,

    /// <summary>What a community holds with the library.</summary>
    CommunityEvent,
}

/// <summary>Who can see a program.</summary>
public enum ProgramStatus
{
    /// <summary>Only staff; never shown to the public or to an API key (DOMAIN.md rule 11).</summary>
    Draft,

    /// <summary>Everybody; people can register.</summary>
    Published,

    /// <summary>No longer offered; its past stays.</summary>
    Withdrawn,
}

/// <summary>Whether one registers for single sessions or for all of them.</summary>
public enum Enrolment
{
    /// <summary>Each session by itself.</summary>
    PerSession,

    /// <summary>All sessions or none, such as a course of six evenings.</summary>
    WholeSeries,
}

/// <summary>What staff decide about a program; checked before it is kept.</summary>
public sealed record ProgramDetails
{
    /// <summary>What sort of event.</summary>
    public ProgramKind Kind { get; init; }

    /// <summary>Its title in Indonesian; at most 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Its title in English; null where nobody translated it.</summary>
    public string? TitleEnglish { get; init; }

    /// <summary>What it is about, in Indonesian; at most 4,000 characters.</summary>
    public string? Summary { get; init; }

    /// <summary>What it is about, in English.</summary>
    public string? SummaryEnglish { get; init; }

    /// <summary>
    /// The code under which the content module presents it: what its items carry as <c>ProgramCode</c>, the same in every
    /// language, such as <c>tapis-pemula</c>; at most 40 characters there. Null where nothing presents it. Not followed here.
    /// </summary>
    public string? ContentKey { get; init; }

    /// <summary>What is there at every session without being asked for: an interpreter, a way for wheelchairs. Each at most once.</summary>
    public IReadOnlyList<AccommodationKind> Accommodations { get; init; } = [];

    /// <summary>The youngest age in years on the day of the session; null for no limit.</summary>
    public int? LeastAge { get; init; }

    /// <summary>The greatest age in years on the day of the session; null for no limit.</summary>
    public int? GreatestAge { get; init; }

    /// <summary>Whether people under 18 need their guardian's recorded consent (DOMAIN.md rule 10).</summary>
    public bool NeedsGuardianConsent { get; init; } = true;

    /// <summary>How many people one may bring along; each takes a seat.</summary>
    public int MostCompanions { get; init; }

    /// <summary>The most people of a group that registers as one; 0 where groups are not taken.</summary>
    public int LargestGroup { get; init; }

    /// <summary>Whether people who are not members may register with a name and an e-mail address.</summary>
    public bool OpenToNonMembers { get; init; }

    /// <summary>Single sessions, or all or none.</summary>
    public Enrolment Enrolment { get; init; }

    /// <summary>For how many hours an offered seat is held; never past the start (DOMAIN.md rule 6).</summary>
    public int OfferHours { get; init; } = 48;

    /// <summary>Whether people check in at the door. Where nobody does, nobody can be absent.</summary>
    public bool ChecksIn { get; init; } = true;

    /// <summary>How many minutes before the start the check-in opens.</summary>
    public int CheckInOpensMinutes { get; init; } = 60;

    /// <summary>
    /// How many minutes after the start the check-in closes and seats nobody claimed are released; negative to release
    /// before the start, while the waitlist can still be offered them (DOMAIN.md rule 8).
    /// </summary>
    public int CheckInClosesMinutes { get; init; } = 15;

    /// <summary>Whether staying away without a word earns a member a strike.</summary>
    public bool StrikesNoShows { get; init; } = true;
}

/// <summary>A workshop, exhibition, reading program, seminar or community event (<i>kegiatan</i>); it happens in <see cref="Session"/>s.</summary>
public sealed class LibraryProgram
{
    private LibraryProgram()
    {
    }

    internal LibraryProgram(ProgramDetails details, DateTime now)
    {
        CreatedAt = now;
        Change(details);
    }

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>What sort of event.</summary>
    public ProgramKind Kind { get; private set; }

    /// <summary>Who can see it.</summary>
    public ProgramStatus Status { get; private set; }

    /// <summary>Its title in Indonesian.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Its title in English; null where nobody translated it.</summary>
    public string? TitleEnglish { get; private set; }

    /// <summary>What it is about, in Indonesian.</summary>
    public string? Summary { get; private set; }

    /// <summary>What it is about, in English.</summary>
    public string? SummaryEnglish { get; private set; }

    /// <inheritdoc cref="ProgramDetails.ContentKey"/>
    public string? ContentKey { get; private set; }

    /// <inheritdoc cref="ProgramDetails.Accommodations"/>
    public IReadOnlyList<AccommodationKind> Accommodations { get; private set; } = [];

    /// <inheritdoc cref="ProgramDetails.LeastAge"/>
    public int? LeastAge { get; private set; }

    /// <inheritdoc cref="ProgramDetails.GreatestAge"/>
    public int? GreatestAge { get; private set; }

    /// <inheritdoc cref="ProgramDetails.NeedsGuardianConsent"/>
    public bool NeedsGuardianConsent { get; private set; }

    /// <inheritdoc cref="ProgramDetails.MostCompanions"/>
    public int MostCompanions { get; private set; }

    /// <inheritdoc cref="ProgramDetails.LargestGroup"/>
    public int LargestGroup { get; private set; }

    /// <inheritdoc cref="ProgramDetails.OpenToNonMembers"/>
    public bool OpenToNonMembers { get; private set; }

    /// <inheritdoc cref="ProgramDetails.Enrolment"/>
    public Enrolment Enrolment { get; private set; }

    /// <inheritdoc cref="ProgramDetails.OfferHours"/>
    public int OfferHours { get; private set; }

    /// <inheritdoc cref="ProgramDetails.ChecksIn"/>
    public bool ChecksIn { get; private set; }

    /// <inheritdoc cref="ProgramDetails.CheckInOpensMinutes"/>
    public int CheckInOpensMinutes { get; private set; }

    /// <inheritdoc cref="ProgramDetails.CheckInClosesMinutes"/>
    public int CheckInClosesMinutes { get; private set; }

    /// <inheritdoc cref="ProgramDetails.StrikesNoShows"/>
    public bool StrikesNoShows { get; private set; }

    /// <summary>When it was written down, in UTC.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>Its title in the reader's language.</summary>
    public LocalText LocalTitle => new(Title, TitleEnglish);

    internal void Change(ProgramDetails details)
    {
        (Kind, Title, TitleEnglish) = (details.Kind, details.Title, details.TitleEnglish);
        (Summary, SummaryEnglish, ContentKey) = (details.Summary, details.SummaryEnglish, details.ContentKey);
        Accommodations = [.. details.Accommodations];
        (LeastAge, GreatestAge, NeedsGuardianConsent) = (details.LeastAge, details.GreatestAge, details.NeedsGuardianConsent);
        (MostCompanions, LargestGroup, OpenToNonMembers) = (details.MostCompanions, details.LargestGroup, details.OpenToNonMembers);
        (Enrolment, OfferHours) = (details.Enrolment, details.OfferHours);
        (ChecksIn, CheckInOpensMinutes, CheckInClosesMinutes) = (details.ChecksIn, details.CheckInOpensMinutes, details.CheckInClosesMinutes);
        StrikesNoShows = details.StrikesNoShows;
    }

    internal void Become(ProgramStatus status) => Status = status;

    /// <summary>Whether somebody of this age may take part.</summary>
    public Refusal? CheckAge(int age)
    {
        if (age < LeastAge) return ProgramRefusals.TooYoung(LeastAge.Value);
        return age > GreatestAge ? ProgramRefusals.TooOld(GreatestAge.Value) : null;
    }

    /// <summary>Whether the age on the day must be known before somebody is registered.</summary>
    public bool AsksAge => LeastAge is not null || GreatestAge is not null || NeedsGuardianConsent;

    internal const int TitleLimit = 200;
    internal const int SummaryLimit = 4000;
    internal const int ContentKeyLimit = 100;
    internal const int AccommodationsLimit = 200;
}

internal sealed class LibraryProgramConfiguration : IEntityTypeConfiguration<LibraryProgram>
{
    public void Configure(EntityTypeBuilder<LibraryProgram> builder)
    {
        builder.ToTable("programs", table =>
        {
            table.HasCheckConstraint("ck_programs_ages", "least_age IS NULL OR greatest_age IS NULL OR least_age <= greatest_age");
            table.HasCheckConstraint("ck_programs_numbers", "most_companions >= 0 AND largest_group >= 0 AND offer_hours > 0");
        });
        builder.Ignore(program => program.LocalTitle);
        builder.Ignore(program => program.AsksAge);
        builder.Property(program => program.Title).HasMaxLength(LibraryProgram.TitleLimit);
        builder.Property(program => program.TitleEnglish).HasMaxLength(LibraryProgram.TitleLimit);
        builder.Property(program => program.Summary).HasMaxLength(LibraryProgram.SummaryLimit);
        builder.Property(program => program.SummaryEnglish).HasMaxLength(LibraryProgram.SummaryLimit);
        builder.Property(program => program.ContentKey).HasMaxLength(LibraryProgram.ContentKeyLimit);
        builder.Property(program => program.Accommodations).HasMaxLength(LibraryProgram.AccommodationsLimit).HasConversion(
            kinds => string.Join(',', kinds),
            text => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(kind => Enum.Parse<AccommodationKind>(kind)).ToArray(),
            new ValueComparer<IReadOnlyList<AccommodationKind>>((one, other) => one!.SequenceEqual(other!), kinds => kinds.Count, kinds => kinds.ToArray()));
        builder.HasIndex(program => new { program.Status, program.Kind, program.Id });
        builder.HasIndex(program => program.ContentKey);
    }
}
