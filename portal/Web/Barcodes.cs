using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Metro.Portal.Web;

/// <summary>
/// Draws Code 128 (ISO/IEC 15417), which every scanner at a desk reads, as SVG: digits two to a sign where there are many, everything
/// else sign by sign. Bars are black on white whatever the page looks like, with the quiet zone around them.
/// </summary>
internal static class Barcodes
{
    private const int StartB = 104;
    private const int StartC = 105;
    private const int ToC = 99;
    private const int ToB = 100;
    private const int Stop = 106;

    /// <summary>The margin on either side without which scanners do not find the code, in modules.</summary>
    private const int Quiet = 10;

    /// <summary>The widths of bars and gaps of every sign, in modules.</summary>
    private static readonly string[] Patterns =
    [
        "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212", "112232", "122132", "122231", "113222",
        "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321",
        "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121",
        "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224",
        "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
        "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113",
        "114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
    ];

    /// <summary>The code of a text as a picture that fills the width that it is given.</summary>
    /// <param name="text">At most 80 printable ASCII characters.</param>
    /// <param name="label">What the picture is called for those who do not see it.</param>
    /// <param name="height">How high it is for every ten modules of width.</param>
    public static IHtmlContent Code128(string text, string label, int height = 30)
    {
        var signs = SignsOf(text);
        var bars = new StringBuilder();
        var at = Quiet;
        foreach (var sign in signs)
            for (var i = 0; i < Patterns[sign].Length; i++)
            {
                var width = Patterns[sign][i] - '0';
                if (i % 2 == 0) bars.Append(CultureInfo.InvariantCulture, $"M{at} 0h{width}v{height}h-{width}z");
                at += width;
            }

        var content = new HtmlContentBuilder();
        content.AppendHtml(string.Create(CultureInfo.InvariantCulture, $"<svg class=\"barcode\" viewBox=\"0 0 {at + Quiet} {height}\" preserveAspectRatio=\"none\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\""))
            .Append(label)
            .AppendHtml(string.Create(CultureInfo.InvariantCulture, $"\"><path fill=\"#fff\" d=\"M0 0h{at + Quiet}v{height}H0z\"/><path fill=\"#000\" d=\"{bars}\"/></svg>"));
        return content;
    }

    /// <summary>Start, text, check sign and stop, as numbers of patterns.</summary>
    /// <exception cref="ArgumentException">A character is not printable ASCII, or there is none.</exception>
    internal static IReadOnlyList<int> SignsOf(string text)
    {
        if (text.Length is 0 or > 80 || text.Any(sign => sign is < ' ' or > '~')) throw new ArgumentException($"'{text}' cannot be a barcode.", nameof(text));

        var (signs, isDigits, at) = (new List<int>(), DigitsFrom(text, 0) >= (text.Length == 2 ? 2 : 4), 0);
        signs.Add(isDigits ? StartC : StartB);
        while (at < text.Length)
        {
            var digits = DigitsFrom(text, at);
            if (isDigits && digits < 2)
            {
                signs.Add(ToB);
                isDigits = false;
            }
            else if (!isDigits && (digits >= 6 || (digits >= 4 && at + digits == text.Length)) && digits % 2 == 0)
            {
                signs.Add(ToC);
                isDigits = true;
            }

            if (isDigits) signs.Add((text[at] - '0') * 10 + text[at + 1] - '0');
            else signs.Add(text[at] - ' ');
            at += isDigits ? 2 : 1;
        }

        signs.Add((signs[0] + signs.Skip(1).Select((sign, place) => sign * (place + 1)).Sum()) % 103);
        signs.Add(Stop);
        return signs;
    }

    private static int DigitsFrom(string text, int at)
    {
        var digits = 0;
        while (at + digits < text.Length && char.IsAsciiDigit(text[at + digits])) digits++;
        return digits;
    }
}
