using System.Net;
using System.Text;

namespace Metro.GraphQL.Tests.Http;

/// <summary>The GraphQL multipart request specification: files come beside the operations.</summary>
public sealed class MultipartTests : IAsyncLifetime
{
    private const string OneFile = """{"query":"query($f: Upload!) { size(file: $f) }","variables":{"f":null}}""";
    private GraphQLHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GraphQLHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_file_takes_the_place_of_its_variable()
    {
        using var response = await PostAsync(("operations", OneFile), ("map", """{"0":["variables.f"]}"""), ("0", "12345"));

        Assert.Equal("""{"data":{"size":5}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Files_take_places_in_a_list()
    {
        using var response = await PostAsync(
            ("operations", """{"query":"query($f: [Upload!]!) { sizes(files: $f) }","variables":{"f":[null,null]}}"""),
            ("map", """{"a":["variables.f.1"],"b":["variables.f.0"]}"""),
            ("a", "1"), ("b", new string('x', 100_000)));

        Assert.Equal("""{"data":{"sizes":[100000,1]}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Without_the_preflight_header_any_site_could_send_the_form()
    {
        using var response = await PostAsync(false, ("operations", """{"query":"mutation { count }"}"""), ("map", "{}"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("HC0077", await response.CodeAsync());
        Assert.Equal(0, _host.Count);
    }

    [Theory]
    [InlineData("HC0034")]
    [InlineData("HC0044", "operations", OneFile)]
    [InlineData("HC0035", "map", "{}", "operations", OneFile)]
    [InlineData("HC0035", "operations", OneFile, "0", "x", "map", "{}")]
    [InlineData("HC0035", "operations", OneFile, "operations", OneFile, "map", "{}")]
    [InlineData("HC0035", "operations", OneFile, "map", "{}", "map", "{}")]
    [InlineData("HC0012", "operations", "{", "map", "{}")]
    [InlineData("HC0043", "operations", OneFile, "map", "[]")]
    [InlineData("HC0037", "operations", OneFile, "map", """{"0":[]}""", "0", "x")]
    [InlineData("HC0038", "operations", OneFile, "map", """{"0":["variables.f"]}""")]
    [InlineData("HC0042", "operations", OneFile, "map", """{"0":["f"]}""", "0", "x")]
    [InlineData("HC0041", "operations", OneFile, "map", """{"0":["variables"]}""", "0", "x")]
    [InlineData("HC0039", "operations", OneFile, "map", """{"0":["variables.g"]}""", "0", "x")]
    [InlineData("HC0040", "operations", """{"query":"{ hello }","variables":{"f":5}}""", "map", """{"0":["variables.f.0"]}""", "0", "x")]
    [InlineData("HC0040", "operations", """{"query":"{ hello }","variables":{"f":5}}""", "map", """{"0":["variables.f"]}""", "0", "x")]
    public async Task A_form_that_does_not_fit_together_is_400(string code, params string[] parts)
    {
        using var response = await PostAsync([.. parts.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, await response.CodeAsync());
    }

    [Fact]
    public async Task Parts_that_nothing_asks_for_are_read_over()
    {
        var parts = new List<(string, string)> { ("operations", """{"query":"{ hello }"}"""), ("map", "{}") };
        parts.AddRange(Enumerable.Range(0, 5_000).Select(i => ($"x{i}", "y")));
        using var response = await PostAsync([.. parts]);

        Assert.Equal("""{"data":{"hello":"Hello world"}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Text_at_the_place_of_a_file_is_no_file()
    {
        using var response = await PostAsync(
            ("operations", """{"query":"query($f: Upload!) { size(file: $f) }","variables":{"f":"guess"}}"""), ("map", "{}"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Files_beyond_their_number_or_size_are_refused()
    {
        await using var host = await GraphQLHost.StartAsync(options => (options.MaxFiles, options.MaxRequestSize) = (1, 10_000));
        using var many = await PostAsync(host, true,
            ("operations", """{"query":"query($f: [Upload!]!) { sizes(files: $f) }","variables":{"f":[null,null]}}"""),
            ("map", """{"a":["variables.f.1"],"b":["variables.f.0"]}"""), ("a", "1"), ("b", "2"));
        using var large = await PostAsync(host, true, ("operations", OneFile), ("map", """{"0":["variables.f"]}"""), ("0", new string('x', 20_000)));

        Assert.Equal("HC0033", await many.CodeAsync());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "nonsense")]
    [InlineData("multipart/form-data", "nonsense")]
    public async Task A_body_that_is_no_form_is_400(string contentType, string body)
    {
        _host.Client.DefaultRequestHeaders.Add("GraphQL-Preflight", "1");
        using var response = await _host.PostAsync(Encoding.UTF8.GetBytes(body), null, contentType);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(params (string Name, string Value)[] parts) => PostAsync(_host, true, parts);

    private Task<HttpResponseMessage> PostAsync(bool preflight, params (string Name, string Value)[] parts) => PostAsync(_host, preflight, parts);

    private static async Task<HttpResponseMessage> PostAsync(GraphQLHost host, bool preflight, params (string Name, string Value)[] parts)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in parts)
        {
            if (name is "operations" or "map") form.Add(new StringContent(value), name);
            else form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(value)), name, name + ".txt");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, host.Endpoint) { Content = form };
        if (preflight) request.Headers.Add("GraphQL-Preflight", "1");
        return await host.Client.SendAsync(request);
    }
}
