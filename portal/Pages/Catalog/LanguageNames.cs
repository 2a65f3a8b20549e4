using System.Collections.Frozen;
using System.Globalization;

namespace Metro.Portal.Pages.Catalog;

/// <summary>What languages are called in the reader's language, by the three letters that MARC uses for them.</summary>
internal static class LanguageNames
{
    /// <summary>Where MARC's code (ISO 639-2/B) is not that of ISO 639-3.</summary>
    private static readonly FrozenDictionary<string, string> Terminological = new Dictionary<string, string>
    {
        ["alb"] = "sqi", ["arm"] = "hye", ["baq"] = "eus", ["bur"] = "mya", ["chi"] = "zho", ["cze"] = "ces", ["dut"] = "nld", ["fre"] = "fra",
        ["geo"] = "kat", ["ger"] = "deu", ["gre"] = "ell", ["ice"] = "isl", ["mac"] = "mkd", ["may"] = "msa", ["per"] = "fas", ["rum"] = "ron",
        ["slo"] = "slk", ["tib"] = "bod", ["wel"] = "cym",
    }.ToFrozenDictionary();

    /// <summary>Languages of the shelf whose names the platform does not know.</summary>
    private static readonly FrozenSet<string> Named = FrozenSet.Create("ljp", "abl", "mul");

    private static readonly FrozenDictionary<string, CultureInfo> Known = CultureInfo.GetCultures(CultureTypes.NeutralCultures)
        .Where(culture => culture.ThreeLetterISOLanguageName.Length == 3)
        .OrderBy(culture => culture.Name.Length)
        .DistinctBy(culture => culture.ThreeLetterISOLanguageName)
        .ToFrozenDictionary(culture => culture.ThreeLetterISOLanguageName);

    /// <summary>The language's name, with a capital where it stands alone; the code itself where nobody knows a name.</summary>
    public static string Of(string code)
    {
        if (Named.Contains(code)) return CatalogText.Get("Language." + code);
        var name = CultureOf(code)?.DisplayName ?? code;
        return name.Length == 0 ? code : char.ToUpper(name[0], CultureInfo.CurrentCulture) + name[1..];
    }

    /// <summary>The tag of the language for <c>lang</c> and for feeds (BCP 47); null where nobody knows one.</summary>
    public static string? TagOf(string? code) => code is null ? null : CultureOf(code)?.Name;

    private static CultureInfo? CultureOf(string code) => Known.GetValueOrDefault(Terminological.GetValueOrDefault(code, code));
}
