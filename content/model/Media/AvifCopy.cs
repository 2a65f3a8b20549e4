using System.Buffers.Binary;

namespace Metro.Content;

/// <summary>
/// An AVIF picture whose EXIF and XMP items are all zeros. Other items are found by their place in the file (ISO 14496-12,
/// 8.11.3), so nothing may move: what is private is overwritten where it lies.
/// </summary>
internal static class AvifCopy
{
    /// <exception cref="ArgumentException">A box leads out of the file. <see cref="IndexOutOfRangeException"/> and <see cref="OverflowException"/> mean the same.</exception>
    public static byte[] Of(byte[] picture)
    {
        var copy = picture.ToArray();
        foreach (var box in Boxes(copy, 0, copy.Length))
        {
            if (box.Type is "uuid" or "udta") copy.AsSpan(box.Body, box.End - box.Body).Clear();
            if (box.Type == "meta") Meta(copy, box.Body + 4, box.End);
        }

        return copy;
    }

    private static void Meta(byte[] file, int from, int end)
    {
        var boxes = Boxes(file, from, end).ToList();
        var secret = boxes.Where(box => box.Type == "iinf").SelectMany(box => Private(file, box)).ToHashSet();
        var data = boxes.Find(box => box.Type == "idat");
        foreach (var box in boxes.Where(box => box.Type == "iloc"))
            foreach (var (item, isInside, offset, length) in Extents(file, box))
                if (secret.Contains(item)) file.AsSpan(checked((int)offset + (isInside ? data.Body : 0)), checked((int)length)).Clear();
    }

    /// <summary>The ids of items that are EXIF or text about the picture.</summary>
    private static IEnumerable<uint> Private(byte[] file, Box info)
    {
        var first = info.Body + (file[info.Body] == 0 ? 6 : 8);
        foreach (var entry in Boxes(file, first, info.End).Where(entry => entry.Type == "infe" && file[entry.Body] >= 2))
        {
            var isLong = file[entry.Body] > 2;
            var id = isLong ? BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(entry.Body + 4, 4)) : BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(entry.Body + 4, 2));
            var type = file.AsSpan(entry.Body + (isLong ? 10 : 8), 4);
            if (type.SequenceEqual("Exif"u8) || type.SequenceEqual("mime"u8) || type.SequenceEqual("uri "u8)) yield return id;
        }
    }

    private static IEnumerable<(uint Item, bool IsInside, long Offset, long Length)> Extents(byte[] file, Box box)
    {
        var version = file[box.Body];
        var at = box.Body + 4;
        var (offsetSize, lengthSize) = (file[at] >> 4, file[at] & 15);
        var (baseSize, indexSize) = (file[at + 1] >> 4, version > 0 ? file[at + 1] & 15 : 0);
        at += 2;
        var items = Read(version < 2 ? 2 : 4);
        for (var i = 0L; i < items; i++)
        {
            var item = (uint)Read(version < 2 ? 2 : 4);
            var isInside = version > 0 && (Read(2) & 15) == 1;
            Read(2);
            var start = Read(baseSize);
            var extents = Read(2);
            for (var e = 0L; e < extents; e++)
            {
                Read(indexSize);
                var offset = Read(offsetSize);
                yield return (item, isInside, start + offset, Read(lengthSize));
            }
        }

        long Read(int bytes)
        {
            var value = 0L;
            for (var i = 0; i < bytes; i++) value = (value << 8) | file[at + i];
            at += bytes;
            return value;
        }
    }

    private static IEnumerable<Box> Boxes(byte[] file, int from, int end)
    {
        for (var at = from; at + 8 <= end;)
        {
            var size = (long)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at, 4));
            var body = at + 8;
            if (size == 1) (size, body) = (BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(at + 8, 8)), at + 16);
            if (size == 0) size = end - at;
            if (size < body - at || size > end - at) throw new ArgumentException("A box is longer than what it is in.", nameof(file));

            yield return new Box(System.Text.Encoding.Latin1.GetString(file, at + 4, 4), body, at + (int)size);
            at += (int)size;
        }
    }

    private readonly record struct Box(string Type, int Body, int End);
}
