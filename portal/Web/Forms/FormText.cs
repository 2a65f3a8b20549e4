namespace Metro.Portal.Web.Forms;

/// <summary>What forms say whatever they are about.</summary>
internal static class FormText
{
    private static readonly AreaText Sentences = new(typeof(FormText));

    /// <inheritdoc cref="AreaText.Get"/>
    public static string Get(string name, params object[] values) => Sentences.Get(name, values);
}
