using System.Globalization;
using System.Resources;

namespace Metro.Content.Editor;

/// <summary>The editor's and the API's own sentences, in the language of the current request.</summary>
internal static class EditorTexts
{
    private static readonly ResourceManager Sentences = new(typeof(EditorTexts));

    /// <summary>The sentence of that name, with its gaps filled.</summary>
    /// <exception cref="MissingManifestResourceException">There is no such sentence: a programmer's mistake.</exception>
    public static string Get(string name, params object[] values)
    {
        var sentence = Sentences.GetString(name, CultureInfo.CurrentUICulture)
            ?? throw new MissingManifestResourceException($"EditorTexts has no sentence {name}.");
        return values.Length == 0 ? sentence : string.Format(CultureInfo.CurrentCulture, sentence, values);
    }

    /// <summary>The name of a language, in the language of the current request.</summary>
    public static string Language(string culture) => Sentences.GetString($"editor.language.{culture}", CultureInfo.CurrentUICulture)
        ?? CultureInfo.GetCultureInfo(culture).NativeName;
}
