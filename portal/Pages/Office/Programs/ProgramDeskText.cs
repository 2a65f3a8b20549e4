using Metro.Portal.Web;

namespace Metro.Portal.Pages.Office.Programs;

/// <summary>What the pages say on which staff plan programs and stand at the door.</summary>
internal static class ProgramDeskText
{
    private static readonly AreaText Sentences = new(typeof(ProgramDeskText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
