using System.Runtime.CompilerServices;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Tests.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Examples;

/// <summary>The examples of the specification's chapter on execution, and its algorithms step by step.</summary>
public sealed class ExecutionExamples
{
    [Fact, Specification("6.1")]
    public async Task One_operation_of_a_document_is_executed_and_the_others_are_not()
    {
        var ran = new List<string>();
        var schema = Execute.Schema("type Query { a: Int b: Int }", ("Query.a", _ => Ran("a")), ("Query.b", _ => Ran("b")));
        const string Document = "query A { a } query B { b }";

        Assert.Equal("""{"data":{"b":1}}""", await Execute.JsonAsync(schema, Document, operationName: "B"));
        Assert.Equal("""{"data":{"a":1}}""", await Execute.JsonAsync(schema, "{ a }"));
        Assert.DoesNotContain("\"data\"", await Execute.JsonAsync(schema, Document), StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\"", await Execute.JsonAsync(schema, Document, operationName: "C"), StringComparison.Ordinal);
        Assert.Equal(["b", "a"], ran);

        object Ran(string name)
        {
            ran.Add(name);
            return 1;
        }
    }

    [Fact, Specification("6.1.1")]
    public async Task A_document_that_breaks_a_rule_anywhere_is_not_executed()
    {
        var runs = 0;
        var schema = Execute.Schema("type Query { a: Int }", ("Query.a", _ => ++runs));

        Assert.DoesNotContain("\"data\"", await Execute.JsonAsync(schema, "query A { a } query B { nothing }", operationName: "A"), StringComparison.Ordinal);
        Assert.Equal(0, runs);
    }

    [Theory, Specification("6.1.2")]
    [InlineData("$v: Int = 5", "{}", "5")]
    [InlineData("$v: Int = 5", """{"v":null}""", "null")]
    [InlineData("$v: Int = null", "{}", "null")]
    [InlineData("$v: Int", "{}", "absent")]
    [InlineData("$v: Int", """{"v":7}""", "7")]
    [InlineData("$v: Int!", "{}", null)]
    [InlineData("$v: Int!", """{"v":null}""", null)]
    [InlineData("$v: Int", """{"v":"7"}""", null)]
    [InlineData("$v: [Int]", """{"v":7}""", "[7]")]
    public async Task Variables_are_coerced_before_anything_runs(string variable, string variables, string? shown)
    {
        var field = variable.Contains('[', StringComparison.Ordinal) ? "list" : "one";
        var schema = Execute.Schema("type Query { one(v: Int): String list(v: [Int]): String }", ("Query.one", Show), ("Query.list", Show));
        await using var result = await new RequestExecutor(schema).ExecuteAsync(new GraphQLRequest
        {
            Document = $"query ({variable}) {{ a: {field}(v: $v) }}",
            Variables = System.Text.Json.JsonDocument.Parse(variables).RootElement,
        });

        var answer = Assert.IsType<OperationResult>(result);
        Assert.Equal(shown is not null, answer.HasData);
        if (shown is not null) Assert.Equal($$$"""{"data":{"a":"{{{shown}}}"}}""", answer.ToJson());
    }

    [Fact, Specification("6.2.1")]
    public async Task A_query_begins_at_the_query_type_with_nothing_above_it()
    {
        var schema = Execute.Schema("type Query { root: Boolean }", ("Query.root", context => context.Path.ToString() is "/root"));

        Assert.Equal("""{"data":{"root":true}}""", await Execute.JsonAsync(schema, "query { root }"));
    }

    [Fact]
    [Specification("6.2.2")]
    [Specification("6.3.4")]
    public async Task The_fields_of_a_mutation_take_effect_one_after_another()
    {
        var number = 0;
        var log = new List<string>();
        var schema = Schema.FromSdl(
            "type Query { a: Int } type Mutation { changeTheNumber(newNumber: Int!): Numbers } type Numbers { theNumber: Int }",
            builder => builder
                .Resolve("Mutation", "changeTheNumber", async context =>
                {
                    await Task.Yield();
                    number = context.ArgumentValue<int>("newNumber");
                    log.Add($"changed to {number}");
                    return new();
                })
                .Resolve("Numbers", "theNumber", async _ =>
                {
                    await Task.Yield();
                    log.Add($"read {number}");
                    return number;
                }));

        Assert.Equal(
            """{"data":{"first":{"theNumber":1},"second":{"theNumber":3},"third":{"theNumber":2}}}""",
            await Execute.JsonAsync(schema, """
                mutation {
                  first: changeTheNumber(newNumber: 1) { theNumber }
                  second: changeTheNumber(newNumber: 3) { theNumber }
                  third: changeTheNumber(newNumber: 2) { theNumber }
                }
                """));
        Assert.Equal(["changed to 1", "read 1", "changed to 3", "read 3", "changed to 2", "read 2"], log);
    }

    [Fact, Specification("6.3.4")]
    public async Task The_fields_of_a_query_may_take_effect_in_any_order_and_answer_in_their_own()
    {
        var address = new TaskCompletionSource();
        var schema = Schema.FromSdl(
            "type Query { birthday: Birthday address: Address } type Birthday { month: Int } type Address { street: String }",
            builder => builder
                .Resolve("Query", "birthday", async _ =>
                {
                    await address.Task;
                    return new { Month = 12 };
                })
                .Resolve("Query", "address", _ =>
                {
                    address.SetResult();
                    return new(new { Street = "Jalan Buku" });
                }));

        Assert.Equal(
            """{"data":{"birthday":{"month":12},"address":{"street":"Jalan Buku"}}}""",
            await Execute.JsonAsync(schema, "{ birthday { month } address { street } }"));
    }

    [Fact]
    [Specification("6.2.3")]
    [Specification("6.2.3.1")]
    [Specification("6.2.3.2")]
    [Specification("7.1.2")]
    public async Task Whoever_listens_to_a_room_gets_each_message_as_an_answer_of_its_own()
    {
        var rooms = new List<int>();
        var schema = Chat(context =>
        {
            rooms.Add(context.ArgumentValue<int>("roomId"));
            return MessagesAsync(["You are a reader!", "And here is a book."], () => { });
        });
        await using var stream = Assert.IsType<ResponseStream>(await new RequestExecutor(schema).ExecuteAsync(
            "subscription NewMessages { newMessage(roomId: 123) { sender text } }"));

        var answers = new List<string>();
        await foreach (var answer in stream.ReadResultsAsync())
        {
            answers.Add(answer.ToJson());
            await answer.DisposeAsync();
        }

        Assert.Equal(
            [
                """{"data":{"newMessage":{"sender":"Librarian","text":"You are a reader!"}}}""",
                """{"data":{"newMessage":{"sender":"Librarian","text":"And here is a book."}}}""",
            ],
            answers);
        Assert.Equal([123], rooms);
    }

    [Fact, Specification("6.2.3.3")]
    public async Task Whoever_leaves_a_room_closes_its_source()
    {
        var isClosed = false;
        var schema = Chat(_ => MessagesAsync(["Hello.", "Still there?"], () => isClosed = true));
        using var client = new CancellationTokenSource();
        await using var stream = Assert.IsType<ResponseStream>(await new RequestExecutor(schema).ExecuteAsync("subscription { newMessage(roomId: 1) { text } }"));
        await using var answers = stream.ReadResultsAsync(client.Token).GetAsyncEnumerator();
        Assert.True(await answers.MoveNextAsync());

        await client.CancelAsync();

        Assert.False(await answers.MoveNextAsync());
        Assert.True(isClosed);
    }

    [Fact, Specification("6.3.1")]
    public async Task The_root_gives_data_and_the_errors_raised_on_the_way() => Execute.Same(
        """{"errors":[{"message":"No.","locations":[{"line":1,"column":5}],"path":["b"]}],"data":{"a":1,"b":null}}""",
        await Execute.JsonAsync(
            Execute.Schema("type Query { a: Int b: Int }", ("Query.a", _ => 1), ("Query.b", _ => throw new GraphQLException("No."))),
            "{ a b }"));

    [Fact, Specification("6.3.2")]
    public async Task Fields_of_one_name_are_collected_and_run_once()
    {
        var runs = 0;
        var schema = Execute.Schema(
            "type Query { a: Sub b: Int } type Sub { subfield1: Int subfield2: Int }",
            ("Query.a", _ =>
            {
                runs++;
                return new { Subfield1 = 1, Subfield2 = 2 };
            }
        ),
            ("Query.b", _ => 3));

        Assert.Equal(
            """{"data":{"a":{"subfield1":1,"subfield2":2},"b":3}}""",
            await Execute.JsonAsync(schema, "{ a { subfield1 } ...ExampleFragment } fragment ExampleFragment on Query { a { subfield2 } b }"));
        Assert.Equal(1, runs);
    }

    [Fact, Specification("6.3.3")]
    public async Task A_null_that_may_not_be_takes_its_selection_set_and_leaves_its_siblings()
    {
        var schema = Execute.Schema(
            "type Query { a: Sub b: Sub } type Sub { must: Int! may: Int }",
            ("Query.a", _ => new { May = 1 }), ("Query.b", _ => new { Must = 2, May = 2 }));

        Assert.EndsWith(
            "\"data\":{\"a\":null,\"b\":{\"must\":2,\"may\":2}}}",
            await Execute.JsonAsync(schema, "{ a { may must } b { must may } }"),
            StringComparison.Ordinal);
    }

    [Theory, Specification("6.4.1")]
    [InlineData("{ a: one }", "absent")]
    [InlineData("{ a: one(v: null) }", "null")]
    [InlineData("{ a: one(v: 1) }", "1")]
    [InlineData("{ a: byDefault }", "5")]
    [InlineData("{ a: byDefault(v: null) }", "null")]
    [InlineData("query ($v: Int) { a: byDefault(v: $v) }", "5")]
    [InlineData("query ($v: Int) { a: one(v: $v) }", "absent")]
    [InlineData("query ($v: Int = 2) { a: byDefault(v: $v) }", "2")]
    public async Task An_argument_is_what_is_given_or_its_default_or_nothing(string document, string shown) => Assert.Equal(
        $$$"""{"data":{"a":"{{{shown}}}"}}""",
        await Execute.JsonAsync(
            Execute.Schema("type Query { one(v: Int): String byDefault(v: Int = 5): String }", ("Query.one", Show), ("Query.byDefault", Show)),
            document));

    [Fact, Specification("6.4.2")]
    public async Task A_resolver_gets_the_object_whose_field_it_answers()
    {
        var schema = Execute.AsyncSchema(
            "type Query { person: Person } type Person { name: String soulMate: Person }",
            ("Query.person", _ => "John"),
            ("Person.name", context => context.Parent<string>()),
            ("Person.soulMate", context => context.Parent<string>() is "John" ? "Yoko" : null));

        Assert.Equal(
            """{"data":{"person":{"name":"John","soulMate":{"name":"Yoko","soulMate":null}}}}""",
            await Execute.JsonAsync(schema, "{ person { name soulMate { name soulMate { name } } } }"));
    }

    [Theory, Specification("6.4.3")]
    [InlineData("{ list }", """{"list":[1,null,3]}""")]
    [InlineData("{ none }", """{"none":null}""")]
    [InlineData("{ color }", """{"color":"RED"}""")]
    [InlineData("{ pet { name ... on Cat { meows } } }", """{"pet":{"name":"Tom","meows":true}}""")]
    public async Task A_value_is_completed_by_its_type(string document, string data) => Assert.Equal($$"""{"data":{{data}}}""", await Execute.JsonAsync(Completion, document));

    [Theory, Specification("6.4.3")]
    [InlineData("{ notAList }")]
    [InlineData("{ noColor }")]
    [InlineData("{ noPet { name } }")]
    public async Task A_value_that_its_type_cannot_hold_is_an_error(string document)
    {
        await using var result = await new RequestExecutor(Completion).ExecuteAsync(document);

        var answer = Assert.IsType<OperationResult>(result);
        Assert.True(answer.HasData);
        Assert.NotNull(Assert.Single(answer.Errors).Path);
    }

    [Theory, Specification("6.4.4")]
    [InlineData("{ o { fails } }", """{"o":{"fails":null}}""", "/o/fails")]
    [InlineData("{ o { failsNN } }", """{"o":null}""", "/o/failsNN")]
    [InlineData("{ list { failsNN } }", """{"list":null}""", "/list[0]/failsNN")]
    [InlineData("{ oNN { oNN { failsNN } } }", "null", "/oNN/oNN/failsNN")]
    public async Task An_error_makes_null_of_the_nearest_position_that_may_be_null(string document, string data, string path)
    {
        var schema = Execute.Schema(
            "type Query { o: O oNN: O! list: [O!] } type O { fails: Int failsNN: Int! oNN: O! }",
            ("Query.o", _ => 1), ("Query.oNN", _ => 1), ("Query.list", _ => new[] { 1 }), ("O.oNN", _ => 1),
            ("O.fails", _ => throw new GraphQLException("F.")), ("O.failsNN", _ => throw new GraphQLException("F.")));
        await using var result = await new RequestExecutor(schema).ExecuteAsync(document);

        var answer = Assert.IsType<OperationResult>(result);
        Assert.EndsWith($"\"data\":{data}}}", answer.ToJson(), StringComparison.Ordinal);
        Assert.Equal(path, Assert.Single(answer.Errors).Path!.ToString());
    }

    private static readonly Schema Completion = Execute.Schema(
        "type Query { list: [Int] none: Int color: Color noColor: Color pet: Pet noPet: Pet notAList: [Int] } enum Color { RED } interface Pet { name: String } type Cat implements Pet { name: String meows: Boolean }",
        ("Query.list", _ => new int?[] { 1, null, 3 }), ("Query.none", _ => null), ("Query.color", _ => "RED"), ("Query.noColor", _ => "UP"),
        ("Query.pet", _ => new Dictionary<string, object?> { ["__typename"] = "Cat", ["name"] = "Tom", ["meows"] = true }),
        ("Query.noPet", _ => new Dictionary<string, object?> { ["__typename"] = "Query" }), ("Query.notAList", _ => 3));

    private static string Show(IResolverContext context) => context.ArgumentOptional<object?>("v") is { HasValue: true } given
        ? System.Text.Json.JsonSerializer.Serialize(given.Value)
        : "absent";

    private static Schema Chat(Func<IResolverContext, IAsyncEnumerable<string>> messages) => Schema.FromSdl(
        "type Query { a: Int } type Subscription { newMessage(roomId: Int!): Message } type Message { sender: String text: String }",
        builder =>
        {
            builder.Field("Subscription", "newMessage").Subscriber = context => new(messages(context));
            builder.Resolve("Subscription", "newMessage", context => new(new { Sender = "Librarian", Text = context.Parent<string>() }));
        });

    private static async IAsyncEnumerable<string> MessagesAsync(
        string[] messages, Action close, [EnumeratorCancellation] CancellationToken stop = default)
    {
        try
        {
            foreach (var message in messages)
            {
                stop.ThrowIfCancellationRequested();
                await Task.Yield();
                yield return message;
            }
        }
        finally
        {
            close();
        }
    }
}
