using System.Text.Json;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Types;

public sealed class SchemaBuilderTests
{
    [Fact]
    public void Sdl_becomes_types_that_know_each_other()
    {
        var schema = Schema.FromSdl("""
            "A shelf of books."
            schema { query: Library }
            type Library { books(first: Int! = 10, genre: Genre): [Book!]! @deprecated }
            interface Item { title: String! }
            type Book implements Item { title: String! price: Decimal }
            type Film implements Item { title: String! }
            union Found = Book | Film
            enum Genre { NOVEL ESSAY @deprecated(reason: "Nobody asks.") }
            input Search @oneOf { title: String isbn: ID }
            directive @shelf(name: String) repeatable on FIELD | OBJECT
            """);

        var books = schema.QueryType.Fields["books"];
        Assert.Equal("A shelf of books.", schema.Description);
        Assert.Equal("[Book!]!", books.Type.ToString());
        Assert.Same(schema.GetType("Book").AsNonNull().AsList().AsNonNull(), books.Type);
        Assert.Equal("No longer supported", books.DeprecationReason);
        Assert.Equal("Library.books(first:)", books.Arguments["first"].Coordinate);
        Assert.False(books.Arguments["first"].IsRequired);
        Assert.Equal(["Book", "Film"], schema.PossibleTypes(schema.GetType("Item")).Select(type => type.Name));
        Assert.Equal(["Book", "Film"], schema.PossibleTypes(schema.GetType("Found")).Select(type => type.Name));
        Assert.True(schema.IsSubtype(schema.GetType("Book").AsNonNull(), schema.GetType("Item")));
        Assert.True(schema.GetType<InputObjectType>("Search").IsOneOf);
        Assert.Equal("Nobody asks.", schema.GetType<EnumType>("Genre").Values["ESSAY"].DeprecationReason);
        Assert.Equal(DirectiveLocations.Field | DirectiveLocations.Object, schema.Directives[^1].Locations);
    }

    [Fact]
    public void Only_scalars_that_are_used_are_in_the_schema()
    {
        var schema = Schema.FromSdl("type Query { day: LocalDate }");

        Assert.Equal(
            ["Query", "LocalDate", "String", "Boolean"],
            schema.Types.Where(type => !type.IsIntrospection).Select(type => type.Name));
        Assert.Equal("https://scalars.graphql.org/chillicream/local-date.html", ((ScalarType)schema.GetType("LocalDate")).SpecifiedBy);
    }

    [Fact]
    public void Extensions_are_applied_whatever_order_they_come_in()
    {
        var schema = new SchemaBuilder()
            .AddSdl("extend type Query { b: Int } extend union Any2 = B extend enum E { Y } extend input I { y: Int }")
            .AddSdl("extend schema { mutation: Change }")
            .AddSdl("type Query { a(i: I): E c: Any2 } type A { x: Int } type B { x: Int } union Any2 = A enum E { X } input I { x: Int }")
            .AddSdl("type Change { go: Int }")
            .Build();

        Assert.Equal(["a", "c", "b"], schema.QueryType.Fields.Select(field => field.Name));
        Assert.Equal(["A", "B"], schema.GetType<UnionType>("Any2").Members.Select(member => member.Name));
        Assert.Equal(["X", "Y"], schema.GetType<EnumType>("E").Values.Select(value => value.Name));
        Assert.Equal(["x", "y"], schema.GetType<InputObjectType>("I").Fields.Select(field => field.Name));
        Assert.Equal("Change", schema.MutationType?.Name);
    }

    [Fact]
    public void Resolvers_are_attached_by_coordinate_before_the_schema_is_built()
    {
        var schema = Schema.FromSdl(
            "type Query { one: Int }",
            builder => builder.Resolve("Query", "one", _ => new ValueTask<object?>(1)));

        Assert.NotNull(schema.QueryType.Fields["one"].Resolver);
        Assert.Throws<InvalidOperationException>(() => schema.QueryType.Fields["one"].Resolver = null);
    }

    [Fact]
    public void Code_and_sdl_can_make_one_schema_together()
    {
        var query = new ObjectType("Query");
        query.Fields.Add(new FieldDefinition { Name = "book", TypeReference = Parser.ParseType("Book") });

        var schema = new SchemaBuilder().Add(query).AddSdl("type Book { title: String }").Build();

        Assert.Same(schema.GetType("Book"), query.Fields["book"].Type);
    }

    [Fact]
    public void A_scalar_of_the_sdl_behaves_as_code_says_when_code_comes_first()
    {
        var even = new Even();

        var schema = new SchemaBuilder()
            .Add(even)
            .AddSdl("\"Divisible by two.\" scalar Even @specifiedBy(url: \"https://example.org/even\") type Query { a(b: Even = 4): Even }")
            .Build();

        Assert.Same(even, schema.GetType("Even"));
        Assert.Equal("Divisible by two.", even.Description);
        Assert.Equal("https://example.org/even", even.SpecifiedBy);
        Assert.Throws<SchemaException>(() =>
            new SchemaBuilder().Add(new Even()).AddSdl("scalar Even type Query { a(b: Even = 5): Even }").Build());
    }

    [Fact]
    public void Meta_fields_are_found_where_they_belong()
    {
        var schema = Schema.FromSdl("type Query { a: A } type A { x: Int }");

        Assert.Same(schema.SchemaField, schema.FindField(schema.QueryType, "__schema"));
        Assert.Null(schema.FindField(schema.GetType("A"), "__schema"));
        Assert.Same(Schema.TypeNameField, schema.FindField(schema.GetType("A"), "__typename"));
        Assert.Equal("__Schema!", schema.SchemaField.Type.ToString());
    }

    private sealed class Even() : ScalarType<int>("Even")
    {
        protected override int Read(ValueNode literal) => literal is IntValueNode number ? Check(int.Parse(number.Value)) : throw Refusal();

        protected override int Read(JsonElement value) => Check(value.GetInt32());

        protected override void Write(int value, Utf8JsonWriter writer) => writer.WriteNumberValue(Check(value));

        private static int Check(int value) => value % 2 == 0 ? value : throw Refusal();

        private static CoercionException Refusal() => new("Even cannot represent an odd value.");
    }
}
