using System.Globalization;
using Metro.Bench.Budgets;

namespace Metro.Bench.City;

/// <summary>How large a made city is. The whole one is the largest the portal is promised to serve well.</summary>
/// <param name="Scale">1 for the whole city; 0.01 for one that is made in seconds.</param>
internal sealed record CitySize(double Scale)
{
    public int Titles => Of(1_000_000);

    /// <summary>Two and a half for each title.</summary>
    public int Copies => Of(2_500_000);

    public int Members => Of(100_000);

    /// <summary>Loans that ended; those of the last month and those of members who keep a history still know their member.</summary>
    public int PastLoans => Of(5_000_000);

    /// <summary>Copies that are out now.</summary>
    public int CurrentLoans => Of(60_000);

    public int Programs => Of(4_000);

    /// <summary>Most of them past; one in twenty is to come.</summary>
    public int Sessions => Of(20_000);

    /// <summary>Two to each item, and an item in each of the two languages.</summary>
    public int ContentVersions => Of(100_000);

    public static CitySize From(Options options)
    {
        var scale = double.Parse(options.Text("scale") ?? "1", CultureInfo.InvariantCulture);
        return scale is > 0 and <= 10 ? new CitySize(scale) : throw new CannotMeasureException($"A scale lies above 0 and at most at 10, not at {scale}.");
    }

    private int Of(int whole) => Math.Max(20, (int)(whole * Scale));
}
