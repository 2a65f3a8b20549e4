using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.8.2: variables have input types.</summary>
internal sealed class VariablesAreInputTypes : ValidationRule
{
    public override string Section => "sec-Variables-Are-Input-Types";

    public override void VariableDefinition(VariableDefinitionNode variable, GraphQLType? type)
    {
        if (type is null or { IsInput: true }) return;
        Report(
            $"Variable \"${variable.Name}\" cannot be non-input type \"{variable.Type}\".",
            [new("variable", variable.Name), new("type", type.ToString())],
            variable.Type.Span);
    }
}
