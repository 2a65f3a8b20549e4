using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Metro.GraphQL.Execution;

/// <summary>
/// Documents by their text, bounded in number and in characters. What has been used since it was last looked at gets a
/// second chance when room is needed. Safe for use by several threads at once; a hit takes no lock and allocates nothing.
/// </summary>
internal sealed class DocumentCache(int capacity)
{
    // A longer text is read anew each time: hardly a client's own document, and it would push many of those out.
    private const int LongestText = 64 * 1024;
    private const long MostCharacters = 8L * 1024 * 1024;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Entry> _inOrder = new();
    private long _characters;

    public int Count => _entries.Count;

    public bool TryGet(string text, [NotNullWhen(true)] out PreparedDocument? document)
    {
        if (_entries.TryGetValue(text, out var entry))
        {
            if (!entry.WasUsed) entry.WasUsed = true;
            document = entry.Document;
            return true;
        }

        document = null;
        return false;
    }

    /// <summary>Keeps a document, and answers with the one that is kept under this text.</summary>
    public PreparedDocument Add(string text, PreparedDocument document)
    {
        if (text.Length > LongestText || capacity == 0) return document;
        var entry = new Entry(text, document);
        var kept = _entries.GetOrAdd(text, entry);
        if (!ReferenceEquals(kept, entry)) return kept.Document;

        _inOrder.Enqueue(entry);
        Interlocked.Add(ref _characters, text.Length);
        MakeRoom();
        return document;
    }

    private void MakeRoom()
    {
        while ((_entries.Count > capacity || Interlocked.Read(ref _characters) > MostCharacters)
            && _inOrder.TryDequeue(out var oldest))
        {
            if (oldest.WasUsed)
            {
                oldest.WasUsed = false;
                _inOrder.Enqueue(oldest);
            }
            else if (_entries.TryRemove(oldest.Text, out _))
            {
                Interlocked.Add(ref _characters, -oldest.Text.Length);
            }
        }
    }

    private sealed class Entry(string text, PreparedDocument document)
    {
        public string Text { get; } = text;

        public PreparedDocument Document { get; } = document;

        public bool WasUsed { get; set; }
    }
}
