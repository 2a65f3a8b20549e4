using System.Globalization;
using System.Resources;

namespace Metro.Theme;

/// <summary>The layout's own words, in the language of the current request.</summary>
public static class ThemeText
{
    private static readonly ResourceManager Words = new(typeof(ThemeText));

    /// <summary>The words of that name.</summary>
    /// <exception cref="MissingManifestResourceException">There are none of that name: a programmer's mistake.</exception>
    public static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture)
        ?? throw new MissingManifestResourceException($"ThemeText has no words {name}.");
}
