using Metro.Portal.Web;

namespace Metro.Portal.People;

/// <summary>The words of the consents that are ticked online.</summary>
internal static class ConsentText
{
    private static readonly AreaText Sentences = new(typeof(ConsentText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
