using Metro.GraphQL.Language;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.2.1.1: the schema has a root type for the kind of operation.</summary>
internal sealed class KnownOperationTypes : ValidationRule
{
    public override string Section => "sec-Operation-Type-Existence";

    public override void Operation(OperationDefinitionNode operation)
    {
        if (Context.Schema.RootType(operation.Operation) is not null) return;
        var kind = operation.Operation.ToString().ToLowerInvariant();
        Report($"The {kind} operation is not supported by the schema.", operation.Span);
    }
}
