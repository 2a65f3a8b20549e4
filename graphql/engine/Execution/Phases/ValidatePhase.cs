using Metro.GraphQL.Validation;

namespace Metro.GraphQL.Execution.Phases;

/// <summary>The document is checked against the schema (specification 5), once for each text.</summary>
internal sealed class ValidatePhase(DocumentValidator validator) : RequestPhase
{
    public override string Name => PhaseNames.Validate;

    public override ValueTask RunAsync(RequestContext context)
    {
        var document = context.Document!;
        document.ValidationErrors ??= validator.Validate(document.Document);
        if (document.ValidationErrors.Count > 0) context.Refuse(document.ValidationErrors);
        return ValueTask.CompletedTask;
    }
}
