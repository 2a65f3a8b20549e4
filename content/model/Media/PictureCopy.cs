using System.Buffers.Binary;

namespace Metro.Content;

/// <summary>
/// A picture without what its camera wrote about the person who held it: EXIF with place and time, XMP, comments, hidden
/// further pictures. Pixels and colour profile stay, byte for byte, and how a JPEG is to be turned; browsers turn no other
/// format by its EXIF. Copying a copy changes nothing. Pure.
/// </summary>
internal static class PictureCopy
{
    /// <summary>The picture's bytes that are kept, and how it is turned (EXIF 2.3, 4.6.4: 1 upright, 5 to 8 on its side); null when it is broken.</summary>
    public static (byte[] Bytes, int Orientation)? Of(MediaFormat format, byte[] picture)
    {
        try
        {
            if (format == MediaFormat.Jpeg) return Jpeg(picture);
            if (format == MediaFormat.Png) return (Png(picture), 1);
            if (format == MediaFormat.WebP) return (WebP(picture), 1);
            if (format == MediaFormat.Gif) return (Gif(picture), 1);
            return format == MediaFormat.Avif ? (AvifCopy.Of(picture), 1) : (picture, 1);
        }
        catch (Exception broken) when (broken is ArgumentException or IndexOutOfRangeException or OverflowException or EndOfStreamException)
        {
            // A length that leads out of the file.
            return null;
        }
    }

    /// <summary>ISO 10918-1, B.1: segments up to the end of the image, and nothing after it.</summary>
    private static (byte[], int) Jpeg(byte[] picture)
    {
        var (kept, at, orientation, afterJfif) = (new MemoryStream(picture.Length), 2, 1, 2);
        kept.Write(picture.AsSpan(0, 2));
        while (at < picture.Length)
        {
            if (picture[at] != 0xff) throw new EndOfStreamException();
            while (picture[at + 1] == 0xff) at++;
            var marker = picture[at + 1];
            if (marker == 0xd9)
            {
                kept.Write([0xff, 0xd9]);
                break;
            }

            var length = marker is 0x01 or (>= 0xd0 and <= 0xd7) ? 0 : BinaryPrimitives.ReadUInt16BigEndian(picture.AsSpan(at + 2, 2));
            if (length == 1 || (length == 0 && marker is not (0x01 or (>= 0xd0 and <= 0xd7)))) throw new EndOfStreamException();

            var segment = picture.AsSpan(at, 2 + length);
            var body = length >= 2 ? segment[4..] : [];
            if (marker == 0xe1 && body.StartsWith("Exif\0\0"u8)) orientation = Exif.OrientationOf(body[6..]) ?? orientation;
            if (IsKept(marker, body)) kept.Write(segment);
            if (marker == 0xe0 && at == 2) afterJfif = (int)kept.Length;
            at += segment.Length;
            if (marker != 0xda) continue;

            // The scan itself has no length: it lasts until a marker that is neither a restart nor a stuffed zero.
            var scan = at;
            while (at < picture.Length - 1 && (picture[at] != 0xff || picture[at + 1] is 0 or (>= 0xd0 and <= 0xd7))) at++;
            if (at >= picture.Length - 1) at = picture.Length;
            kept.Write(picture.AsSpan(scan, at - scan));
        }

        if (orientation == 1) return (kept.ToArray(), 1);
        var bytes = kept.ToArray();
        return ([.. bytes[..afterJfif], 0xff, 0xe1, 0, 34, .. "Exif\0\0"u8, .. Exif.Only(orientation), .. bytes[afterJfif..]], orientation);
    }

    private static bool IsKept(byte marker, ReadOnlySpan<byte> body) => marker switch
    {
        0xe0 => body.StartsWith("JFIF\0"u8),
        0xe2 => body.StartsWith("ICC_PROFILE\0"u8),
        0xee => body.StartsWith("Adobe"u8),
        (>= 0xe1 and <= 0xef) or 0xfe => false,
        _ => true,
    };

    /// <summary>PNG (third edition), 11: critical chunks, and those that say how the pixels look and move.</summary>
    private static byte[] Png(byte[] picture)
    {
        var (kept, at) = (new MemoryStream(picture.Length), 8);
        kept.Write(picture.AsSpan(0, 8));
        while (at < picture.Length)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(at, 4));
            var chunk = picture.AsSpan(at, checked(12 + length));
            var type = chunk[4..8];
            if (!char.IsAsciiLetter((char)type[0])) throw new EndOfStreamException();
            var isCritical = char.IsAsciiLetterUpper((char)type[0]);
            if (isCritical || System.Text.Encoding.ASCII.GetString(type) is "tRNS" or "gAMA" or "cHRM" or "sRGB" or "iCCP" or "cICP" or "mDCV" or "cLLI" or "sBIT" or "bKGD" or "pHYs" or "hIST" or "sPLT" or "acTL" or "fcTL" or "fdAT")
                kept.Write(chunk);
            if (type.SequenceEqual("IEND"u8)) break;
            at += chunk.Length;
        }

        return kept.ToArray();
    }

    /// <summary>RFC 9649: chunks of the picture, its alpha, animation and profile; what the flags of VP8X no longer promise is off.</summary>
    private static byte[] WebP(byte[] picture)
    {
        var (kept, at, flags) = (new MemoryStream(picture.Length), 12, -1);
        kept.Write(picture.AsSpan(0, 12));
        var end = (int)Math.Min(picture.Length, 8 + (long)BinaryPrimitives.ReadUInt32LittleEndian(picture.AsSpan(4, 4)));
        while (at + 8 <= end)
        {
            var length = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(picture.AsSpan(at + 4, 4)));
            var chunk = picture.AsSpan(at, checked(8 + length));
            var type = System.Text.Encoding.ASCII.GetString(chunk[..4]);
            if (type == "VP8X") flags = (int)kept.Length + 8;
            if (type is "VP8X" or "VP8 " or "VP8L" or "ALPH" or "ANIM" or "ANMF" or "ICCP")
            {
                kept.Write(chunk);
                if (length % 2 == 1) kept.WriteByte(0);
            }

            at += chunk.Length + (length % 2);
        }

        var bytes = kept.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        if (flags >= 0) bytes[flags] &= 0xf3;
        return bytes;
    }

    /// <summary>GIF89a: no comments, and no application's extension but those that repeat the animation or hold the profile.</summary>
    private static byte[] Gif(byte[] picture)
    {
        var kept = new MemoryStream(picture.Length);
        var at = 13 + TableLength(picture[10]);
        kept.Write(picture.AsSpan(0, at));
        while (true)
        {
            var from = at;
            switch (picture[at])
            {
                case 0x3b:
                    kept.WriteByte(0x3b);
                    return kept.ToArray();
                case 0x2c:
                    at = PastBlocks(picture, at + 11 + TableLength(picture[at + 9]));
                    kept.Write(picture.AsSpan(from, at - from));
                    break;
                case 0x21:
                    var name = picture[at + 1] == 0xff ? picture.AsSpan(at + 3, 11) : [];
                    at = PastBlocks(picture, at + 2);
                    if (picture[from + 1] == 0xf9 || name.SequenceEqual("NETSCAPE2.0"u8) || name.SequenceEqual("ANIMEXTS1.0"u8) || name.SequenceEqual("ICCRGBG1012"u8))
                        kept.Write(picture.AsSpan(from, at - from));
                    break;
                default:
                    throw new EndOfStreamException();
            }
        }
    }

    private static int TableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static int PastBlocks(byte[] picture, int at)
    {
        while (picture[at] != 0) at += 1 + picture[at];
        return at + 1;
    }
}

/// <summary>What of EXIF matters here: how the picture is turned (tag 0x0112 of the first directory).</summary>
internal static class Exif
{
    /// <summary>The orientation that a TIFF structure tells, 1 to 8; null when it tells none.</summary>
    public static int? OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 14) return null;

        var isLittle = tiff.StartsWith("II*\0"u8);
        if (!isLittle && !tiff.StartsWith("MM\0*"u8)) return null;

        var at = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (at > tiff.Length - 2) return null;

        var directory = tiff[(int)at..];
        var entries = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(directory) : BinaryPrimitives.ReadUInt16BigEndian(directory);
        for (var i = 0; i < entries && directory.Length >= 2 + (12 * (i + 1)); i++)
        {
            var entry = directory.Slice(2 + (12 * i), 12);
            var tag = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(entry) : BinaryPrimitives.ReadUInt16BigEndian(entry);
            if (tag != 0x0112) continue;

            var value = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]) : BinaryPrimitives.ReadUInt16BigEndian(entry[8..]);
            return value is >= 1 and <= 8 ? value : null;
        }

        return null;
    }

    /// <summary>A TIFF structure of 26 bytes that tells nothing but the orientation.</summary>
    public static byte[] Only(int orientation) =>
        [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
}
