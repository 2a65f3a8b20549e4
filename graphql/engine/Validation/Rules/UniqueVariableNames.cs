using Metro.GraphQL.Language;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.8.1: no two variables of an operation have the same name.</summary>
internal sealed class UniqueVariableNames : ValidationRule
{
    public override string Section => "sec-Variable-Uniqueness";

    public override void Operation(OperationDefinitionNode operation)
    {
        if (operation.VariableDefinitions.Length < 2) return;
        foreach (var same in operation.VariableDefinitions.GroupBy(variable => variable.Name, StringComparer.Ordinal))
        {
            if (same.Skip(1).Any())
            {
                Report(
                    $"There can be only one variable named \"${same.Key}\".",
                    [new("variable", same.Key)],
                    [.. same.Select(variable => NameOf(variable.Variable))]);
            }
        }
    }

    // Behind the dollar sign, as graphql-js has it.
    private static SourceSpan NameOf(VariableNode variable) =>
        variable.Span with { Start = variable.Span.End - variable.Name.Length };
}
