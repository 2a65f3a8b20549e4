using System.Buffers.Binary;

namespace Metro.Content;

/// <summary>A format that the library accepts, known by its bytes: what a name or a browser claims counts for nothing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="ContentType">The type under which it is served.</param>
/// <param name="Extensions">The endings that a file of it may have; the first is usual.</param>
internal sealed record MediaFormat(MediaKind Kind, string ContentType, params IReadOnlyList<string> Extensions)
{
    /// <summary>How many bytes from the beginning tell the format.</summary>
    public const int HeadLength = 4_096;

    public static readonly MediaFormat Png = new(MediaKind.Picture, "image/png", "png");
    public static readonly MediaFormat Jpeg = new(MediaKind.Picture, "image/jpeg", "jpg", "jpeg");
    public static readonly MediaFormat Gif = new(MediaKind.Picture, "image/gif", "gif");
    public static readonly MediaFormat WebP = new(MediaKind.Picture, "image/webp", "webp");
    public static readonly MediaFormat Avif = new(MediaKind.Picture, "image/avif", "avif");
    public static readonly MediaFormat Pdf = new(MediaKind.Document, "application/pdf", "pdf");
    public static readonly MediaFormat Epub = new(MediaKind.Book, "application/epub+zip", "epub");
    public static readonly MediaFormat Mp3 = new(MediaKind.Audio, "audio/mpeg", "mp3");
    public static readonly MediaFormat Ogg = new(MediaKind.Audio, "audio/ogg", "ogg", "oga", "opus");
    public static readonly MediaFormat M4a = new(MediaKind.Audio, "audio/mp4", "m4a");
    public static readonly MediaFormat Mp4 = new(MediaKind.Video, "video/mp4", "mp4", "m4v");
    public static readonly MediaFormat WebM = new(MediaKind.Video, "video/webm", "webm");

    /// <summary>The format that these first bytes are of; null when it is none that is accepted.</summary>
    public static MediaFormat? Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]) && head.Length >= 24 && head[12..16].SequenceEqual("IHDR"u8)) return Png;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff])) return Jpeg;
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return Gif;
        if (head.StartsWith("%PDF-"u8)) return Pdf;
        if (head.StartsWith("OggS"u8)) return Ogg;
        if (head.Length >= 30 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8)) return WebP;
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8)) return OfBrand(head[8..12]);

        // The first entry of an EPUB's zip is named so and stored uncompressed, for just this purpose (OCF 4.3).
        if (head.Length >= 58 && head.StartsWith("PK\u0003\u0004"u8) && head[30..58].SequenceEqual("mimetypeapplication/epub+zip"u8)) return Epub;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1a, 0x45, 0xdf, 0xa3]) && head[..Math.Min(64, head.Length)].IndexOf("webm"u8) > 0) return WebM;
        return head.StartsWith("ID3"u8) || IsMp3Frame(head) ? Mp3 : null;
    }

    /// <summary>Width and height in pixels as the file's header says; null when it does not say.</summary>
    public static (int Width, int Height)? SizeOf(MediaFormat format, Stream file)
    {
        file.Position = 0;
        var head = new byte[Math.Min(file.Length, 65_536)];
        file.ReadExactly(head);
        var size = format == Png ? (BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(20)))
            : format == Gif && head.Length >= 10 ? (BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(6)), BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(8)))
            : format == WebP ? OfWebP(head)
            : format == Avif ? OfAvif(head)
            : format == Jpeg ? OfJpeg(file)
            : null as (int, int)?;
        return size is ( > 0, > 0) ? size : null;
    }

    private static MediaFormat? OfBrand(ReadOnlySpan<byte> brand)
    {
        if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)) return Avif;
        if (brand.SequenceEqual("M4A "u8) || brand.SequenceEqual("M4B "u8)) return M4a;
        return brand.StartsWith("iso"u8) || brand.StartsWith("mp4"u8) || brand.SequenceEqual("avc1"u8) || brand.SequenceEqual("M4V "u8) || brand.SequenceEqual("dash"u8)
            ? Mp4
            : null;
    }

    private static bool IsMp3Frame(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && head[0] == 0xff && (head[1] & 0xe0) == 0xe0 && (head[1] & 0x18) != 0x08 && (head[1] & 0x06) == 0x02 && (head[2] & 0xf0) != 0xf0 && (head[2] & 0x0c) != 0x0c;

    private static (int, int)? OfWebP(ReadOnlySpan<byte> head)
    {
        var chunk = head[12..16];
        if (chunk.SequenceEqual("VP8X"u8)) return (1 + Int24(head[24..]), 1 + Int24(head[27..]));
        if (chunk.SequenceEqual("VP8 "u8)) return (BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3fff, BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3fff);
        if (!chunk.SequenceEqual("VP8L"u8)) return null;

        var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
        return ((int)(bits & 0x3fff) + 1, (int)((bits >> 14) & 0x3fff) + 1);
    }

    private static int Int24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    /// <summary>The largest of the image spatial extents: a grid's cells and a thumbnail have their own.</summary>
    private static (int, int)? OfAvif(ReadOnlySpan<byte> head)
    {
        (int, int)? largest = null;
        for (var at = head.IndexOf("ispe"u8); at >= 0 && at + 16 <= head.Length;)
        {
            var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(head[(at + 8)..]), BinaryPrimitives.ReadInt32BigEndian(head[(at + 12)..]));
            if (largest is not var (w, h) || (long)width * height > (long)w * h) largest = (width, height);
            var next = head[(at + 4)..].IndexOf("ispe"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }

        return largest;
    }

    /// <summary>From marker to marker, past any length of metadata, to the start of the frame.</summary>
    private static (int, int)? OfJpeg(Stream file)
    {
        file.Position = 2;
        Span<byte> marker = stackalloc byte[9];
        for (var markers = 0; markers < 1_000; markers++)
        {
            if (file.ReadAtLeast(marker[..4], 4, throwOnEndOfStream: false) < 4 || marker[0] != 0xff) return null;

            var length = BinaryPrimitives.ReadUInt16BigEndian(marker[2..]);
            if (marker[1] is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
                return file.ReadAtLeast(marker[4..9], 5, throwOnEndOfStream: false) < 5
                    ? null
                    : (BinaryPrimitives.ReadUInt16BigEndian(marker[7..]), BinaryPrimitives.ReadUInt16BigEndian(marker[5..]));
            if (length < 2) return null;
            file.Position += length - 2;
        }

        return null;
    }
}
