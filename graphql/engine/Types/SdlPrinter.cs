using System.Collections.Immutable;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>
/// Turns a schema into SDL (spec 3) that reads as the same schema. What every schema has (specified scalars and
/// directives, introspection) and what serves the server only (internal directives) is left out.
/// </summary>
internal static class SdlPrinter
{
    public static string Print(Schema schema, Func<NamedType, bool>? includes = null)
    {
        var internalNames = schema.Directives
            .Where(directive => directive.IsInternal)
            .Select(directive => directive.Name)
            .ToHashSet(StringComparer.Ordinal);
        return new Writer(internalNames).Print(schema, includes);
    }

    private sealed class Writer(HashSet<string> internalDirectives)
    {
        public string Print(Schema schema, Func<NamedType, bool>? includes)
        {
            var definitions = new List<DefinitionNode>();
            if (includes is null)
            {
                if (SchemaDefinition(schema) is { } definition) definitions.Add(definition);
                definitions.AddRange(schema.Directives
                    .Where(directive => !directive.IsInternal && !SpecifiedDirectives.IsSpecified(directive.Name))
                    .Select(Directive));
            }

            definitions.AddRange(schema.Types
                .Where(type => !type.IsIntrospection && !SpecifiedScalars.IsSpecified(type.Name))
                .Where(type => includes is null || includes(type))
                .Select(Type));
            return definitions.Count == 0
                ? ""
                : Printer.Print(new DocumentNode { Definitions = [.. definitions] }) + "\n";
        }

        // Spec 3.3.1: a schema that goes by the default names, and only by them, need not be spelt out.
        private SchemaDefinitionNode? SchemaDefinition(Schema schema)
        {
            var applied = Applied(schema.AppliedDirectives);
            var roots = Enum.GetValues<OperationKind>()
                .Select(operation => (Operation: operation, Type: schema.RootType(operation)))
                .ToList();
            var usesDefaultNames = roots.TrueForAll(root => root.Type is null
                ? !schema.TryGetType(root.Operation.ToString(), out _)
                : root.Type.Name == root.Operation.ToString());
            if (schema.Description is null && applied.IsEmpty && usesDefaultNames) return null;

            return new SchemaDefinitionNode
            {
                Description = Description(schema.Description),
                Directives = applied,
                OperationTypes =
                [
                    .. roots.Where(root => root.Type is not null).Select(root => new RootOperationTypeDefinitionNode
                    {
                        Operation = root.Operation,
                        Type = new NamedTypeNode { Name = root.Type!.Name },
                    }),
                ],
            };
        }

        private TypeDefinitionNode Type(NamedType type) => type switch
        {
            ScalarType scalar => new ScalarTypeDefinitionNode
            {
                Name = type.Name,
                Description = Description(type.Description),
                Directives = scalar.SpecifiedBy is null
                    ? Applied(type.Directives)
                    : [Apply("specifiedBy", "url", scalar.SpecifiedBy), .. Applied(type.Directives)],
            },
            ObjectType complex => new ObjectTypeDefinitionNode
            {
                Name = type.Name,
                Description = Description(type.Description),
                Interfaces = Interfaces(complex),
                Directives = Applied(type.Directives),
                Fields = [.. complex.Fields.Select(Field)],
            },
            InterfaceType complex => new InterfaceTypeDefinitionNode
            {
                Name = type.Name,
                Description = Description(type.Description),
                Interfaces = Interfaces(complex),
                Directives = Applied(type.Directives),
                Fields = [.. complex.Fields.Select(Field)],
            },
            UnionType union => new UnionTypeDefinitionNode
            {
                Name = type.Name,
                Description = Description(type.Description),
                Directives = Applied(type.Directives),
                Members = [.. union.Members.Select(member => new NamedTypeNode { Name = member.Name })],
            },
            EnumType @enum => new EnumTypeDefinitionNode
            {
                Name = type.Name,
                Description = Description(type.Description),
                Directives = Applied(type.Directives),
                Values = [.. @enum.Values.Select(EnumValue)],
            },
            InputObjectType input => new InputObjectTypeDefinitionNode
            {
                Name = type.Name,
                Description = Description(type.Description),
                Directives = input.IsOneOf
                    ? [new DirectiveNode { Name = "oneOf" }, .. Applied(type.Directives)]
                    : Applied(type.Directives),
                Fields = [.. input.Fields.Select(Input)],
            },
            _ => throw new ArgumentException($"{type} is no named type of the specification.", nameof(type)),
        };

        private FieldDefinitionNode Field(FieldDefinition field) => new()
        {
            Name = field.Name,
            Description = Description(field.Description),
            Arguments = [.. field.Arguments.Select(Input)],
            Type = TypeReference(field.Type),
            Directives = WithDeprecation(field.DeprecationReason, field.Directives),
        };

        private InputValueDefinitionNode Input(InputValueDefinition input) => new()
        {
            Name = input.Name,
            Description = Description(input.Description),
            Type = TypeReference(input.Type),
            DefaultValue = input.DefaultValue,
            Directives = WithDeprecation(input.DeprecationReason, input.Directives),
        };

        private EnumValueDefinitionNode EnumValue(EnumValueDefinition value) => new()
        {
            Name = value.Name,
            Description = Description(value.Description),
            Directives = WithDeprecation(value.DeprecationReason, value.Directives),
        };

        private DirectiveDefinitionNode Directive(DirectiveDefinition directive) => new()
        {
            Name = directive.Name,
            Description = Description(directive.Description),
            Arguments = [.. directive.Arguments.Select(Input)],
            Directives = Applied(directive.Directives),
            IsRepeatable = directive.IsRepeatable,
            Locations = [.. DirectiveLocationText.NamesOf(directive.Locations)],
        };

        private ImmutableArray<DirectiveNode> WithDeprecation(string? reason, IReadOnlyList<DirectiveNode> others) => reason switch
        {
            null => Applied(others),
            SpecifiedDirectives.DefaultDeprecationReason => [new DirectiveNode { Name = "deprecated" }, .. Applied(others)],
            _ => [Apply("deprecated", "reason", reason), .. Applied(others)],
        };

        private ImmutableArray<DirectiveNode> Applied(IReadOnlyList<DirectiveNode> directives) =>
            [.. directives.Where(directive => !internalDirectives.Contains(directive.Name))];

        private static DirectiveNode Apply(string directive, string argument, string value) => new()
        {
            Name = directive,
            Arguments = [new ArgumentNode { Name = argument, Value = new StringValueNode { Value = value } }],
        };

        private static ImmutableArray<NamedTypeNode> Interfaces(ComplexType type) =>
            [.. type.Interfaces.Select(each => new NamedTypeNode { Name = each.Name })];

        private static StringValueNode? Description(string? text) =>
            text is null ? null : new StringValueNode { Value = text, IsBlock = BlockString.CanHold(text) };

        private static TypeNode TypeReference(GraphQLType type) => type switch
        {
            NonNullType required => new NonNullTypeNode { Nullable = TypeReference(required.Nullable) },
            ListType list => new ListTypeNode { Item = TypeReference(list.Item) },
            _ => new NamedTypeNode { Name = type.Named.Name },
        };
    }
}
