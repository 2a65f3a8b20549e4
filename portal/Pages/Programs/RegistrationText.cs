using Metro.Portal.Web;

namespace Metro.Portal.Pages.Programs;

/// <summary>What the pages say on which people register for programs.</summary>
internal static class RegistrationText
{
    private static readonly AreaText Sentences = new(typeof(RegistrationText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
