using System.Globalization;
using Metro.Library.Calendar;

namespace Metro.Portal.Pages.Office.Calendar;

/// <summary>The hours of a week as people type them: <c>08.00–12.00, 13:00-16:00</c>; empty for a closed day.</summary>
internal static class TypedWeek
{
    /// <summary>The days, Monday first.</summary>
    public static readonly IReadOnlyList<DayOfWeek> Days =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>What each day shows in a form, the times as the reader writes them.</summary>
    public static Dictionary<DayOfWeek, string> Of(WeeklyHours week) => Days.ToDictionary(day => day, day => string.Join(
        ", ", week[day].Intervals.Select(interval => string.Create(CultureInfo.CurrentCulture, $"{interval.Opens:HH:mm}–{interval.Closes:HH:mm}"))));

    /// <summary>Reads a week, and says for each day that cannot be read that it cannot.</summary>
    public static WeeklyHours Read(IReadOnlyDictionary<DayOfWeek, string?> typed, Action<DayOfWeek> unreadable)
    {
        var week = WeeklyHours.Closed;
        foreach (var day in Days)
        {
            var text = typed.GetValueOrDefault(day)?.Replace('.', ':').Replace('–', '-').Replace(" ", "", StringComparison.Ordinal) ?? "";
            if (OpeningHours.TryParse(text, out var hours)) week = week.With(day, hours);
            else unreadable(day);
        }

        return week;
    }
}
