using System.Buffers.Binary;
using System.Text;

namespace Metro.Content.Tests;

/// <summary>The smallest files of each format that say what they are.</summary>
internal static class Pictures
{
    public static byte[] Png(int width, int height)
    {
        var png = new byte[60];
        ((byte[])[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]).CopyTo(png, 0);
        "IHDR"u8.CopyTo(png.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    public static byte[] Gif(ushort width, ushort height)
    {
        var gif = new byte[20];
        "GIF89a"u8.CopyTo(gif);
        BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(6), width);
        BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(8), height);
        return gif;
    }

    /// <summary>With metadata longer than the head that is sniffed, as phones write it.</summary>
    public static byte[] Jpeg(ushort width, ushort height, int metadata = 20_000)
    {
        using var jpeg = new MemoryStream();
        jpeg.Write([0xff, 0xd8, 0xff, 0xe1, (byte)((metadata + 2) >> 8), (byte)(metadata + 2)]);
        jpeg.Write(new byte[metadata]);
        jpeg.Write([0xff, 0xc0, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);
        return jpeg.ToArray();
    }

    public static byte[] WebP(int width, int height)
    {
        var webp = new byte[40];
        "RIFF"u8.CopyTo(webp);
        "WEBPVP8X"u8.CopyTo(webp.AsSpan(8));
        (webp[24], webp[25], webp[27], webp[28]) = ((byte)(width - 1), (byte)((width - 1) >> 8), (byte)(height - 1), (byte)((height - 1) >> 8));
        return webp;
    }

    public static byte[] Avif(int width, int height)
    {
        var avif = new byte[80];
        "ftypavif"u8.CopyTo(avif.AsSpan(4));
        "ispe"u8.CopyTo(avif.AsSpan(40));
        BinaryPrimitives.WriteInt32BigEndian(avif.AsSpan(48), width);
        BinaryPrimitives.WriteInt32BigEndian(avif.AsSpan(52), height);
        return avif;
    }

    public static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);
}
