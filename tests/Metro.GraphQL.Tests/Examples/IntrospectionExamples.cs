using Metro.GraphQL.Language;
using Metro.GraphQL.Tests.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Examples;

/// <summary>The examples of the specification's chapter on introspection.</summary>
public sealed class IntrospectionExamples
{
    // The schema that section 4.2 gives of schemas.
    private const string SchemaOfSchemas = """
        type __Schema { description: String types: [__Type!]! queryType: __Type! mutationType: __Type subscriptionType: __Type directives: [__Directive!]! }
        type __Type {
          kind: __TypeKind! name: String description: String specifiedByURL: String
          fields(includeDeprecated: Boolean! = false): [__Field!] interfaces: [__Type!] possibleTypes: [__Type!]
          enumValues(includeDeprecated: Boolean! = false): [__EnumValue!] inputFields(includeDeprecated: Boolean! = false): [__InputValue!]
          ofType: __Type isOneOf: Boolean
        }
        enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }
        type __Field {
          name: String! description: String args(includeDeprecated: Boolean! = false): [__InputValue!]! type: __Type!
          isDeprecated: Boolean! deprecationReason: String
        }
        type __InputValue { name: String! description: String type: __Type! defaultValue: String isDeprecated: Boolean! deprecationReason: String }
        type __EnumValue { name: String! description: String isDeprecated: Boolean! deprecationReason: String }
        type __Directive {
          name: String! description: String isRepeatable: Boolean! locations: [__DirectiveLocation!]!
          args(includeDeprecated: Boolean! = false): [__InputValue!]!
        }
        enum __DirectiveLocation {
          QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT VARIABLE_DEFINITION
          SCHEMA SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT INPUT_FIELD_DEFINITION
        }
        """;

    [Fact, Specification("4")]
    public async Task A_type_tells_its_fields_and_their_types() => Assert.Equal(
        """{"data":{"__type":{"name":"Reader","fields":[{"name":"id","type":{"name":"String"}},{"name":"name","type":{"name":"String"}},{"name":"birthday","type":{"name":"Date"}}]}}}""",
        await Execute.JsonAsync(
            Schema.FromSdl("type Query { reader: Reader } type Reader { id: String name: String birthday: Date } scalar Date"),
            "{ __type(name: \"Reader\") { name fields { name type { name } } } }"));

    [Fact, Specification("4.2")]
    public void A_schema_describes_itself_by_the_types_of_the_specification()
    {
        var schema = Schema.FromSdl("type Query { a: Int }");

        foreach (var definition in Parser.ParseDocument(SchemaOfSchemas).Definitions.Cast<TypeDefinitionNode>())
        {
            var type = schema.GetType(definition.Name);
            if (definition is ObjectTypeDefinitionNode expected)
                Assert.Equal(expected.Fields.Select(Shown).Order(), ((ObjectType)type).Fields.Select(Shown).Order());
            else
                Assert.Equal(((EnumTypeDefinitionNode)definition).Values.Select(value => value.Name), ((EnumType)type).Values.Select(value => value.Name));
        }
    }

    [Fact, Specification("4.2.2")]
    public async Task An_input_object_tells_its_input_fields() => Assert.Equal(
        """{"data":{"__type":{"kind":"INPUT_OBJECT","fields":null,"isOneOf":false,"inputFields":[{"name":"x","type":{"kind":"SCALAR","name":"Int"}},{"name":"y","type":{"kind":"SCALAR","name":"Int"}}]}}}""",
        await Execute.JsonAsync(
            Schema.FromSdl("type Query { at(point: Point): Int } input Point { x: Int y: Int }"),
            "{ __type(name: \"Point\") { kind fields { name } isOneOf inputFields { name type { kind name } } } }"));

    private static string Shown(FieldDefinitionNode field) =>
        $"{field.Name}({string.Join(", ", field.Arguments.Select(Printer.Print))}): {Printer.Print(field.Type)}";

    private static string Shown(FieldDefinition field) =>
        $"{field.Name}({string.Join(", ", field.Arguments.Select(argument => $"{argument.Name}: {argument.Type} = {Printer.Print(argument.DefaultValue!)}"))}): {field.Type}";
}
