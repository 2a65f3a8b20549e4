namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.4.3: what a field or directive cannot do without is given.</summary>
internal sealed class ProvidedRequiredArguments : ValidationRule
{
    public override string Section => "sec-Required-Arguments";

    public override void Arguments(in ArgumentUse use)
    {
        if (use.Taken is not { Count: > 0 } taken) return;
        foreach (var argument in taken)
        {
            if (!argument.IsRequired || IsGiven(use, argument.Name)) continue;
            Report(
                $"Argument \"{argument}\" of type \"{argument.Type}\" is required, but it was not provided.",
                [new("argument", argument.Name), new("coordinate", argument.Coordinate)],
                use.Owner.Span);
        }
    }

    private static bool IsGiven(in ArgumentUse use, string name)
    {
        foreach (var given in use.Given)
            if (given.Name == name) return true;
        return false;
    }
}
