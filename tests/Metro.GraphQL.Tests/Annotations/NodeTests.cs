using Metro.GraphQL.Annotations;
using Metro.GraphQL.Annotations.Nodes;
using Metro.GraphQL.DataLoaders;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Tests.Execution;

namespace Metro.GraphQL.Tests.Annotations;

/// <summary>GRAPHQL conventions of global ids: node, nodes and [ID].</summary>
public sealed class NodeTests
{
    private static readonly RequestExecutor Executor = Server.Of(server => server
        .AddTypes([typeof(Queries), typeof(Product), typeof(Shelf), typeof(Loaders)])
        .AddGlobalObjectIdentification());

    [Theory]
    [InlineData("Product", 1, "UHJvZHVjdDox")]
    [InlineData("Foo", "a:b", "Rm9vOmE6Yg==")]
    public void An_id_is_the_type_and_the_key_in_base64(string type, object key, string expected) =>
        Assert.Equal(expected, NodeIds.Encode(type, key));

    [Fact]
    public void A_guid_is_its_sixteen_bytes() =>
        Assert.Equal("Rm9vOhR74hr2jA1EmkYJCQpK9vM=", NodeIds.Encode("Foo", Guid.Parse("1ae27b14-8cf6-440d-9a46-09090a4af6f3")));

    [Fact]
    public void The_schema_has_nodes()
    {
        var sdl = Executor.Schema.ToSdl();

        Assert.Contains("node(\n    \"\"\"ID of the object.\"\"\"\n    id: ID!\n  ): Node", sdl, StringComparison.Ordinal);
        Assert.Contains("ids: [ID!]!\n  ): [Node]!", sdl, StringComparison.Ordinal);
        Assert.Contains("type Product implements Node {\n  id: ID!\n  name: String!\n  shelfId: ID\n  pieces: [ID!]!\n}", sdl, StringComparison.Ordinal);
        Assert.Contains("shelfByKey(key: ID!): Shelf", sdl, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ products { id name shelfId pieces } }", """{"products":[{"id":"UHJvZHVjdDox","name":"P1","shelfId":"U2hlbGY6QTox","pieces":["UGllY2U6MQ==","UGllY2U6Mg=="]}]}""")]
    [InlineData("""{ node(id: "UHJvZHVjdDox") { __typename id ... on Product { name } } }""", """{"node":{"__typename":"Product","id":"UHJvZHVjdDox","name":"P1"}}""")]
    [InlineData("""{ node(id: "UHJvZHVjdAppMQ==") { id } }""", """{"node":{"id":"UHJvZHVjdDox"}}""")]
    [InlineData("""{ node(id: "UHJvZHVjdDo5OQ==") { id } }""", """{"node":null}""")]
    [InlineData("""{ node(id: "Tm9uZTox") { id } }""", """{"node":null}""")]
    [InlineData("""{ node(id: "U2hlbGY6QTox") { id ... on Shelf { label } } }""", """{"node":{"id":"U2hlbGY6QTox","label":"A-1"}}""")]
    [InlineData("""{ nodes(ids: ["UHJvZHVjdDoy", "Tm9uZTox", "UHJvZHVjdDox"]) { id } }""", """{"nodes":[{"id":"UHJvZHVjdDoy"},null,{"id":"UHJvZHVjdDox"}]}""")]
    [InlineData("""{ named(id: "UHJvZHVjdDox") any(id: "Tm9uZTox") many(ids: ["UHJvZHVjdDox", "UHJvZHVjdDoy"]) }""", """{"named":1,"any":"1","many":3}""")]
    [InlineData("""{ shelfByKey(key: "U2hlbGY6QTox") { label } }""", """{"shelfByKey":{"label":"A-1"}}""")]
    public async Task Ids_lead_back_to_their_objects(string document, string data) =>
        Execute.Same($$"""{"data":{{data}}}""", await Executor.AnswerAsync(document));

    [Theory]
    [InlineData("""{ node(id: "no id") { id } }""", "HC0001")]
    [InlineData("""{ named(id: "U2hlbGY6QTox") }""", "HC0001")]
    [InlineData("""{ node(id: "UHJvZHVjdDp4") { id } }""", "HC0001")]
    public async Task A_malformed_id_or_one_of_another_type_is_an_error(string document, string code) =>
        Assert.Contains($"\"code\":\"{code}\"", await Executor.AnswerAsync(document), StringComparison.Ordinal);

    [Fact]
    public async Task At_most_fifty_nodes_are_fetched_at_once() => Assert.Contains(
        "HC0076",
        await Executor.AnswerAsync($$"""{ nodes(ids: [{{string.Join(",", Enumerable.Repeat("\"UHJvZHVjdDox\"", 51))}}]) { id } }"""),
        StringComparison.Ordinal);

    [Fact]
    public async Task Nodes_are_loaded_in_one_batch()
    {
        Loaders.Batches.Clear();

        await Executor.AnswerAsync("""{ nodes(ids: ["UHJvZHVjdDo1", "UHJvZHVjdDo2"]) { id } node(id: "UHJvZHVjdDo3") { id } }""");

        Assert.Equal([[5, 6, 7]], Loaders.Batches);
    }

    [QueryType]
    public static class Queries
    {
        public static Product[] Products => [new(1, "P1", new("A", 1))];

        public static int Named([ID<Product>] int id) => id;

        public static string Any([ID] string id) => id;

        public static int Many([ID("Product")] int[] ids) => ids.Sum();

        [NodeResolver]
        public static Shelf? GetShelfByKey(ShelfKey key) => new(key, $"{key.Row}-{key.Number}");
    }

    [Node]
    public sealed record Product(int Id, string Name, [property: ID<Shelf>] ShelfKey? ShelfId)
    {
        [ID("Piece")]
        public int[] Pieces => [1, 2];

        public static async Task<Product?> GetAsync(int id, IDataLoader<int, Product> products, CancellationToken stop) =>
            await products.LoadAsync(id, stop);
    }

    public sealed record ShelfKey(string Row, int Number);

    public sealed record Shelf(ShelfKey Id, string Label);

    public static class Loaders
    {
        public static List<int[]> Batches { get; } = [];

        [DataLoader]
        internal static Task<Dictionary<int, Product>> GetProductByIdAsync(IReadOnlyList<int> ids, CancellationToken stop)
        {
            lock (Batches) Batches.Add([.. ids]);
            return Task.FromResult(ids.Where(id => id < 50).ToDictionary(id => id, id => new Product(id, $"P{id}", null)));
        }
    }
}
