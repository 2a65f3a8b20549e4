using System.Text.Json;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Execution;

/// <summary>Specification 6.1.2 and 6.4.1: variables and arguments; absent, null and default are three things.</summary>
public sealed class VariableTests
{
    private static readonly Schema Schema = Execute.Schema(
        """
        enum Color { RED GREEN }
        input In { a: Int b: String! = "b" c: [Int!] d: In e: Color }
        input One @oneOf { x: Int y: String }
        type Query {
          int(v: Int): String intNN(v: Int!): String intDefault(v: Int = 5): String intNNDefault(v: Int! = 5): String
          list(v: [Int]): String listNN(v: [Int!]!): String in(v: In): String ins(v: [In!]): String one(v: One): String
          id(v: ID): String float(v: Float): String color(v: Color): String boolean(v: Boolean): String
        }
        """,
        [.. new[] { "int", "intNN", "intDefault", "intNNDefault", "list", "listNN", "in", "ins", "one", "id", "float", "color", "boolean" }
            .Select(name => ($"Query.{name}", (Func<IResolverContext, object?>)Show))]);

    [Theory]
    [InlineData("{ a: int }", "absent")]
    [InlineData("{ a: int(v: null) }", "null")]
    [InlineData("{ a: int(v: 3) }", "3")]
    [InlineData("{ a: intDefault }", "5")]
    [InlineData("{ a: intDefault(v: null) }", "null")]
    [InlineData("{ a: intNNDefault }", "5")]
    [InlineData("{ a: list(v: 3) }", "[3]")]
    [InlineData("{ a: list(v: [1, null]) }", "[1,null]")]
    [InlineData("{ a: id(v: 4) }", "\"4\"")]
    [InlineData("{ a: float(v: 1) }", "1")]
    [InlineData("{ a: color(v: GREEN) }", "\"GREEN\"")]
    [InlineData("{ a: in(v: {}) }", """{"b":"b"}""")]
    [InlineData("{ a: in(v: { a: null, c: 1, d: { b: \"x\" } }) }", """{"a":null,"c":[1],"d":{"b":"x"},"b":"b"}""")]
    [InlineData("{ a: one(v: { y: \"z\" }) }", """{"y":"z"}""")]
    public async Task Literals_are_coerced(string document, string shown) => Assert.Equal(shown, await ShownAsync(document, "{}"));

    [Theory]
    [InlineData("query ($v: Int) { a: int(v: $v) }", "{}", "absent")]
    [InlineData("query ($v: Int) { a: int(v: $v) }", """{"v":null}""", "null")]
    [InlineData("query ($v: Int) { a: intDefault(v: $v) }", "{}", "5")]
    [InlineData("query ($v: Int) { a: intDefault(v: $v) }", """{"v":null}""", "null")]
    [InlineData("query ($v: Int) { a: intNNDefault(v: $v) }", "{}", "5")]
    [InlineData("query ($v: Int = 8) { a: int(v: $v) }", "{}", "8")]
    [InlineData("query ($v: Int = 8) { a: int(v: $v) }", """{"v":null}""", "null")]
    [InlineData("query ($v: Int = 8) { a: intNN(v: $v) }", "{}", "8")]
    [InlineData("query ($v: [Int]) { a: list(v: $v) }", """{"v":3}""", "[3]")]
    [InlineData("query ($v: [Int!]!) { a: listNN(v: $v) }", """{"v":[1,2]}""", "[1,2]")]
    [InlineData("query ($v: Int) { a: list(v: [1, $v]) }", "{}", "[1,null]")]
    [InlineData("query ($v: Int) { a: in(v: { a: $v }) }", "{}", """{"b":"b"}""")]
    [InlineData("query ($v: Int) { a: in(v: { a: $v }) }", """{"v":null}""", """{"a":null,"b":"b"}""")]
    [InlineData("query ($v: String = \"q\") { a: in(v: { b: $v }) }", "{}", """{"b":"q"}""")]
    [InlineData("query ($v: In) { a: in(v: $v) }", """{"v":{"c":[1],"e":"RED"}}""", """{"c":[1],"e":"RED","b":"b"}""")]
    [InlineData("query ($v: One) { a: one(v: $v) }", """{"v":{"x":1}}""", """{"x":1}""")]
    [InlineData("query ($v: Int!) { a: one(v: { x: $v }) }", """{"v":2}""", """{"x":2}""")]
    [InlineData("query ($v: In) { a: ins(v: [$v]) }", "{}", null)]
    [InlineData("query ($v: ID) { a: id(v: $v) }", """{"v":4}""", "\"4\"")]
    public async Task Variables_are_coerced(string document, string variables, string? shown)
    {
        if (shown is null) Assert.Contains("errors", await AnswerAsync(document, variables), StringComparison.Ordinal);
        else Assert.Equal(shown, await ShownAsync(document, variables));
    }

    [Theory]
    [InlineData("query ($v: Int!) { a: intNN(v: $v) }", "{}", "Variable \"$v\" of required type \"Int!\" was not provided.", "HC0016")]
    [InlineData("query ($v: Int!) { a: intNN(v: $v) }", """{"v":null}""", "Variable \"$v\" of non-null type \"Int!\" must not be null.", "HC0016")]
    [InlineData("query ($v: Int) { a: int(v: $v) }", """{"v":"x"}""", "Variable \"$v\" got invalid value; Int cannot represent non-integer value: \"x\"", "HC0016")]
    [InlineData("query ($v: Int) { a: int(v: $v) }", """{"v":1.5}""", "Variable \"$v\" got invalid value; Int cannot represent non-integer value: 1.5", "HC0016")]
    [InlineData("query ($v: In) { a: in(v: $v) }", """{"v":{"c":[1,null]}}""", "Variable \"$v\" got invalid value at \"v.c[1]\"; Expected non-nullable type \"Int!\" not to be null.", "HC0016")]
    [InlineData("query ($v: In) { a: in(v: $v) }", """{"v":{"z":1}}""", "Variable \"$v\" got invalid value; Field \"z\" is not defined by type \"In\".", "HC0016")]
    [InlineData("query ($v: In) { a: in(v: $v) }", """{"v":{"b":null}}""", "Variable \"$v\" got invalid value at \"v.b\"; Expected non-nullable type \"String!\" not to be null.", "HC0016")]
    [InlineData("query ($v: In) { a: in(v: $v) }", """{"v":3}""", "Variable \"$v\" got invalid value; Expected value of type \"In\" to be an object.", "HC0016")]
    [InlineData("query ($v: One) { a: one(v: $v) }", """{"v":{}}""", "Variable \"$v\" got invalid value; Exactly one key must be specified for OneOf type \"One\".", "HC0054")]
    [InlineData("query ($v: One) { a: one(v: $v) }", """{"v":{"x":1,"y":"a"}}""", "Variable \"$v\" got invalid value; Exactly one key must be specified for OneOf type \"One\".", "HC0055")]
    [InlineData("query ($v: One) { a: one(v: $v) }", """{"v":{"x":null}}""", "Variable \"$v\" got invalid value; Field \"One.x\" must be non-null.", "HC0056")]
    [InlineData("query ($v: In) { a: in(v: $v) }", """{"v":{"\uD800":"b"}}""", "Variable \"$v\" got invalid value; it contains text that is not Unicode.", "HC0016")]
    [InlineData("query ($v: ID) { a: id(v: $v) }", """{"v":1.5}""", "Variable \"$v\" got invalid value; ID cannot represent value: 1.5", "HC0016")]
    public async Task A_variable_that_does_not_fit_is_a_request_error(string document, string variables, string message, string code)
    {
        using var json = JsonDocument.Parse(await AnswerAsync(document, variables));

        Assert.False(json.RootElement.TryGetProperty("data", out _));
        var error = json.RootElement.GetProperty("errors")[0];
        Assert.Equal(message, error.GetProperty("message").GetString());
        Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(1, error.GetProperty("locations")[0].GetProperty("line").GetInt32());
        Assert.Equal(8, error.GetProperty("locations")[0].GetProperty("column").GetInt32());
    }

    [Fact]
    public async Task All_variables_that_do_not_fit_are_told_at_once()
    {
        using var json = JsonDocument.Parse(await AnswerAsync("query ($a: Int!, $b: Int) { x: int(v: $a) y: int(v: $b) }", """{"b":"x"}"""));

        Assert.Equal(2, json.RootElement.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task Null_for_a_default_where_null_may_not_stand_is_a_field_error() =>
        Execute.Same(
            """{"errors":[{"message":"Argument \"Query.intNNDefault(v:)\" of non-null type \"Int!\" must not be null.","locations":[{"line":1,"column":42}],"path":["a"],"extensions":{"code":"HC0001","coordinate":"Query.intNNDefault(v:)"}}],"data":{"a":null,"b":"absent"}}""",
            await AnswerAsync("query ($v: Int = 1) { a: intNNDefault(v: $v) b: int }", """{"v":null}"""));

    private static async Task<string> ShownAsync(string document, string variables)
    {
        using var json = JsonDocument.Parse(await AnswerAsync(document, variables));
        return json.RootElement.GetProperty("data").GetProperty("a").GetString()!;
    }

    private static async Task<string> AnswerAsync(string document, string variables)
    {
        var request = new GraphQLRequest { Document = document, Variables = JsonDocument.Parse(variables).RootElement };
        await using var result = await new RequestExecutor(Schema).ExecuteAsync(request);
        return ((OperationResult)result).ToJson();
    }

    private static string Show(IResolverContext context)
    {
        var value = context.ArgumentOptional<object?>("v");
        return value.HasValue ? JsonSerializer.Serialize(value.Value) : "absent";
    }
}
