using System.Collections.Immutable;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>Turns definitions of SDL into members of a schema; references stay names until the schema is built.</summary>
internal static class SdlReader
{
    public static NamedType Type(TypeDefinitionNode node, bool bindsExtendedScalars)
    {
        NamedType type = node switch
        {
            ScalarTypeDefinitionNode scalar => Scalar(scalar, bindsExtendedScalars),
            ObjectTypeDefinitionNode => new ObjectType(node.Name, node),
            InterfaceTypeDefinitionNode => new InterfaceType(node.Name, node),
            UnionTypeDefinitionNode => new UnionType(node.Name, node),
            EnumTypeDefinitionNode => new EnumType(node.Name, node),
            InputObjectTypeDefinitionNode => new InputObjectType(node.Name, node),
            _ => throw new ArgumentException($"{node.Kind} defines no type.", nameof(node)),
        };
        if (node.Description is not null) type.Description = node.Description.Value;
        Extend(type, node);
        return type;
    }

    /// <summary>Adds what a definition or extension says; false when it speaks of another kind of type.</summary>
    public static bool Extend(NamedType type, TypeDefinitionNode node)
    {
        switch (type, node)
        {
            case (ScalarType, ScalarTypeDefinitionNode):
                break;
            case (ObjectType, ObjectTypeDefinitionNode):
            case (InterfaceType, InterfaceTypeDefinitionNode):
                ExtendComplex((ComplexType)type, (ComplexTypeDefinitionNode)node);
                break;
            case (UnionType union, UnionTypeDefinitionNode members):
                foreach (var member in members.Members) union.Include(member);
                break;
            case (EnumType @enum, EnumTypeDefinitionNode values):
                foreach (var value in values.Values) @enum.Values.Add(EnumValue(value));
                break;
            case (InputObjectType input, InputObjectTypeDefinitionNode fields):
                foreach (var field in fields.Fields) input.Fields.Add(InputField(field));
                break;
            default:
                return false;
        }

        foreach (var directive in node.Directives) ApplyToType(type, directive);
        return true;
    }

    public static DirectiveDefinition Directive(DirectiveDefinitionNode node)
    {
        var directive = new DirectiveDefinition
        {
            Name = node.Name,
            Description = node.Description?.Value,
            Syntax = node,
            IsRepeatable = node.IsRepeatable,
            Locations = node.Locations
                .Select(DirectiveLocationText.Parse)
                .Aggregate(DirectiveLocations.None, (all, location) => all | location),
        };
        foreach (var argument in node.Arguments) directive.Arguments.Add(Argument(argument));
        foreach (var applied in node.Directives) directive.Apply(applied);
        return directive;
    }

    private static ScalarType Scalar(ScalarTypeDefinitionNode node, bool bindsExtendedScalars)
    {
        var known = bindsExtendedScalars ? ExtendedScalars.Create(node.Name) : null;
        if (known is null) return new AnyType(node.Name, node);

        // SDL decides whether the scalar says where it is specified.
        known.SpecifiedBy = null;
        return known;
    }

    private static void ExtendComplex(ComplexType type, ComplexTypeDefinitionNode node)
    {
        foreach (var reference in node.Interfaces) type.Implement(reference);
        foreach (var field in node.Fields) type.Fields.Add(Field(field));
    }

    private static void ApplyToType(NamedType type, DirectiveNode directive)
    {
        switch (type)
        {
            case ScalarType scalar when directive.Name == "specifiedBy" && scalar.SpecifiedBy is null
                && directive.Arguments is [{ Name: "url", Value: StringValueNode url }]:
                scalar.SpecifiedBy = url.Value;
                break;
            case InputObjectType { IsOneOf: false } input when directive.Name == "oneOf" && directive.Arguments.IsEmpty:
                input.IsOneOf = true;
                break;
            default:
                type.Apply(directive);
                break;
        }
    }

    private static FieldDefinition Field(FieldDefinitionNode node)
    {
        var (reason, others) = Deprecation(node.Directives);
        var field = new FieldDefinition
        {
            Name = node.Name,
            Description = node.Description?.Value,
            TypeReference = node.Type,
            DeprecationReason = reason,
            Syntax = node,
        };
        foreach (var argument in node.Arguments) field.Arguments.Add(Argument(argument));
        foreach (var directive in others) field.Apply(directive);
        return field;
    }

    private static ArgumentDefinition Argument(InputValueDefinitionNode node)
    {
        var (reason, others) = Deprecation(node.Directives);
        var argument = new ArgumentDefinition
        {
            Name = node.Name,
            Description = node.Description?.Value,
            TypeReference = node.Type,
            DefaultValue = node.DefaultValue,
            DeprecationReason = reason,
            Syntax = node,
        };
        foreach (var directive in others) argument.Apply(directive);
        return argument;
    }

    private static InputFieldDefinition InputField(InputValueDefinitionNode node)
    {
        var (reason, others) = Deprecation(node.Directives);
        var field = new InputFieldDefinition
        {
            Name = node.Name,
            Description = node.Description?.Value,
            TypeReference = node.Type,
            DefaultValue = node.DefaultValue,
            DeprecationReason = reason,
            Syntax = node,
        };
        foreach (var directive in others) field.Apply(directive);
        return field;
    }

    private static EnumValueDefinition EnumValue(EnumValueDefinitionNode node)
    {
        var (reason, others) = Deprecation(node.Directives);
        var value = new EnumValueDefinition
        {
            Name = node.Name,
            Description = node.Description?.Value,
            DeprecationReason = reason,
            Syntax = node,
        };
        foreach (var directive in others) value.Apply(directive);
        return value;
    }

    // A @deprecated that is not well-formed stays a directive, for schema validation to refuse.
    private static (string? Reason, IEnumerable<DirectiveNode> Others) Deprecation(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            if (directive.Name != "deprecated") continue;
            var reason = directive.Arguments switch
            {
                [] => SpecifiedDirectives.DefaultDeprecationReason,
                [{ Name: "reason", Value: StringValueNode text }] => text.Value,
                _ => null,
            };
            if (reason is not null) return (reason, directives.Where(other => other != directive));
        }

        return (null, directives);
    }
}
