using Metro.Library.Visits;

namespace Metro.Library.Tests.Visits;

public sealed class SchoolYearTests
{
    [Theory]
    [InlineData(2026, 6, 30, "2025/2026")]
    [InlineData(2026, 7, 1, "2026/2027")]
    [InlineData(2027, 1, 1, "2026/2027")]
    public void A_school_year_runs_from_July_to_June(int year, int month, int day, string expected)
    {
        var schoolYear = SchoolYear.Of(new DateOnly(year, month, day));

        Assert.Equal(expected, schoolYear.ToString());
        Assert.InRange(new DateOnly(year, month, day), schoolYear.FirstDay, schoolYear.LastDay);
    }

    [Theory]
    [InlineData("10810123", "10810123")]
    [InlineData(" 1081 0123 ", "10810123")]
    [InlineData("1081012", null)]
    [InlineData("108101234", null)]
    [InlineData("1081012A", null)]
    [InlineData("١٠٨١٠١٢٣", null)]
    [InlineData("00000000", null)]
    [InlineData("📚", null)]
    [InlineData(null, null)]
    public void A_school_is_known_by_the_eight_digits_of_its_number(string? typed, string? expected) =>
        Assert.Equal(expected, Npsn.Normalise(typed));
}
