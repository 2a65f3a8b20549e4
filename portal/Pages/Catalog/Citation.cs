using System.Globalization;
using System.Text;
using Metro.Library.Catalog;

namespace Metro.Portal.Pages.Catalog;

/// <summary>A book as it is cited: in three styles for readers, as BibTeX and RIS for their programs.</summary>
/// <param name="Style">The style's name.</param>
/// <param name="Before">What stands before the title.</param>
/// <param name="Title">The title, to be set in italics.</param>
/// <param name="After">What stands after it.</param>
internal sealed record Citation(string Style, string Before, string Title, string After)
{
    /// <summary>APA (7th edition), MLA (9th edition) and Chicago (17th edition, bibliography).</summary>
    public static IEnumerable<Citation> Of(Title title)
    {
        var name = title.Subtitle is { } subtitle ? $"{title.Name}: {subtitle}" : title.Name;
        var year = title.Year?.ToString(CultureInfo.InvariantCulture);
        var edition = title.Edition?.TrimEnd('.');
        var authors = title.Contributors.Where(one => one.Role == ContributorRole.Author).ToList();

        yield return new Citation("APA", Sentence(Apa(authors)) + $"({year ?? "n.d."}). ", name, (edition is null ? ". " : $" ({edition}). ") + Sentence(title.Publisher));
        yield return new Citation("MLA", Sentence(Mla(authors)), name, ". " + Sentence(Joined(", ", edition, title.Publisher, year)));
        var where = Joined(": ", title.Place, title.Publisher);
        yield return new Citation("Chicago", Sentence(Chicago(authors)), name, ". " + Sentence(edition) + Sentence(Joined(", ", where, year)));
    }

    /// <summary>A BibTeX entry.</summary>
    public static string BibTex(Title title, string address)
    {
        var key = new string([.. PersonName.KeyOf(title.Contributors.FirstOrDefault()?.Name ?? title.Name).Where(char.IsAsciiLetterOrDigit).Take(20)]);
        var entry = new StringBuilder().Append(CultureInfo.InvariantCulture, $"@book{{{key}{title.Year},\n");
        Field("title", title.Subtitle is { } subtitle ? $"{title.Name}: {subtitle}" : title.Name);
        Field("author", string.Join(" and ", title.Contributors.Where(one => one.Role == ContributorRole.Author).Select(one => one.Name)));
        Field("editor", string.Join(" and ", title.Contributors.Where(one => one.Role == ContributorRole.Editor).Select(one => one.Name)));
        Field("publisher", title.Publisher);
        Field("address", title.Place);
        Field("year", title.Year?.ToString(CultureInfo.InvariantCulture));
        Field("edition", title.Edition);
        Field("series", title.Series);
        Field("isbn", title.Identifiers.FirstOrDefault(one => one.Kind == IdentifierKind.Isbn)?.Value);
        Field("url", address);
        return entry.Append("}\n").ToString();

        void Field(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) entry.Append(CultureInfo.InvariantCulture, $"  {name} = {{{Escaped(value)}}},\n");
        }
    }

    /// <summary>A record in the format RIS, which most reference programs read.</summary>
    public static string Ris(Title title, string address)
    {
        var lines = new List<string> { "TY  - BOOK" };
        Line("TI", title.Subtitle is { } subtitle ? $"{title.Name}: {subtitle}" : title.Name);
        foreach (var one in title.Contributors) Line(one.Role == ContributorRole.Author ? "AU" : one.Role == ContributorRole.Editor ? "ED" : "A4", one.Name);
        Line("PB", title.Publisher);
        Line("CY", title.Place);
        Line("PY", title.Year?.ToString(CultureInfo.InvariantCulture));
        Line("ET", title.Edition);
        Line("T2", title.Series);
        Line("LA", title.Language);
        foreach (var subject in title.Subjects) Line("KW", subject.Text);
        foreach (var isbn in title.Identifiers.Where(one => one.Kind == IdentifierKind.Isbn)) Line("SN", isbn.Value);
        Line("AB", title.Summary);
        Line("UR", address);
        lines.Add("ER  - ");
        return string.Join("\r\n", lines) + "\r\n";

        void Line(string tag, string? value)
        {
            if (!string.IsNullOrEmpty(value)) lines.Add($"{tag}  - {value.ReplaceLineEndings(" ")}");
        }
    }

    private static string Apa(List<Contributor> authors) => Listed([.. authors.Select(one => Initials(one))], ", & ");

    private static string Mla(List<Contributor> authors) => authors switch
    {
        [] => "",
        [var one] => one.Name,
        [var one, var other] => $"{one.Name}, and {PersonName.InReadingOrder(other.Name)}",
        [var one, ..] => $"{one.Name}, et al.",
    };

    private static string Chicago(List<Contributor> authors) =>
        authors.Count == 0 ? "" : Listed([authors[0].Name, .. authors.Skip(1).Select(one => PersonName.InReadingOrder(one.Name))], ", and ");

    private static string Listed(string[] names, string last) => names.Length switch
    {
        0 => "",
        1 => names[0],
        _ => string.Join(", ", names[..^1]) + last + names[^1],
    };

    /// <summary>"Hirata, Andrea" becomes "Hirata, A."; a name of one part, as many Indonesians have, stays whole.</summary>
    private static string Initials(Contributor one)
    {
        var comma = one.Name.IndexOf(", ", StringComparison.Ordinal);
        if (comma < 0 || one.Kind != ContributorKind.Person) return one.Name;
        var given = one.Name[(comma + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(part => char.IsLetter(part[0])).Select(part => $"{char.ToUpperInvariant(part[0])}.");
        return $"{one.Name[..comma]}, {string.Join(' ', given)}";
    }

    private static string Joined(string between, params string?[] parts) => string.Join(between, parts.Where(part => !string.IsNullOrEmpty(part)));

    private static string Sentence(string? text) => string.IsNullOrEmpty(text) ? "" : text.EndsWith('.') ? $"{text} " : $"{text}. ";

    private static string Escaped(string text) => text.ReplaceLineEndings(" ").Replace("\\", "", StringComparison.Ordinal)
        .Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)
        .Replace("&", "\\&", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal);
}
