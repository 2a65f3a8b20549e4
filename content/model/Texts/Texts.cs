using System.Globalization;
using System.Resources;

namespace Metro.Content;

/// <summary>The module's sentences and labels: Texts.resx is Indonesian, Texts.en.resx English.</summary>
internal static class Texts
{
    private static readonly ResourceManager Resources = new(typeof(Texts));

    /// <summary>The text under that key; null when there is none.</summary>
    public static string? Find(string key, CultureInfo culture) => Resources.GetString(key, culture);

    /// <summary>The sentence under that key, with its gaps filled.</summary>
    public static string Sentence(string key, CultureInfo culture, params ReadOnlySpan<object?> values) =>
        string.Format(culture, Find(key, culture) ?? throw new InvalidOperationException($"No text is called {key}."), values);

    /// <summary>A field's label: of the type's own, else the one that all types share, else its name.</summary>
    public static string Label(string type, string field, CultureInfo culture) =>
        Find($"Field.{type}.{field}", culture) ?? Find($"Field.{field}", culture) ?? field;
}
