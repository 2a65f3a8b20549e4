using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;

namespace Metro.GraphQL.Tests.Execution;

/// <summary>Specification 6.1: what happens before an operation runs, and what answers without data.</summary>
public sealed class RequestTests
{
    private static readonly Metro.GraphQL.Types.Schema Schema = Execute.Schema(
        "type Query { a: Int b(n: Int): Int } type Mutation { m: Int }",
        ("Query.a", _ => 1),
        ("Query.b", context => context.ArgumentValue<int?>("n")),
        ("Mutation.m", _ => 2));

    [Fact]
    public void The_phases_stand_in_one_visible_list() =>
        Assert.Equal(
            ["parse", "validate", "select operation", "coerce variables", "execute"],
            new RequestExecutor(Schema).Phases.Select(phase => phase.Name));

    [Fact]
    public async Task A_phase_can_be_put_in_and_refuse()
    {
        var executor = new RequestExecutor(Schema, arrange: phases => phases.InsertAfter(PhaseNames.Validate, new Refusing()));

        Assert.Equal(
            ["parse", "validate", "refuse", "select operation", "coerce variables", "execute"],
            executor.Phases.Select(phase => phase.Name));
        Execute.Same("""{"errors":[{"message":"No.","extensions":{"code":"NO"}}]}""", await executor.JsonAsync("{ a }"));
    }

    [Fact]
    public async Task A_request_without_a_document_is_refused()
    {
        await using var result = await new RequestExecutor(Schema).ExecuteAsync(new GraphQLRequest());

        Assert.Equal("HC0013", ((OperationResult)result).Errors.Single().Code);
        Assert.False(((OperationResult)result).HasData);
    }

    [Fact]
    public async Task A_syntax_error_says_where() =>
        Execute.Same(
            """{"errors":[{"message":"Syntax Error: Expected Name, found \"}\".","locations":[{"line":2,"column":1}],"extensions":{"code":"HC0014"}}]}""",
            await Execute.JsonAsync(Schema, "{ ...\n}".Replace("...", "a:", StringComparison.Ordinal)));

    [Theory]
    [InlineData(null, "Must provide operation name if query contains multiple operations.")]
    [InlineData("C", "Unknown operation named \\u0022C\\u0022.")]
    public async Task Of_several_operations_one_must_be_named(string? name, string message) =>
        Execute.Same(
            $$"""{"errors":[{"message":"{{message}}"}]}""",
            await Execute.JsonAsync(Schema, "query A { a } query B { a }", operationName: name));

    [Fact]
    public async Task The_named_operation_runs() =>
        Execute.Same("""{"data":{"y":1}}""", await Execute.JsonAsync(Schema, "query A { x: a } query B { y: a }", operationName: "B"));

    [Fact]
    public async Task A_transport_can_refuse_mutations()
    {
        var request = GraphQLRequest.For("mutation { m }") with { AllowedOperations = AllowedOperations.Query };

        await using var result = await new RequestExecutor(Schema).ExecuteAsync(request);

        Assert.False(((OperationResult)result).HasData);
        Assert.True(((OperationResult)result).ContextData!.ContainsKey(ResultContextKeys.OperationNotAllowed));
    }

    [Fact]
    public async Task A_root_type_that_does_not_exist_is_a_request_error()
    {
        await using var result = await new RequestExecutor(Schema).ExecuteAsync("subscription { s }");

        Assert.False(((OperationResult)result).HasData);
        Assert.NotEmpty(((OperationResult)result).Errors);
    }

    [Fact]
    public async Task A_document_is_parsed_once()
    {
        var executor = new RequestExecutor(Schema);
        await executor.JsonAsync("{ a }");
        await executor.JsonAsync("{ a }");
        await executor.JsonAsync("{ b }");

        Assert.Equal(2, executor.Documents.Count);
    }

    [Fact]
    public async Task The_cache_of_documents_keeps_to_its_capacity_and_to_what_is_used()
    {
        var seen = new List<PreparedDocument>();
        var executor = new RequestExecutor(
            Schema, new() { DocumentCacheCapacity = 2 }, arrange: phases => phases.InsertAfter(PhaseNames.Parse, new Watching(seen)));

        foreach (var document in new[] { "{ a }", "{ a }", "{ x: a }", "{ a }", "{ y: a }", "{ a }", "{ z: a }", "{ a }" })
            await executor.JsonAsync(document);

        Assert.Equal(2, executor.Documents.Count);
        Assert.Single(seen.Where(document => document.Document.TokenCount == 3).Distinct());
    }

    [Fact]
    public async Task An_error_filter_changes_what_the_client_sees()
    {
        var options = new RequestOptions();
        options.ErrorFilters.Add(error => error.WithCode("MINE"));

        Execute.Same(
            """{"errors":[{"message":"Must provide operation name if query contains multiple operations.","extensions":{"code":"MINE"}}]}""",
            await Execute.JsonAsync(Schema, "query A { a } query B { a }", options: options));
    }

    private sealed class Refusing : RequestPhase
    {
        public override string Name => "refuse";

        public override ValueTask RunAsync(RequestContext context) =>
            throw new GraphQLException(ErrorBuilder.New().SetMessage("No.").SetCode("NO").Build());
    }

    private sealed class Watching(List<PreparedDocument> seen) : RequestPhase
    {
        public override string Name => "watch";

        public override ValueTask RunAsync(RequestContext context)
        {
            seen.Add(context.Document!);
            return ValueTask.CompletedTask;
        }
    }
}
