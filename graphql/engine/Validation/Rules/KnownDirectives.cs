using System.Collections.Immutable;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.7.1 and 5.7.2: directives are defined and stand where they may.</summary>
internal sealed class KnownDirectives : ValidationRule
{
    public override string Section => "sec-Directives-Are-Defined";

    public override void Directives(ImmutableArray<DirectiveNode> directives, DirectiveLocations location)
    {
        foreach (var directive in directives)
        {
            if (!Context.Schema.TryGetDirective(directive.Name, out var definition))
                Report($"Unknown directive \"@{directive.Name}\".", [new("directive", directive.Name)], directive.Span);
            else if (!definition.Locations.HasFlag(location))
            {
                Report(
                    $"Directive \"@{directive.Name}\" may not be used on {DirectiveLocationText.NameOf(location)}.",
                    [new("directive", directive.Name)],
                    directive.Span);
            }
        }
    }

    public override void TypeSystemDefinition(TypeSystemNode definition)
    {
        var pending = new Stack<SyntaxNode>([definition]);
        while (pending.TryPop(out var node))
        {
            if (node is DirectiveNode directive && !Context.Schema.TryGetDirective(directive.Name, out _))
                Report($"Unknown directive \"@{directive.Name}\".", [new("directive", directive.Name)], directive.Span);
            foreach (var child in node.Children.Reverse()) pending.Push(child);
        }
    }
}
