using System.Buffers;
using System.Text;
using Metro.GraphQL;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Metro.Bench.GraphQL;

/// <summary>
/// What the transport itself costs: <c>{ __typename }</c> over HTTP against an endpoint that only writes the same bytes
/// (DESIGN.md, budgets: at least 0.75 of the requests a second, at most 1.3 times the processor time). Every guard of a
/// server is in place.
/// </summary>
internal static class HttpTypenameBench
{
    private const string Answer = """{"data":{"__typename":"Query"}}""";

    public static async Task RunAsync(Options options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGraphQLServer().AddQueryType<Query>();
        await using var app = builder.Build();
        var bytes = Encoding.UTF8.GetBytes(Answer);
        app.MapPost("/bare", http =>
        {
            http.Response.ContentType = "application/graphql-response+json; charset=utf-8";
            http.Response.ContentLength = bytes.Length;
            http.Response.BodyWriter.Write(bytes);
            return Task.CompletedTask;
        });
        app.MapGraphQL();

        const string Body = """{"query":"{ __typename }"}""";
        await HttpComparison.RunAsync(app, new("bare endpoint", "/bare", Body), new("GraphQL", "/graphql", Body), options.Number("seconds", 5));
    }

    internal sealed class Query
    {
        public string Name => "x";
    }
}
