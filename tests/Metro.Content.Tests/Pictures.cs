using System.Buffers.Binary;
using System.Text;

namespace Metro.Content.Tests;

/// <summary>The smallest files of each format that say what they are.</summary>
internal static class Pictures
{
    public static byte[] Png(int width, int height)
    {
        // A header, no pixels, and the end.
        var png = new byte[45];
        ((byte[])[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]).CopyTo(png, 0);
        "IHDR"u8.CopyTo(png.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        "IEND"u8.CopyTo(png.AsSpan(37));
        return png;
    }

    public static byte[] Gif(ushort width, ushort height)
    {
        var gif = new byte[14];
        gif[13] = 0x3b;
        "GIF89a"u8.CopyTo(gif);
        BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(6), width);
        BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(8), height);
        return gif;
    }

    /// <summary>By choice with metadata longer than the head that is sniffed, as phones write it.</summary>
    public static byte[] Jpeg(ushort width, ushort height, int metadata = 0)
    {
        using var jpeg = new MemoryStream();
        jpeg.Write([0xff, 0xd8]);
        if (metadata > 0) jpeg.Write([0xff, 0xe1, (byte)((metadata + 2) >> 8), (byte)(metadata + 2), .. new byte[metadata]]);
        jpeg.Write([0xff, 0xc0, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);
        return jpeg.ToArray();
    }

    public static byte[] WebP(int width, int height)
    {
        var webp = new byte[30];
        "RIFF"u8.CopyTo(webp);
        "WEBPVP8X"u8.CopyTo(webp.AsSpan(8));
        (webp[4], webp[16]) = (22, 10);
        (webp[24], webp[25], webp[27], webp[28]) = ((byte)(width - 1), (byte)((width - 1) >> 8), (byte)(height - 1), (byte)((height - 1) >> 8));
        return webp;
    }

    public static byte[] Avif(int width, int height)
    {
        var avif = new byte[80];
        "ftypavif"u8.CopyTo(avif.AsSpan(4));
        "mdat"u8.CopyTo(avif.AsSpan(20));
        (avif[3], avif[19]) = (16, 64);
        "ispe"u8.CopyTo(avif.AsSpan(40));
        BinaryPrimitives.WriteInt32BigEndian(avif.AsSpan(48), width);
        BinaryPrimitives.WriteInt32BigEndian(avif.AsSpan(52), height);
        return avif;
    }

    public static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>A real JPEG of 48 by 32 pixels: red on the left, blue on the right.</summary>
    public static byte[] RealJpeg { get; } = Convert.FromBase64String(
        "/9j/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//"
        + "wAARCAAgADADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAABgUH/8QAGREBAAMBAQAAAAAAAAAAAAAAAAWBwUJD/9oADAMBAAIRAxEAPwCEAnGIlqiWQwPpWoU1xeABChqgDPTkS1RLIYH0rUKa4vAAhQ3/2Q==");

    /// <summary>The same as WebP, with EXIF.</summary>
    public static byte[] RealWebP { get; } = Convert.FromBase64String(
        "UklGRigBAABXRUJQVlA4WAoAAAAIAAAALwAAHwAAVlA4IEgAAACQAwCdASowACAAPtFYpEuoJSOhsAgBABoJQBkRYE2AAHuqHF5AAP7qZf8FSX3L//G8E9ujW5iP3iyPvkzgttuNZ0fpVCgAAABFWElGugAAAEV4aWYAAElJKgAIAAAABgASAQMAAQAAAAEAAAAaAQUA"
        + "AQAAAFYAAAAbAQUAAQAAAF4AAAAoAQMAAQAAAAIAAAATAgMAAQAAAAEAAABphwQAAQAAAGYAAAAAAAAALxkBAOgDAAAvGQEA6AMAAAYAAJAHAAQAAAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEAAAD//wAAAqAEAAEAAAAwAAAAA6AEAAEAAAAgAAAAAAAAAA==");

    /// <summary>The same as GIF.</summary>
    public static byte[] RealGif { get; } = Convert.FromBase64String(
        "R0lGODlhMAAgAIEAAEdwTB4eyMgeHgAAACH/C05FVFNDQVBFMi4wAwEAAAAh+QQFAAAAACwAAAAAMAAgAAACVZSPqRftD6NbtMqLq064ww0K3hiEG+mZGtqpFnu5FBzLCi3ZN/7pCN/zGYAPIYPYMA6RJSWzaXwqRcyp1FnFIq3ZaFd49W61RO5YXCYDzWn0Ws1jAwsAOw==");

    /// <summary>The same as AVIF, with EXIF.</summary>
    public static byte[] RealAvif { get; } = Convert.FromBase64String(
        "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAASttZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAANGlsb2MAAAAAREAAAgABAAAAAAFPAAEAAAAAAAAAJAACAAAAAAFzAAEAAAAAAAAAvgAAADhpaW5mAAAAAAACAAAA"
        + "FWluZmUCAAAAAAEAAGF2MDEAAAAAFWluZmUCAAABAAIAAEV4aWYAAAAAamlwcnAAAABLaXBjbwAAABNjb2xybmNseAACAAIABoAAAAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAAAwAAAAIAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYIDhAAAABppcmVmAAAAAAAA"
        + "AA5jZHNjAAIAAQABAAAA6m1kYXQSAAoJGBUv+wQICBoQMhVGYAAAFN8BlptItWAB1BkhqvyQcWAAAAAGRXhpZgAASUkqAAgAAAAGABIBAwABAAAAAQAAABoBBQABAAAAVgAAABsBBQABAAAAXgAAACgBAwABAAAAAgAAABMCAwABAAAAAQAAAGmHBAABAAAAZgAAAAAAAAAvGQEA6AMAAC8Z"
        + "AQDoAwAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAADAAAAADoAQAAQAAACAAAAAAAAAA");

    /// <summary>A real PNG, each pixel of the colour that is asked for, with further chunks before its end.</summary>
    public static byte[] RealPng(int width, int height, Func<int, (byte, byte, byte)> colourOfColumn, params (string Type, byte[] Data)[] chunks)
    {
        var row = new byte[1 + (3 * width)];
        for (var x = 0; x < width; x++) (row[1 + (3 * x)], row[2 + (3 * x)], row[3 + (3 * x)]) = colourOfColumn(x);
        using var pixels = new MemoryStream();
        using (var packed = new System.IO.Compression.ZLibStream(pixels, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < height; y++) packed.Write(row);

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, .. Chunk("IHDR", header), .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Data)), .. Chunk("IDAT", pixels.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>EXIF that tells how the picture is turned and holds a word that nobody else is to read.</summary>
    public static byte[] Exif(int orientation, string secret) =>
        [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, .. Text(secret)];

    public static byte[] JpegSegment(byte marker, byte[] body) => [0xff, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Text(type), .. data];
        var chunk = new byte[8 + named.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + named.Length), Crc(named));
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var each in bytes)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }
}
