using System.Collections.Concurrent;

namespace Metro.GraphQL.Persisted;

/// <summary>
/// Persisted operations in memory, bounded in number and size, because any client may add to them: when it is full, the
/// oldest goes, and its clients send it again.
/// </summary>
/// <param name="capacity">How many documents are kept.</param>
/// <param name="maxDocumentLength">How many characters one document may have.</param>
public sealed class InMemoryOperationDocumentStorage(int capacity = 1_000, int maxDocumentLength = 16 * 1024) : IOperationDocumentStorage
{
    private readonly ConcurrentDictionary<string, string> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _inOrder = new();

    internal int Count => _documents.Count;

    /// <inheritdoc/>
    public ValueTask<string?> TryReadAsync(string id, CancellationToken cancellationToken = default) =>
        new(_documents.GetValueOrDefault(id));

    /// <inheritdoc/>
    public ValueTask<bool> TrySaveAsync(string id, string document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Length > maxDocumentLength) return new(false);
        if (_documents.TryAdd(id, document))
        {
            _inOrder.Enqueue(id);
            while (_documents.Count > capacity && _inOrder.TryDequeue(out var oldest)) _documents.TryRemove(oldest, out _);
        }

        return new(true);
    }
}
