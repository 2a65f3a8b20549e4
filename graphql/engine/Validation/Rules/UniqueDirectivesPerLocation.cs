using System.Collections.Immutable;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.7.3: a directive that is not repeatable stands once at a location.</summary>
internal sealed class UniqueDirectivesPerLocation : ValidationRule
{
    public override string Section => "sec-Directives-Are-Unique-per-Location";

    public override void Directives(ImmutableArray<DirectiveNode> directives, DirectiveLocations location)
    {
        if (directives.Length < 2) return;
        var seen = new Dictionary<string, DirectiveNode>(StringComparer.Ordinal);
        foreach (var directive in directives)
        {
            if (!Context.Schema.TryGetDirective(directive.Name, out var definition) || definition.IsRepeatable) continue;
            if (seen.TryAdd(directive.Name, directive)) continue;
            Report(
                $"The directive \"@{directive.Name}\" can only be used once at this location.",
                [new("directive", directive.Name)],
                seen[directive.Name].Span,
                directive.Span);
        }
    }
}
