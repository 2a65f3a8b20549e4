using Metro.Portal.Web;

namespace Metro.Portal.Pages.Programs;

/// <summary>What the pages of programs say.</summary>
internal static class ProgramsText
{
    private static readonly AreaText Sentences = new(typeof(ProgramsText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
