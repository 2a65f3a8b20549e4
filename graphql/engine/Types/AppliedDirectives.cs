using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>Whether the directives that a schema applies to its own parts are defined, allowed there and well given (spec 3.13).</summary>
internal sealed class AppliedDirectives(Schema schema, SchemaFaults faults)
{
    public void Check(IReadOnlyList<DirectiveNode> directives, DirectiveLocations location)
    {
        for (var i = 0; i < directives.Count; i++)
        {
            var applied = directives[i];
            if (!schema.TryGetDirective(applied.Name, out var definition))
            {
                faults.Add($"Unknown directive \"@{applied.Name}\".", applied);
                continue;
            }

            if (!definition.Locations.HasFlag(location))
            {
                faults.Add(
                    $"Directive \"@{applied.Name}\" may not be used on {DirectiveLocationText.NameOf(location)}.",
                    applied);
            }

            var first = directives.First(each => each.Name == applied.Name);
            if (!definition.IsRepeatable && first != applied)
                faults.Add($"The directive \"@{applied.Name}\" can only be used once at this location.", first, applied);
            CheckArguments(applied, definition);
        }
    }

    private void CheckArguments(DirectiveNode applied, DirectiveDefinition definition)
    {
        foreach (var repeated in applied.Arguments.GroupBy(given => given.Name, StringComparer.Ordinal).Where(same => same.Count() > 1))
            faults.Add($"There can be only one argument named \"{repeated.Key}\".", repeated);

        foreach (var given in applied.Arguments)
        {
            if (!definition.Arguments.TryGet(given.Name, out var argument))
            {
                var suggestion = Suggestions.DidYouMean(
                    null, Suggestions.For(given.Name, definition.Arguments.Select(each => each.Name)));
                faults.Add($"Unknown argument \"{given.Name}\" on directive \"@{applied.Name}\".{suggestion}", given);
            }
            else if (argument.HasType && argument.Type.IsInput)
            {
                InputLiterals.Check(given.Value, argument.Type, fault =>
                {
                    faults.Add($"Argument \"{argument}\" has invalid value: {fault.Message}", fault.Node);
                    return true;
                });
            }
        }

        foreach (var argument in definition.Arguments)
        {
            if (argument.HasType && argument.IsRequired && applied.Arguments.All(given => given.Name != argument.Name))
            {
                faults.Add(
                    $"Argument \"{argument}\" of type \"{argument.Type}\" is required, but it was not provided.",
                    applied);
            }
        }
    }
}
