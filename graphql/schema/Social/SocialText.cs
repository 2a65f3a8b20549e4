using System.Globalization;
using System.Resources;

namespace Metro.Portal.Schema.Social;

/// <summary>The few words of captions that nobody wrote: SocialText.resx is Indonesian, SocialText.en.resx English.</summary>
internal static class SocialText
{
    private static readonly ResourceManager Sentences = new(typeof(SocialText));

    public static string Get(string name, CultureInfo culture, params object[] values) => string.Format(
        culture, Sentences.GetString(name, culture) ?? throw new MissingManifestResourceException($"SocialText has no sentence {name}."), values);
}
