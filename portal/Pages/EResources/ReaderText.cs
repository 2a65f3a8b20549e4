using System.Globalization;
using System.Resources;

namespace Metro.Portal.Pages.EResources;

/// <summary>What the reader of e-resources says, in the language of the request.</summary>
internal sealed class ReaderText
{
    private static readonly ResourceManager Sentences = new(typeof(ReaderText));

    private ReaderText()
    {
    }

    /// <summary>The sentence of that name, with its places filled.</summary>
    /// <exception cref="MissingManifestResourceException">There is no sentence of that name: a programmer's mistake.</exception>
    public static string Get(string name, params object[] values) => string.Format(
        CultureInfo.CurrentCulture,
        Sentences.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"ReaderText has no sentence {name}."),
        values);
}
