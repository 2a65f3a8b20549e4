using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Metro.GraphQL.Execution.Planning;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Execution;

/// <summary>
/// A document with everything that is found out about it once: whether it is valid, its operations' plans, and what
/// other phases want to remember. Shared by all requests with the same text; thread-safe.
/// </summary>
public sealed class PreparedDocument
{
    private readonly ConcurrentDictionary<Type, object> _features = new();
    private readonly ConcurrentDictionary<OperationDefinitionNode, OperationPlan> _plans = new();

    internal PreparedDocument(DocumentNode document)
    {
        Document = document;
        Operations = [.. document.Operations];
        // Repeated names are refused by validation; until then any of them will do.
        Fragments = document.Fragments
            .DistinctBy(fragment => fragment.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(fragment => fragment.Name, StringComparer.Ordinal);
    }

    /// <summary>The document.</summary>
    public DocumentNode Document { get; }

    /// <summary>The text it was read from; null for a document that a program made.</summary>
    public string? Text => Document.Span.Source?.Text;

    /// <summary>Its operations, in document order.</summary>
    public ImmutableArray<OperationDefinitionNode> Operations { get; }

    /// <summary>Its fragments by name.</summary>
    public FrozenDictionary<string, FragmentDefinitionNode> Fragments { get; }

    /// <summary>What validation found: empty for a valid document; null before it has been validated.</summary>
    public IReadOnlyList<IError>? ValidationErrors { get; internal set; }

    /// <summary>What a phase remembers of the document, made at the first call. Must depend on document and schema only.</summary>
    /// <typeparam name="T">What is remembered; one of each type.</typeparam>
    /// <param name="create">Makes it; may be called more than once when threads race.</param>
    public T Feature<T>(Func<PreparedDocument, T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        return (T)_features.GetOrAdd(typeof(T), static (_, pair) => pair.create(pair.document), (create, document: this));
    }

    /// <summary>The operation's plan, made at the first call.</summary>
    internal OperationPlan PlanOf(Schema schema, OperationDefinitionNode operation, ObjectType rootType) =>
        _plans.TryGetValue(operation, out var known)
            ? known
            : _plans.GetOrAdd(operation, new OperationPlan(schema, Document, Fragments, operation, rootType));
}
