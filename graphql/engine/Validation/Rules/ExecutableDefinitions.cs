using Metro.GraphQL.Language;

namespace Metro.GraphQL.Validation;

/// <summary>Spec 5.1.1: a request holds operations and fragments, nothing else.</summary>
internal sealed class ExecutableDefinitions : ValidationRule
{
    public override string Section => "sec-Executable-Definitions";

    public override void TypeSystemDefinition(TypeSystemNode definition)
    {
        var name = definition switch
        {
            TypeDefinitionNode type => $"\"{type.Name}\"",
            DirectiveDefinitionNode directive => $"\"{directive.Name}\"",
            _ => "schema",
        };
        Report($"The {name} definition is not executable.", definition.Span);
    }
}
