using Metro.GraphQL.Cost;
using Metro.GraphQL.Data;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Tests.Cost;

/// <summary>What things cost stands in the schema, where clients read it and the analysis too (GRAPHQL.md section 13).</summary>
public sealed class CostDefaultsTests
{
    [Theory]
    [InlineData("numbers", """@listSize(assumedSize: 50, slicingArguments: ["first", "last"], slicingArgumentDefaultValue: 10, sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false) @cost(weight: "10")""")]
    [InlineData("few", """@listSize(assumedSize: 5, slicingArguments: ["first"], slicingArgumentDefaultValue: 5, sizedFields: ["edges"], requireOneSlicingArgument: true) @cost(weight: "10")""")]
    [InlineData("counted", """@listSize(assumedSize: 20, slicingArguments: ["take"], slicingArgumentDefaultValue: 7, sizedFields: ["items"], requireOneSlicingArgument: false) @cost(weight: "10")""")]
    [InlineData("told", """@cost(weight: "1") @listSize(assumedSize: 3, sizedFields: ["nodes"], requireOneSlicingArgument: false)""")]
    [InlineData("later", """@cost(weight: "10")""")]
    [InlineData("now", "")]
    public void A_field_says_how_many_items_it_has_and_what_its_resolver_costs(string field, string directives) =>
        Assert.Equal(directives, string.Join(' ', Server().Schema.QueryType.Fields[field].Directives.Select(Printer.Print)));

    [Fact]
    public void Filters_and_orders_say_what_they_cost()
    {
        var schema = Server().Schema;

        Assert.Equal(10, WeightOf(schema.QueryType.Fields["numbers"].Arguments["where"]));
        Assert.Equal(10, WeightOf(schema.QueryType.Fields["numbers"].Arguments["order"]));
        Assert.Equal(10, WeightOf(schema.GetType<InputObjectType>("IntOperationFilterInput").Fields["gt"]));
        Assert.Equal(20, WeightOf(schema.GetType<InputObjectType>("StringOperationFilterInput").Fields["contains"]));
        Assert.Equal(10, WeightOf(schema.GetType<InputObjectType>("NumberSortInput").Fields["value"]));
        Assert.Null(WeightOf(schema.GetType<InputObjectType>("NumberFilterInput").Fields["value"]));
    }

    [Theory]
    [InlineData("{ numbers(first: 3) { nodes { value } } }")]
    [InlineData("{ numbers { edges { node { value } } } counted(take: 4) { items { value } } later now }")]
    [InlineData("{ numbers(where: { word: { contains: \"a\" }, value: { gt: 1 } }, order: { value: ASC }) { nodes { value } } }")]
    [InlineData("{ few(first: 2) { edges { node { value } } } }")]
    public async Task Whoever_has_only_the_sdl_comes_to_the_same_cost(string document)
    {
        var server = Server();
        var fromSdl = new RequestExecutor(
            Schema.FromSdl(server.Schema.ToSdl()),
            arrange: phases => phases.InsertAfter(PhaseNames.CoerceVariables, new CostPhase(new())));

        Assert.Equal(await CostAsync(server, document), await CostAsync(fromSdl, document));
    }

    [Fact]
    public void A_schema_can_be_told_to_say_nothing()
    {
        var schema = Server(options => options.ApplyCostDefaults = false).Schema;

        Assert.Empty(schema.QueryType.Fields["numbers"].Directives);
        Assert.Null(WeightOf(schema.QueryType.Fields["numbers"].Arguments["where"]));
        Assert.Null(WeightOf(schema.GetType<InputObjectType>("StringOperationFilterInput").Fields["contains"]));
    }

    [Fact]
    public void Its_numbers_are_those_of_the_options() =>
        Assert.Equal(3, WeightOf(Server(options => options.DefaultResolverCost = 3).Schema.QueryType.Fields["later"]));

    private static RequestExecutor Server(Action<CostOptions>? change = null) => new ServiceCollection()
        .AddLogging()
        .AddGraphQLServer()
        .AddQueryType<Questions>()
        .AddFiltering()
        .AddSorting()
        .ModifyCostOptions(change ?? (_ => { }))
        .Services.BuildServiceProvider().GetRequiredService<RequestExecutor>();

    private static double? WeightOf(SchemaMember member) => CostDirectives.WeightOf(member.Directives);

    private static async Task<string> CostAsync(RequestExecutor executor, string document)
    {
        await using var result = await executor.ExecuteAsync(GraphQLRequest.For(document) with { CostReport = CostReport.Validate });
        var answer = ((OperationResult)result).ToJson();
        Assert.Contains("operationCost", answer, StringComparison.Ordinal);
        return answer;
    }

    public sealed class Questions
    {
        [UsePaging]
        [UseFiltering]
        [UseSorting]
        public IQueryable<Number> Numbers => Enumerable.Range(0, 100).Select(value => new Number(value, $"{value}")).AsQueryable();

        [UsePaging(MaxPageSize = 5, AllowBackwardPagination = false, IncludeNodesField = false, RequirePagingBoundaries = true)]
        public IEnumerable<Number> Few => [];

        [UseOffsetPaging(MaxPageSize = 20, DefaultPageSize = 7)]
        public IEnumerable<Number> Counted => [];

        [Cost(1)]
        [ListSize(AssumedSize = 3, SizedFields = ["nodes"], RequireOneSlicingArgument = false)]
        [UsePaging]
        public IEnumerable<Number> Told => [];

        public int Now => 1;

        public async Task<int> GetLaterAsync()
        {
            await Task.Yield();
            return 1;
        }
    }

    public sealed record Number(int Value, string Word);
}
