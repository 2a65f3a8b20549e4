using System.Globalization;
using System.Resources;

namespace Metro.Portal.Web;

/// <summary>The sentences of one area of pages, in the language of the current request; they stand in a file named after <paramref name="area"/>.</summary>
internal sealed class AreaText(Type area)
{
    private readonly ResourceManager sentences = new(area);

    /// <summary>The sentence of that name, with its places filled.</summary>
    /// <exception cref="MissingManifestResourceException">There is no sentence of that name: a programmer's mistake.</exception>
    public string Get(string name, params object[] values)
    {
        var sentence = sentences.GetString(name, CultureInfo.CurrentUICulture)
            ?? throw new MissingManifestResourceException($"{area.Name} has no sentence {name}.");
        return values.Length == 0 ? sentence : string.Format(CultureInfo.CurrentCulture, sentence, values);
    }

    /// <summary>The sentence of that name as it stands; null where there is none.</summary>
    public string? Find(string name) => sentences.GetString(name, CultureInfo.CurrentUICulture);
}
