using System.Globalization;
using System.Text.Json.Nodes;
using Metro.Library.Calendar;

namespace Metro.Portal.Pages.Hours;

/// <summary>Opening hours in the words of schema.org.</summary>
internal static class HoursData
{
    private const int Days = 14;

    /// <summary>The hours of the coming two weeks, day by day, so that exceptions need no rule of their own.</summary>
    public static JsonArray Of(BranchCalendar hours, DateOnly today)
    {
        var specification = new JsonArray();
        for (var day = today; day < today.AddDays(Days); day = day.AddDays(1))
        {
            foreach (var interval in hours.HoursOn(day).Intervals)
            {
                specification.Add(new JsonObject
                {
                    ["@type"] = "OpeningHoursSpecification",
                    ["dayOfWeek"] = $"https://schema.org/{day.DayOfWeek}",
                    ["opens"] = interval.Opens.ToString("HH:mm", CultureInfo.InvariantCulture),
                    ["closes"] = interval.Closes.ToString("HH:mm", CultureInfo.InvariantCulture),
                    ["validFrom"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    ["validThrough"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                });
            }
        }

        return specification;
    }
}
