using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Calendar;

/// <summary>What sort of place a branch is.</summary>
public enum BranchKind
{
    /// <summary>The main building.</summary>
    Main,

    /// <summary>A library of a kelurahan.</summary>
    Branch,

    /// <summary>The mobile library (<i>perpustakaan keliling</i>).</summary>
    Mobile,

    /// <summary>A reading corner (<i>Pocadi</i>).</summary>
    ReadingCorner,
}

/// <summary>A place of the library (<i>cabang</i>) that owns copies, lends them and has hours of its own.</summary>
public sealed class Branch
{
    private Branch()
    {
    }

    /// <summary>A new branch.</summary>
    /// <param name="code">Short and unique, such as <c>MTR</c>; at most 20 characters.</param>
    /// <param name="name">Its name in Indonesian; at most 200 characters.</param>
    /// <param name="kind">What sort of place.</param>
    /// <param name="week">Its weekly pattern of hours.</param>
    public Branch(string code, string name, BranchKind kind, WeeklyHours week) =>
        (Code, Name, Kind, Week) = (code, name, kind, week);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>Short and unique.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Its name in Indonesian.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its name for readers of English; null where it has none.</summary>
    public string? NameEnglish { get; set; }

    /// <summary>Where it stands, on one line; null where it moves.</summary>
    public string? Address { get; set; }

    /// <summary>What sort of place it is.</summary>
    public BranchKind Kind { get; set; }

    /// <summary>The hours of an ordinary week; <see cref="CalendarException"/>s win over it.</summary>
    public WeeklyHours Week { get; set; } = WeeklyHours.Closed;

    /// <summary>Whether members can pick up holds there.</summary>
    public bool OffersPickup { get; set; } = true;

    /// <summary>False for a place that has been given up; its history stays.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Its name in the reader's language.</summary>
    public LocalText LocalName => new(Name, NameEnglish);
}

internal sealed class BranchConfiguration : IEntityTypeConfiguration<Branch>
{
    public void Configure(EntityTypeBuilder<Branch> builder)
    {
        builder.ToTable("branches");
        builder.Ignore(branch => branch.LocalName);
        builder.Property(branch => branch.Code).HasMaxLength(20);
        builder.Property(branch => branch.Name).HasMaxLength(200);
        builder.Property(branch => branch.NameEnglish).HasMaxLength(200);
        builder.Property(branch => branch.Address).HasMaxLength(400);
        builder.Property(branch => branch.Week).HasConversion(week => week.ToString(), text => WeeklyHours.Parse(text)).HasMaxLength(600);
        builder.HasIndex(branch => branch.Code).IsUnique();
    }
}
