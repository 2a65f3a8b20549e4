using Metro.GraphQL.Language;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.8.4: every variable that an operation defines is used.</summary>
internal sealed class NoUnusedVariables : ValidationRule
{
    public override string Section => "sec-All-Variables-Used";

    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in document.Operations.Where(operation => !operation.VariableDefinitions.IsEmpty))
        {
            var used = Context.ReachableUsages(operation)
                .Select(usage => usage.Node.Name)
                .ToHashSet(StringComparer.Ordinal);
            foreach (var variable in operation.VariableDefinitions)
            {
                if (used.Contains(variable.Name)) continue;
                Report(
                    operation.Name is null
                        ? $"Variable \"${variable.Name}\" is never used."
                        : $"Variable \"${variable.Name}\" is never used in operation \"{operation.Name}\".",
                    [new("variable", variable.Name)],
                    variable.Span);
            }
        }
    }
}
