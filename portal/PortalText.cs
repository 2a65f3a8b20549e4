using System.Globalization;
using System.Resources;

namespace Metro.Portal;

/// <summary>The host's own sentences, in the language of the current request or, on the console, of the system.</summary>
public sealed class PortalText
{
    private static readonly ResourceManager Sentences = new(typeof(PortalText));

    private PortalText()
    {
    }

    /// <summary>The sentence of that name, with its places filled.</summary>
    /// <exception cref="MissingManifestResourceException">There is no sentence of that name: a programmer's mistake.</exception>
    public static string Get(string name, params object[] values)
    {
        var sentence = Sentences.GetString(name, CultureInfo.CurrentUICulture)
            ?? throw new MissingManifestResourceException($"PortalText has no sentence {name}.");
        return values.Length == 0 ? sentence : string.Format(CultureInfo.CurrentCulture, sentence, values);
    }
}
