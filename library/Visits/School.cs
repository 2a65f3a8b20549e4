using Metro.Library.Input;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Visits;

/// <summary>The level of a school, as the ministry names them; madrasahs count with the level they equal.</summary>
public enum SchoolLevel
{
    /// <summary>Playgroups and kindergartens (PAUD, TK, RA).</summary>
    EarlyYears,

    /// <summary>Primary (SD, MI).</summary>
    Primary,

    /// <summary>Lower secondary (SMP, MTs).</summary>
    LowerSecondary,

    /// <summary>Upper secondary (SMA, SMK, MA).</summary>
    UpperSecondary,

    /// <summary>Schools for children with special needs (SLB).</summary>
    Special,

    /// <summary>Universities and other places of learning.</summary>
    Other,
}

/// <summary>What a school tells about itself.</summary>
public sealed record SchoolDetails
{
    /// <summary>The eight digits of its NPSN; spaces, dots and dashes do not matter.</summary>
    public required string Npsn { get; init; }

    /// <summary>Its name; at most 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its level.</summary>
    public SchoolLevel Level { get; init; }

    /// <summary>Where it is; at most 400 characters.</summary>
    public string? Address { get; init; }

    /// <summary>The teacher to speak to.</summary>
    public required string ContactName { get; init; }

    /// <summary>The teacher's e-mail address, to which answers go.</summary>
    public required string ContactEmail { get; init; }

    /// <summary>The teacher's telephone number.</summary>
    public string? ContactPhone { get; init; }

    internal SchoolDetails Tidied() => this with
    {
        Npsn = Visits.Npsn.Normalise(Npsn)!,
        Name = InputText.Tidy(Name)!,
        Address = InputText.Tidy(Address),
        ContactName = InputText.Tidy(ContactName)!,
        ContactEmail = InputText.Tidy(ContactEmail)!,
        ContactPhone = InputText.Tidy(ContactPhone),
    };

    internal Refusal? Check() =>
        (Visits.Npsn.Normalise(Npsn) is null ? VisitRefusals.NotAnNpsn : null)
        ?? InputText.CheckName(Name, "school", School.NameLimit)
        ?? InputText.Check(Address, "address", School.AddressLimit)
        ?? InputText.CheckName(ContactName, "contact", School.NameLimit)
        ?? (string.IsNullOrWhiteSpace(ContactEmail) ? InputRefusals.Missing("email") : InputText.CheckEmail(ContactEmail))
        ?? InputText.CheckPhone(ContactPhone);
}

/// <summary>A school that visits the library, known by its NPSN.</summary>
public sealed class School
{
    private School()
    {
    }

    internal School(SchoolDetails details) => Change(details);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>Its national number: eight digits. Unique.</summary>
    public string Npsn { get; private set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its level.</summary>
    public SchoolLevel Level { get; private set; }

    /// <summary>Where it is; null where it did not say.</summary>
    public string? Address { get; private set; }

    /// <summary>The teacher to speak to.</summary>
    public string ContactName { get; private set; } = "";

    /// <summary>The teacher's e-mail address.</summary>
    public string ContactEmail { get; private set; } = "";

    /// <summary>The teacher's telephone number; null where there is none.</summary>
    public string? ContactPhone { get; private set; }

    internal void Change(SchoolDetails details)
    {
        (Npsn, Name, Level, Address) = (details.Npsn, details.Name, details.Level, details.Address);
        (ContactName, ContactEmail, ContactPhone) = (details.ContactName, details.ContactEmail, details.ContactPhone);
    }

    internal const int NameLimit = 200;
    internal const int AddressLimit = 400;
}

internal sealed class SchoolConfiguration : IEntityTypeConfiguration<School>
{
    public void Configure(EntityTypeBuilder<School> builder)
    {
        builder.ToTable("schools");
        builder.Property(school => school.Npsn).HasMaxLength(Npsn.Length);
        builder.Property(school => school.Name).HasMaxLength(School.NameLimit);
        builder.Property(school => school.Address).HasMaxLength(School.AddressLimit);
        builder.Property(school => school.ContactName).HasMaxLength(School.NameLimit);
        builder.Property(school => school.ContactEmail).HasMaxLength(InputText.EmailLimit);
        builder.Property(school => school.ContactPhone).HasMaxLength(InputText.PhoneLimit);
        builder.HasIndex(school => school.Npsn).IsUnique();
        builder.HasIndex(school => new { school.Name, school.Id });
    }
}
