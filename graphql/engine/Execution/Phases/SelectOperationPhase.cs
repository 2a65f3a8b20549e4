using System.Collections.Immutable;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Execution.Phases;

/// <summary>Specification 6.1, GetOperation: the operation is chosen by its name, or is the only one.</summary>
internal sealed class SelectOperationPhase : RequestPhase
{
    public override string Name => PhaseNames.SelectOperation;

    public override ValueTask RunAsync(RequestContext context)
    {
        var document = context.Document!;
        if (Choose(document.Operations, context.Request.OperationName, out var refusal) is not { } operation)
        {
            context.Refuse(refusal!);
            return ValueTask.CompletedTask;
        }

        if (context.Schema.RootType(operation.Operation) is not { } rootType)
        {
            context.Refuse(Errors.NotConfigured(operation.Operation));
            return ValueTask.CompletedTask;
        }

        if (!context.Request.AllowedOperations.HasFlag(Flag(operation.Operation)))
        {
            context.Result = OperationResult.FromErrors(
                ImmutableDictionary<string, object?>.Empty.Add(ResultContextKeys.OperationNotAllowed, operation.Operation),
                Errors.NotAllowed(operation.Operation));
            return ValueTask.CompletedTask;
        }

        context.Operation = document.PlanOf(context.Schema, operation, rootType);
        return ValueTask.CompletedTask;
    }

    private static OperationDefinitionNode? Choose(
        ImmutableArray<OperationDefinitionNode> operations, string? name, out IError? refusal)
    {
        refusal = null;
        if (name is null)
        {
            if (operations.Length == 1) return operations[0];
            refusal = operations.IsEmpty ? Errors.NoOperation : Errors.OperationNameNeeded;
            return null;
        }

        foreach (var operation in operations)
        {
            if (string.Equals(operation.Name, name, StringComparison.Ordinal)) return operation;
        }

        refusal = Errors.UnknownOperation(name);
        return null;
    }

    private static AllowedOperations Flag(OperationKind kind) => kind switch
    {
        OperationKind.Query => AllowedOperations.Query,
        OperationKind.Mutation => AllowedOperations.Mutation,
        _ => AllowedOperations.Subscription,
    };
}

/// <summary>What <see cref="OperationResult.ContextData"/> can hold for the transport.</summary>
public static class ResultContextKeys
{
    /// <summary>The transport does not carry this kind of operation (over HTTP: 405); the value is the <see cref="OperationKind"/>.</summary>
    public const string OperationNotAllowed = "operationNotAllowed";

    /// <summary>The status code that a transport over HTTP should answer with; an <see cref="int"/>.</summary>
    public const string HttpStatusCode = "httpStatusCode";
}
