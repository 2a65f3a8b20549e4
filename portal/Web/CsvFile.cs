using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Metro.Portal.Web;

/// <summary>
/// A table for spreadsheets (RFC 4180), in UTF-8 with its mark, so that names stay whole. What a spreadsheet would take for a formula
/// is made text: people choose their own names.
/// </summary>
internal static class CsvFile
{
    /// <summary>The table as a download.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="rows">The rows, the headings first.</param>
    public static FileContentResult Of(string name, IEnumerable<IEnumerable<object?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows) text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return new FileContentResult([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv; charset=utf-8") { FileDownloadName = name };
    }

    private static string Cell(object? value)
    {
        var text = value is string words ? Harmless(words) : value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value?.ToString() ?? "";
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
}
