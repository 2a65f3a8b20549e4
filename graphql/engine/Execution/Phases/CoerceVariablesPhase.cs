using Metro.GraphQL.Execution.Coercion;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Execution.Phases;

/// <summary>Specification 6.1.2, CoerceVariableValues: all faults are told together, and nothing runs.</summary>
internal sealed class CoerceVariablesPhase : RequestPhase
{
    public override string Name => PhaseNames.CoerceVariables;

    public override ValueTask RunAsync(RequestContext context)
    {
        using var files = UploadType.Offer(context.Request.Files);
        context.Variables = VariableValues.Coerce(
            context.Operation!.Variables, context.Request.Variables, context.Options.MaxRequestErrors, out var errors);
        if (context.Variables is null) context.Refuse(errors!);
        return ValueTask.CompletedTask;
    }
}
