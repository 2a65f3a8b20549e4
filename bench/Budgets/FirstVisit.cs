using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Metro.Bench.Budgets;

/// <summary>
/// What a browser that was never here transfers to show a page, compressed, without pictures: the page, its styles, scripts with the
/// modules that they import, and fonts that hold Latin letters.
/// </summary>
internal static partial class FirstVisit
{
    /// <param name="Whole">Bytes in all.</param>
    /// <param name="Page">Bytes of the page itself.</param>
    /// <param name="Scripts">Bytes of scripts.</param>
    /// <param name="Fonts">Bytes of fonts.</param>
    public sealed record Transfer(long Whole, long Page, long Scripts, long Fonts);

    public static async Task<Transfer> OfAsync(Uri portal, string path)
    {
        using var http = new HttpClient { BaseAddress = portal };
        http.DefaultRequestHeaders.Add("Accept-Encoding", "br, gzip");
        var got = new Dictionary<Uri, long>();
        var (page, text) = await GetAsync(http, new Uri(portal, path), got);
        var (scripts, fonts) = (0L, 0L);
        foreach (Match sheet in StyleSheet().Matches(text))
        {
            var address = new Uri(portal, Attribute("href").Match(sheet.Value).Groups["value"].Value);
            var (_, css) = await GetAsync(http, address, got);
            foreach (Match face in FontFace().Matches(css).Where(face => !face.Value.Contains("unicode-range", StringComparison.Ordinal) || LatinRange().IsMatch(face.Value)))
                if (FileOf().Match(face.Value) is { Success: true } file) fonts += (await GetAsync(http, new Uri(address, file.Groups["file"].Value), got)).Bytes;
        }

        foreach (Match script in Script().Matches(text)) scripts += await ScriptAsync(http, new Uri(portal, Attribute("src").Match(script.Value).Groups["value"].Value), got);
        return new Transfer(got.Values.Sum(), page, scripts, fonts);
    }

    private static async Task<long> ScriptAsync(HttpClient http, Uri address, Dictionary<Uri, long> got)
    {
        var (bytes, code) = await GetAsync(http, address, got);
        foreach (Match import in Import().Matches(code)) bytes += await ScriptAsync(http, new Uri(address, import.Groups["file"].Value), got);
        return bytes;
    }

    /// <summary>The bytes that came, 0 where they had come before, and the text.</summary>
    private static async Task<(long Bytes, string Text)> GetAsync(HttpClient http, Uri address, Dictionary<Uri, long> got)
    {
        if (got.ContainsKey(address)) return (0, "");
        using var answer = (await http.GetAsync(address)).EnsureSuccessStatusCode();
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        got[address] = bytes.Length;
        await using Stream plain = answer.Content.Headers.ContentEncoding.FirstOrDefault() switch
        {
            "br" => new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress),
            "gzip" => new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress),
            _ => new MemoryStream(bytes),
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return (bytes.Length, await reader.ReadToEndAsync());
    }

    private static Regex Attribute(string name) => new($"{name}=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture);

    [GeneratedRegex("<link[^>]*rel=\"stylesheet\"[^>]*>")]
    private static partial Regex StyleSheet();

    [GeneratedRegex("<script[^>]*\\ssrc=\"[^\"]+\"[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("@font-face\\s*\\{[^}]*\\}")]
    private static partial Regex FontFace();

    [GeneratedRegex("unicode-range:[^;}]*U\\+0{1,4}-0{0,2}FF", RegexOptions.IgnoreCase)]
    private static partial Regex LatinRange();

    [GeneratedRegex("url\\([\"']?(?<file>[^\"')]+\\.woff2?[^\"')]*)[\"']?\\)", RegexOptions.ExplicitCapture)]
    private static partial Regex FileOf();

    [GeneratedRegex("(?:from|import)\\s*[\"'](?<file>\\.{1,2}/[^\"']+)[\"']", RegexOptions.ExplicitCapture)]
    private static partial Regex Import();
}
