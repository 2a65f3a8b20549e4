using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Metro.Library.Calendar;

/// <summary>
/// Days on which other hours hold than the weekly pattern's: a holiday, <i>cuti bersama</i>, Ramadan, a
/// special opening. It wins over the pattern (DOMAIN.md rule 1). Among several on one day, that of the
/// branch wins over that of the whole library, then the shorter one, then the later one.
/// </summary>
public sealed class CalendarException
{
    private CalendarException()
    {
    }

    private CalendarException(long? branchId, DateOnly from, DateOnly to, WeeklyHours week, string name, string? nameEnglish)
    {
        if (to < from) throw new ArgumentOutOfRangeException(nameof(to), to, $"It begins on {from:O}.");
        (BranchId, From, To, Week, Name, NameEnglish) = (branchId, from, to, week, name, nameEnglish);
    }

    /// <summary>Closed on every day from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    /// <param name="branchId">The branch, or null for all.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, not before the first.</param>
    /// <param name="name">What people call it, such as <i>Cuti bersama Idulfitri</i>; at most 200 characters.</param>
    /// <param name="nameEnglish">The same in English; null where nobody translated it.</param>
    public static CalendarException Closure(long? branchId, DateOnly from, DateOnly to, string name, string? nameEnglish = null) =>
        new(branchId, from, to, WeeklyHours.Closed, name, nameEnglish);

    /// <summary>Other hours on every day from <paramref name="from"/> to <paramref name="to"/>, both included, weekday by weekday.</summary>
    /// <inheritdoc cref="Closure"/>
    public static CalendarException OtherHours(long? branchId, DateOnly from, DateOnly to, WeeklyHours week, string name, string? nameEnglish = null) =>
        new(branchId, from, to, week, name, nameEnglish);

    /// <summary>Its key.</summary>
    public long Id { get; private set; }

    /// <summary>The branch that it holds for; null for the whole library.</summary>
    public long? BranchId { get; private set; }

    /// <summary>The first day.</summary>
    public DateOnly From { get; private set; }

    /// <summary>The last day.</summary>
    public DateOnly To { get; private set; }

    /// <summary>The hours that hold instead, for each weekday; all closed for a closure.</summary>
    public WeeklyHours Week { get; private set; } = WeeklyHours.Closed;

    /// <summary>What people call it, in Indonesian.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What people call it, in English.</summary>
    public string? NameEnglish { get; private set; }

    /// <summary>What people call it, in the reader's language.</summary>
    public LocalText LocalName => new(Name, NameEnglish);

    /// <summary>How many days it covers, at least one.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>Whether it covers this day.</summary>
    public bool Covers(DateOnly date) => From <= date && date <= To;
}

internal sealed class CalendarExceptionConfiguration : IEntityTypeConfiguration<CalendarException>
{
    public void Configure(EntityTypeBuilder<CalendarException> builder)
    {
        builder.ToTable("calendar_exceptions", table => table.HasCheckConstraint("ck_calendar_exceptions_order", "\"from\" <= \"to\""));
        builder.Ignore(exception => exception.LocalName);
        builder.Ignore(exception => exception.Days);
        builder.Property(exception => exception.Week).HasConversion(week => week.ToString(), text => WeeklyHours.Parse(text)).HasMaxLength(600);
        builder.Property(exception => exception.Name).HasMaxLength(200);
        builder.Property(exception => exception.NameEnglish).HasMaxLength(200);
        builder.HasOne<Branch>().WithMany().HasForeignKey(exception => exception.BranchId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(exception => new { exception.BranchId, exception.To });
    }
}
