using System.Globalization;
using System.Resources;

namespace Metro.Content.Editor.Pages.Office;

/// <summary>What the pages of the editorial office say, in the language of the current request.</summary>
internal static class OfficeText
{
    private static readonly ResourceManager Sentences = new(typeof(OfficeText));

    /// <summary>The sentence of that name, with its gaps filled.</summary>
    /// <exception cref="MissingManifestResourceException">There is no such sentence: a programmer's mistake.</exception>
    public static string Get(string name, params object[] values)
    {
        var sentence = Sentences.GetString(name, CultureInfo.CurrentUICulture)
            ?? throw new MissingManifestResourceException($"OfficeText has no sentence {name}.");
        return values.Length == 0 ? sentence : string.Format(CultureInfo.CurrentCulture, sentence, values);
    }
}
