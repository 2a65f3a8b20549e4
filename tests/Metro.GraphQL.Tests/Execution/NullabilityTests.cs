using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Execution;

/// <summary>
/// Specification 6.4.4: a null that may not stand takes its parent with it. Every case runs with resolvers that answer at
/// once and with resolvers that wait, and both give the same answer.
/// </summary>
public sealed class NullabilityTests
{
    private const string Sdl = """
        type Query { o: O oNN: O! list: [O] items: [O!] listNN: [O]! both: [O!]! ints(t: String): [Int] intsNN: [Int!] matrix: [[Int!]] deep: [[O!]!] }
        type O { v: Int vNN: Int! fails: Int failsNN: Int! o: O oNN: O! self: [O!]! }
        """;

    private static readonly (string, Func<IResolverContext, object?>)[] Resolvers =
    [
        ("Query.o", _ => 1), ("Query.oNN", _ => 1),
        ("Query.list", _ => new object?[] { 1, null, 3 }), ("Query.items", _ => new object?[] { 1, null, 3 }),
        ("Query.listNN", _ => new object?[] { 1, null }), ("Query.both", _ => new object?[] { 1, null }),
        ("Query.ints", _ => new object?[] { 1, null, 3 }), ("Query.intsNN", _ => new object?[] { 1, null, 3 }),
        ("Query.matrix", _ => new object?[] { new object?[] { 1 }, new object?[] { 2, null }, null }),
        ("Query.deep", _ => new object?[] { new object?[] { 1 }, new object?[] { 2 } }),
        ("O.v", context => context.Parent<int>()), ("O.vNN", _ => null),
        ("O.fails", _ => throw new GraphQLException("F.")), ("O.failsNN", _ => throw new GraphQLException("FNN.")),
        ("O.o", context => context.Parent<int>() + 1), ("O.oNN", context => context.Parent<int>() + 1),
        ("O.self", context => new[] { context.Parent<int>() }),
    ];

    private static readonly Schema AtOnce = Execute.Schema(Sdl, Resolvers);
    private static readonly Schema Later = Execute.AsyncSchema(Sdl, Resolvers);

    [Theory]
    [InlineData("{ o { v vNN } }", """{"o":null}""", "o/vNN")]
    [InlineData("{ o { v fails } }", """{"o":{"v":1,"fails":null}}""", "o/fails")]
    [InlineData("{ o { v failsNN } }", """{"o":null}""", "o/failsNN")]
    [InlineData("{ oNN { vNN } }", "null", "oNN/vNN")]
    [InlineData("{ oNN { o { vNN } v } }", """{"oNN":{"o":null,"v":1}}""", "oNN/o/vNN")]
    [InlineData("{ oNN { oNN { oNN { vNN } } } o { v } }", "null", "oNN/oNN/oNN/vNN")]
    [InlineData("{ list { v } }", """{"list":[{"v":1},null,{"v":3}]}""", "")]
    [InlineData("{ list { vNN } }", """{"list":[null,null,null]}""", "list/0/vNN list/2/vNN")]
    [InlineData("{ items { v } }", """{"items":null}""", "items/1")]
    [InlineData("{ listNN { vNN } }", """{"listNN":[null,null]}""", "listNN/0/vNN")]
    [InlineData("{ both { v } o { v } }", "null", "both/1")]
    [InlineData("{ ints intsNN }", """{"ints":[1,null,3],"intsNN":null}""", "intsNN/1")]
    [InlineData("{ matrix }", """{"matrix":[[1],null,null]}""", "matrix/1/1")]
    [InlineData("{ deep { vNN } }", """{"deep":null}""", "deep/0/0/vNN deep/1/0/vNN")]
    [InlineData("{ o { self { self { vNN } } } }", """{"o":null}""", "o/self/0/self/0/vNN")]
    [InlineData("{ o { vNN failsNN fails v } }", """{"o":null}""", "o/vNN o/failsNN o/fails")]
    [InlineData("{ a: o { vNN } b: o { v } c: o { failsNN } }", """{"a":null,"b":{"v":1},"c":null}""", "a/vNN c/failsNN")]
    [InlineData("{ o { o { o { failsNN } vNN } v } }", """{"o":{"o":null,"v":1}}""", "o/o/o/failsNN o/o/vNN")]
    public async Task A_null_goes_up_to_where_it_may_stand(string document, string data, string paths)
    {
        var atOnce = await Execute.JsonAsync(AtOnce, document);
        var later = await Execute.JsonAsync(Later, document);

        Assert.Equal(atOnce, later);
        using var json = System.Text.Json.JsonDocument.Parse(atOnce);
        Assert.Equal(data, json.RootElement.GetProperty("data").GetRawText());
        var found = json.RootElement.TryGetProperty("errors", out var errors)
            ? errors.EnumerateArray().Select(error => string.Join('/', error.GetProperty("path").EnumerateArray()))
            : [];
        Assert.Equal(paths.Split(' ', StringSplitOptions.RemoveEmptyEntries), found);
    }

    [Fact]
    public async Task The_error_of_a_null_names_the_field_and_its_code() =>
        Execute.Same(
            """{"errors":[{"message":"Cannot return null for non-nullable field O.vNN.","locations":[{"line":1,"column":7}],"path":["o","vNN"],"extensions":{"code":"HC0018"}}],"data":{"o":null}}""",
            await Execute.JsonAsync(AtOnce, "{ o { vNN } }"));
}
