using Metro.GraphQL.Language;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.8.3: every variable that an operation reaches is defined by it.</summary>
internal sealed class NoUndefinedVariables : ValidationRule
{
    public override string Section => "sec-All-Variable-Uses-Defined";

    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in document.Operations)
        {
            HashSet<string>? defined = null;
            foreach (var usage in Context.ReachableUsages(operation))
            {
                defined ??= operation.VariableDefinitions.Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);
                if (defined.Contains(usage.Node.Name)) continue;
                if (Context.IsFull) return;
                Report(
                    operation.Name is null
                        ? $"Variable \"${usage.Node.Name}\" is not defined."
                        : $"Variable \"${usage.Node.Name}\" is not defined by operation \"{operation.Name}\".",
                    [new("variable", usage.Node.Name)],
                    usage.Node.Span,
                    operation.Span);
            }
        }
    }
}
