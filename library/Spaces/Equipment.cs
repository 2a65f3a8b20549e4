using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Spaces;

/// <summary>Things that can be had with a space, counted and not told apart: three projectors, forty chairs.</summary>
public sealed class Equipment
{
    private Equipment()
    {
    }

    internal Equipment(long branchId, string name, string? nameEnglish, int total) =>
        (BranchId, Name, NameEnglish, Total) = (branchId, name, nameEnglish, total);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The branch that has it; it is lent in that branch's spaces.</summary>
    public long BranchId { get; private set; }

    /// <summary>What it is, in Indonesian.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What it is, in English; null where nobody translated it.</summary>
    public string? NameEnglish { get; private set; }

    /// <summary>How many there are in all.</summary>
    public int Total { get; private set; }

    /// <summary>What it is, in the reader's language.</summary>
    public LocalText LocalName => new(Name, NameEnglish);

    internal void Change(string name, string? nameEnglish, int total) => (Name, NameEnglish, Total) = (name, nameEnglish, total);
}

/// <summary>How many of a thing a booking has.</summary>
public sealed class BookedEquipment
{
    private BookedEquipment()
    {
    }

    internal BookedEquipment(long equipmentId, int count) => (EquipmentId, Count) = (equipmentId, count);

    /// <summary>The booking.</summary>
    public long BookingId { get; private set; }

    /// <summary>The thing.</summary>
    public long EquipmentId { get; private set; }

    /// <summary>How many.</summary>
    public int Count { get; private set; }
}

internal sealed class EquipmentConfiguration : IEntityTypeConfiguration<Equipment>, IEntityTypeConfiguration<BookedEquipment>
{
    public void Configure(EntityTypeBuilder<Equipment> builder)
    {
        builder.ToTable("equipment", table => table.HasCheckConstraint("ck_equipment_total", "total >= 0"));
        builder.Ignore(equipment => equipment.LocalName);
        builder.Property(equipment => equipment.Name).HasMaxLength(Space.NameLimit);
        builder.Property(equipment => equipment.NameEnglish).HasMaxLength(Space.NameLimit);
        builder.HasOne<Calendar.Branch>().WithMany().HasForeignKey(equipment => equipment.BranchId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(equipment => equipment.BranchId);
    }

    public void Configure(EntityTypeBuilder<BookedEquipment> builder)
    {
        builder.ToTable("booked_equipment", table => table.HasCheckConstraint("ck_booked_equipment_count", "count > 0"));
        builder.HasKey(booked => new { booked.BookingId, booked.EquipmentId });
        builder.HasOne<Equipment>().WithMany().HasForeignKey(booked => booked.EquipmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(booked => booked.EquipmentId);
    }
}
