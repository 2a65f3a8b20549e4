using System.Collections.Immutable;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Incremental-delivery draft: labels are constant and tell every use apart.</summary>
internal sealed class DeferStreamDirectiveLabel : ValidationRule
{
    public override string? Section => null;

    private readonly Dictionary<string, DirectiveNode> known = new(StringComparer.Ordinal);

    public override void Directives(ImmutableArray<DirectiveNode> directives, DirectiveLocations location)
    {
        foreach (var directive in directives)
        {
            if (directive.Name is not ("defer" or "stream")) continue;
            switch (directive.Arguments.FirstOrDefault(argument => argument.Name == "label")?.Value)
            {
                case null or NullValueNode:
                    break;
                case StringValueNode label when known.TryAdd(label.Value, directive):
                    break;
                case StringValueNode label:
                    Report(
                        "Value for arguments \"defer(label:)\" and \"stream(label:)\" must be unique across all Defer/Stream directive usages.",
                        known[label.Value].Span,
                        directive.Span);
                    break;
                default:
                    Report($"Argument \"@{directive.Name}(label:)\" must be a static string.", directive.Span);
                    break;
            }
        }
    }
}
