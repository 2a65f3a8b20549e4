using System.Collections.Concurrent;

namespace Metro.GraphQL.Persisted;

/// <summary>
/// Trusted operations: the files <c>{id}.graphql</c> of a folder, which people put there. Clients add nothing. A file is
/// read once; a changed operation gets another id.
/// </summary>
/// <param name="folder">The folder. It may come into being later.</param>
public sealed class FileSystemOperationDocumentStorage(string folder) : IOperationDocumentStorage
{
    private const int LongestId = 128;

    private readonly ConcurrentDictionary<string, string> _read = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<string?> TryReadAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        // An id becomes part of a path, so nothing that means something in a path may be in it.
        if (id.Length is 0 or > LongestId || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')) return new((string?)null);
        return _read.TryGetValue(id, out var known) ? new(known) : ReadAsync(id, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySaveAsync(string id, string document, CancellationToken cancellationToken = default) => new(false);

    private async ValueTask<string?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var path = System.IO.Path.Combine(folder, id + ".graphql");
        if (!File.Exists(path)) return null;
        return _read.GetOrAdd(id, await File.ReadAllTextAsync(path, cancellationToken));
    }
}
