using System.Globalization;
using Metro.Library.Visits;
using Metro.Portal.Pages.Office.Calendar;

namespace Metro.Portal.Pages.Office.Visits;

/// <summary>The times of a week at which visits can start, as people type them for each day: <c>09.00, 10:30</c>; empty for none.</summary>
internal static class TypedTimes
{
    private static readonly char[] Between = [',', ';', ' '];

    /// <summary>What each day shows in a form.</summary>
    public static Dictionary<DayOfWeek, string?> Of(IEnumerable<VisitTime> times)
    {
        var known = times.ToLookup(time => time.Day, time => time.StartsAt);
        return TypedWeek.Days.ToDictionary(day => day, day => (string?)string.Join(", ", known[day].Order().Select(time => time.ToString("HH:mm", CultureInfo.CurrentCulture))));
    }

    /// <summary>Reads the times, and says for each day that cannot be read that it cannot.</summary>
    public static IReadOnlyList<VisitTimeDetails> Read(IReadOnlyDictionary<DayOfWeek, string?> typed, Action<DayOfWeek> unreadable)
    {
        var read = new List<VisitTimeDetails>();
        foreach (var day in TypedWeek.Days)
        {
            foreach (var part in (typed.GetValueOrDefault(day) ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries))
            {
                if (TimeOnly.TryParseExact(part.Replace('.', ':'), ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) read.Add(new VisitTimeDetails(day, time));
                else
                {
                    unreadable(day);
                    break;
                }
            }
        }

        // A time that is typed twice is meant once.
        return [.. read.Distinct()];
    }
}
