using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Incremental-delivery draft: only lists are streamed.</summary>
internal sealed class StreamDirectiveOnListField : ValidationRule
{
    public override string? Section => null;

    public override void Field(FieldNode field, NamedType? parent, FieldDefinition? definition)
    {
        if (definition is null || definition.Type.Nullable is ListType) return;
        foreach (var directive in field.Directives)
        {
            if (directive.Name == "stream")
                Report($"Directive \"@stream\" cannot be used on non-list field \"{parent}.{definition.Name}\".", directive.Span);
        }
    }
}
