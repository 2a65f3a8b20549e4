using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Types;

public sealed class SchemaValidationTests
{
    // Spec 3.3.1
    [Theory]
    [InlineData("type A { x: Int }", "Query root type must be provided.")]
    [InlineData("schema { query: Q } input Q { x: Int }", "Query root type must be Object type, it cannot be Q.")]
    [InlineData("schema { query: Query mutation: M } type Query { x: Int } scalar M", "Mutation root type must be Object type if provided, it cannot be M.")]
    [InlineData("schema { query: Q mutation: Q } type Q { x: Int }", "All root types must be different, \"Q\" type is used as query and mutation root types.")]
    [InlineData("schema { query: A } schema { query: A } type A { x: Int }", "Must provide only one schema definition.")]
    [InlineData("schema { query: A query: A } type A { x: Int }", "There can be only one query type in schema.")]
    public void The_root_types_are_different_object_types(string sdl, params string[] messages) => Refuses(sdl, messages);

    // Spec 3.4 and 3.4.3
    [Theory]
    [InlineData("type Query { x: Unknwn }", "Unknown type \"Unknwn\".")]
    [InlineData("type Query { x: Boks } type Books { x: Int }", "Unknown type \"Boks\". Did you mean \"Books\"?")]
    [InlineData("type Query { x: Int } type A { x: Int } input A { x: Int }", "There can be only one type named \"A\".")]
    [InlineData("type Query { x: Int } extend type Quer { y: Int }", "Cannot extend type \"Quer\" because it is not defined. Did you mean \"Query\"?")]
    [InlineData("type Query { x: Int } enum E { A } extend input E { y: Int }", "Cannot extend non-input object type \"E\".")]
    [InlineData("type Query { x: Int } { x }", "The anonymous operation definition is not part of a schema.")]
    public void Types_are_defined_once_and_before_they_are_meant(string sdl, params string[] messages) => Refuses(sdl, messages);

    // Spec 3.6 and 3.6.1
    [Theory]
    [InlineData("type Query", "Type Query must define one or more fields.")]
    [InlineData("type Query { a: Int a: Int }", "Field \"Query.a\" can only be defined once.")]
    [InlineData("type Query { __a: Int }", "Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("type Query { a: I } input I { x: Int }", "The type of Query.a must be Output Type but got: I.")]
    [InlineData("type Query { a(b: Query): Int }", "The type of Query.a(b:) must be Input Type but got: Query.")]
    [InlineData("type Query { a(b: Int, b: Int): Int }", "Argument \"Query.a(b:)\" can only be defined once.")]
    [InlineData("type Query { a(__b: Int): Int }", "Name \"__b\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("type Query { a(b: Int! @deprecated): Int }", "Required argument Query.a(b:) cannot be deprecated.")]
    [InlineData("type Query { a(b: Int = \"1\"): Int }", "Query.a(b:) has invalid default value: Int cannot represent non-integer value: \"1\"")]
    [InlineData("type Query { a(b: Int! = null): Int }", "Query.a(b:) has invalid default value: Expected value of non-null type \"Int!\" not to be null.")]
    public void Objects_have_fields_of_output_types_with_arguments_of_input_types(string sdl, params string[] messages) =>
        Refuses(sdl, messages);

    // Spec 3.6.1, IsValidImplementation
    [Theory]
    [InlineData("type Query implements I { a: Int } interface I { a: Int b: Int }", "Interface field I.b expected but Query does not provide it.")]
    [InlineData("type Query implements I { a: Int } interface I { a: String }", "Interface field I.a expects type String but Query.a is type Int.")]
    [InlineData("type Query implements I { a: Int } interface I { a: Int! }", "Interface field I.a expects type Int! but Query.a is type Int.")]
    [InlineData("type Query implements I { a: Int } interface I { a(b: Int): Int }", "Interface field argument I.a(b:) expected but Query.a does not provide it.")]
    [InlineData("type Query implements I { a(b: Int!): Int } interface I { a(b: Int): Int }", "Interface field argument I.a(b:) expects type Int but Query.a(b:) is type Int!.")]
    [InlineData("type Query implements I { a(b: Int!): Int } interface I { a: Int }", "Argument \"Query.a(b:)\" must not be required type \"Int!\" if not provided by the Interface field \"I.a\".")]
    [InlineData("type Query implements I { a: Int @deprecated } interface I { a: Int }", "Interface field I.a is not deprecated, so implementation field Query.a must not be deprecated.")]
    [InlineData("type Query implements I & I { a: Int } interface I { a: Int }", "Type Query can only implement I once.")]
    [InlineData("type Query implements A { a: Int } type A { a: Int }", "Type Query must only implement Interface types, it cannot implement A.")]
    [InlineData("type Query implements B { a: Int } interface A { a: Int } interface B implements A { a: Int }", "Type Query must implement A because it is implemented by B.")]
    [InlineData("type Query { a: Int } interface I implements I { a: Int }", "Type I cannot implement itself because it would create a circular reference.")]
    [InlineData(
        "type Query { a: Int } interface I implements J { a: Int } interface J implements I { a: Int }",
        "Type I cannot implement J because it would create a circular reference.",
        "Type J cannot implement I because it would create a circular reference.")]
    public void A_type_keeps_what_its_interfaces_promise(string sdl, params string[] messages) => Refuses(sdl, messages);

    [Theory]
    [InlineData("type Query implements I { a: [Query!]! } interface I { a: [I] }")]
    [InlineData("type Query implements I { a: Query } interface I { a: U } union U = Query")]
    [InlineData("type Query implements I { a(b: Int, c: Int! = 1, d: Int): Int! } interface I { a(b: Int): Int }")]
    [InlineData("type Query implements I { a: Int @deprecated } interface I { a: Int @deprecated }")]
    [InlineData("type Query implements B & A { a: Int } interface B implements A { a: Int } interface A { a: Int }")]
    public void It_may_promise_more(string sdl) => Schema.FromSdl(sdl);

    // Spec 3.8 and 3.9
    [Theory]
    [InlineData("type Query { a: U } union U", "Union type U must define one or more member types.")]
    [InlineData("type Query { a: U } union U = Query | Query", "Union type U can only include type Query once.")]
    [InlineData("type Query { a: U } union U = Int", "Union type U can only include Object types, it cannot include Int.")]
    [InlineData("type Query { a: E } enum E", "Enum type E must define one or more values.")]
    [InlineData("type Query { a: E } enum E { A A }", "Enum value \"E.A\" can only be defined once.")]
    [InlineData("type Query { a: E } enum E { __A }", "Name \"__A\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    public void Unions_and_enums_have_members_that_differ(string sdl, params string[] messages) => Refuses(sdl, messages);

    // Spec 3.10 and 3.10.1
    [Theory]
    [InlineData("input I", "Input Object type I must define one or more fields.")]
    [InlineData("input I { a: Query }", "The type of I.a must be Input Type but got: Query.")]
    [InlineData("input I { a: Int a: Int }", "Field \"I.a\" can only be defined once.")]
    [InlineData("input I { a: Int! @deprecated }", "Required input field I.a cannot be deprecated.")]
    [InlineData("input I { a: [Int!] = [1, null] }", "I.a has invalid default value at [1]: Expected value of non-null type \"Int!\" not to be null.")]
    [InlineData("input I { j: [J!] = [{ k: { n: 1 } }, { k: { n: \"2\" } }, { }] } input J { k: K! } input K { n: Int }", "I.j has invalid default value at [1].k.n: Int cannot represent non-integer value: \"2\"", "I.j has invalid default value at [2]: Expected value of type \"J\" to include required field \"k\", found: {  }.")]
    [InlineData("input I @oneOf { a: Int! b: Int = 1 }", "OneOf input field I.a must be nullable.", "OneOf input field I.b cannot have a default value.")]
    [InlineData("input I { a: I! }", "Input Object I cannot be provided a finite value because it references itself through fields: I.a.")]
    [InlineData("input I { j: J! } input J { k: K! } input K { i: I! }", "Input Object I cannot be provided a finite value because it references itself through fields: I.j, J.k, K.i.")]
    [InlineData("input I @oneOf { a: I b: J } input J @oneOf { i: I }", "Input Object I cannot be provided a finite value because it references itself through fields: I.a.")]
    [InlineData("input I { a: I = {} }", "Invalid circular reference. The default value of Input Object field I.a references itself.")]
    [InlineData("input I { j: J = {} } input J { i: I = {} }", "Invalid circular reference. The default value of Input Object field I.j references itself via the default values of: J.i.")]
    public void Input_objects_can_be_given(string sdl, params string[] messages) => Refuses(sdl + " type Query { a(i: I): Int }", messages);

    [Theory]
    [InlineData("input I { a: I }")]
    [InlineData("input I { a: [I!]! }")]
    [InlineData("input I { j: J! } input J { i: I }")]
    [InlineData("input I @oneOf { a: I b: Int }")]
    [InlineData("input I @oneOf { a: [I!] }")]
    [InlineData("input I { a: I = { a: null } }")]
    [InlineData("input I { a: [I!] = [] }")]
    public void They_may_refer_to_themselves_where_that_can_end(string sdl) => Schema.FromSdl(sdl + " type Query { a(i: I): Int }");

    // Spec 3.13
    [Theory]
    [InlineData("directive @d on FIELD directive @d on FIELD", "There can be only one directive named \"@d\".")]
    [InlineData("directive @__d on FIELD", "Name \"__d\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("directive @d(a: Query) on FIELD", "The type of @d(a:) must be Input Type but got: Query.")]
    [InlineData("directive @d(a: Int! @deprecated) on FIELD", "Required argument @d(a:) cannot be deprecated.")]
    [InlineData("directive @d(a: Int @d) on ARGUMENT_DEFINITION", "Directive @d must not reference itself directly or indirectly.")]
    [InlineData("directive @d(a: I) on INPUT_FIELD_DEFINITION input I { x: Int @d }", "Directive @d must not reference itself directly or indirectly.")]
    [InlineData("extend type Query @nothing", "Unknown directive \"@nothing\".")]
    [InlineData("directive @d on FIELD extend type Query @d", "Directive \"@d\" may not be used on OBJECT.")]
    [InlineData("directive @d on OBJECT extend type Query @d @d", "The directive \"@d\" can only be used once at this location.")]
    [InlineData("directive @d(a: Int!) on OBJECT extend type Query @d(b: 1)", "Unknown argument \"b\" on directive \"@d\". Did you mean \"a\"?", "Argument \"@d(a:)\" of type \"Int!\" is required, but it was not provided.")]
    [InlineData("directive @d(a: Int!) on OBJECT extend type Query @d(a: X)", "Argument \"@d(a:)\" has invalid value: Int cannot represent non-integer value: X")]
    [InlineData("extend type Query { b: Int @deprecated(reason: 1) }", "Argument \"@deprecated(reason:)\" has invalid value: String cannot represent a non string value: 1")]
    [InlineData("extend type Query @deprecated", "Directive \"@deprecated\" may not be used on OBJECT.")]
    [InlineData("scalar S @specifiedBy", "Argument \"@specifiedBy(url:)\" of type \"String!\" is required, but it was not provided.")]
    [InlineData("extend type Query @oneOf", "Directive \"@oneOf\" may not be used on OBJECT.")]
    public void Directives_are_defined_and_applied_as_they_are_meant(string sdl, params string[] messages) =>
        Refuses(sdl + " type Query { a: Int }", messages);

    [Fact]
    public void All_faults_are_told_at_once_with_their_places()
    {
        var refusal = Assert.Throws<SchemaException>(() => Schema.FromSdl("type Query {\n  a: Unknwn\n  b: I\n}\ninput I"));

        Assert.Equal(
            ["Unknown type \"Unknwn\". (2:6)", "The type of Query.b must be Output Type but got: I. (3:6)", "Input Object type I must define one or more fields. (5:1)"],
            refusal.Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void Names_from_code_follow_the_grammar_too()
    {
        var query = new ObjectType("Query");
        query.Fields.Add(new FieldDefinition { Name = "größe", TypeReference = Metro.GraphQL.Language.Parser.ParseType("Int") });

        Assert.Throws<SchemaException>(() => new SchemaBuilder().Add(query).Build());
    }

    private static void Refuses(string sdl, string[] messages)
    {
        var refusal = Assert.Throws<SchemaException>(() => Schema.FromSdl(sdl));

        Assert.Equal(messages, refusal.Faults.Select(fault => fault.Message));
    }
}
