using Metro.Portal.Web;

namespace Metro.Portal.Pages.Office.Calendar;

/// <summary>What the pages say on which staff keep the hours and announce closures.</summary>
internal static class CalendarDeskText
{
    private static readonly AreaText Sentences = new(typeof(CalendarDeskText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
