using System.Net;
using Metro.GraphQL.Caching;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Tests.Http;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Tests.Caching;

/// <summary>The answer to a GET holds as long as the shortest-lived of its fields.</summary>
public sealed class CachePolicyTests
{
    private const string Sdl = """
        type Query {
          book: Book @cacheControl(maxAge: 600)
          news: News
          hours: String @cacheControl(maxAge: 60, sharedMaxAge: 30)
          me: Me @cacheControl(maxAge: 100)
          language: String @cacheControl(maxAge: 100, vary: ["Accept-Language"])
          plain: String
          nothing: Book @cacheControl(maxAge: 0)
        }
        type Book { title: String copies: Int @cacheControl(maxAge: 10) shelf: Shelf publisher: Publisher }
        type Shelf @cacheControl(inheritMaxAge: true) { name: String }
        type Publisher { name: String }
        type News @cacheControl(maxAge: 300) { text: String }
        type Me { name: String loans: Int @cacheControl(scope: PRIVATE) }
        """;

    [Theory]
    [InlineData("{book{title}}", "public, max-age=600")]
    [InlineData("{book{title copies}}", "public, max-age=10")]
    [InlineData("{book{shelf{name}}}", "public, max-age=600")]
    [InlineData("{book{publisher{name}}}", "no-cache, private")]
    [InlineData("{news{text}}", "public, max-age=300")]
    [InlineData("{news{text} book{title}}", "public, max-age=300")]
    [InlineData("{hours}", "public, max-age=60, s-maxage=30")]
    [InlineData("{me{name}}", "public, max-age=100")]
    [InlineData("{me{name loans}}", "max-age=100, private")]
    [InlineData("{plain book{title}}", "no-cache, private")]
    [InlineData("{nothing{title}}", "no-cache, private")]
    [InlineData("{__typename}", "no-cache, private")]
    public async Task An_answer_is_kept_as_long_as_its_shortest_lived_field(string query, string expected)
    {
        await using var host = await StartAsync();
        using var response = await host.GetAsync("?query=" + Uri.EscapeDataString(query));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.Headers.TryGetValues("Cache-Control", out var values) ? values.Single() : null);
        Assert.Contains("Accept", response.Headers.Vary);
    }

    [Fact]
    public async Task An_answer_names_the_headers_that_it_depends_on()
    {
        await using var host = await StartAsync();
        using var response = await host.GetAsync("?query={language}");

        Assert.Equal(["Accept", "Accept-Language"], response.Headers.Vary);
    }

    [Fact]
    public async Task An_answer_to_a_post_is_not_for_caches()
    {
        await using var host = await StartAsync();
        using var response = await host.PostAsync("""{"query":"{ news { text } }"}""");

        Assert.Null(response.Headers.CacheControl);
        Assert.Null(response.Headers.ETag);
    }

    [Fact]
    public async Task Annotations_print_as_directives()
    {
        await using var host = await StartAsync();
        using var response = await host.GetAsync("?sdl");

        Assert.Contains("hours: String @cacheControl(maxAge: 60, sharedMaxAge: 30)", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<GraphQLHost> StartAsync() => GraphQLHost.StartAsync(
        Metro.GraphQL.Types.Schema.FromSdl(Sdl, builder =>
        {
            builder.AddSdl(CacheHint.Definitions);
            foreach (var field in builder.Types.OfType<ComplexType>().SelectMany(type => type.Fields))
                field.PureResolver = field.TypeReference.ToString() is "String" ? _ => "x" : field.TypeReference.ToString() is "Int" ? _ => 1 : _ => new object();
        }),
        arrange: phases => phases.InsertBefore(PhaseNames.Execute, new CachePolicyPhase()));
}
