using System.Globalization;

namespace Metro.Library.Visits;

/// <summary>
/// An Indonesian school year: from the first of July to the end of June (DOMAIN.md rule 9). Quotas of class visits are
/// counted by it. Immutable.
/// </summary>
public sealed record SchoolYear
{
    /// <summary>The school year that begins in July of <paramref name="firstYear"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is not from 1 to 9998.</exception>
    public SchoolYear(int firstYear) => FirstYear = firstYear is >= 1 and <= 9998
        ? firstYear
        : throw new ArgumentOutOfRangeException(nameof(firstYear), firstYear, "A school year begins in a year from 1 to 9998.");

    /// <summary>The calendar year in whose July it begins.</summary>
    public int FirstYear { get; }

    /// <summary>1 July.</summary>
    public DateOnly FirstDay => new(FirstYear, 7, 1);

    /// <summary>30 June of the next year.</summary>
    public DateOnly LastDay => new(FirstYear + 1, 6, 30);

    /// <summary>The school year in which a date in the library's zone lies.</summary>
    public static SchoolYear Of(DateOnly date) => new(date.Month >= 7 ? date.Year : date.Year - 1);

    /// <summary>As schools write it: 2026/2027.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{FirstYear:0000}/{FirstYear + 1:0000}");
}
