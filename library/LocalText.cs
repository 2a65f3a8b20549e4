using System.Globalization;

namespace Metro.Library;

/// <summary>A name that people gave in Indonesian and perhaps in English.</summary>
/// <param name="Indonesian">Always there.</param>
/// <param name="English">Null where nobody translated it.</param>
public sealed record LocalText(string Indonesian, string? English = null) : IExplained
{
    /// <summary>The English name for English readers where there is one; otherwise the Indonesian.</summary>
    public string Explain(CultureInfo culture) =>
        English is not null && culture.TwoLetterISOLanguageName == "en" ? English : Indonesian;
}
