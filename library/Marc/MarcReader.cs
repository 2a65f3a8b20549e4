using System.Buffers;
using System.Runtime.CompilerServices;

namespace Metro.Library.Marc;

/// <summary>
/// Reads MARC 21 records from a file of any size, one at a time: ISO 2709 (UTF-8 and MARC-8) and
/// MARCXML. Memory is that of the largest record. A broken record is reported and the next one is read;
/// nothing in a file makes reading throw, only the stream itself can.
/// </summary>
public static class MarcReader
{
    /// <summary>
    /// The longest record read, in bytes: 8 MiB. ISO 2709 stops at 99,999, but files with longer records
    /// exist (their lengths are written as nines), and MARCXML has no limit of its own.
    /// </summary>
    public const int LongestRecord = 8 << 20;

    /// <summary>Reads a file whose format is told by its first character: <c>&lt;</c> begins MARCXML, anything else ISO 2709.</summary>
    public static async IAsyncEnumerable<MarcRead> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken stop = default)
    {
        using var window = new ByteWindow(file);
        await window.FillAsync(stop);
        var reads = LooksLikeXml(window.Bytes) ? MarcXmlReader.ReadAsync(window, stop) : Iso2709Reader.ReadAsync(window, stop);
        await foreach (var read in reads) yield return read;
    }

    private static bool LooksLikeXml(ReadOnlySpan<byte> start)
    {
        // UTF-16 shows itself by a byte order mark or by '<' beside a zero.
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, (byte)'<', ..]) return true;
        if (start is [0xEF, 0xBB, 0xBF, ..]) start = start[3..];
        return start.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
    }
}

/// <summary>A view on the part of a stream that has been read and not yet used up.</summary>
internal sealed class ByteWindow(Stream stream) : IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int start;
    private int end;

    /// <summary>Where the window begins, in bytes from the stream's beginning.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether the stream has nothing more to give.</summary>
    public bool Ended { get; private set; }

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(start, end - start);

    /// <summary>Reads more behind what is there; grows only while a caller keeps a long record.</summary>
    public async ValueTask FillAsync(CancellationToken stop)
    {
        if (Ended) return;
        if (end == buffer.Length) MakeRoom();
        var read = await stream.ReadAsync(buffer.AsMemory(end), stop);
        if (read == 0) Ended = true;
        end += read;
    }

    /// <summary>Lets go of the first bytes.</summary>
    public void Advance(int count)
    {
        start += count;
        Offset += count;
    }

    /// <summary>The rest of the stream from the window's beginning on.</summary>
    public Stream AsStream() => new Rest(this, stream);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void MakeRoom()
    {
        var target = start > 0 && end - start <= buffer.Length / 2 ? buffer : ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(start, end - start).CopyTo(target);
        if (!ReferenceEquals(target, buffer)) ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = (target, 0, end - start);
    }

    private sealed class Rest(ByteWindow window, Stream stream) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> into)
        {
            var held = window.Bytes;
            if (held.IsEmpty) return stream.Read(into);
            held = held[..Math.Min(held.Length, into.Length)];
            held.CopyTo(into);
            window.Advance(held.Length);
            return held.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            window.Bytes.IsEmpty ? stream.ReadAsync(buffer, cancellationToken) : new(Read(buffer.Span));

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
