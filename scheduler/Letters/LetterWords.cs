using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Metro.Scheduler.Letters;

/// <summary>The sentences of letters; places in them are filled by name.</summary>
internal sealed partial class LetterWords
{
    private static readonly ResourceManager Sentences = new(typeof(LetterWords));

    private LetterWords()
    {
    }

    public static string? Find(string name, CultureInfo culture) => Sentences.GetString(name, culture);

    /// <exception cref="MissingManifestResourceException">There is no sentence of that name: a programmer's mistake.</exception>
    public static string Get(string name, CultureInfo culture) =>
        Find(name, culture) ?? throw new MissingManifestResourceException($"LetterWords has no sentence {name}.");

    /// <summary>Fills the places of a sentence; a fact that is not there leaves a dash.</summary>
    public static string Fill(string sentence, Func<string, string?> fact) => Place().Replace(sentence, place => fact(place.Groups["place"].Value) ?? "–");

    [GeneratedRegex(@"\{(?<place>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Place();
}
