using Metro.Portal.Web;

namespace Metro.Portal.Pages.Attendance;

/// <summary>What the page of absences says.</summary>
internal static class AttendanceText
{
    private static readonly AreaText Sentences = new(typeof(AttendanceText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
