using System.Text.Json;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Tests.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Examples;

/// <summary>The examples of the specification's chapter on the type system: definitions read, values coerced both ways.</summary>
public sealed class TypeSystemExamples
{
    [Fact, Specification("3.2")]
    public void Descriptions_stand_before_what_they_describe()
    {
        var schema = Schema.FromSdl(""""
            """
            A simple schema, well described.
            """
            schema { query: Query }

            """
            Where questions begin.
            """
            type Query {
              """
              Translates a text.
              """
              translate(
                "The language that `text` is in."
                from: Language

                "The text."
                text: String
              ): String
            }

            """
            The languages that `translate` knows.
            """
            enum Language {
              "English"
              EN

              "Indonesian"
              ID
            }
            """");

        var translate = schema.QueryType.Fields["translate"];
        Assert.Equal("A simple schema, well described.", schema.Description);
        Assert.Equal("Where questions begin.", schema.QueryType.Description);
        Assert.Equal("Translates a text.", translate.Description);
        Assert.Equal("The language that `text` is in.", translate.Arguments["from"].Description);
        Assert.Equal("The languages that `translate` knows.", schema.GetType("Language").Description);
        Assert.Equal("Indonesian", schema.GetType<EnumType>("Language").Values["ID"].Description);
        Assert.Equal(schema.ToSdl(), Schema.FromSdl(schema.ToSdl()).ToSdl());
    }

    [Fact, Specification("3.3.1")]
    public async Task Operations_begin_at_the_root_types()
    {
        var named = Execute.Schema(
            "schema { query: Shelf mutation: Desk } type Shelf { myName: String } type Desk { setName(to: String): NewName } type NewName { newName: String }",
            ("Shelf.myName", _ => "Sari"), ("Desk.setName", context => new { NewName = context.ArgumentValue<string>("to") }));
        Assert.Equal("""{"data":{"myName":"Sari"}}""", await Execute.JsonAsync(named, "query { myName }"));
        Assert.Equal("""{"data":{"setName":{"newName":"Budi"}}}""", await Execute.JsonAsync(named, "mutation { setName(to: \"Budi\") { newName } }"));

        Assert.Equal("Query", Schema.FromSdl("type Query { someField: String }").QueryType.Name);
        var virus = Schema.FromSdl("schema { query: Query } type Query { latest: Virus } type Virus { mutations: [Mutation] } type Mutation { name: String }");
        Assert.Null(virus.MutationType);
        Assert.StartsWith("schema {", virus.ToSdl(), StringComparison.Ordinal);
        var described = Schema.FromSdl("\"Example\" schema { query: Query mutation: Mutation } type Query { a: String } type Mutation { b: String }");
        Assert.Equal(("Example", "Mutation"), (described.Description, described.MutationType!.Name));
        Assert.DoesNotContain("schema {", Schema.FromSdl("type Query { a: String } type Mutation { b: String }").ToSdl(), StringComparison.Ordinal);
    }

    [Fact]
    [Specification("3.5")]
    [Specification("3.13.4")]
    public async Task A_scalar_of_ones_own_says_where_it_is_specified()
    {
        var schema = Schema.FromSdl("""
            type Query { id: UUID at: Moment }
            scalar UUID @specifiedBy(url: "https://tools.ietf.org/html/rfc4122")
            scalar Moment @specifiedBy(url: "https://scalars.graphql.org/andimarek/date-time")
            """);

        Assert.Equal(
            """{"data":{"a":{"specifiedByURL":"https://tools.ietf.org/html/rfc4122"},"b":{"specifiedByURL":"https://scalars.graphql.org/andimarek/date-time"},"c":{"specifiedByURL":null}}}""",
            await Execute.JsonAsync(schema, "{ a: __type(name: \"UUID\") { specifiedByURL } b: __type(name: \"Moment\") { specifiedByURL } c: __type(name: \"String\") { specifiedByURL } }"));
        Assert.Equal(
            "Directive \"@specifiedBy\" may not be used on OBJECT.",
            Assert.Single(Assert.Throws<SchemaException>(() => Schema.FromSdl("type Query @specifiedBy(url: \"x\") { a: Int }")).Faults).Message);
    }

    public static TheoryData<string, object, string?> Results => new()
    {
        { "Int", 1.0, "1" }, { "Int", 1.2, null }, { "Int", 2147483648L, null }, { "Int", "b", null },
        { "Float", 1, "1" }, { "Float", double.NaN, null }, { "Float", double.PositiveInfinity, null },
        { "String", 1, "\"1\"" }, { "String", "text", "\"text\"" },
        { "Boolean", true, "true" }, { "Boolean", "yes", null },
        { "ID", 4, "\"4\"" }, { "ID", "4", "\"4\"" },
    };

    [Theory]
    [Specification("3.5.1")]
    [Specification("3.5.2")]
    [Specification("3.5.3")]
    [Specification("3.5.4")]
    [Specification("3.5.5")]
    [MemberData(nameof(Results))]
    public async Task A_result_becomes_a_value_of_its_scalar_or_an_error(string type, object result, string? written)
    {
        using var answer = JsonDocument.Parse(await Execute.JsonAsync(Execute.Schema($"type Query {{ a: {type} }}", ("Query.a", _ => result)), "{ a }"));

        Assert.Equal(written ?? "null", answer.RootElement.GetProperty("data").GetProperty("a").GetRawText());
        Assert.Equal(written is null, answer.RootElement.TryGetProperty("errors", out _));
    }

    [Theory]
    [Specification("3.5.1")]
    [Specification("3.5.2")]
    [Specification("3.5.3")]
    [Specification("3.5.4")]
    [Specification("3.5.5")]
    [InlineData("Int", "123", "123")]
    [InlineData("Int", "\"123\"", null)]
    [InlineData("Int", "2147483648", null)]
    [InlineData("Int", "1.5", null)]
    [InlineData("Float", "1", "1")]
    [InlineData("Float", "6.5", "6.5")]
    [InlineData("Float", "\"1\"", null)]
    [InlineData("Float", "1e999", null)]
    [InlineData("String", "\"text\"", "\"text\"")]
    [InlineData("String", "1", null)]
    [InlineData("Boolean", "true", "true")]
    [InlineData("Boolean", "1", null)]
    [InlineData("ID", "\"4\"", "\"4\"")]
    [InlineData("ID", "4", "\"4\"")]
    [InlineData("ID", "-4", "\"-4\"")]
    [InlineData("ID", "4.5", null)]
    public Task An_input_is_a_value_of_its_scalar_or_refused(string type, string given, string? coerced) => Coerces(type, given, coerced);

    private static readonly Schema Persons = Execute.Schema(
        """
        type Query { person: Person }
        type Person {
          name: String
          age: Int
          picture(size: Int): String
          old: String @deprecated
          relationship: Person
          foo: Int bar: Int baz: Int qux: Int
        }
        """,
        ("Query.person", _ => new { Name = "Sari", Age = 30, Foo = 1, Bar = 2, Baz = 3, Qux = 4, Relationship = new { Name = "Budi" } }),
        ("Person.picture", context => $"sari_{context.ArgumentValue<int>("size")}.jpg"));

    [Theory, Specification("3.6")]
    [InlineData("{ name age }", """{"name":"Sari","age":30}""")]
    [InlineData("{ age name }", """{"age":30,"name":"Sari"}""")]
    [InlineData("{ name relationship { name } }", """{"name":"Sari","relationship":{"name":"Budi"}}""")]
    [InlineData("{ foo ...Frag qux } fragment Frag on Person { bar baz }", """{"foo":1,"bar":2,"baz":3,"qux":4}""")]
    [InlineData("{ foo ...Matching bar } fragment Matching on Person { bar qux foo }", """{"foo":1,"bar":2,"qux":4}""")]
    [InlineData("{ foo @skip(if: true) bar foo }", """{"bar":2,"foo":1}""")]
    public async Task The_fields_of_an_object_are_answered_in_the_order_of_the_question(string selection, string data)
    {
        var (fields, fragments) = selection.IndexOf(" fragment", StringComparison.Ordinal) is var at and > 0 ? (selection[..at], selection[at..]) : (selection, "");

        Assert.Equal($$$"""{"data":{"person":{{{data}}}}}""", await Execute.JsonAsync(Persons, $"{{ person {fields} }}{fragments}"));
    }

    [Fact, Specification("3.6")]
    public async Task An_object_without_a_selection_is_refused() =>
        Assert.Contains("must have a selection of subfields", await Execute.JsonAsync(Persons, "{ person { name relationship } }"), StringComparison.Ordinal);

    [Fact, Specification("3.6.1")]
    public async Task A_field_takes_arguments() => Assert.Equal(
        """{"data":{"person":{"name":"Sari","picture":"sari_600.jpg"}}}""",
        await Execute.JsonAsync(Persons, "{ person { name picture(size: 600) } }"));

    [Fact, Specification("3.6.2")]
    public async Task A_deprecated_field_still_answers_and_is_told_of_only_when_asked()
    {
        Assert.Equal("No longer supported", Persons.GetType<ObjectType>("Person").Fields["old"].DeprecationReason);
        Assert.Equal("""{"data":{"person":{"old":null}}}""", await Execute.JsonAsync(Persons, "{ person { old } }"));
        Assert.DoesNotContain("\"old\"", await Execute.JsonAsync(Persons, "{ __type(name: \"Person\") { fields { name } } }"), StringComparison.Ordinal);
        Assert.Contains("\"old\"", await Execute.JsonAsync(Persons, "{ __type(name: \"Person\") { fields(includeDeprecated: true) { name } } }"), StringComparison.Ordinal);
    }

    [Fact, Specification("3.6.3")]
    public void An_extension_adds_fields_or_directives_to_a_type()
    {
        var schema = Schema.FromSdl("""
            directive @addedDirective on OBJECT
            type Query { story: Story user: User }
            type Story { title: String }
            type User { name: String }
            extend type Story { isHiddenLocally: Boolean }
            extend type User @addedDirective
            """);

        Assert.Equal(["title", "isHiddenLocally"], schema.GetType<ObjectType>("Story").Fields.Select(field => field.Name));
        Assert.Equal("addedDirective", Assert.Single(schema.GetType("User").Directives).Name);
    }

    private const string Entities = """
        directive @addedDirective on INTERFACE
        type Query { contact: Contact found: Found }
        interface NamedEntity { name: String }
        interface ValuedEntity { value: Int }
        type Person implements NamedEntity { name: String age: Int }
        type Business implements NamedEntity & ValuedEntity { name: String value: Int employeeCount: Int }
        type Contact { entity: NamedEntity phoneNumber: String address: String }
        union Found = | Photo | Person
        type Photo { height: Int width: Int }
        """;

    private static readonly Schema EntitySchema = Execute.Schema(
        Entities,
        ("Query.contact", _ => new { PhoneNumber = "1", Entity = new Dictionary<string, object?> { ["__typename"] = "Person", ["name"] = "Sari", ["age"] = 30 } }),
        ("Query.found", _ => new Dictionary<string, object?> { ["__typename"] = "Photo", ["height"] = 2 }));

    [Fact, Specification("3.7")]
    public async Task An_interface_promises_fields_that_can_be_selected()
    {
        Assert.Equal(
            """{"data":{"contact":{"entity":{"name":"Sari"},"phoneNumber":"1"}}}""",
            await Execute.JsonAsync(EntitySchema, "{ contact { entity { name } phoneNumber } }"));
        Assert.Contains(
            "Cannot query field \\\"age\\\" on type \\\"NamedEntity\\\".",
            (await Execute.JsonAsync(EntitySchema, "{ contact { entity { name age } phoneNumber } }")).Replace("\\u0022", "\\\"", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Equal(
            """{"data":{"contact":{"entity":{"name":"Sari","age":30}}}}""",
            await Execute.JsonAsync(EntitySchema, "{ contact { entity { name ... on Person { age } } } }"));
    }

    [Fact, Specification("3.7")]
    public void Interfaces_implement_interfaces_but_not_in_a_circle()
    {
        const string Resource = "type Query { a: Image } interface Node { id: ID! } interface Resource implements Node { id: ID! url: String } ";

        Schema.FromSdl(Resource + "interface Image implements Resource & Node { id: ID! url: String thumbnail: String }");
        Assert.Throws<SchemaException>(() => Schema.FromSdl(Resource + "interface Image implements Resource { id: ID! url: String thumbnail: String }"));
        Assert.Throws<SchemaException>(() => Schema.FromSdl(
            "type Query { a: Node } interface Node implements Named & Node { id: ID! name: String } interface Named implements Node & Named { id: ID! name: String }"));
    }

    [Fact, Specification("3.7.1")]
    public void An_interface_is_extended_with_all_that_implement_it()
    {
        var schema = Schema.FromSdl(Entities + " extend interface NamedEntity { nickname: String } extend type Person { nickname: String } extend type Business { nickname: String } extend interface NamedEntity @addedDirective");

        Assert.Equal(["name", "nickname"], schema.GetType<InterfaceType>("NamedEntity").Fields.Select(field => field.Name));
        Assert.Equal("addedDirective", Assert.Single(schema.GetType("NamedEntity").Directives).Name);
        Assert.Throws<SchemaException>(() => Schema.FromSdl(Entities + " extend interface NamedEntity { nickname: String }"));
    }

    [Fact, Specification("3.8")]
    public async Task A_union_has_fields_only_by_the_types_of_its_members()
    {
        Assert.Contains("Cannot query field", await Execute.JsonAsync(EntitySchema, "{ found { name height } }"), StringComparison.Ordinal);
        Assert.Equal(
            """{"data":{"found":{"height":2}}}""",
            await Execute.JsonAsync(EntitySchema, "{ found { ... on Person { name } ... on Photo { height } } }"));
        Assert.Equal(["Photo", "Person"], EntitySchema.PossibleTypes(EntitySchema.GetType("Found")).Select(type => type.Name));
    }

    [Theory, Specification("3.9")]
    [InlineData("NORTH", "\"NORTH\"")]
    [InlineData("\"NORTH\"", null)]
    [InlineData("UP", null)]
    public Task An_enum_is_one_of_its_values(string given, string? coerced) => Coerces("Direction", given, coerced, "enum Direction { NORTH EAST SOUTH WEST }");

    [Theory, Specification("3.10")]
    [InlineData("{ a: \"abc\", b: 123 }", "", "{}", """{"a":"abc","b":123}""")]
    [InlineData("{ a: null, b: 123 }", "", "{}", """{"a":null,"b":123}""")]
    [InlineData("{ b: 123 }", "", "{}", """{"b":123}""")]
    [InlineData("{ a: $var, b: 123 }", "$var: String", """{"var":null}""", """{"a":null,"b":123}""")]
    [InlineData("{ a: $var, b: 123 }", "$var: String", "{}", """{"b":123}""")]
    [InlineData("{ b: $var }", "$var: Int!", """{"var":123}""", """{"b":123}""")]
    [InlineData("$var", "$var: Example", """{"var":{"b":123}}""", """{"b":123}""")]
    [InlineData("\"abc123\"", "", "{}", null)]
    [InlineData("$var", "$var: Example", """{"var":"abc123"}""", null)]
    [InlineData("{ a: \"abc\", b: \"123\" }", "", "{}", null)]
    [InlineData("{ a: \"abc\" }", "", "{}", null)]
    [InlineData("{ b: $var }", "$var: Int!", "{}", null)]
    [InlineData("$var", "$var: Example", """{"var":{"a":"abc"}}""", null)]
    [InlineData("{ a: \"abc\", b: null }", "", "{}", null)]
    [InlineData("{ b: $var }", "$var: Int!", """{"var":null}""", null)]
    [InlineData("{ b: $var }", "$var: Int = 1", """{"var":null}""", null)]
    [InlineData("{ b: 123, c: \"xyz\" }", "", "{}", null)]
    public async Task An_input_object_has_what_it_must_and_nothing_else(string literal, string variable, string variables, string? coerced) => Assert.Equal(
        coerced, await CoercedAsync("Example", literal, variable, variables, "input Example { a: String b: Int! }"));

    [Fact, Specification("3.10")]
    public void Input_objects_that_need_each_other_for_ever_are_refused()
    {
        foreach (var finite in new[] { "input I { self: I value: String }", "input I { self: [I!]! value: String }" })
            Schema.FromSdl(finite + " type Query { a(i: I): Int }");
        foreach (var endless in new[] { "input I { value: String self: I! }", "input I { second: S! value: String } input S { first: I! value: String }" })
            Assert.Throws<SchemaException>(() => Schema.FromSdl(endless + " type Query { a(i: I): Int }"));
        Assert.Equal("Float", Schema.FromSdl("input Point2D { x: Float y: Float } type Query { a(at: Point2D): Int }").GetType<InputObjectType>("Point2D").Fields["x"].Type.ToString());
    }

    [Theory, Specification("3.10.1")]
    [InlineData("{ a: \"abc\" }", "", "{}", """{"a":"abc"}""")]
    [InlineData("{ b: 123 }", "", "{}", """{"b":123}""")]
    [InlineData("$var", "$var: Example", """{"var":{"a":"abc"}}""", """{"a":"abc"}""")]
    [InlineData("{ a: null }", "", "{}", null)]
    [InlineData("$var", "$var: Example", """{"var":{"a":null}}""", null)]
    [InlineData("{ a: $a }", "$a: String!", "{}", null)]
    [InlineData("{ a: \"abc\", b: 123 }", "", "{}", null)]
    [InlineData("{ a: 456, b: \"xyz\" }", "", "{}", null)]
    [InlineData("$var", "$var: Example", """{"var":{"a":"abc","b":123}}""", null)]
    [InlineData("{ a: \"abc\", b: null }", "", "{}", null)]
    [InlineData("{ a: \"abc\", b: $b }", "$b: Int", "{}", null)]
    [InlineData("{ a: $a, b: $b }", "$a: String, $b: Int", """{"a":"abc"}""", null)]
    [InlineData("{}", "", "{}", null)]
    [InlineData("$var", "$var: Example", """{"var":{}}""", null)]
    public async Task A_OneOf_input_object_has_exactly_one_value(string literal, string variable, string variables, string? coerced) => Assert.Equal(
        coerced, await CoercedAsync("Example", literal, variable, variables, "input Example @oneOf { a: String b: Int }"));

    [Theory, Specification("3.11")]
    [InlineData("[Int]", "[1, 2, 3]", "[1,2,3]")]
    [InlineData("[Int]", "[1, \"b\", true]", null)]
    [InlineData("[Int]", "1", "[1]")]
    [InlineData("[Int]", "null", "null")]
    [InlineData("[[Int]]", "[[1], [2, 3]]", "[[1],[2,3]]")]
    [InlineData("[[Int]]", "[1, 2, 3]", "[[1],[2],[3]]")]
    [InlineData("[[Int]]", "[1, null, 3]", "[[1],null,[3]]")]
    [InlineData("[[Int]]", "[[1], [\"b\"]]", null)]
    [InlineData("[[Int]]", "1", "[[1]]")]
    [InlineData("[[Int]]", "null", "null")]
    public Task A_single_value_is_a_list_of_one(string type, string given, string? coerced) => Coerces(type, given, coerced);

    [Theory, Specification("3.12")]
    [InlineData("{ needs }", "is required, but it was not provided")]
    [InlineData("{ needs(it: null) }", "not to be null")]
    [InlineData("query ($var: String) { needs(it: $var) }", "used in position expecting type")]
    public async Task A_non_null_argument_is_given(string document, string refusal) => Assert.Contains(
        refusal, await Execute.JsonAsync(Schema.FromSdl("type Query { needs(it: String!): String }"), document), StringComparison.Ordinal);

    // Where the specification's table has an error as an item, the item here is no Int.
    [Theory, Specification("3.12.1")]
    [InlineData("[Int]", "[1,2,3]", "[1,2,3]", 0)]
    [InlineData("[Int]", "null", "null", 0)]
    [InlineData("[Int]", "[1,2,null]", "[1,2,null]", 0)]
    [InlineData("[Int]", "[1,2,\"x\"]", "[1,2,null]", 1)]
    [InlineData("[Int]!", "[1,2,3]", "[1,2,3]", 0)]
    [InlineData("[Int]!", "null", "error", 1)]
    [InlineData("[Int]!", "[1,2,null]", "[1,2,null]", 0)]
    [InlineData("[Int]!", "[1,2,\"x\"]", "[1,2,null]", 1)]
    [InlineData("[Int!]", "[1,2,3]", "[1,2,3]", 0)]
    [InlineData("[Int!]", "null", "null", 0)]
    [InlineData("[Int!]", "[1,2,null]", "null", 1)]
    [InlineData("[Int!]", "[1,2,\"x\"]", "null", 1)]
    [InlineData("[Int!]!", "[1,2,3]", "[1,2,3]", 0)]
    [InlineData("[Int!]!", "null", "error", 1)]
    [InlineData("[Int!]!", "[1,2,null]", "error", 1)]
    [InlineData("[Int!]!", "[1,2,\"x\"]", "error", 1)]
    public async Task A_null_or_an_error_in_a_list_goes_as_far_as_the_types_let_it(string type, string result, string coerced, int errors)
    {
        object? value = result is "null" ? null : JsonDocument.Parse(result).RootElement.EnumerateArray()
            .Select(item => item.ValueKind switch { JsonValueKind.Number => (object?)item.GetInt32(), JsonValueKind.String => item.GetString(), _ => null }).ToArray();
        using var answer = JsonDocument.Parse(await Execute.JsonAsync(Execute.Schema($"type Query {{ a: {type} }}", ("Query.a", _ => value)), "{ a }"));

        var data = answer.RootElement.GetProperty("data");
        Assert.Equal(coerced, data.ValueKind is JsonValueKind.Null ? "error" : data.GetProperty("a").GetRawText());
        Assert.Equal(errors, answer.RootElement.TryGetProperty("errors", out var all) ? all.GetArrayLength() : 0);
    }

    [Fact, Specification("3.13")]
    public async Task Directives_are_defined_with_their_locations()
    {
        var schema = Schema.FromSdl("""
            directive @example on
              | FIELD
              | FIELD_DEFINITION
              | ARGUMENT_DEFINITION
            directive @delegateField(name: String!) repeatable on OBJECT | INTERFACE
            type Query { field(arg: Int @example): String @example book: Book }
            type Book @delegateField(name: "pageCount") @delegateField(name: "author") { id: ID! }
            extend type Book @delegateField(name: "index")
            """);

        Assert.Equal("""{"data":{"field":null}}""", await Execute.JsonAsync(schema, "{ ...F } fragment F on Query { field @example }"));
        Assert.Contains("may not be used on QUERY", await Execute.JsonAsync(schema, "query @example { field }"), StringComparison.Ordinal);
        Assert.Equal(3, schema.GetType("Book").Directives.Count);
        Assert.Throws<SchemaException>(() => Schema.FromSdl("directive @invalidExample(arg: String @invalidExample) on ARGUMENT_DEFINITION type Query { a: Int }"));
    }

    [Theory]
    [Specification("3.13.1")]
    [Specification("3.13.2")]
    [InlineData("@skip(if: $test)", true, "{}")]
    [InlineData("@skip(if: $test)", false, """{"field":1}""")]
    [InlineData("@include(if: $test)", true, """{"field":1}""")]
    [InlineData("@include(if: $test)", false, "{}")]
    [InlineData("@skip(if: $test) @include(if: $test)", true, "{}")]
    [InlineData("@skip(if: false) @include(if: $test)", true, """{"field":1}""")]
    public async Task A_field_is_left_out_if_it_is_skipped_or_not_included(string directives, bool test, string data) => Assert.Equal(
        $$"""{"data":{{data}}}""",
        await Execute.JsonAsync(
            Execute.Schema("type Query { field: Int }", ("Query.field", _ => 1)),
            $"query myQuery($test: Boolean!) {{ field {directives} }}",
            new { test }));

    [Fact, Specification("3.13.3")]
    public void What_is_deprecated_says_what_to_use_instead()
    {
        var type = Schema.FromSdl("""
            type Query {
              newField: String
              oldField: String @deprecated(reason: "Use `newField`.")
              anotherField(newArg: String oldArg: String @deprecated(reason: "Use `newArg`.")): String
            }
            """).QueryType;

        Assert.Equal("Use `newField`.", type.Fields["oldField"].DeprecationReason);
        Assert.Equal("Use `newArg`.", type.Fields["anotherField"].Arguments["oldArg"].DeprecationReason);
        Assert.Throws<SchemaException>(() => Schema.FromSdl(
            "type Query { invalidField(newArg: String oldArg: String! @deprecated(reason: \"Use `newArg`.\")): String }"));
    }

    [Fact, Specification("3.13.5")]
    public async Task An_input_object_says_that_it_is_OneOf() => Assert.Equal(
        """{"data":{"a":{"isOneOf":true},"b":{"isOneOf":false}}}""",
        await Execute.JsonAsync(
            Schema.FromSdl("type Query { reader(by: Unique): Int } input Unique @oneOf { id: ID username: String shelf: Shelf } input Shelf { room: String }"),
            "{ a: __type(name: \"Unique\") { isOneOf } b: __type(name: \"Shelf\") { isOneOf } }"));

    // As a literal and as a variable.
    private static async Task Coerces(string type, string given, string? coerced, string definitions = "")
    {
        Assert.Equal(coerced, await CoercedAsync(type, given, "", "{}", definitions));
        var isEnum = definitions.Length > 0;
        if (!isEnum) Assert.Equal(coerced, await CoercedAsync(type, "$v", $"$v: {type}", $$"""{"v":{{given}}}""", definitions));
    }

    /// <summary>What a resolver gets for a value of a type; null when it is refused and nothing runs.</summary>
    private static async Task<string?> CoercedAsync(string type, string literal, string variable, string variables, string definitions)
    {
        var schema = Execute.Schema(
            $"type Query {{ a(v: {type}): String }} {definitions}",
            ("Query.a", context => JsonSerializer.Serialize(context.ArgumentValue<object?>("v"))));
        var document = $"query {(variable.Length > 0 ? $"({variable})" : "")} {{ a(v: {literal}) }}";
        await using var result = await new RequestExecutor(schema).ExecuteAsync(new GraphQLRequest
        {
            Document = document,
            Variables = JsonDocument.Parse(variables).RootElement,
        });

        using var answer = JsonDocument.Parse(((OperationResult)result).ToJson());
        return answer.RootElement.TryGetProperty("data", out var data) && !answer.RootElement.TryGetProperty("errors", out _)
            ? data.GetProperty("a").GetString()
            : null;
    }
}
