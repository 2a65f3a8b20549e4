using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.8.5: a variable is used only where its values are allowed; in a OneOf input object it is never nullable (spec 3.10.1).</summary>
internal sealed class VariablesInAllowedPosition : ValidationRule
{
    public override string Section => "sec-All-Variable-Usages-Are-Allowed";

    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in document.Operations.Where(operation => !operation.VariableDefinitions.IsEmpty))
        {
            var variables = new Dictionary<string, (VariableDefinitionNode Node, GraphQLType? Type)>(StringComparer.Ordinal);
            foreach (var variable in operation.VariableDefinitions)
                variables[variable.Name] = (variable, Context.Schema.Resolve(variable.Type));
            foreach (var usage in Context.ReachableUsages(operation))
            {
                if (Context.IsFull) return;
                if (usage.Type is not null && variables.TryGetValue(usage.Node.Name, out var variable) && variable.Type is not null)
                    Check(usage, variable.Node, variable.Type);
            }
        }
    }

    private void Check(in VariableUsage usage, VariableDefinitionNode variable, GraphQLType type)
    {
        KeyValuePair<string, object?>[] extensions =
        [
            new("variable", variable.Name), new("variableType", type.ToString()), new("locationType", usage.Type!.ToString()),
        ];
        if (!IsAllowed(usage, variable, type))
        {
            Report(
                $"Variable \"${variable.Name}\" of type \"{type}\" used in position expecting type \"{usage.Type}\".",
                extensions,
                variable.Span,
                usage.Node.Span);
        }

        if (usage.OneOf is not null && !type.IsNonNull)
        {
            Context.Report(
                Name,
                Section,
                ErrorCodes.OneOfFieldMustBeNonNull,
                $"Variable \"${variable.Name}\" is of type \"{type}\" but must be non-nullable to be used for OneOf Input Object \"{usage.OneOf}\".",
                extensions,
                [variable.Span, usage.Node.Span]);
        }
    }

    // IsVariableUsageAllowed(variableDefinition, variableUsage)
    private bool IsAllowed(in VariableUsage usage, VariableDefinitionNode variable, GraphQLType type)
    {
        if (usage.Type is not NonNullType required || type.IsNonNull) return Context.Schema.IsSubtype(type, usage.Type!);
        var hasDefault = variable.DefaultValue is not null and not NullValueNode;
        return (hasDefault || usage.HasDefault) && Context.Schema.IsSubtype(type, required.Nullable);
    }
}
