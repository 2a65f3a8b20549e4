using System.Globalization;
using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>
/// Refused values as messages quote them. Cut at a bound, so that a large value is not sent back once for every fault
/// found in it.
/// </summary>
internal static class Quotation
{
    private const int LongestQuoted = 1_000;

    public static string Of(ValueNode literal) => Cut(Printer.Print(literal));

    public static string Of(JsonElement value) => Cut(value.GetRawText());

    public static string Of(object runtimeValue) => Cut(runtimeValue switch
    {
        string text => $"\"{text}\"",
        bool boolean => boolean ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => runtimeValue.GetType().Name,
    });

    private static string Cut(string text) => text.Length <= LongestQuoted ? text : text[..LongestQuoted] + "…";
}
