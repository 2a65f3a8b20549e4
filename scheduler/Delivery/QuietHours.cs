using Metro.Library.Calendar;
using Metro.Scheduler.Mailing;

namespace Metro.Scheduler.Delivery;

/// <summary>When readers sleep, by the library's clock. Files wake nobody, so a folder knows no quiet hours.</summary>
internal static class QuietHours
{
    /// <summary>The end of the quiet hours that run at an instant, in UTC; null when none do.</summary>
    public static DateTime? EndAt(DateTime now, MailSettings settings, LibraryCalendar calendar)
    {
        if (!settings.HasServer || settings.QuietFrom == settings.QuietUntil) return null;

        var local = TimeZoneInfo.ConvertTimeFromUtc(now, calendar.Zone);
        var (date, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        // TimeOnly.IsBetween knows of midnight, and leaves the end out.
        if (!time.IsBetween(settings.QuietFrom, settings.QuietUntil)) return null;
        return calendar.InstantOf(time < settings.QuietUntil ? date : date.AddDays(1), settings.QuietUntil);
    }
}
