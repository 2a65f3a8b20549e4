using System.Globalization;
using Metro.Library;

namespace Metro.Portal.Schema;

/// <summary>A language of the library.</summary>
public enum Language
{
    /// <summary>Indonesian.</summary>
    Id,

    /// <summary>English.</summary>
    En,
}

/// <summary>What a request means by its language: the one that an argument names, else the one of the request.</summary>
internal static class Languages
{
    private static readonly CultureInfo Indonesian = CultureInfo.GetCultureInfo("id-ID");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    extension(Language language)
    {
        public CultureInfo Culture => language == Language.En ? English : Indonesian;

        /// <summary>The code by which content and members name it.</summary>
        public string Code => language == Language.En ? "en" : "id";
    }

    extension(Language)
    {
        /// <summary>The language of the request.</summary>
        public static Language OfRequest => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? Language.En : Language.Id;

        public static Language? Find(string? code) => code switch { "id" => Language.Id, "en" => Language.En, _ => null };
    }

    extension(IExplained explained)
    {
        /// <summary>The words in a language; in that of the request where none is named.</summary>
        public string In(Language? language) => explained.Explain((language ?? Language.OfRequest).Culture);
    }
}
