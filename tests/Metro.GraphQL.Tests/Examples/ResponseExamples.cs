using System.Text.Json;
using Metro.GraphQL.Tests.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Examples;

/// <summary>The examples of the specification's chapter on the response.</summary>
public sealed class ResponseExamples
{
    private const string Document = """
        {
          hero(episode: 4) {
            name
            heroFriends: friends {
              id
              name
            }
          }
        }
        """;

    [Fact, Specification("7.1.1")]
    public async Task An_answer_without_errors_has_data_and_nothing_else() => Assert.Equal(
        """{"data":{"hero":{"name":"R2-D2"}}}""",
        await Execute.JsonAsync(Heroes("String"), "{ hero(episode: 4) { name } }"));

    [Theory, Specification("7.1.3")]
    [InlineData("{ hero")]
    [InlineData("{ nothing }")]
    [InlineData("query ($e: Int!) { hero(episode: $e) { name } }")]
    public async Task A_request_that_cannot_be_executed_has_errors_and_no_data(string document)
    {
        using var answer = JsonDocument.Parse(await Execute.JsonAsync(Heroes("String"), document));

        Assert.False(answer.RootElement.TryGetProperty("data", out _));
        Assert.NotEqual(0, answer.RootElement.GetProperty("errors").GetArrayLength());
    }

    [Theory]
    [Specification("7.1.4")]
    [Specification("7.1.6")]
    [InlineData("String", """{"hero":{"name":"R2-D2","heroFriends":[{"id":"1000","name":"Luke Skywalker"},{"id":"1002","name":null},{"id":"1003","name":"Leia Organa"}]}}""")]
    [InlineData("String!", """{"hero":{"name":"R2-D2","heroFriends":[{"id":"1000","name":"Luke Skywalker"},null,{"id":"1003","name":"Leia Organa"}]}}""")]
    public async Task An_error_names_its_place_in_the_document_and_in_the_answer(string typeOfName, string data) => Execute.Same(
        """
        {"errors":[{
          "message": "Name for character with ID 1002 could not be fetched.",
          "locations": [{ "line": 6, "column": 7 }],
          "path": ["hero", "heroFriends", 1, "name"],
          "extensions": { "code": "CAN_NOT_FETCH_BY_ID", "timestamp": "Fri Feb 9 14:33:09 UTC 2018" }
        }],
        """ + $"\"data\":{data}}}",
        await Execute.JsonAsync(Heroes(typeOfName), Document));

    [Fact, Specification("7.1.6")]
    public async Task An_error_has_no_entries_but_those_of_the_specification()
    {
        using var answer = JsonDocument.Parse(await Execute.JsonAsync(Heroes("String"), Document));

        Assert.Equal(
            ["message", "locations", "path", "extensions"],
            answer.RootElement.GetProperty("errors")[0].EnumerateObject().Select(entry => entry.Name));
    }

    [Theory, Specification("7.2.1")]
    [InlineData("map { text }", JsonValueKind.Object)]
    [InlineData("list", JsonValueKind.Array)]
    [InlineData("nothing", JsonValueKind.Null)]
    [InlineData("text", JsonValueKind.String)]
    [InlineData("yes", JsonValueKind.True)]
    [InlineData("no", JsonValueKind.False)]
    [InlineData("whole", JsonValueKind.Number)]
    [InlineData("broken", JsonValueKind.Number)]
    [InlineData("color", JsonValueKind.String)]
    public async Task Each_kind_of_value_is_its_kind_of_json(string field, JsonValueKind kind)
    {
        var schema = Execute.Schema(
            "type Query { map: Query list: [Int] nothing: Int text: String yes: Boolean no: Boolean whole: Int broken: Float color: Color } enum Color { RED }",
            ("Query.map", _ => 1), ("Query.list", _ => new[] { 1 }), ("Query.nothing", _ => null), ("Query.text", _ => "text"), ("Query.yes", _ => true),
            ("Query.no", _ => false), ("Query.whole", _ => 1), ("Query.broken", _ => 1.5), ("Query.color", _ => "RED"));
        using var answer = JsonDocument.Parse(await Execute.JsonAsync(schema, $"{{ {field} }}"));

        Assert.Equal(kind, answer.RootElement.GetProperty("data").EnumerateObject().Single().Value.ValueKind);
    }

    [Theory, Specification("7.2.2")]
    [InlineData("{ name, age }", """{"data":{"name":"Mark","age":30}}""")]
    [InlineData("{ age, name }", """{"data":{"age":30,"name":"Mark"}}""")]
    public async Task The_order_of_the_question_is_the_order_of_the_answer(string document, string answer) => Assert.Equal(
        answer,
        await Execute.JsonAsync(Execute.Schema("type Query { name: String age: Int }", ("Query.name", _ => "Mark"), ("Query.age", _ => 30)), document));

    private static Schema Heroes(string typeOfName) => Execute.Schema(
        $"type Query {{ hero(episode: Int): Hero }} type Hero {{ id: ID name: {typeOfName} friends: [Hero] }}",
        ("Query.hero", _ => new Hero("2001", "R2-D2")),
        ("Hero.friends", _ => new Hero[] { new("1000", "Luke Skywalker"), new("1002", null), new("1003", "Leia Organa") }),
        ("Hero.name", context => context.Parent<Hero>() is { Name: { } name } ? name : throw new GraphQLException(ErrorBuilder.New()
            .SetMessage($"Name for character with ID {context.Parent<Hero>().Id} could not be fetched.")
            .SetCode("CAN_NOT_FETCH_BY_ID")
            .SetExtension("timestamp", "Fri Feb 9 14:33:09 UTC 2018")
            .Build())));

    private sealed record Hero(string Id, string? Name);
}
