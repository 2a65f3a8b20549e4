using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Metro.Library.Catalog;

/// <summary>How texts of the catalogue are compared: without case, accents and punctuation.</summary>
internal static class CatalogText
{
    /// <summary>Lower-case letters and digits in words with one blank between; at most <paramref name="limit"/> characters.</summary>
    public static string KeyOf(string? text, int limit = 250)
    {
        if (string.IsNullOrEmpty(text)) return "";

        var key = new StringBuilder(Math.Min(text.Length, limit));
        var blank = false;
        foreach (var word in Search.WordBreaker.Words(text))
        {
            if (blank) key.Append(' ');
            key.Append(word);
            blank = true;
            if (key.Length >= limit) break;
        }

        return key.Length <= limit ? key.ToString() : key.ToString(0, limit);
    }

    /// <summary>
    /// What makes two descriptions the same title when neither has a number: format, title, first
    /// contributor, year and publisher. Thirty-two hexadecimal digits.
    /// </summary>
    public static string FingerprintOf(TitleDescription title)
    {
        var text = string.Join('\n',
            title.Format.ToString(),
            KeyOf(title.Name),
            KeyOf(title.Subtitle),
            title.Contributors.Count > 0 ? PersonName.KeyOf(title.Contributors[0].Name) : "",
            title.Year?.ToString(CultureInfo.InvariantCulture) ?? "",
            KeyOf(title.Publisher),
            title.SeriesNumber ?? "");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}

/// <summary>How persons' names are compared.</summary>
public static class PersonName
{
    /// <summary>
    /// The same for every order and spelling of one name: <c>Hirata, Andrea</c> and <c>Andrea HIRATA</c>
    /// give <c>andrea hirata</c>. Names of one word, as many Indonesians have, are their own key.
    /// </summary>
    public static string KeyOf(string name)
    {
        var words = CatalogText.KeyOf(name, 200).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(words, StringComparer.Ordinal);
        return string.Join(' ', words);
    }

    /// <summary>The name as it is said: <c>Hirata, Andrea</c> becomes <c>Andrea Hirata</c>; others stay.</summary>
    public static string InReadingOrder(string name)
    {
        var comma = name.IndexOf(", ", StringComparison.Ordinal);
        return comma < 0 || name.IndexOf(',', comma + 1) >= 0 ? name : $"{name[(comma + 2)..]} {name[..comma]}";
    }
}
