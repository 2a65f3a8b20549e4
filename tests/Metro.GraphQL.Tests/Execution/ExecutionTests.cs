using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Execution;

/// <summary>Specification 6.2 to 6.4: executing operations, selection sets and fields.</summary>
public sealed class ExecutionTests
{
    private const string Sdl = """
        type Query { person: Person cat: Cat pets: [Pet] beings: [Being] number: Int list: [Int!] words: [[String]] same(a: Int): Int }
        type Person implements Being { name: String friend: Person birthday: Birthday profilePic(size: Int): String }
        type Birthday { year: Int month: Int day: Int }
        interface Being { name: String }
        type Cat implements Being { name: String meows: Boolean }
        type Dog implements Being { name: String barks: Boolean }
        union Pet = Cat | Dog
        """;

    private static readonly Dictionary<string, object?> Garfield = new() { ["__typename"] = "Cat", ["name"] = "Garfield", ["meows"] = false };
    private static readonly Dictionary<string, object?> Odie = new() { ["__typename"] = "Dog", ["name"] = "Odie", ["barks"] = true };

    private static readonly Schema Schema = Execute.Schema(
        Sdl,
        ("Query.person", _ => new { Name = "Ana", Friend = new { Name = "Budi" }, Birthday = new { Year = 1999, Month = 12, Day = 8 } }),
        ("Query.cat", _ => Garfield),
        ("Query.pets", _ => new[] { Garfield, Odie }),
        ("Query.beings", _ => new List<object> { Odie, Garfield }),
        ("Query.number", _ => 7),
        ("Query.list", _ => new HashSet<int> { 1, 2 }),
        ("Query.words", _ => new[] { ["a", null], Array.Empty<string?>(), null }),
        ("Query.same", context => context.ArgumentValue<int?>("a")),
        ("Person.profilePic", context => $"pic{context.ArgumentValue<int?>("size")}"));

    [Theory]
    [InlineData("{ person { birthday { month } friend { name } } }", """{"person":{"birthday":{"month":12},"friend":{"name":"Budi"}}}""")]
    [InlineData("{ person { friend { name } birthday { month } } number }", """{"person":{"friend":{"name":"Budi"},"birthday":{"month":12}},"number":7}""")]
    [InlineData("{ person { ...A ...B } } fragment A on Person { name } fragment B on Person { n: name birthday { year } }", """{"person":{"name":"Ana","n":"Ana","birthday":{"year":1999}}}""")]
    [InlineData("{ person { birthday { year } ... on Person { birthday { day } } birthday { month } } }", """{"person":{"birthday":{"year":1999,"day":8,"month":12}}}""")]
    [InlineData("{ pets { __typename ... on Cat { meows } ... on Dog { barks } } }", """{"pets":[{"__typename":"Cat","meows":false},{"__typename":"Dog","barks":true}]}""")]
    [InlineData("{ beings { ... on Cat { meows } name ... on Being { __typename } } }", """{"beings":[{"name":"Odie","__typename":"Dog"},{"meows":false,"name":"Garfield","__typename":"Cat"}]}""")]
    [InlineData("{ list words }", """{"list":[1,2],"words":[["a",null],[],null]}""")]
    [InlineData("{ person { small: profilePic(size: 64) big: profilePic(size: 1024) profilePic } }", """{"person":{"small":"pic64","big":"pic1024","profilePic":"pic"}}""")]
    [InlineData("{ number @skip(if: true) }", "{}")]
    [InlineData("{ a: same(a: 1) b: same(a: null) c: same }", """{"a":1,"b":null,"c":null}""")]
    public async Task Fields_are_collected_merged_and_answered_in_order(string document, string data) =>
        Assert.Equal($$"""{"data":{{data}}}""", await Execute.JsonAsync(Schema, document));

    [Theory]
    [InlineData(true, """{"a":7,"number":7}""")]
    [InlineData(false, """{"number":7,"a":7}""")]
    public async Task A_key_stands_where_its_first_field_is_that_is_not_skipped(bool first, string data) =>
        Assert.Equal(
            $$"""{"data":{{data}}}""",
            await Execute.JsonAsync(Schema, "query ($first: Boolean!) { a: number @include(if: $first) number a: number }", new { first }));

    [Fact]
    public async Task What_is_below_a_skipped_occurrence_is_skipped_with_it()
    {
        const string Document = "query ($s: Boolean!) { person @skip(if: $s) { name } person { birthday { day } } }";

        Assert.Equal("""{"data":{"person":{"birthday":{"day":8}}}}""", await Execute.JsonAsync(Schema, Document, new { s = true }));
        Assert.Equal("""{"data":{"person":{"name":"Ana","birthday":{"day":8}}}}""", await Execute.JsonAsync(Schema, Document, new { s = false }));
    }

    [Fact]
    public async Task More_conditions_than_bits_in_a_word_are_still_conditions()
    {
        var names = Enumerable.Range(0, 70).Select(i => $"v{i}").ToArray();
        var document = $"query ({string.Join(" ", names.Select(name => $"${name}: Boolean!"))}) {{ {string.Join(" ", names.Select(name => $"{name}: number @include(if: ${name})"))} }}";

        var answer = await Execute.JsonAsync(Schema, document, names.ToDictionary(name => name, name => name is "v3" or "v69"));

        Assert.Equal("""{"data":{"v3":7,"v69":7}}""", answer);
    }

    [Fact]
    public async Task A_condition_that_is_null_is_refused()
    {
        await using var result = await new RequestExecutor(Schema).ExecuteAsync(
            GraphQLRequest.For("query ($s: Boolean = true) { number @skip(if: $s) }", new { s = (bool?)null }));

        Assert.False(((OperationResult)result).HasData);
        Assert.Equal("HC0016", ((OperationResult)result).Errors.Single().Code);
    }

    [Fact]
    public async Task The_root_fields_of_a_mutation_run_one_after_another()
    {
        var log = new List<string>();
        var waiting = new TaskCompletionSource();
        var schema = Schema.FromSdl("type Query { a: Int } type Mutation { slow: Out quick: Out } type Out { deep: Int }", builder => builder
            .Resolve("Mutation", "slow", async _ =>
            {
                log.Add("slow begins");
                await waiting.Task;
                log.Add("slow ends");
                return "slow";
            })
            .Resolve("Mutation", "quick", _ =>
            {
                log.Add("quick");
                return new("quick");
            })
            .Resolve("Out", "deep", async context =>
            {
                await Task.Yield();
                log.Add($"below {context.Parent<string>()}");
                return 1;
            }));

        var answer = Execute.JsonAsync(schema, "mutation { slow { deep } quick { deep } again: quick { __typename } }");
        Assert.Equal(["slow begins"], log);
        waiting.SetResult();

        Assert.Equal("""{"data":{"slow":{"deep":1},"quick":{"deep":1},"again":{"__typename":"Out"}}}""", await answer);
        Assert.Equal(["slow begins", "slow ends", "below slow", "quick", "below quick", "quick"], log);
    }

    [Fact]
    public async Task The_fields_of_a_query_run_at_the_same_time_and_answer_in_order()
    {
        var first = new TaskCompletionSource<object?>();
        var second = new TaskCompletionSource<object?>();
        var schema = Schema.FromSdl("type Query { a: Int b: Int c: Int }", builder => builder
            .Resolve("Query", "a", _ => new(first.Task))
            .Resolve("Query", "b", _ => new(second.Task))
            .Resolve("Query", "c", _ => new(3)));

        var answer = Execute.JsonAsync(schema, "{ a b c }");
        second.SetResult(2);
        first.SetResult(1);

        Assert.Equal("""{"data":{"a":1,"b":2,"c":3}}""", await answer);
    }

    [Fact]
    public async Task A_value_that_is_none_of_its_type_is_a_field_error()
    {
        var schema = Execute.Schema(
            "enum Color { RED } type Query { big: Int list: [Int] notAList: [Int] color: Color any: Pet } union Pet = Cat type Cat { a: Int }",
            ("Query.big", _ => 1L << 40),
            ("Query.list", _ => new object[] { 1, "x" }),
            ("Query.notAList", _ => 5),
            ("Query.color", _ => "BLUE"),
            ("Query.any", _ => "no cat"));

        Execute.Same(
            """
            {
              "errors": [
                { "message": "Int cannot represent non 32-bit signed integer value: 1099511627776", "locations": [{ "line": 1, "column": 3 }], "path": ["big"], "extensions": { "code": "HC0001" } },
                { "message": "Int cannot represent non-integer value: \"x\"", "locations": [{ "line": 1, "column": 7 }], "path": ["list", 1], "extensions": { "code": "HC0001" } },
                { "message": "Expected Iterable, but did not find one for field \"Query.notAList\".", "locations": [{ "line": 1, "column": 12 }], "path": ["notAList"] },
                { "message": "Enum \"Color\" cannot represent value: \"BLUE\"", "locations": [{ "line": 1, "column": 21 }], "path": ["color"], "extensions": { "code": "HC0001" } },
                { "message": "Abstract type \"Pet\" must resolve to an Object type at runtime for field \"Query.any\".", "locations": [{ "line": 1, "column": 27 }], "path": ["any"] }
              ],
              "data": { "big": null, "list": [1, null], "notAList": null, "color": null, "any": null }
            }
            """,
            await Execute.JsonAsync(schema, "{ big list notAList color any { __typename } }"));
    }

    [Fact]
    public async Task An_unexpected_exception_tells_the_client_nothing()
    {
        var schema = Execute.Schema("type Query { a: Int }", ("Query.a", _ => throw new InvalidOperationException("password=hunter2")));

        Execute.Same(
            """{"errors":[{"message":"Unexpected Execution Error","locations":[{"line":1,"column":3}],"path":["a"]}],"data":{"a":null}}""",
            await Execute.JsonAsync(schema, "{ a }"));
        Assert.Contains("hunter2", await Execute.JsonAsync(schema, "{ a }", options: new() { IncludeExceptionDetails = true }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_exception_keeps_its_code_and_gets_its_place()
    {
        var schema = Execute.Schema(
            "type Query { a: [A] } type A { b: Int c: Int }",
            ("Query.a", _ => new[] { 1, 2 }),
            ("A.b", context => context.Parent<int>() == 2
                ? throw new GraphQLException(ErrorBuilder.New().SetMessage("Two.").SetCode("TWO").SetExtension("n", 2).Build())
                : 1),
            ("A.c", context =>
            {
                context.ReportError("Reported.");
                return 9;
            }
        ));

        Execute.Same(
            """
            {
              "errors": [
                { "message": "Reported.", "locations": [{ "line": 1, "column": 9 }], "path": ["a", 0, "c"] },
                { "message": "Two.", "locations": [{ "line": 1, "column": 7 }], "path": ["a", 1, "b"], "extensions": { "code": "TWO", "n": 2 } },
                { "message": "Reported.", "locations": [{ "line": 1, "column": 9 }], "path": ["a", 1, "c"] }
              ],
              "data": { "a": [{ "b": 1, "c": 9 }, { "b": null, "c": 9 }] }
            }
            """,
            await Execute.JsonAsync(schema, "{ a { b c } }"));
    }

    [Fact]
    public async Task Errors_stand_in_the_order_of_the_response_whoever_fails_first()
    {
        var first = new TaskCompletionSource<object?>();
        var schema = Schema.FromSdl("type Query { a: Int b: Int }", builder => builder
            .Resolve("Query", "a", _ => new(first.Task))
            .Resolve("Query", "b", _ => throw new GraphQLException("B.")));

        var answer = Execute.JsonAsync(schema, "{ a b }");
        first.SetException(new GraphQLException("A."));

        Execute.Same(
            """{"errors":[{"message":"A.","locations":[{"line":1,"column":3}],"path":["a"]},{"message":"B.","locations":[{"line":1,"column":5}],"path":["b"]}],"data":{"a":null,"b":null}}""",
            await answer);
    }

    [Fact]
    public async Task A_response_holds_a_bounded_number_of_errors()
    {
        var schema = Execute.Schema(
            "type Query { a: [A] } type A { b: Int }",
            ("Query.a", _ => Enumerable.Range(0, 1000).ToArray()),
            ("A.b", _ => throw new GraphQLException("No.")));

        await using var result = await new RequestExecutor(schema).ExecuteAsync("{ a { b } }");

        Assert.Equal(100, ((OperationResult)result).Errors.Count);
    }

    [Fact]
    public async Task Text_that_is_not_Unicode_is_answered_with_the_replacement_character()
    {
        var schema = Execute.Schema("type Query { a: String }", ("Query.a", _ => "a\uD800b"));

        Assert.Equal("{\"data\":{\"a\":\"a\\uFFFDb\"}}", await Execute.JsonAsync(schema, "{ a }"));
    }

    [Fact]
    public async Task State_is_handed_down_but_not_sideways()
    {
        var schema = Execute.Schema(
            "type Query { a: A b: A } type A { x: String }",
            ("Query.a", context =>
            {
                context.ScopedContextData = context.ScopedContextData.SetItem("who", "a");
                return 1;
            }
        ),
            ("Query.b", _ => 2),
            ("A.x", context => context.ScopedContextData.GetValueOrDefault("who") ?? "nobody"));

        Assert.Equal("""{"data":{"a":{"x":"a"},"b":{"x":"nobody"}}}""", await Execute.JsonAsync(schema, "{ a { x } b { x } }"));
    }

    [Fact]
    public async Task A_large_answer_is_whole()
    {
        var schema = Execute.Schema(
            "type Query { a(n: Int): [A!]! } type A { i: Int! s: String! }",
            ("Query.a", context => Enumerable.Range(0, context.ArgumentValue<int>("n")).ToArray()),
            ("A.i", context => context.Parent<int>()),
            ("A.s", context => new string('é', context.Parent<int>() % 50)));

        var answer = await Execute.JsonAsync(schema, "{ a(n: 20000) { i s } }");

        using var json = System.Text.Json.JsonDocument.Parse(answer);
        var items = json.RootElement.GetProperty("data").GetProperty("a");
        Assert.Equal(20000, items.GetArrayLength());
        Assert.Equal(19999, items[19999].GetProperty("i").GetInt32());
        Assert.Equal(new string('é', 49), items[19999].GetProperty("s").GetString());
    }

    [Fact]
    public async Task Answers_made_at_the_same_time_do_not_mix()
    {
        var schema = Execute.AsyncSchema("type Query { a(n: Int): [Int] }", ("Query.a", context =>
            Enumerable.Repeat(context.ArgumentValue<int>("n"), 50).ToArray()));
        var executor = new RequestExecutor(schema);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(n =>
            executor.JsonAsync("query ($n: Int) { a(n: $n) }", new { n })));

        for (var n = 0; n < answers.Length; n++)
            Assert.Equal($"{{\"data\":{{\"a\":[{string.Join(',', Enumerable.Repeat(n, 50))}]}}}}", answers[n]);
    }
}
