namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.4.2: no argument is given twice.</summary>
internal sealed class UniqueArgumentNames : ValidationRule
{
    public override string Section => "sec-Argument-Uniqueness";

    public override void Arguments(in ArgumentUse use)
    {
        if (use.Given.Length < 2) return;
        foreach (var same in use.Given.GroupBy(argument => argument.Name, StringComparer.Ordinal))
        {
            if (same.Skip(1).Any())
            {
                Report(
                    $"There can be only one argument named \"{same.Key}\".",
                    [new("argument", same.Key)],
                    [.. same.Select(argument => argument.Span)]);
            }
        }
    }
}
