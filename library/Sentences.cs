using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace Metro.Library;

/// <summary>Something that can say itself in the reader's language.</summary>
public interface IExplained
{
    /// <summary>The sentence or phrase: English for English readers, Indonesian for everyone else.</summary>
    string Explain(CultureInfo culture);
}

/// <summary>Finds an area's sentence by its code and fills it in.</summary>
internal static class Sentences
{
    private static readonly ConcurrentDictionary<string, ResourceManager> Files = new(StringComparer.Ordinal);

    /// <param name="code">Area and reason; <c>circulation.someone_waiting</c> stands in Circulation/Circulation<paramref name="file"/>.resx.</param>
    /// <param name="file">What the file holds besides the area's name.</param>
    /// <param name="culture">The reader's; it also formats dates and numbers.</param>
    /// <param name="arguments">What fills the placeholders.</param>
    public static string Of(string code, string file, CultureInfo culture, params ReadOnlySpan<object> arguments)
    {
        var sentence = In(AreaOf(code), file).GetString(code, culture)
            ?? throw new MissingManifestResourceException($"There is no sentence for '{code}'.");
        var words = new object[arguments.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = arguments[i] is IExplained explained ? explained.Explain(culture) : arguments[i];
        return string.Format(culture, sentence, words);
    }

    public static ResourceManager In(string area, string file) =>
        Files.GetOrAdd($"Metro.Library.{area}.{area}{file}", name => new ResourceManager(name, typeof(Sentences).Assembly));

    private static string AreaOf(string code) =>
        char.ToUpperInvariant(code[0]) + code[1..code.IndexOf('.', StringComparison.Ordinal)];
}
