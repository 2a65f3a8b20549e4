using System.Text;
using System.Text.Json;
using Metro.GraphQL.Cost;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Cost;

/// <summary>What operations cost (GRAPHQL.md sections 13 and 18), and that what costs too much does not run.</summary>
public sealed class CostTests
{
    private const string Sdl = """
        type Query {
          name: String
          book: Book
          books(first: Int, last: Int, where: BookFilterInput @cost(weight: "10"), order: [BookSortInput!] @cost(weight: "10")): BooksConnection @listSize(assumedSize: 50, slicingArguments: ["first", "last"], slicingArgumentDefaultValue: 10, sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)
          strict(first: Int, last: Int): [Book] @listSize(assumedSize: 50, slicingArguments: ["first", "last"])
          all: [Book]
          slow: String @cost(weight: "10")
          dear: String @cost(weight: "100.5")
          rebate: Book @cost(weight: "-20")
          search(text: String @cost(weight: "7")): Found
        }
        type BooksConnection { nodes: [Book] edges: [Edge] }
        type Edge { node: Book cursor: String }
        type Book { title: String authors: [Author] cover: Cover }
        type Author { name: String books: [Book] }
        type Cover @cost(weight: "3") { url: String }
        union Found = Book | Author
        input BookFilterInput { and: [BookFilterInput!] title: StringOperationFilterInput }
        input StringOperationFilterInput { eq: String @cost(weight: "10") contains: String @cost(weight: "20") in: [String] @cost(weight: "10") }
        input BookSortInput { title: SortEnumType @cost(weight: "10") }
        enum SortEnumType { ASC DESC }
        """;

    private static readonly Metro.GraphQL.Types.Schema Schema = Make();

    [Theory]
    [InlineData("{ name }", 0, 0)]
    [InlineData("{ __typename }", 0, 0)]
    [InlineData("{ book { title } }", 1, 1)]
    [InlineData("{ slow }", 10, 0)]
    [InlineData("{ dear }", 100.5, 0)]
    [InlineData("{ book { cover { url } } }", 2, 4)]
    [InlineData("{ book { title } book { cover { url } } }", 2, 4)]
    [InlineData("{ a: book { title } b: book { title } }", 2, 2)]
    [InlineData("{ rebate { title } }", 0, 1)]
    [InlineData("{ books(first: 20) { nodes { title } } }", 2, 21)]
    [InlineData("{ books { nodes { title } } }", 2, 11)]
    [InlineData("{ books(last: 5) { edges { cursor node { title } } } }", 7, 11)]
    [InlineData("{ books(first: 20) { nodes { authors { name } } } }", 22, 121)]
    [InlineData("{ all { title } }", 1, 1)]
    [InlineData("{ all { authors { name } } }", 2, 6)]
    [InlineData("{ search { ... on Book { authors { name } } ... on Author { name } } }", 2, 2)]
    [InlineData("{ search(text: \"x\") { __typename } }", 8, 1)]
    [InlineData("{ books(first: 1, where: { title: { eq: \"x\" } }) { nodes { title } } }", 22, 2)]
    [InlineData("{ books(first: 1, where: { and: [{ title: { contains: \"x\" } }, { title: { in: [\"a\"] } }] }) { nodes { title } } }", 42, 2)]
    [InlineData("{ books(first: 1, where: null, order: [{ title: ASC }]) { nodes { title } } }", 22, 2)]
    [InlineData("{ __schema { types { name } } }", 0, 0)]
    public async Task An_operation_costs_the_sum_of_its_parts_times_the_sizes_of_its_lists(string document, double fieldCost, double typeCost)
    {
        var cost = await CostAsync(document);

        Assert.Equal((fieldCost, typeCost), cost);
    }

    [Fact]
    public async Task A_filter_in_a_variable_costs_what_it_says_and_not_what_it_could_say()
    {
        const string Document = "query($n: Int, $w: BookFilterInput) { books(first: $n, where: $w) { nodes { title } } }";

        Assert.Equal((22, 4), await CostAsync(Document, new { n = 3, w = new { title = new { eq = "x" } } }));
        Assert.Equal((2, 31), await CostAsync(Document, new { n = 30 }));
        Assert.Equal((2, 11), await CostAsync(Document));
    }

    [Theory]
    [InlineData("{ books(first: 1, last: 1) { nodes { title } } }", "HC0082")]
    [InlineData("{ strict { title } }", "HC0082")]
    [InlineData("{ strict(first: 1, last: null) { title } }", null)]
    public async Task A_list_is_bounded_by_one_argument(string document, string? code) => Assert.Equal(code, await CodeAsync(document));

    [Fact]
    public async Task Lists_within_lists_multiply_until_they_are_refused() =>
        Assert.Equal("HC0047", await CodeAsync("{ books(first: 50) { nodes { authors { books { authors { books { title } } } } } } }"));

    [Fact]
    public async Task What_costs_too_much_says_how_much_and_does_not_run()
    {
        await using var result = await Executor(new() { MaxFieldCost = 50 }).ExecuteAsync("{ dear }");
        var error = ((OperationResult)result).Errors.Single();

        Assert.Equal("The maximum allowed field cost was exceeded.", error.Message);
        Assert.Equal(("HC0047", 100.5, 50.0), (error.Code, error.Extensions!["fieldCost"], error.Extensions["maxFieldCost"]));
        Assert.False(((OperationResult)result).HasData);
    }

    [Fact]
    public async Task Many_objects_are_refused_by_their_number() =>
        Assert.Equal("The maximum allowed type cost was exceeded.", (await ErrorAsync("{ books(first: 1000) { nodes { title } } }"))?.Message);

    [Fact]
    public async Task The_cost_is_told_with_the_answer_or_instead_of_it()
    {
        await using var reported = await Executor(new()).ExecuteAsync(GraphQLRequest.For("{ name }") with { CostReport = CostReport.Report });
        await using var validated = await Executor(new()).ExecuteAsync(GraphQLRequest.For("{ dear }") with { CostReport = CostReport.Validate });

        Assert.Equal("""{"data":{"name":"x"},"extensions":{"operationCost":{"fieldCost":0,"typeCost":0}}}""", ((OperationResult)reported).ToJson());
        Assert.Equal("""{"extensions":{"operationCost":{"fieldCost":100.5,"typeCost":0}}}""", ((OperationResult)validated).ToJson());
    }

    [Fact]
    public async Task Fragments_that_multiply_behind_an_empty_list_are_refused_in_little_work()
    {
        // Times nothing, all of it would be free: the number of fields looked at is bounded as well.
        var bomb = new StringBuilder("{ strict(first: 0) { ...F0 } }");
        for (var i = 0; i < 40; i++) bomb.Append($" fragment F{i} on Book {{ a: authors {{ books {{ ...F{i + 1} }} }} b: authors {{ books {{ ...F{i + 1} }} }} }}");
        bomb.Append(" fragment F40 on Book { title }");

        Assert.Equal("HC0047", await CodeAsync(bomb.ToString()));
    }

    [Fact]
    public async Task Types_without_number_behind_an_interface_are_counted_too()
    {
        var types = string.Concat(Enumerable.Range(0, 300).Select(i => $"type T{i} implements Node {{ id: ID next: [Node] @listSize(assumedSize: 0) }} "));
        var schema = Metro.GraphQL.Types.Schema.FromSdl(
            "interface Node { id: ID next: [Node] } type Query { node: Node @cost(weight: \"0\") } " + types,
            builder =>
            {
                builder.AddSdl(CostDirectives.Definitions);
                foreach (var field in builder.Types.OfType<ComplexType>().SelectMany(type => type.Fields)) field.PureResolver = _ => null;
            });
        var executor = new RequestExecutor(schema, arrange: phases => phases.InsertAfter(PhaseNames.CoerceVariables, new CostPhase(new())));
        await using var result = await executor.ExecuteAsync("{ node { next { next { next { id } } } } }");

        Assert.Equal("HC0047", ((OperationResult)result).Errors.Single().Code);
    }

    private static Metro.GraphQL.Types.Schema Make() => Metro.GraphQL.Types.Schema.FromSdl(Sdl, builder =>
    {
        builder.AddSdl(CostDirectives.Definitions);
        foreach (var type in builder.Types.OfType<ComplexType>())
        {
            foreach (var field in type.Fields) field.PureResolver = _ => null;
        }

        builder.Field("Query", "name").PureResolver = _ => "x";
        builder.Field("Query", "slow").PureResolver = null;
        builder.Field("Query", "slow").Resolver = _ => new("x");
    });

    private static RequestExecutor Executor(CostOptions options) =>
        new(Schema, arrange: phases => phases.InsertAfter(PhaseNames.CoerceVariables, new CostPhase(options)));

    private static async Task<(double, double)> CostAsync(string document, object? variables = null)
    {
        await using var result = await Executor(new()).ExecuteAsync(
            (variables is null ? GraphQLRequest.For(document) : GraphQLRequest.For(document, variables)) with { CostReport = CostReport.Validate });
        using var json = JsonDocument.Parse(((OperationResult)result).ToJson());
        var cost = json.RootElement.GetProperty("extensions").GetProperty("operationCost");
        return (cost.GetProperty("fieldCost").GetDouble(), cost.GetProperty("typeCost").GetDouble());
    }

    private static async Task<IError?> ErrorAsync(string document)
    {
        await using var result = await Executor(new()).ExecuteAsync(document);
        return ((OperationResult)result).Errors.FirstOrDefault();
    }

    private static async Task<string?> CodeAsync(string document) => (await ErrorAsync(document))?.Code;
}
