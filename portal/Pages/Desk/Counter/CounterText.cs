using Metro.Portal.Web;

namespace Metro.Portal.Pages.Desk.Counter;

/// <summary>What the counter says: lending, taking in, counting what was read.</summary>
internal static class CounterText
{
    private static readonly AreaText Sentences = new(typeof(CounterText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
