using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text.RegularExpressions;

namespace Metro.Theme;

/// <summary>
/// The cloth that stands for something without a picture, as a picture of its own: for reading programs and social networks, which
/// draw no styles. Colours and motifs are those of the page: they are read from its styles and drawings. Without words, since
/// whoever shows it says the title beside it. Safe for several threads.
/// </summary>
public static partial class WovenPicture
{
    /// <summary>The largest picture on either side, in pixels.</summary>
    public const int Largest = 2_400;

    private static readonly Motif[] Motifs =
    [
        .. ((string[])["pucuk-rebung", "belah-ketupat", "pohon-hayat", "kapal", "bintang", "pilin", "siger", "gelombang"]).Select(name => Motif.Parse(Read($"motifs/{name}.svg"))),
    ];

    private static readonly (byte[] Ground, byte[] Thread)[] Cloths =
    [
        .. ClothRule().Matches(Read("styles/cover.css")).Select(rule => (Convert.FromHexString(rule.Groups["ground"].Value), Convert.FromHexString(rule.Groups["thread"].Value))),
    ];

    /// <summary>A cover, as a PNG file; the same for the same title, in every process.</summary>
    /// <param name="title">The title that chooses cloth, motif and lay.</param>
    /// <param name="width">In pixels, from 16 to <see cref="Largest"/>.</param>
    /// <param name="height">In pixels, from 16 to <see cref="Largest"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The picture would be too small or too large.</exception>
    public static byte[] Paint(string title, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(width, height), 16, nameof(width));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Max(width, height), Largest, nameof(width));

        var (motif, cloth, lay) = Weave.PatternOf(title);
        var threads = new bool[height, width];
        Lay(threads, Motifs[motif], lay, width, height);
        return Png(threads, Cloths[cloth], width, height);
    }

    private static void Lay(bool[,] threads, Motif motif, int lay, int width, int height)
    {
        // Wide pictures are one band of motifs, as on a card; tall ones are laid as covers are.
        if (width > height)
        {
            Tile(threads, motif, top: height * 19 / 100, bottom: height * 81 / 100, rows: 1);
            return;
        }

        switch (lay)
        {
            case 0:
                Tile(threads, motif, top: height * 6 / 10, bottom: height, rows: 1);
                break;
            case 1:
                Tile(threads, motif, top: 0, bottom: height / 2, rows: 2);
                break;
            default:
                var line = Math.Max(2, height / 60);
                Fill(threads, 0, 0, width, line);
                Fill(threads, 0, height - line, width, line);
                var cell = Math.Max(1, Math.Min(width * 76 / 100 / motif.Width, height * 44 / 100 / motif.Height));
                Draw(threads, motif, (width - (motif.Width * cell)) / 2, (height * 92 / 100) - (motif.Height * cell), cell);
                break;
        }
    }

    /// <summary>Repeats a motif in rows between two heights, whole from the middle outwards.</summary>
    private static void Tile(bool[,] threads, Motif motif, int top, int bottom, int rows)
    {
        var width = threads.GetLength(1);
        var cell = Math.Max(1, (bottom - top) / rows / motif.Height);
        var (across, along) = (motif.Width * cell, motif.Height * cell);
        var first = (width / 2) - (across / 2) - ((((width / 2) / across) + 1) * across);
        for (var row = 0; row < rows; row++)
            for (var x = first; x < width; x += across)
                Draw(threads, motif, x, bottom - ((rows - row) * along), cell);
    }

    private static void Draw(bool[,] threads, Motif motif, int left, int top, int cell)
    {
        foreach (var (x, y, width, height) in motif.Stitches) Fill(threads, left + (x * cell), top + (y * cell), width * cell, height * cell);
    }

    private static void Fill(bool[,] threads, int left, int top, int width, int height)
    {
        for (var y = Math.Max(0, top); y < Math.Min(top + height, threads.GetLength(0)); y++)
            for (var x = Math.Max(0, left); x < Math.Min(left + width, threads.GetLength(1)); x++)
                threads[y, x] = true;
    }

    /// <summary>A PNG of two colours, one bit for each pixel (W3C Portable Network Graphics, sections 5 and 11).</summary>
    private static byte[] Png(bool[,] threads, (byte[] Ground, byte[] Thread) cloth, int width, int height)
    {
        var rows = new byte[height * (1 + ((width + 7) / 8))];
        for (var (y, at) = (0, 0); y < height; y++)
        {
            // Each row begins with its filter: none.
            at++;
            for (var x = 0; x < width; x += 8, at++)
                for (var bit = 0; bit < 8 && x + bit < width; bit++)
                    if (threads[y, x + bit]) rows[at] |= (byte)(0x80 >> bit);
        }

        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(rows);

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (1, 3);
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "PLTE"u8, [.. cloth.Ground, .. cloth.Thread]);
        Chunk(file, "IDAT"u8, compressed.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(type);
        file.Write(content);
        var check = new Crc32();
        check.Append(type);
        check.Append(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, check.GetCurrentHashAsUInt32());
        file.Write(number);
    }

    private static string Read(string name)
    {
        using var stream = typeof(WovenPicture).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The theme was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A motif on its grid.</summary>
    /// <param name="Width">In cells.</param>
    /// <param name="Height">In cells.</param>
    /// <param name="Stitches">The rectangles of thread, in cells.</param>
    private sealed record Motif(int Width, int Height, IReadOnlyList<(int X, int Y, int Width, int Height)> Stitches)
    {
        /// <summary>Our drawings are rectangles on a grid, as woven cloth is.</summary>
        public static Motif Parse(string drawing)
        {
            var size = Grid().Match(drawing);
            return new Motif(Number(size, "width"), Number(size, "height"), [.. Stitch().Matches(drawing).Select(one => (Number(one, "x"), Number(one, "y"), Number(one, "width"), Number(one, "height")))]);
        }

        private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("viewBox=\"0 0 (?<width>\\d+) (?<height>\\d+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grid();

    [GeneratedRegex("M(?<x>\\d+) (?<y>\\d+)h(?<width>\\d+)v(?<height>\\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stitch();

    [GeneratedRegex("\\.cloth-\\d \\{ --cloth-ground: #(?<ground>[0-9a-f]{6}); --thread: #(?<thread>[0-9a-f]{6});", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClothRule();
}
