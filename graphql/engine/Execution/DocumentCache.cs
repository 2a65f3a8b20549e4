using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Metro.GraphQL.Execution;

/// <summary>
/// Documents by their text in UTF-8, as requests bring it, bounded in number and in bytes. What has been used since it
/// was last looked at gets a second chance when room is needed. Safe for use by several threads at once; a hit takes no
/// lock and allocates nothing.
/// </summary>
internal sealed class DocumentCache
{
    // A longer text is read anew each time: hardly a client's own document, and it would push many of those out.
    private const int LongestText = 64 * 1024;
    private const long MostBytes = 64L * 1024 * 1024;

    // What a field of a document takes as syntax and as plan together, roughly.
    private const int BytesPerField = 1024;

    private const int OnStack = 512;

    private readonly int _capacity;
    private readonly ConcurrentDictionary<byte[], Entry> _entries = new(Utf8Comparer.Instance);
    private readonly ConcurrentDictionary<byte[], Entry>.AlternateLookup<ReadOnlySpan<byte>> _byText;
    private readonly ConcurrentQueue<Entry> _inOrder = new();
    private long _bytes;

    public DocumentCache(int capacity)
    {
        _capacity = capacity;
        _byText = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _entries.Count;

    public bool TryGet(ReadOnlySpan<byte> text, [NotNullWhen(true)] out PreparedDocument? document)
    {
        if (text.Length <= LongestText && _byText.TryGetValue(text, out var entry))
        {
            if (!entry.WasUsed) entry.WasUsed = true;
            document = entry.Document;
            return true;
        }

        document = null;
        return false;
    }

    public bool TryGet(string text, [NotNullWhen(true)] out PreparedDocument? document)
    {
        document = null;
        if (text.Length > LongestText) return false;

        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        var utf8 = longest <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(longest);
        // A lone surrogate has no bytes of its own, so such a text must not be found under those of another.
        var isFound = Utf8.FromUtf16(text, utf8, out _, out var length, replaceInvalidSequences: false) is OperationStatus.Done
            && TryGet(utf8[..length], out document);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return isFound;
    }

    /// <summary>Keeps a document, and answers with the one that is kept under this text.</summary>
    public PreparedDocument Add(string text, PreparedDocument document)
    {
        if (_capacity == 0 || text.Length > LongestText) return document;
        var utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        if (utf8.Length > LongestText
            || Utf8.FromUtf16(text, utf8, out _, out _, replaceInvalidSequences: false) is not OperationStatus.Done)
        {
            return document;
        }

        var entry = new Entry(utf8, document);
        var kept = _entries.GetOrAdd(utf8, entry);
        if (!ReferenceEquals(kept, entry)) return kept.Document;

        _inOrder.Enqueue(entry);
        Interlocked.Add(ref _bytes, entry.Bytes);
        MakeRoom();
        return document;
    }

    private void MakeRoom()
    {
        while ((_entries.Count > _capacity || Interlocked.Read(ref _bytes) > MostBytes)
            && _inOrder.TryDequeue(out var oldest))
        {
            if (oldest.WasUsed)
            {
                oldest.WasUsed = false;
                _inOrder.Enqueue(oldest);
            }
            else if (_entries.TryRemove(oldest.Text, out _))
            {
                Interlocked.Add(ref _bytes, -oldest.Bytes);
            }
        }
    }

    private sealed class Entry(byte[] text, PreparedDocument document)
    {
        public byte[] Text { get; } = text;

        public PreparedDocument Document { get; } = document;

        public long Bytes { get; } = text.Length + ((long)document.Document.FieldCount * BytesPerField);

        public bool WasUsed { get; set; }
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        // Seeded anew in each process, so that nobody can choose texts that collide.
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
