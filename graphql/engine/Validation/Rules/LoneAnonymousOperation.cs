using Metro.GraphQL.Language;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.2.3.1: an operation without a name is the only one of its document.</summary>
internal sealed class LoneAnonymousOperation : ValidationRule
{
    public override string Section => "sec-Lone-Anonymous-Operation";

    private int operations;

    public override void EnterDocument(DocumentNode document) => operations = document.Operations.Count();

    public override void Operation(OperationDefinitionNode operation)
    {
        if (operation.Name is null && operations > 1)
            Report("This anonymous operation must be the only defined operation.", operation.Span);
    }
}
