using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.3.3: leaves have no selection, and everything else has one.</summary>
internal sealed class ScalarLeafs : ValidationRule
{
    public override string Section => "sec-Leaf-Field-Selections";

    public override void Field(FieldNode field, NamedType? parent, FieldDefinition? definition)
    {
        if (definition is null) return;

        var type = definition.Type;
        KeyValuePair<string, object?>[] extensions =
        [
            new("type", parent!.Name), new("field", field.Name), new("responseName", field.ResponseName),
        ];
        if (type.Named.IsLeaf)
        {
            if (field.SelectionSet is null) return;
            Report(
                $"Field \"{field.Name}\" must not have a selection since type \"{type}\" has no subfields.",
                extensions,
                field.SelectionSet.Span);
        }
        else if (field.SelectionSet is null)
        {
            Report(
                $"Field \"{field.Name}\" of type \"{type}\" must have a selection of subfields. Did you mean \"{field.Name} {{ ... }}\"?",
                extensions,
                field.Span);
        }
    }
}
