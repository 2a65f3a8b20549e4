using Metro.GraphQL.Language;
using Metro.GraphQL.Tests.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Examples;

/// <summary>The examples of the specification's first two chapters, told of readers and books, and asked.</summary>
public sealed class LanguageExamples
{
    private const string Sdl = """
        type Query {
          me: Reader
          reader(id: ID!): Reader
          members(names: [String!]!): [Member]
          cover(width: Int, height: Int): String
          field(arg: String): String
          nearest(to: Place): String
          machine(id: ID!): Machine
          numbers(of: [Int]): [Int]
          shelved(as: Kind): Kind
        }
        type Mutation { recommend(book: Int!): Recommendation sendMail(text: String): String }
        interface Member { name: String }
        type Reader implements Member {
          id: Int
          name: String
          givenName: String
          familyName: String
          birthday: Birthday
          card(size: Int): String
          friends(first: Int): [Reader]
          coReaders(first: Int): [Reader]
          loans: Count
        }
        type Branch implements Member { name: String shelves: Count }
        type Birthday { month: Int day: Int }
        type Count { count: Int }
        type Recommendation { book: Book }
        type Book { recommendations: Int }
        type Machine { id: ID! model: String operator: Operator status(year: Int): String }
        type Operator { name: String level: Int }
        input Place { lat: Float lon: Float }
        enum Kind { PICTURE_BOOK NOVEL }
        """;

    private static readonly Schema Schema = Execute.Schema(
        Sdl,
        ("Query.me", _ => Person(4, "Sari")),
        ("Query.reader", context => Person(int.Parse(context.ArgumentValue<string>("id"), System.Globalization.CultureInfo.InvariantCulture), "Sari")),
        ("Query.members", context => context.ArgumentValue<string[]>("names").Select(Member)),
        ("Query.cover", context => $"{context.ArgumentValue<int>("width")}x{context.ArgumentValue<int>("height")}"),
        ("Query.field", context => context.ArgumentOptional<string?>("arg") is { HasValue: true } given ? given.Value ?? "null" : "absent"),
        ("Query.nearest", context => string.Join(' ', context.ArgumentValue<Dictionary<string, object?>>("to").OrderBy(each => each.Key).Select(each => $"{each.Key}={each.Value}"))),
        ("Query.machine", context => new { Id = context.ArgumentValue<string>("id"), Model = "DMC", Operator = new { Name = "Emmet", Level = 1 } }),
        ("Query.numbers", context => context.ArgumentValue<int?[]>("of")),
        ("Query.shelved", context => context.ArgumentValue<string>("as")),
        ("Machine.status", context => $"fine in {context.ArgumentValue<int?>("year")}"),
        ("Mutation.recommend", _ => new { Book = new { Recommendations = 8 } }),
        ("Mutation.sendMail", context => context.ArgumentValue<string>("text")),
        ("Reader.card", context => $"card of {context.ArgumentValue<int>("size")}"),
        ("Reader.friends", context => Enumerable.Range(1, context.ArgumentValue<int?>("first") ?? 1).Select(id => Person(id, "F"))),
        ("Reader.coReaders", context => Enumerable.Range(7, context.ArgumentValue<int?>("first") ?? 1).Select(id => Person(id, "C"))));

    [Fact, Specification("1")]
    public Task The_answer_has_the_shape_of_the_question() => Answers(
        "{ reader(id: 4) { name } }",
        """{"reader":{"name":"Sari"}}""");

    [Fact, Specification("2")]
    public void A_token_is_as_long_as_it_can_be()
    {
        Assert.Equal("123", Assert.IsType<IntValueNode>(Parser.ParseValue("123")).Value);
        Assert.Equal(["12", "3"], Assert.IsType<ListValueNode>(Parser.ParseValue("[12 3]")).Items.Select(item => ((IntValueNode)item).Value));
    }

    [Fact, Specification("2.1.8")]
    public void Case_and_underscores_tell_names_apart()
    {
        Assert.Equal(["name", "Name", "NAME", "other_name", "othername", "a1"], Names("{ name Name NAME other_name othername a1 }"));

        static IEnumerable<string> Names(string document) =>
            ((OperationDefinitionNode)Parser.ParseDocument(document).Definitions[0]).SelectionSet.Selections.Select(each => ((FieldNode)each).Name);
    }

    [Fact, Specification("2.2")]
    public async Task Descriptions_say_what_an_operation_is_for_and_change_nothing()
    {
        const string Described = """"
            """
            Asks how a machine is, and who works it.
            **Careful:** some years disturb it.
            """
            query HowIsTheMachine(
              "The number on its plate."
              $machine: ID!
              "The year in question."
              $year: Int
            ) { machine(id: $machine) { ...Details status(year: $year) } }

            "What a machine is."
            fragment Details on Machine { id model operator { name level } }
            """";
        const string Plain = """
            query HowIsTheMachine($machine: ID!, $year: Int) { machine(id: $machine) { ...Details status(year: $year) } }
            fragment Details on Machine { id model operator { name level } }
            """;
        var variables = new { machine = "m1", year = 1985 };

        var answer = await Execute.JsonAsync(Schema, Described, variables);

        Assert.Equal("""{"data":{"machine":{"id":"m1","model":"DMC","operator":{"name":"Emmet","level":1},"status":"fine in 1985"}}}""", answer);
        Assert.Equal(answer, await Execute.JsonAsync(Schema, Plain, variables));
        var operation = (OperationDefinitionNode)Parser.ParseDocument(Described).Definitions[0];
        Assert.Equal("Asks how a machine is, and who works it.\n**Careful:** some years disturb it.", operation.Description!.Value);
        Assert.Equal("The number on its plate.", operation.VariableDefinitions[0].Description!.Value);
    }

    [Fact, Specification("2.4")]
    public async Task A_mutation_writes_and_then_fetches()
    {
        await Answers(
            "\"\"\"\nRecommends book 12345\n\"\"\"\nmutation { recommend(book: 12345) { book { recommendations } } }",
            """{"recommend":{"book":{"recommendations":8}}}""");
        await Answers("{ field }", """{"field":"absent"}""");
        await Answers("query { field }", """{"field":"absent"}""");
    }

    [Fact, Specification("2.5")]
    public Task Exactly_what_is_selected_is_answered() => Answers(
        "{ me { id givenName familyName } }",
        """{"me":{"id":4,"givenName":"Sari","familyName":"Wulan"}}""");

    [Fact, Specification("2.6")]
    public async Task Fields_lead_to_other_fields_down_to_leaves()
    {
        await Answers(
            "{ me { id birthday { month day } friends { name } } }",
            """{"me":{"id":4,"birthday":{"month":12,"day":8},"friends":[{"name":"F"}]}}""");
        await Answers("{ me { name } }", """{"me":{"name":"Sari"}}""");
        await Answers("{ reader(id: 4) { name } }", """{"reader":{"name":"Sari"}}""");
    }

    [Theory, Specification("2.7")]
    [InlineData("{ me { id card(size: 100) } }", """{"me":{"id":4,"card":"card of 100"}}""")]
    [InlineData("{ cover(width: 200, height: 100) }", """{"cover":"200x100"}""")]
    [InlineData("{ cover(height: 100, width: 200) }", """{"cover":"200x100"}""")]
    public Task Arguments_may_come_in_any_order(string document, string data) => Answers(document, data);

    [Theory, Specification("2.8")]
    [InlineData("{ reader(id: 4) { id small: card(size: 64) big: card(size: 1024) } }", """{"reader":{"id":4,"small":"card of 64","big":"card of 1024"}}""")]
    [InlineData("{ sari: reader(id: 4) { id name } }", """{"sari":{"id":4,"name":"Sari"}}""")]
    public Task An_alias_is_the_name_in_the_answer(string document, string data) => Answers(document, data);

    [Theory, Specification("2.9")]
    [InlineData("query noFragments { reader(id: 4) { friends(first: 2) { id name card(size: 50) } coReaders(first: 1) { id name card(size: 50) } } }")]
    [InlineData("query withFragments { reader(id: 4) { friends(first: 2) { ...who } coReaders(first: 1) { ...who } } } fragment who on Reader { id name card(size: 50) }")]
    [InlineData("query withNestedFragments { reader(id: 4) { friends(first: 2) { ...who } coReaders(first: 1) { ...who } } } fragment who on Reader { id name ...cards } fragment cards on Reader { card(size: 50) }")]
    public Task Fragments_are_selections_with_a_name(string document) => Answers(
        document,
        """{"reader":{"friends":[{"id":1,"name":"F","card":"card of 50"},{"id":2,"name":"F","card":"card of 50"}],"coReaders":[{"id":7,"name":"C","card":"card of 50"}]}}""");

    [Theory]
    [Specification("2.9.1")]
    [Specification("2.9.2")]
    [InlineData("query FragmentTyping { members(names: [\"Sari\", \"East\"]) { name ...reader ...branch } } fragment reader on Reader { loans { count } } fragment branch on Branch { shelves { count } }")]
    [InlineData("query inlineFragmentTyping { members(names: [\"Sari\", \"East\"]) { name ... on Reader { loans { count } } ... on Branch { shelves { count } } } }")]
    public Task A_fragment_answers_for_objects_of_its_type(string document) => Answers(
        document,
        """{"members":[{"name":"Sari","loans":{"count":3}},{"name":"East","shelves":{"count":90}}]}""");

    [Theory, Specification("2.9.2")]
    [InlineData(true, """{"reader":{"id":4,"name":"Sari","givenName":"Sari","familyName":"Wulan","birthday":{"month":12}}}""")]
    [InlineData(false, """{"reader":{"id":4,"name":"Sari"}}""")]
    public async Task A_fragment_without_a_type_carries_a_directive_for_several_fields(bool more, string data) => Assert.Equal(
        $$"""{"data":{{data}}}""",
        await Execute.JsonAsync(
            Schema,
            "query inlineFragmentNoType($more: Boolean!) { reader(id: 4) { id name ... @include(if: $more) { givenName familyName birthday { month } } } }",
            new { more }));

    [Fact, Specification("2.10.1")]
    public void A_whole_number_is_written_in_one_way()
    {
        foreach (var number in new[] { "0", "-0", "12", "-123" }) Assert.Equal(number, Assert.IsType<IntValueNode>(Parser.ParseValue(number)).Value);
        foreach (var none in new[] { "00", "01", "0x123", "123L", "12.", "- 1" }) Assert.Throws<SyntaxException>(() => Parser.ParseValue(none));
    }

    [Fact, Specification("2.10.2")]
    public void A_number_with_a_fraction_or_an_exponent_is_a_float()
    {
        foreach (var number in new[] { "1.0", "1e50", "6.0221413e23", "-1.23" }) Assert.Equal(number, Assert.IsType<FloatValueNode>(Parser.ParseValue(number)).Value);
        foreach (var none in new[] { "1.23.4", "0x1.2p3", "01.5", "1.2.3", "1.2f" }) Assert.Throws<SyntaxException>(() => Parser.ParseValue(none));
    }

    [Fact, Specification("2.10.4")]
    public void A_block_string_is_the_text_as_it_is_indented()
    {
        Assert.Equal("", Text("\"\"\"\"\"\""));
        Assert.Equal("\U0001F4A9", Text("\"\\uD83D\\uDCA9\""));
        Assert.Equal("\U0001F4A9", Text("\"\\u{1F4A9}\""));
        Assert.Equal("\\n", Text("\"\"\"\\n\"\"\""));
        Assert.Equal("\n", Text("\"\\u000A\""));
        Assert.Equal(
            Text("\"\"\"\n    Dear reader,\n      your book!\n\n    Yours,\n      the library.\n  \"\"\""),
            Text("\"Dear reader,\\n  your book!\\n\\nYours,\\n  the library.\""));
        Assert.Equal(Text("\"\"\"\nIt begins and ends with an empty line.\n\"\"\""), Text("\"\"\"It begins and ends with an empty line.\"\"\""));
        foreach (var none in new[] { "\"\\uDEAD\"", "\"\\u{110000}\"" }) Assert.Throws<SyntaxException>(() => Parser.ParseValue(none));

        static string Text(string literal) => Assert.IsType<StringValueNode>(Parser.ParseValue(literal)).Value;
    }

    [Fact, Specification("2.10.4")]
    public Task A_block_string_reaches_the_resolver_without_its_indentation() => Answers(
        "mutation {\n  sendMail(text: \"\"\"\n    Dear reader,\n      your book!\n  \"\"\")\n}",
        """{"sendMail":"Dear reader,\n  your book!"}""");

    [Fact, Specification("2.10.5")]
    public Task Null_is_not_the_same_as_nothing() =>
        Answers("{ one: field(arg: null) other: field }", """{"one":"null","other":"absent"}""");

    [Fact, Specification("2.10.6")]
    public async Task An_enum_value_is_a_name_without_quotes()
    {
        await Answers("{ shelved(as: PICTURE_BOOK) }", """{"shelved":"PICTURE_BOOK"}""");
        Assert.DoesNotContain("\"data\"", await Execute.JsonAsync(Schema, "{ shelved(as: \"PICTURE_BOOK\") }"), StringComparison.Ordinal);
        foreach (var none in new[] { "true", "false", "null" }) Assert.IsNotType<EnumValueNode>(Parser.ParseValue(none));
    }

    [Theory, Specification("2.10.7")]
    [InlineData("[1, 2, 3]")]
    [InlineData("[1 2 3]")]
    [InlineData("[1,, 2, 3,]")]
    public Task Commas_separate_nothing_in_a_list(string list) => Answers($"{{ numbers(of: {list}) }}", """{"numbers":[1,2,3]}""");

    [Theory, Specification("2.10.8")]
    [InlineData("{ lon: 12.43, lat: -53.211 }")]
    [InlineData("{ lat: -53.211, lon: 12.43 }")]
    public Task The_fields_of_an_input_object_may_come_in_any_order(string place) =>
        Answers($"{{ nearest(to: {place}) }}", """{"nearest":"lat=-53.211 lon=12.43"}""");

    [Fact, Specification("2.11")]
    public async Task A_variable_is_a_value_of_its_request() => Assert.Equal(
        """{"data":{"reader":{"id":4,"name":"Sari","card":"card of 60"}}}""",
        await Execute.JsonAsync(
            Schema,
            "query CardOfReader($cardSize: Int) { reader(id: 4) { id name card(size: $cardSize) } }",
            new { cardSize = 60 }));

    [Fact, Specification("2.13")]
    public void The_order_of_directives_is_kept()
    {
        const string Ordered = """
            directive @add(source: String!) on OBJECT
            directive @leaveOut(name: String!) on OBJECT
            type Query { a: Int }
            type One @add(source: "shelf") @leaveOut(name: "photo") { name: String }
            type Other @leaveOut(name: "photo") @add(source: "shelf") { name: String }
            """;

        var printed = Schema.FromSdl(Ordered).ToSdl();

        Assert.Contains("type One @add(source: \"shelf\") @leaveOut(name: \"photo\")", printed, StringComparison.Ordinal);
        Assert.Contains("type Other @leaveOut(name: \"photo\") @add(source: \"shelf\")", printed, StringComparison.Ordinal);
    }

    private static async Task Answers(string document, string data) =>
        Assert.Equal($$"""{"data":{{data}}}""", await Execute.JsonAsync(Schema, document));

    private static object Person(int id, string name) => new
    {
        Id = id,
        Name = name,
        GivenName = name,
        FamilyName = "Wulan",
        Birthday = new { Month = 12, Day = 8 },
    };

    private static Dictionary<string, object?> Member(string name) => name == "Sari"
        ? new() { ["__typename"] = "Reader", ["name"] = name, ["loans"] = new { Count = 3 } }
        : new() { ["__typename"] = "Branch", ["name"] = name, ["shelves"] = new { Count = 90 } };
}
