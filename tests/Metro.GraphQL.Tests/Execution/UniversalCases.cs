using System.Text.Json;
using System.Text.Json.Nodes;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Execution;

/// <summary>
/// Requests that every schema answers alike, with graphql-js's answers. They are read from the sample data where that is
/// at hand; the few here keep the test honest where it is not.
/// </summary>
public sealed class UniversalCases
{
    private static readonly Schema Schema = Metro.GraphQL.Types.Schema.FromSdl(
        "type Query { a: Int } scalar Url @specifiedBy(url: \"https://example.com\") input Choice @oneOf { a: Int } type Old { a(c: Choice, u: Url): Int @deprecated }");

    private const string OwnCases = """
        {"cases":[
          {"id":"O1","query":"{ z: __typename a: __typename }","expect":"result","data":{"z":"Query","a":"Query"}},
          {"id":"O2","query":"{ __typename","expect":"syntax-error"},
          {"id":"O3","query":"query A { __typename } query B { __typename }","operationName":"C","expect":"request-error"},
          {"id":"O4","query":"query ($b: Boolean!) { a: __typename @skip(if: $b) c: __typename }","variables":{"b":true},"expect":"result","data":{"c":"Query"}}
        ]}
        """;

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var each in JsonDocument.Parse(OwnCases).RootElement.GetProperty("cases").EnumerateArray())
            data.Add(each.GetProperty("id").GetString()!, each.GetRawText());
        foreach (var each in SharedCases.Read("universal.json"))
            data.Add(each.GetProperty("id").GetString()!, each.GetRawText());
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_schema_answers_alike(string id, string json)
    {
        var expected = JsonNode.Parse(json)!.AsObject();
        var request = new GraphQLRequest
        {
            Document = (string)expected["query"]!,
            OperationName = (string?)expected["operationName"],
            Variables = expected["variables"] is { } variables ? JsonSerializer.SerializeToElement(variables) : default,
        };

        await using var result = await new RequestExecutor(Schema).ExecuteAsync(request);

        var answer = JsonNode.Parse(((OperationResult)result).ToJson())!.AsObject();
        switch ((string)expected["expect"]!)
        {
            case "result" when (string?)expected["compare"] == "contains":
                Assert.True(Contains(answer["data"], expected["data"]), $"{id}: {answer.ToJsonString()}");
                break;
            case "result":
                Assert.Equal(expected["data"]!.ToJsonString(), answer["data"]?.ToJsonString());
                Assert.Equal(
                    expected["errorPaths"]?.ToJsonString() ?? "[]",
                    new JsonArray([.. (answer["errors"]?.AsArray() ?? []).Select(error => error!["path"]?.DeepClone())]).ToJsonString());
                break;
            case "syntax-error":
                Assert.False(answer.ContainsKey("data"));
                Assert.Equal("HC0014", (string?)answer["errors"]![0]!["extensions"]!["code"]);
                Assert.NotNull(answer["errors"]![0]!["locations"]);
                break;
            default:
                Assert.False(answer.ContainsKey("data"), $"{id}: {answer.ToJsonString()}");
                Assert.NotEmpty(answer["errors"]!.AsArray());
                break;
        }
    }

    // What is expected is there, in lists in any order; more may be there.
    private static bool Contains(JsonNode? actual, JsonNode? expected) => (actual, expected) switch
    {
        (JsonObject there, JsonObject wanted) => wanted.All(member =>
            there.TryGetPropertyValue(member.Key, out var value) && Contains(value, member.Value)),
        (JsonArray there, JsonArray wanted) => wanted.All(item => there.Any(each => Contains(each, item))),
        _ => JsonNode.DeepEquals(actual, expected),
    };
}
