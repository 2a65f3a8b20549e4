using System.Globalization;

namespace Metro.Library.Calendar;

/// <summary>A day of the week that a sentence names: "Rabu", "Wednesday".</summary>
public sealed record Weekday(DayOfWeek Day) : IExplained
{
    /// <inheritdoc />
    public string Explain(CultureInfo culture) => culture.DateTimeFormat.GetDayName(Day);
}
