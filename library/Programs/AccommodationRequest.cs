using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Programs;

/// <summary>What somebody needs to take part.</summary>
public enum AccommodationKind
{
    /// <summary>A sign language interpreter (<i>juru bahasa isyarat</i>).</summary>
    SignLanguage,

    /// <summary>Room and a way for a wheelchair.</summary>
    Wheelchair,

    /// <summary>A seat in front.</summary>
    SeatInFront,

    /// <summary>Handouts in large print.</summary>
    LargePrint,

    /// <summary>Handouts in braille.</summary>
    Braille,

    /// <summary>Someone to describe what is shown.</summary>
    AudioDescription,

    /// <summary>A quiet place nearby.</summary>
    QuietPlace,

    /// <summary>Something else, described in the note.</summary>
    Other,
}

/// <summary>What the library answers to a request.</summary>
public enum AccommodationAnswer
{
    /// <summary>Not answered yet.</summary>
    Pending,

    /// <summary>It will be there.</summary>
    Arranged,

    /// <summary>It cannot be had.</summary>
    NotPossible,
}

/// <summary>Something that the library is asked to arrange for one registration. Health can be read from it: staff only.</summary>
public sealed class AccommodationRequest
{
    private AccommodationRequest()
    {
    }

    internal AccommodationRequest(AccommodationKind kind, string? note) => (Kind, Note) = (kind, note);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The registration.</summary>
    public long RegistrationId { get; private set; }

    /// <summary>What is needed.</summary>
    public AccommodationKind Kind { get; private set; }

    /// <summary>More about it; at most 500 characters.</summary>
    public string? Note { get; private set; }

    /// <summary>What the library answered.</summary>
    public AccommodationAnswer Answer { get; private set; }

    internal void Become(AccommodationAnswer answer) => Answer = answer;

    internal const int NoteLimit = 500;
}

internal sealed class AccommodationRequestConfiguration : IEntityTypeConfiguration<AccommodationRequest>
{
    public void Configure(EntityTypeBuilder<AccommodationRequest> builder)
    {
        builder.ToTable("accommodation_requests");
        builder.Property(request => request.Note).HasMaxLength(AccommodationRequest.NoteLimit);
        builder.HasIndex(request => request.RegistrationId);
    }
}
