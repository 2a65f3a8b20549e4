using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;

namespace Metro.Portal.Tests;

/// <summary>Whatever the portal says, it says in both languages.</summary>
public sealed partial class TextsTests
{
    public static TheoryData<string, string> Resources
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var assembly in (string[])["Metro.Portal", "Metro.Theme", "Metro.Library", "Metro.Content", "Metro.Scheduler", "Metro.Content.Editor", "Metro.Portal.Schema"])
                foreach (var name in Assembly.Load(assembly).GetManifestResourceNames().Where(name => name.EndsWith(".resources", StringComparison.Ordinal)))
                    data.Add(assembly, name[..^".resources".Length]);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void Every_sentence_exists_in_both_languages_with_the_same_places_to_fill(string assembly, string name)
    {
        var sentences = new ResourceManager(name, Assembly.Load(assembly));
        var indonesian = Sentences(sentences, CultureInfo.InvariantCulture);
        var english = Sentences(sentences, CultureInfo.GetCultureInfo("en"));

        Assert.Equal(indonesian.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(indonesian, sentence => Assert.Equal(Places(sentence.Value), Places(english[sentence.Key])));
    }

    private static Dictionary<string, string> Sentences(ResourceManager manager, CultureInfo culture) =>
        manager.GetResourceSet(culture, createIfNotExists: true, tryParents: false)?.Cast<DictionaryEntry>()
            .Where(entry => entry.Value is string)
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal) ?? [];

    private static IEnumerable<string> Places(string sentence) =>
        Place().Matches(sentence).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Place();
}
