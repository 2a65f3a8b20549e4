using System.Collections.Concurrent;

namespace Metro.GraphQL.Data.Querying;

/// <summary>
/// Things that are expensive to make, by key, bounded in number. What has been used since it was last looked at gets a
/// second chance when room is needed. Safe for use by several threads at once; each thing is made once while it is kept.
/// </summary>
internal sealed class BoundedCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private readonly ConcurrentQueue<Entry> _inOrder = new();

    public TValue GetOrAdd<TState>(TKey key, Func<TKey, TState, TValue> make, TState state)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            if (!entry.WasUsed) entry.WasUsed = true;
            return entry.Value.Value;
        }

        var added = new Entry(key, new(() => make(key, state)));
        entry = _entries.GetOrAdd(key, added);
        if (ReferenceEquals(entry, added))
        {
            _inOrder.Enqueue(entry);
            MakeRoom();
        }

        return entry.Value.Value;
    }

    private void MakeRoom()
    {
        while (_entries.Count > capacity && _inOrder.TryDequeue(out var oldest))
        {
            if (oldest.WasUsed)
            {
                oldest.WasUsed = false;
                _inOrder.Enqueue(oldest);
            }
            else
            {
                _entries.TryRemove(oldest.Key, out _);
            }
        }
    }

    private sealed class Entry(TKey key, Lazy<TValue> value)
    {
        public TKey Key { get; } = key;

        public Lazy<TValue> Value { get; } = value;

        public bool WasUsed { get; set; }
    }
}
