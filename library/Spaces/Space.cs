using Metro.Library.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Spaces;

/// <summary>What staff decide about a space.</summary>
public sealed record SpaceDetails
{
    /// <summary>By which rules it is booked.</summary>
    public required long KindId { get; init; }

    /// <summary>In which branch it is; its calendar opens and closes the space.</summary>
    public required long BranchId { get; init; }

    /// <summary>Its name in Indonesian; at most 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in English; null where nobody translated it.</summary>
    public string? NameEnglish { get; init; }

    /// <summary>The key of the content that presents it; null where there is none. Not followed here.</summary>
    public string? ContentKey { get; init; }

    /// <summary>How many people fit.</summary>
    public required int Capacity { get; init; }

    /// <summary>How long a slot is, in minutes: a multiple of 15. Bookings last whole slots.</summary>
    public int SlotMinutes { get; init; } = 60;

    /// <summary>How many slots one booking may last.</summary>
    public int MostSlots { get; init; } = 4;

    /// <summary>For how many minutes it is being set up before a booking: a multiple of 15.</summary>
    public int SetUpMinutes { get; init; }

    /// <summary>For how many minutes it is being cleaned after a booking: a multiple of 15.</summary>
    public int CleaningMinutes { get; init; }
}

/// <summary>A room or corner that people can have for a time (<i>ruang</i>): it is open when its branch is.</summary>
public sealed class Space
{
    private Space()
    {
    }

    internal Space(SpaceDetails details) => Change(details);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The key of its kind.</summary>
    public long KindId { get; private set; }

    /// <summary>Its kind; null unless loaded with it.</summary>
    public SpaceKind Kind { get; private set; } = null!;

    /// <summary>The branch in which it is.</summary>
    public long BranchId { get; private set; }

    /// <summary>Its name in Indonesian.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its name in English; null where nobody translated it.</summary>
    public string? NameEnglish { get; private set; }

    /// <inheritdoc cref="SpaceDetails.ContentKey"/>
    public string? ContentKey { get; private set; }

    /// <inheritdoc cref="SpaceDetails.Capacity"/>
    public int Capacity { get; private set; }

    /// <inheritdoc cref="SpaceDetails.SlotMinutes"/>
    public int SlotMinutes { get; private set; }

    /// <inheritdoc cref="SpaceDetails.MostSlots"/>
    public int MostSlots { get; private set; }

    /// <inheritdoc cref="SpaceDetails.SetUpMinutes"/>
    public int SetUpMinutes { get; private set; }

    /// <inheritdoc cref="SpaceDetails.CleaningMinutes"/>
    public int CleaningMinutes { get; private set; }

    /// <summary>False for a space that can no longer be had; its history stays.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>Its name in the reader's language.</summary>
    public LocalText LocalName => new(Name, NameEnglish);

    /// <summary>How long a slot is.</summary>
    public TimeSpan Slot => TimeSpan.FromMinutes(SlotMinutes);

    /// <summary>What a use of the space keeps from others: set-up and cleaning included (DOMAIN.md rule 7).</summary>
    public Interval Held(Interval use) => use.Widened(TimeSpan.FromMinutes(SetUpMinutes), TimeSpan.FromMinutes(CleaningMinutes));

    internal void Change(SpaceDetails details)
    {
        (KindId, BranchId, Name, NameEnglish, Capacity) = (details.KindId, details.BranchId, details.Name, details.NameEnglish, details.Capacity);
        ContentKey = Input.InputText.Tidy(details.ContentKey);
        (SlotMinutes, MostSlots) = (details.SlotMinutes, details.MostSlots);
        (SetUpMinutes, CleaningMinutes) = (details.SetUpMinutes, details.CleaningMinutes);
    }

    internal void TakeOutOfUse() => IsActive = false;

    internal void PutIntoUse() => IsActive = true;

    internal const int NameLimit = 200;
    internal const int ContentKeyLimit = 100;
}

internal sealed class SpaceConfiguration : IEntityTypeConfiguration<Space>
{
    public void Configure(EntityTypeBuilder<Space> builder)
    {
        builder.ToTable("spaces", table => table.HasCheckConstraint("ck_spaces_numbers",
            "capacity > 0 AND slot_minutes > 0 AND slot_minutes % 15 = 0 AND most_slots > 0 AND set_up_minutes >= 0 AND set_up_minutes % 15 = 0 AND cleaning_minutes >= 0 AND cleaning_minutes % 15 = 0"));
        builder.Ignore(space => space.LocalName);
        builder.Ignore(space => space.Slot);
        builder.Property(space => space.Name).HasMaxLength(Space.NameLimit);
        builder.Property(space => space.NameEnglish).HasMaxLength(Space.NameLimit);
        builder.Property(space => space.ContentKey).HasMaxLength(Space.ContentKeyLimit);
        builder.HasOne(space => space.Kind).WithMany().HasForeignKey(space => space.KindId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Calendar.Branch>().WithMany().HasForeignKey(space => space.BranchId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(space => new { space.BranchId, space.IsActive });
        builder.HasIndex(space => space.KindId);
    }
}
