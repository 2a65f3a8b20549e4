using Metro.Portal.Web;

namespace Metro.Portal.Pages.PersonalCalendar;

/// <summary>What a member's calendar and its page say.</summary>
internal static class PersonalCalendarText
{
    private static readonly AreaText Sentences = new(typeof(PersonalCalendarText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
