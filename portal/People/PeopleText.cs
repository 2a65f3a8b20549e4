using Metro.Portal.Web;

namespace Metro.Portal.People;

/// <summary>What the pages of accounts and of the desk have in common to say.</summary>
internal static class PeopleText
{
    private static readonly AreaText Sentences = new(typeof(PeopleText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
