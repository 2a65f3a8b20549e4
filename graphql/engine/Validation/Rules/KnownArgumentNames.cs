using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.4.1: fields and directives are given only what they take.</summary>
internal sealed class KnownArgumentNames : ValidationRule
{
    public override string Section => "sec-Argument-Names";

    public override void Arguments(in ArgumentUse use)
    {
        if (use.Given.IsEmpty || use.Taken is not { } taken) return;
        foreach (var given in use.Given)
        {
            if (Context.IsFull) return;
            if (taken.Contains(given.Name)) continue;
            var suggestion = Context.Options.SuggestsNames
                ? Suggestions.DidYouMean(null, Suggestions.For(given.Name, taken.Select(argument => argument.Name)))
                : "";
            var owner = use.Field is null ? $"directive \"{use.Directive}\"" : $"field \"{use.Field}\"";
            Report(
                $"Unknown argument \"{given.Name}\" on {owner}.{suggestion}",
                [new("argument", given.Name), new("coordinate", use.Field?.Coordinate ?? use.Directive!.Coordinate)],
                given.Span);
        }
    }
}
