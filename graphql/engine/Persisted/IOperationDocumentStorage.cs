namespace Metro.GraphQL.Persisted;

/// <summary>Where persisted operations live: documents by their ids. Safe for use by several threads at once.</summary>
public interface IOperationDocumentStorage
{
    /// <summary>Finds a document.</summary>
    /// <param name="id">The id as the client gave it, of any form and length.</param>
    /// <param name="cancellationToken">Fires when the client leaves.</param>
    /// <returns>The document's text; null when there is none of this id.</returns>
    ValueTask<string?> TryReadAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Keeps a document. Called with documents that a client sent, and that are valid.</summary>
    /// <param name="id">The id, a hash of the text.</param>
    /// <param name="document">The document's text.</param>
    /// <param name="cancellationToken">Fires when the client leaves.</param>
    /// <returns>False when the storage keeps nothing that clients send, or not this.</returns>
    ValueTask<bool> TrySaveAsync(string id, string document, CancellationToken cancellationToken = default);
}
