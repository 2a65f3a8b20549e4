using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Types;

public sealed class SdlPrinterTests
{
    private const string Library = """"
        "The library's catalogue."
        schema @shelf(name: "all") {
          query: Library
          mutation: Desk
        }

        "Marks where something stands."
        directive @shelf(
          "The shelf's name."
          name: String! = "A"
          old: Int @deprecated(reason: "Shelves have names now.")
        ) repeatable on SCHEMA | OBJECT | FIELD_DEFINITION

        interface Item {
          id: ID!
        }

        interface Loanable implements Item {
          id: ID!
          dueOn: LocalDate
        }

        """
        A book.
        With two lines.
        """
        type Book implements Loanable & Item @shelf(name: "B") @shelf(name: "C") {
          id: ID!
          dueOn: LocalDate
          title(max: Int = 80, in: [Language!] = [ID, EN]): String @deprecated
          price: Money @deprecated(reason: "It is free.")
        }

        union Found = Book | Film

        type Film {
          "Text with \"quotes\" and \\ in it"
          title: String
        }

        enum Language {
          ID
          "English"
          EN @deprecated(reason: "Use ID.")
        }

        input Search {
          text: String = "a \"b\""
          near: Place = { lat: 1.5, long: 2 }
          by: By
        }

        input Place {
          lat: Float!
          long: Float = 0
        }

        input By @oneOf {
          title: String
          isbn: ID
        }

        scalar Money @specifiedBy(url: "https://example.org/money")

        scalar LocalDate @specifiedBy(url: "https://scalars.graphql.org/chillicream/local-date.html")

        type Library {
          find(search: Search! = {  }): [Found!]!
        }

        type Desk {
          lend(id: ID!): Book
        }

        """";

    [Fact]
    public void A_schema_prints_as_sdl_that_reads_as_the_same_schema()
    {
        var printed = Schema.FromSdl(Library).ToSdl();

        Assert.Equal(printed, Schema.FromSdl(printed).ToSdl());
        Assert.Equal(
            Library.Replace("\"The library's catalogue.\"", "\"\"\"The library's catalogue.\"\"\"", StringComparison.Ordinal)
                .Replace("\"Marks where something stands.\"", "\"\"\"Marks where something stands.\"\"\"", StringComparison.Ordinal)
                .Replace("\"The shelf's name.\"", "\"\"\"The shelf's name.\"\"\"", StringComparison.Ordinal)
                .Replace("\"Text with \\\"quotes\\\" and \\\\ in it\"", "\"\"\"Text with \"quotes\" and \\ in it\"\"\"", StringComparison.Ordinal)
                .Replace("\"English\"", "\"\"\"English\"\"\"", StringComparison.Ordinal),
            printed);
    }

    [Fact]
    public void Every_schema_of_the_shared_cases_survives_printing()
    {
        foreach (var sdl in SharedCases.ReadDocument("validation.json")?.GetProperty("schemas").EnumerateArray().ToList() ?? [])
        {
            var printed = Schema.FromSdl(sdl.GetString()!).ToSdl();

            Assert.Equal(printed, Schema.FromSdl(printed).ToSdl());
        }
    }

    [Fact]
    public void The_usual_root_names_need_no_schema_definition()
    {
        Assert.Equal("type Query {\n  a: Int\n}\n", Schema.FromSdl("schema { query: Query } type Query { a: Int }").ToSdl());
    }

    [Fact]
    public void A_type_that_only_happens_to_be_named_Mutation_keeps_the_schema_definition()
    {
        const string sdl = "schema {\n  query: Query\n}\n\ntype Query {\n  a: Mutation\n}\n\ntype Mutation {\n  a: Int\n}\n";

        Assert.Equal(sdl, Schema.FromSdl(sdl).ToSdl());
        Assert.Null(Schema.FromSdl(sdl).MutationType);
    }

    [Fact]
    public void What_serves_the_server_only_is_not_printed()
    {
        var schema = Schema.FromSdl(
            "type Query { a: Int @guard }",
            builder => builder.Add(new DirectiveDefinition { Name = "guard", Locations = DirectiveLocations.FieldDefinition, IsInternal = true }));

        Assert.Equal("type Query {\n  a: Int\n}\n", schema.ToSdl());
    }

    [Fact]
    public void Some_types_can_be_printed_alone()
    {
        var schema = Schema.FromSdl("type Query { a: A b: B } type A { x: Int } type B { x: Int }");

        Assert.Equal("type B {\n  x: Int\n}\n", schema.ToSdl(type => type.Name == "B"));
    }
}
