using System.Globalization;
using System.Resources;

namespace Metro.Portal.Demo;

/// <summary>What the demonstration says on the console.</summary>
internal sealed class DemoText
{
    private static readonly ResourceManager Sentences = new(typeof(DemoText));

    private DemoText()
    {
    }

    /// <summary>The sentence of that name, with its places filled.</summary>
    /// <exception cref="MissingManifestResourceException">There is no sentence of that name: a programmer's mistake.</exception>
    public static string Get(string name, params object[] values) => string.Format(
        CultureInfo.CurrentCulture,
        Sentences.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"DemoText has no sentence {name}."),
        values);
}
