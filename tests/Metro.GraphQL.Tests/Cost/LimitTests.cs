using System.Text;
using Metro.GraphQL.Cost;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;

namespace Metro.GraphQL.Tests.Cost;

/// <summary>Each limit stops what goes beyond it, before anything runs.</summary>
public sealed class LimitTests
{
    private const string Introspection = "{ __schema { types { name fields { name args { name type { ...T } } type { ...T } } inputFields { name type { ...T } } interfaces { ...T } possibleTypes { ...T } } } } fragment T on __Type { name ofType { name ofType { name ofType { name ofType { name ofType { name ofType { name ofType { name } } } } } } } }";

    private static readonly Metro.GraphQL.Types.Schema Schema = Metro.GraphQL.Tests.Execution.Execute.Schema(
        "type Query { me: Query other: Query name: String friends: [Query] }",
        ("Query.me", _ => new object()), ("Query.other", _ => new object()), ("Query.name", _ => "x"), ("Query.friends", _ => Array.Empty<object>()));

    [Theory]
    [InlineData("{ me { me { me { name } } } }", null)]
    [InlineData("{ me { me { me { me { name } } } } }", "HC0087")]
    [InlineData("{ me { ...A } } fragment A on Query { me { ...B } } fragment B on Query { me { me { name } } }", "HC0087")]
    [InlineData("{ me { other { me { other { me { other { name } } } } } } }", null)]
    [InlineData(Introspection, null)]
    [InlineData("{ __schema { types { fields { type { fields { name } } } } } }", "HC0086")]
    public async Task A_field_stands_only_so_often_on_one_path(string document, string? code) =>
        Assert.Equal(code, await CodeAsync(document, new()));

    [Fact]
    public async Task Introspection_unwraps_only_so_many_types()
    {
        Assert.Null(await CodeAsync("{ __type(name: \"Query\") { " + Nested("ofType { ", 16) + " } }", new()));
        Assert.Equal("HC0086", await CodeAsync("{ __type(name: \"Query\") { " + Nested("ofType { ", 17) + " } }", new()));
    }

    [Fact]
    public async Task An_operation_is_only_so_deep()
    {
        var limits = new LimitOptions { MaxDepth = 3, MaxFieldCycleDepth = 100 };

        Assert.Null(await CodeAsync("{ me { me { name } } }", limits));
        Assert.Equal("LIMIT_DEPTH", await CodeAsync("{ me { me { me { name } } } }", limits));
        Assert.Equal("LIMIT_DEPTH", await CodeAsync("{ me { ...F } } fragment F on Query { me { ... { me { name } } } }", limits));
    }

    [Fact]
    public async Task Aliases_directives_and_root_fields_are_counted_wherever_they_are_spread()
    {
        var limits = new LimitOptions { MaxAliases = 3, MaxDirectives = 3, MaxRootFields = 3 };

        Assert.Null(await CodeAsync("{ a: name b: name c: name }", limits));
        Assert.Equal("LIMIT_ALIASES", await CodeAsync("{ me { ...F } other { ...F } } fragment F on Query { a: name b: name }", limits));
        Assert.Equal("LIMIT_DIRECTIVES", await CodeAsync("{ me { ...F } other { ...F } } fragment F on Query { name @skip(if: false) @include(if: true) }", limits));
        Assert.Equal("LIMIT_ROOT_FIELDS", await CodeAsync("{ a: name b: name ...F } fragment F on Query { name me { name } }", limits));
        Assert.Null(await CodeAsync("{ a: name ...F ...F ...F } fragment F on Query { a: name name }", limits));
    }

    [Fact]
    public async Task Ten_thousand_aliases_are_refused_unseen() =>
        Assert.Equal("HC0014", await CodeAsync("{ " + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"a{i}: name ")) + "}", new()));

    [Fact]
    public async Task Two_thousand_aliases_are_refused_by_their_number() =>
        Assert.Equal("LIMIT_ALIASES", await CodeAsync("{ " + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"a{i}: name ")) + "}", new()));

    [Fact]
    public async Task Fragments_that_multiply_are_refused_in_little_work()
    {
        // Each level spreads the next one twice: two to the power of 60 fields, if anybody unfolded them.
        var bomb = new StringBuilder("{ ...F0 }");
        for (var i = 0; i < 60; i++) bomb.Append($" fragment F{i} on Query {{ a: me {{ ...F{i + 1} }} b: me {{ ...F{i + 1} }} }}");
        bomb.Append(" fragment F60 on Query { name }");

        Assert.NotNull(await CodeAsync(bomb.ToString(), new() { MaxFieldCycleDepth = 1000, MaxDepth = 1000 }));
    }

    [Fact]
    public async Task A_chain_of_fragments_as_long_as_the_document_does_not_reach_the_end_of_the_stack()
    {
        var chain = new StringBuilder("{ ...F0 }");
        for (var i = 0; i < 900; i++) chain.Append($" fragment F{i} on Query {{ me {{ ...F{i + 1} }} }}");
        chain.Append(" fragment F900 on Query { name }");
        var nested = new StringBuilder("{ ...F0 }");
        for (var i = 0; i < 150; i++) nested.Append($" fragment F{i} on Query {{ " + string.Concat(Enumerable.Repeat("... { ", 150)) + $"...F{i + 1}" + new string('}', 151));
        nested.Append(" fragment F150 on Query { name }");

        // Validation's budget for merging can be the first to say no.
        Assert.Contains(await CodeAsync(chain.ToString(), new() { MaxFieldCycleDepth = 10_000 }), (string[])["LIMIT_DEPTH", "HC0107"]);
        Assert.Contains(await CodeAsync(nested.ToString(), new()), (string[])["LIMIT_DEPTH", "HC0107"]);
    }

    [Fact]
    public async Task An_answer_holds_only_so_many_errors()
    {
        var schema = Metro.GraphQL.Tests.Execution.Execute.Schema(
            "type Query { many: [Item] } type Item { fails: Int }",
            ("Query.many", _ => Enumerable.Repeat(new object(), 10_000).ToArray()),
            ("Item.fails", _ => throw new GraphQLException("No.")));
        await using var result = await new RequestExecutor(schema).ExecuteAsync("{ many { fails } }");

        Assert.Equal(100, ((OperationResult)result).Errors.Count);
    }

    [Fact]
    public async Task A_document_is_judged_once_and_each_operation_by_itself()
    {
        const string Document = "query Good { name } query Bad { me { me { me { me { name } } } } }";
        var executor = Executor(new());
        await using var good = await executor.ExecuteAsync(GraphQLRequest.For(Document) with { OperationName = "Good" });
        await using var bad = await executor.ExecuteAsync(GraphQLRequest.For(Document) with { OperationName = "Bad" });

        Assert.True(((OperationResult)good).HasData);
        Assert.Equal("HC0087", ((OperationResult)bad).Errors[0].Code);
    }

    private static string Nested(string piece, int times) =>
        string.Concat(Enumerable.Repeat(piece, times)) + "name" + string.Concat(Enumerable.Repeat(" }", times));

    private static RequestExecutor Executor(LimitOptions limits) =>
        new(Schema, arrange: phases => phases.InsertAfter(PhaseNames.SelectOperation, new LimitsPhase(limits)));

    private static async Task<string?> CodeAsync(string document, LimitOptions limits)
    {
        await using var result = await Executor(limits).ExecuteAsync(document);
        var errors = ((OperationResult)result).Errors;
        return errors.Count == 0 ? null : errors[0].Code ?? errors[0].Message;
    }
}
