namespace Metro.GraphQL.Persisted;

/// <summary>How persisted operations are used. Set up before the first request, not changed afterwards.</summary>
public sealed class PersistedOperationOptions
{
    /// <summary>Whether a client may persist a document by sending it with its hash (APQ). False unless told otherwise.</summary>
    public bool IsAutomatic { get; set; }

    /// <summary>Whether documents are refused that are not in the storage (HC0067). False unless told otherwise.</summary>
    public bool OnlyAllowPersistedDocuments { get; set; }
}
