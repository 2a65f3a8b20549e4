using Metro.GraphQL.Language;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.2.2.1: no two operations of a document have the same name.</summary>
internal sealed class UniqueOperationNames : ValidationRule
{
    public override string Section => "sec-Operation-Name-Uniqueness";

    private readonly Dictionary<string, SourceSpan> known = new(StringComparer.Ordinal);

    public override void Operation(OperationDefinitionNode operation)
    {
        if (operation.Name is null || known.TryAdd(operation.Name, operation.NameSpan)) return;
        Report($"There can be only one operation named \"{operation.Name}\".", known[operation.Name], operation.NameSpan);
    }
}
