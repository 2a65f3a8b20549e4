using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;

namespace Metro.GraphQL.Persisted;

/// <summary>Finds the document of a request that only gives its id or hash; refuses text where only trusted documents are run.</summary>
internal sealed class FindPersistedOperationPhase(IOperationDocumentStorage storage, PersistedOperationOptions options) : RequestPhase
{
    public override string Name => "find persisted operation";

    public override ValueTask RunAsync(RequestContext context)
    {
        var request = context.Request;
        if (request.DocumentId is { Length: > 0 } id) return ReadAsync(context, id);

        var hasText = request.Document is not null || request.Prepared is not null;
        if (!hasText && PersistedQueryExtension.Of(request.Extensions) is { } persisted) return ReadAsync(context, persisted.Hash);

        if (hasText && options.OnlyAllowPersistedDocuments)
        {
            context.Refuse(ErrorBuilder.New()
                .SetMessage("Only persisted operations are allowed.")
                .SetCode(ErrorCodes.OnlyPersistedOperationsAllowed)
                .Build());
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask ReadAsync(RequestContext context, string id)
    {
        if (await storage.TryReadAsync(id, context.ClientLeft) is { } text)
        {
            context.Document = null;
            context.DocumentText = text;
            return;
        }

        // The words that Apollo's clients wait for before they send the whole document.
        context.Refuse(ErrorBuilder.New()
            .SetMessage("PersistedQueryNotFound")
            .SetCode(ErrorCodes.PersistedOperationNotFound)
            .Build());
    }
}

/// <summary>Persists a valid document that came with its hash, and tells the client whether it did.</summary>
internal sealed class SavePersistedOperationPhase(IOperationDocumentStorage storage) : RequestPhase
{
    public override string Name => "save persisted operation";

    public override ValueTask RunAsync(RequestContext context)
    {
        var request = context.Request;
        return request is { DocumentId: null, Document: { } text } && PersistedQueryExtension.Of(request.Extensions) is { } extension
            ? SaveAsync(context, extension, text)
            : ValueTask.CompletedTask;
    }

    private async ValueTask SaveAsync(RequestContext context, PersistedQueryExtension extension, string text)
    {
        var isHash = extension.IsOf(text);
        var answer = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [extension.Name] = extension.Hash,
            ["persisted"] = isHash && await storage.TrySaveAsync(extension.Hash, text, context.ClientLeft),
        };
        if (!isHash)
        {
            answer["expectedHashValue"] = extension.ExpectedFor(text);
            answer["expectedHashType"] = extension.Name;
            answer["expectedHashFormat"] = "Hex";
        }

        context.OnResult(result => result.SetExtension("persistedQuery", answer));
    }
}
