using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>Whether a directive leads back to itself by what its own arguments carry or are made of (spec 3.13).</summary>
internal static class DirectiveCycles
{
    public static bool Contains(Schema schema, DirectiveDefinition directive)
    {
        var seen = new HashSet<object>();
        var pending = new Stack<object>();
        Follow(directive);
        while (pending.TryPop(out var next))
        {
            if (next == directive) return true;
            if (!seen.Add(next)) continue;
            switch (next)
            {
                case DirectiveDefinition other: Follow(other); break;
                case NamedType type: FollowType(type); break;
            }
        }

        return false;

        void Follow(DirectiveDefinition definition)
        {
            FollowApplied(definition.Directives);
            foreach (var argument in definition.Arguments) FollowInput(argument);
        }

        void FollowInput(InputValueDefinition input)
        {
            FollowApplied(input.Directives);
            if (input.DeprecationReason is not null) pending.Push(SpecifiedDirectives.Deprecated);
            if (input.HasType) pending.Push(input.Type.Named);
        }

        void FollowType(NamedType type)
        {
            FollowApplied(type.Directives);
            switch (type)
            {
                case InputObjectType input:
                    foreach (var field in input.Fields) FollowInput(field);
                    break;
                case EnumType @enum:
                    foreach (var value in @enum.Values) FollowApplied(value.Directives);
                    break;
            }
        }

        void FollowApplied(IReadOnlyList<DirectiveNode> applied)
        {
            foreach (var node in applied)
                if (schema.TryGetDirective(node.Name, out var definition)) pending.Push(definition);
        }
    }
}
