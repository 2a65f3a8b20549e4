using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Metro.GraphQL.Language;
using Metro.GraphQL.Tests.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Types;

/// <summary>Spec 4: what a schema says of itself, asked as clients ask it.</summary>
public sealed class IntrospectionTests
{
    private const string FullQuery = """
        {
          __schema {
            description
            queryType { name } mutationType { name } subscriptionType { name }
            types { ...Type }
            directives { name description isRepeatable locations args(includeDeprecated: true) { ...Input } }
          }
        }
        fragment Type on __Type {
          kind name description specifiedByURL isOneOf
          fields(includeDeprecated: true) {
            name description args(includeDeprecated: true) { ...Input } type { ...Ref } isDeprecated deprecationReason
          }
          inputFields(includeDeprecated: true) { ...Input }
          interfaces { ...Ref }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...Ref }
        }
        fragment Input on __InputValue { name description type { ...Ref } defaultValue isDeprecated deprecationReason }
        fragment Ref on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } }
        """;

    private const string Library = """"
        "The library."
        schema { query: Library mutation: Desk }
        directive @shelf("Which." name: String! = "A" old: Int @deprecated(reason: "x")) repeatable on FIELD | OBJECT
        interface Item { id: ID! }
        interface Loanable implements Item { id: ID! dueOn: LocalDate }
        """
        A book.
        With two lines.
        """
        type Book implements Loanable & Item { id: ID! dueOn: LocalDate title(max: Int = 80, in: [[Language!]!] = [[ID]], old: Int @deprecated): String @deprecated(reason: "y") }
        type Film { title: String }
        union Found = Book | Film
        enum Language { "Indonesian" ID EN @deprecated }
        input Search { text: String = "a \"b\"" near: Place = { lat: 1.5 } by: By old: Int @deprecated }
        input Place { lat: Float! }
        input By @oneOf { title: String isbn: ID }
        scalar LocalDate @specifiedBy(url: "https://example.org/date")
        type Library { find(search: Search! = {  }): [Found!]! }
        type Desk { lend(id: ID!): Book }
        """";

    [Fact]
    public async Task The_answer_says_the_same_as_the_sdl()
    {
        var schema = Schema.FromSdl(Library);

        var answer = JsonNode.Parse(await Execute.JsonAsync(schema, FullQuery))!;

        Assert.Null(answer["errors"]);
        Assert.Equal(schema.ToSdl(), Schema.FromSdl(Sdl(answer["data"]!["__schema"]!)).ToSdl());
    }

    [Fact]
    public async Task Every_shared_schema_says_the_same_in_both_ways()
    {
        foreach (var sdl in SharedCases.ReadDocument("validation.json")?.GetProperty("schemas").EnumerateArray().ToList() ?? [])
        {
            var schema = Schema.FromSdl(sdl.GetString()!);

            var answer = JsonNode.Parse(await Execute.JsonAsync(schema, FullQuery))!;

            Assert.Equal(schema.ToSdl(), Schema.FromSdl(Sdl(answer["data"]!["__schema"]!)).ToSdl());
        }
    }

    [Theory]
    [InlineData("fields", "Book", "[\"id\",\"dueOn\"]")]
    [InlineData("enumValues", "Language", "[\"ID\"]")]
    [InlineData("inputFields", "Search", "[\"text\",\"near\",\"by\"]")]
    public async Task Deprecated_members_are_told_only_when_asked_for(string members, string type, string names)
    {
        var answer = await Execute.JsonAsync(Schema.FromSdl(Library), $"{{ __type(name: \"{type}\") {{ all: {members} {{ name }} }} }}");

        Assert.Equal(names, Names(JsonNode.Parse(answer)!["data"]!["__type"]!["all"]!));
    }

    [Fact]
    public async Task So_are_deprecated_arguments()
    {
        var answer = await Execute.JsonAsync(
            Schema.FromSdl(Library),
            "{ __type(name: \"Book\") { fields(includeDeprecated: true) { name args { name } } } __schema { directives { name args { name } } } }");

        var data = JsonNode.Parse(answer)!["data"]!;
        Assert.Equal("[\"max\",\"in\"]", Names(data["__type"]!["fields"]![2]!["args"]!));
        Assert.Equal("[\"name\"]", Names(data["__schema"]!["directives"]!.AsArray().First(each => (string)each!["name"]! == "shelf")!["args"]!));
    }

    [Fact]
    public async Task Types_that_do_not_exist_are_null_and_directives_for_the_server_are_not_told()
    {
        var schema = Schema.FromSdl(
            "type Query { a: Int }",
            builder => builder.Add(new DirectiveDefinition { Name = "guard", Locations = DirectiveLocations.Object, IsInternal = true }));

        Execute.Same("""{"data":{"__type":null}}""", await Execute.JsonAsync(schema, "{ __type(name: \"Nothing\") { name } }"));
        Assert.DoesNotContain("guard", await Execute.JsonAsync(schema, "{ __schema { directives { name } } }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_scalar_can_belong_to_several_schemas_without_mixing_them()
    {
        var one = Schema.FromSdl("type Query { a: I } interface I { a: Int } type A implements I { a: Int }");
        var two = Schema.FromSdl("type Query { a: I } interface I { a: Int } type B implements I { a: Int }");
        const string query = "{ __type(name: \"I\") { possibleTypes { name } } }";

        Execute.Same("""{"data":{"__type":{"possibleTypes":[{"name":"A"}]}}}""", await Execute.JsonAsync(one, query));
        Execute.Same("""{"data":{"__type":{"possibleTypes":[{"name":"B"}]}}}""", await Execute.JsonAsync(two, query));
    }

    private static string Names(JsonNode members) =>
        new JsonArray([.. members.AsArray().Select(member => member!["name"]!.DeepClone())]).ToJsonString();

    // What a client's tool would make of the answer.
    private static string Sdl(JsonNode schema)
    {
        var definitions = new List<DefinitionNode>
        {
            new SchemaDefinitionNode
            {
                Description = Description(schema),
                OperationTypes =
                [
                    .. new[] { ("queryType", OperationKind.Query), ("mutationType", OperationKind.Mutation), ("subscriptionType", OperationKind.Subscription) }
                        .Where(root => schema[root.Item1] is not null)
                        .Select(root => new RootOperationTypeDefinitionNode { Operation = root.Item2, Type = new NamedTypeNode { Name = Text(schema[root.Item1]!["name"])! } }),
                ],
            },
        };
        definitions.AddRange(schema["directives"]!.AsArray().Select(directive => new DirectiveDefinitionNode
        {
            Name = Text(directive!["name"])!,
            Description = Description(directive),
            Arguments = Inputs(directive["args"]!),
            IsRepeatable = (bool)directive["isRepeatable"]!,
            Locations = [.. directive["locations"]!.AsArray().Select(location => Text(location)!)],
        }));
        definitions.AddRange(schema["types"]!.AsArray()
            .Where(type => !Text(type!["name"])!.StartsWith("__", StringComparison.Ordinal))
            .Select(type => Type(type!)));
        return Printer.Print(new DocumentNode { Definitions = [.. definitions] });
    }

    private static DefinitionNode Type(JsonNode type)
    {
        var (name, description) = (Text(type["name"])!, Description(type));
        switch (Text(type["kind"]))
        {
            case "SCALAR":
                var url = Text(type["specifiedByURL"]);
                return new ScalarTypeDefinitionNode
                {
                    Name = name,
                    Description = description,
                    Directives = url is null ? [] : [Apply("specifiedBy", "url", url)],
                };
            case "OBJECT":
                return new ObjectTypeDefinitionNode { Name = name, Description = description, Interfaces = Types(type["interfaces"]!), Fields = Fields(type) };
            case "INTERFACE":
                return new InterfaceTypeDefinitionNode { Name = name, Description = description, Interfaces = Types(type["interfaces"]!), Fields = Fields(type) };
            case "UNION":
                return new UnionTypeDefinitionNode { Name = name, Description = description, Members = Types(type["possibleTypes"]!) };
            case "ENUM":
                return new EnumTypeDefinitionNode
                {
                    Name = name,
                    Description = description,
                    Values =
                    [
                        .. type["enumValues"]!.AsArray().Select(value => new EnumValueDefinitionNode
                        {
                            Name = Text(value!["name"])!,
                            Description = Description(value),
                            Directives = Deprecation(value),
                        }),
                    ],
                };
            default:
                return new InputObjectTypeDefinitionNode
                {
                    Name = name,
                    Description = description,
                    Directives = (bool)type["isOneOf"]! ? [new DirectiveNode { Name = "oneOf" }] : [],
                    Fields = Inputs(type["inputFields"]!),
                };
        }
    }

    private static ImmutableArray<FieldDefinitionNode> Fields(JsonNode type) =>
    [
        .. type["fields"]!.AsArray().Select(field => new FieldDefinitionNode
        {
            Name = Text(field!["name"])!,
            Description = Description(field),
            Arguments = Inputs(field["args"]!),
            Type = Reference(field["type"]!),
            Directives = Deprecation(field),
        }),
    ];

    private static ImmutableArray<InputValueDefinitionNode> Inputs(JsonNode inputs) =>
    [
        .. inputs.AsArray().Select(input => new InputValueDefinitionNode
        {
            Name = Text(input!["name"])!,
            Description = Description(input),
            Type = Reference(input["type"]!),
            DefaultValue = Text(input["defaultValue"]) is { } literal ? Parser.ParseValue(literal) : null,
            Directives = Deprecation(input),
        }),
    ];

    private static ImmutableArray<NamedTypeNode> Types(JsonNode types) => [.. types.AsArray().Select(type => new NamedTypeNode { Name = Text(type!["name"])! })];

    private static TypeNode Reference(JsonNode type) => Text(type["kind"]) switch
    {
        "LIST" => new ListTypeNode { Item = Reference(type["ofType"]!) },
        "NON_NULL" => new NonNullTypeNode { Nullable = Reference(type["ofType"]!) },
        _ => new NamedTypeNode { Name = Text(type["name"])! },
    };

    private static ImmutableArray<DirectiveNode> Deprecation(JsonNode member) =>
        (bool)member["isDeprecated"]! ? [Apply("deprecated", "reason", Text(member["deprecationReason"])!)] : [];

    private static DirectiveNode Apply(string directive, string argument, string value) => new()
    {
        Name = directive,
        Arguments = [new ArgumentNode { Name = argument, Value = new StringValueNode { Value = value } }],
    };

    private static StringValueNode? Description(JsonNode member) =>
        Text(member["description"]) is { } text ? new StringValueNode { Value = text } : null;

    private static string? Text(JsonNode? node) => (string?)node;
}
