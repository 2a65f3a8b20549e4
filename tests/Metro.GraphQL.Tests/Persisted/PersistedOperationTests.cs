using System.Net;
using System.Security.Cryptography;
using System.Text;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Persisted;
using Metro.GraphQL.Tests.Http;

namespace Metro.GraphQL.Tests.Persisted;

/// <summary>Persisted operations: automatic ones, and trusted ones only (GRAPHQL.md section 15).</summary>
public sealed class PersistedOperationTests
{
    private const string Query = "{ hello }";
    private static readonly byte[] Sha256 = SHA256.HashData(Encoding.UTF8.GetBytes(Query));

    public static TheoryData<string, string> Hashes => new()
    {
        { "sha256Hash", Convert.ToHexStringLower(Sha256) },
        { "sha256Hash", Convert.ToHexString(Sha256) },
        { "sha256Hash", Convert.ToBase64String(Sha256) },
        { "sha1Hash", Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(Query))) },
        { "md5Hash", Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(Query))) },
        { "md5Hash", Convert.ToBase64String(MD5.HashData(Encoding.UTF8.GetBytes(Query))).TrimEnd('=').Replace('+', '-').Replace('/', '_') },
    };

    [Theory]
    [MemberData(nameof(Hashes))]
    public async Task A_hash_stands_for_a_document_once_both_have_come_together(string kind, string hash)
    {
        await using var host = await AutomaticAsync(new InMemoryOperationDocumentStorage());
        var extensions = $$$"""{"persistedQuery":{"version":1,"{{{kind}}}":"{{{hash}}}"}}""";
        using var unknown = await host.PostAsync($$"""{"extensions":{{extensions}}}""");
        using var saved = await host.PostAsync($$"""{"query":"{{Query}}","extensions":{{extensions}}}""");
        using var known = await host.PostAsync($$"""{"extensions":{{extensions}}}""");
        using var byGet = await host.GetAsync("?extensions=" + Uri.EscapeDataString(extensions));

        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal(("HC0020", "PersistedQueryNotFound"), (await unknown.CodeAsync(), (await unknown.JsonAsync()).GetProperty("errors")[0].GetProperty("message").GetString()));
        var answer = (await saved.JsonAsync()).GetProperty("extensions").GetProperty("persistedQuery");
        Assert.Equal((hash, true), (answer.GetProperty(kind).GetString(), answer.GetProperty("persisted").GetBoolean()));
        Assert.Equal("""{"data":{"hello":"Hello world"}}""", await known.Content.ReadAsStringAsync());
        Assert.Equal("""{"data":{"hello":"Hello world"}}""", await byGet.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_wrong_hash_is_told_and_kept_for_nobody()
    {
        await using var host = await AutomaticAsync(new InMemoryOperationDocumentStorage());
        using var response = await host.PostAsync("""{"query":"{ hello }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"beef"}}}""");
        using var later = await host.PostAsync("""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"beef"}}}""");

        var json = await response.JsonAsync();
        var answer = json.GetProperty("extensions").GetProperty("persistedQuery");
        Assert.Equal("Hello world", json.GetProperty("data").GetProperty("hello").GetString());
        Assert.False(answer.GetProperty("persisted").GetBoolean());
        Assert.Equal(Convert.ToHexStringLower(Sha256), answer.GetProperty("expectedHashValue").GetString());
        Assert.Equal(("sha256Hash", "Hex"), (answer.GetProperty("expectedHashType").GetString(), answer.GetProperty("expectedHashFormat").GetString()));
        Assert.Equal("HC0020", await later.CodeAsync());
    }

    [Fact]
    public async Task An_invalid_document_is_not_kept()
    {
        var storage = new InMemoryOperationDocumentStorage();
        await using var host = await AutomaticAsync(storage);
        var hash = Convert.ToHexStringLower(SHA256.HashData("{ nope }"u8));
        using var response = await host.PostAsync($$$$"""{"query":"{ nope }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"{{{{hash}}}}"}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(await storage.TryReadAsync(hash));
    }

    [Fact]
    public async Task What_clients_store_is_bounded_in_number_and_size()
    {
        var storage = new InMemoryOperationDocumentStorage(capacity: 2, maxDocumentLength: 10);
        foreach (var id in new[] { "a", "b", "c" }) await storage.TrySaveAsync(id, "{ x }");

        Assert.False(await storage.TrySaveAsync("d", new string('x', 11)));
        Assert.Equal(2, storage.Count);
        Assert.Null(await storage.TryReadAsync("a"));
        Assert.NotNull(await storage.TryReadAsync("c"));
    }

    [Fact]
    public async Task Trusted_operations_are_the_files_of_a_folder_and_nothing_else_runs()
    {
        var folder = Directory.CreateTempSubdirectory("metro-trusted");
        try
        {
            await File.WriteAllTextAsync(System.IO.Path.Combine(folder.FullName, "greet-1.graphql"), "query A($n: String) { hello(name: $n) } query B { __typename }");
            await File.WriteAllTextAsync(System.IO.Path.Combine(folder.FullName, "..", "secret.graphql"), "{ hello }");
            await using var host = await TrustedAsync(new FileSystemOperationDocumentStorage(folder.FullName));
            using var byId = await host.PostAsync("""{"id":"greet-1","operationName":"A","variables":{"n":"Metro"}}""");
            using var byDocumentId = await host.PostAsync("""{"documentId":"greet-1","operationName":"B"}""");
            using var byGet = await host.GetAsync("?id=greet-1&operationName=B");
            using var byRoute = await host.GetAsync("/persisted/greet-1/A?variables=" + Uri.EscapeDataString("""{"n":"Metro"}"""));
            using var byRoutePost = await host.Client.PostAsync(host.Endpoint + "/persisted/greet-1/B", new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
            using var text = await host.PostAsync("""{"query":"{ hello }"}""");
            using var unknown = await host.PostAsync("""{"id":"nobody"}""");
            using var escaping = await host.PostAsync("""{"id":"../secret"}""");
            using var hashed = await host.PostAsync("""{"query":"{ hello }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"greet-1"}}}""");

            Assert.Equal("""{"data":{"hello":"Hello Metro"}}""", await byId.Content.ReadAsStringAsync());
            Assert.Equal("""{"data":{"__typename":"Query"}}""", await byDocumentId.Content.ReadAsStringAsync());
            Assert.Equal("""{"data":{"__typename":"Query"}}""", await byGet.Content.ReadAsStringAsync());
            Assert.Equal("""{"data":{"hello":"Hello Metro"}}""", await byRoute.Content.ReadAsStringAsync());
            Assert.Equal("""{"data":{"__typename":"Query"}}""", await byRoutePost.Content.ReadAsStringAsync());
            Assert.Equal("HC0067", await text.CodeAsync());
            Assert.Equal("HC0020", await unknown.CodeAsync());
            Assert.Equal("HC0020", await escaping.CodeAsync());
            Assert.Equal("HC0067", await hashed.CodeAsync());
        }
        finally
        {
            File.Delete(System.IO.Path.Combine(folder.FullName, "..", "secret.graphql"));
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_text_that_was_seen_before_is_still_refused_where_only_trusted_operations_run()
    {
        await using var host = await TrustedAsync(new InMemoryOperationDocumentStorage());
        using var first = await host.PostAsync("""{"query":"{ hello }"}""");
        using var second = await host.PostAsync("""{"query":"{ hello }"}""");

        Assert.Equal("HC0067", await first.CodeAsync());
        Assert.Equal("HC0067", await second.CodeAsync());
    }

    private static Task<GraphQLHost> AutomaticAsync(IOperationDocumentStorage storage) => GraphQLHost.StartAsync(arrange: phases =>
    {
        phases.InsertBefore(PhaseNames.Parse, new FindPersistedOperationPhase(storage, new() { IsAutomatic = true }));
        phases.InsertAfter(PhaseNames.Validate, new SavePersistedOperationPhase(storage));
    });

    private static Task<GraphQLHost> TrustedAsync(IOperationDocumentStorage storage) => GraphQLHost.StartAsync(arrange: phases =>
        phases.InsertBefore(PhaseNames.Parse, new FindPersistedOperationPhase(storage, new() { OnlyAllowPersistedDocuments = true })));
}
