using System.Globalization;
using System.Text;

namespace Metro.Content.Editor.Pages.Office.Audit;

/// <summary>
/// Lines of values divided by commas (RFC 4180) for a spreadsheet. A value that a spreadsheet would take for a formula
/// is given an apostrophe, which makes it text: what somebody typed as a title never computes on somebody's desk. Pure.
/// </summary>
internal static class AuditCsv
{
    private const string FormulaBegins = "=+-@\t\r\n＝＋－＠";

    /// <summary>The line of an entry: when, by the library's clock and in UTC, who, what and of which item.</summary>
    public static string LineOf(AuditLine line, TimeZoneInfo zone) => Of(
        TimeZoneInfo.ConvertTimeFromUtc(line.AtUtc, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        line.AtUtc.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        line.UserName, line.UserId, line.Act, line.Type, line.DisplayText, line.ItemId, line.BeforeVersionId, line.AfterVersionId, line.Comment);

    /// <summary>One line, its end included.</summary>
    public static string Of(params IEnumerable<string?> values)
    {
        var line = new StringBuilder();
        foreach (var value in values)
        {
            if (line.Length > 0) line.Append(',');
            line.Append('"').Append(Harmless(value ?? "").Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        return line.Append("\r\n").ToString();
    }

    private static string Harmless(string value) =>
        value.AsSpan().TrimStart() is [var first, ..] && (FormulaBegins.Contains(first) || FormulaBegins.Contains(value[0])) ? "'" + value : value;
}
