using System.Globalization;
using System.Text;

namespace Metro.Content;

/// <summary>Addresses in the portal: how they are made from titles, compared and judged.</summary>
public static class ContentPath
{
    /// <summary>The longest path, as Orchard's own limit.</summary>
    public const int MaxLength = 1024;

    private const string Forbidden = ":?#[]@!$&'()*+,.;=<>\\|%\"`^{}";

    /// <summary>The path as it is compared: no slash at either end, lower case, without query and fragment.</summary>
    public static string Normalise(string path)
    {
        var end = path.AsSpan().IndexOfAny('?', '#');
        return Uri.UnescapeDataString(end < 0 ? path : path[..end]).Trim('/', ' ').ToLowerInvariant();
    }

    /// <summary>Whether an editor may give an item that path; Orchard refuses the same characters.</summary>
    public static bool IsValid(string path) =>
        path.Length is > 0 and <= MaxLength && !path.StartsWith('/') && !path.Contains("//", StringComparison.Ordinal)
        && !path.Any(c => Forbidden.Contains(c) || char.IsControl(c) || char.IsWhiteSpace(c));

    /// <summary>A title as part of an address: <c>Lokakarya Membatik!</c> is <c>lokakarya-membatik</c>. Empty when no letter is left.</summary>
    public static string Slug(string title)
    {
        var slug = new StringBuilder(title.Length);
        foreach (var c in title.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-' && c != '\'' && c != '’') slug.Append('-');
            if (slug.Length >= 80) break;
        }

        return slug.ToString().Trim('-').Normalize(NormalizationForm.FormC);
    }

    /// <summary>The path that a pattern gives; null when the title has nothing to make one from.</summary>
    internal static string? FromPattern(string pattern, string title, string? culture, ContentSettings settings)
    {
        var slug = Slug(title);
        if (slug.Length == 0) return null;

        var prefix = culture is null || culture == settings.DefaultCulture ? "" : culture;
        return pattern
            .Replace("{culture}", prefix, StringComparison.Ordinal)
            .Replace("{slug}", slug, StringComparison.Ordinal)
            .Trim('/');
    }
}
