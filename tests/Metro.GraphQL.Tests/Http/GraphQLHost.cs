using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Metro.GraphQL.Cost;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Metro.GraphQL.Tests.Http;

/// <summary>A GraphQL server on a port of the loopback, with one schema that has something of everything.</summary>
internal sealed class GraphQLHost : IAsyncDisposable
{
    private const string Sdl = """
        type Query {
          hello(name: String): String!
          echo(number: Int): Int
          fails: Int
          failsHard: Int!
          crashes: Int
          size(file: Upload!): Int!
          sizes(files: [Upload!]!): [Int!]!
          waits: Int
        }
        type Mutation { count: Int! }
        type Subscription { ticks(to: Int!): Int! never: Int! breaks: Int! }
        scalar Upload
        """;

    private readonly WebApplication _app;

    private GraphQLHost(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
        Client = new() { BaseAddress = address };
    }

    public Uri Address { get; }

    public Uri Endpoint => new(Address, "graphql");

    public HttpClient Client { get; }

    /// <summary>How often the mutation ran.</summary>
    public int Count { get; private set; }

    /// <summary>Completes when a subscription that never ends by itself was stopped.</summary>
    public TaskCompletionSource NeverStopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a subscription that never ends by itself began.</summary>
    public TaskCompletionSource NeverStarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The field <c>waits</c> answers when this is set.</summary>
    public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Task<GraphQLHost> StartAsync(
        Action<GraphQLServerOptions>? configure = null, RequestOptions? request = null, bool introspection = true,
        Action<List<RequestPhase>>? arrange = null, bool guards = false) =>
        StartAsync(null, configure, request, introspection, arrange, guards);

    public static async Task<GraphQLHost> StartAsync(
        Metro.GraphQL.Types.Schema? schema, Action<GraphQLServerOptions>? configure = null, RequestOptions? request = null,
        bool introspection = true, Action<List<RequestPhase>>? arrange = null, bool guards = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var open = new IntrospectionOptions { IsAllowed = introspection };
        builder.Services.AddSingleton(open);
        var app = builder.Build();
        GraphQLHost? host = null;
        var options = new GraphQLServerOptions();
        configure?.Invoke(options);
        var executor = new RequestExecutor(schema ?? SchemaOf(() => host!), request, app.Services, phases =>
        {
            phases.InsertAfter(PhaseNames.Validate, new IntrospectionPhase(introspection, open));
            if (guards)
            {
                phases.InsertAfter(PhaseNames.SelectOperation, new LimitsPhase(new()));
                phases.InsertAfter(PhaseNames.CoerceVariables, new CostPhase(new()));
            }

            arrange?.Invoke(phases);
        });
        app.MapGraphQL(executor, "/graphql", options);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return host = new(app, new(address + "/"));
    }

    public Task<HttpResponseMessage> PostAsync(string json, string? accept = null, string contentType = "application/json") =>
        PostAsync(Encoding.UTF8.GetBytes(json), accept, contentType);

    public async Task<HttpResponseMessage> PostAsync(byte[] body, string? accept = null, string? contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint) { Content = new ByteArrayContent(body) };
        if (contentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return await Client.SendAsync(request);
    }

    public async Task<HttpResponseMessage> GetAsync(string query, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Endpoint + query);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return await Client.SendAsync(request);
    }

    public async Task<ClientWebSocket> ConnectAsync(string? protocol = "graphql-transport-ws", Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        if (protocol is not null) socket.Options.AddSubProtocol(protocol);
        configure?.Invoke(socket.Options);
        await socket.ConnectAsync(new UriBuilder(Endpoint) { Scheme = "ws" }.Uri, CancellationToken.None);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static Metro.GraphQL.Types.Schema SchemaOf(Func<GraphQLHost> host) => Metro.GraphQL.Types.Schema.FromSdl(Sdl, builder =>
    {
        builder.Field("Query", "hello").PureResolver = context => $"Hello {context.ArgumentValue<string?>("name") ?? "world"}";
        builder.Field("Query", "echo").PureResolver = context => context.ArgumentValue<int?>("number");
        builder.Field("Query", "fails").PureResolver = _ => throw new GraphQLException("No.");
        builder.Field("Query", "failsHard").PureResolver = _ => throw new GraphQLException("No.");
        builder.Field("Query", "crashes").PureResolver = _ => throw new InvalidOperationException("a secret");
        builder.Field("Query", "size").PureResolver = context => (int)context.ArgumentValue<IFormFile>("file").Length;
        builder.Field("Query", "sizes").PureResolver = context =>
            context.ArgumentValue<IReadOnlyList<IFormFile>>("files").Select(file => (int)file.Length).ToArray();
        builder.Field("Mutation", "count").PureResolver = _ => ++host().Count;
        builder.Resolve("Query", "waits", async context =>
        {
            await host().Go.Task.WaitAsync(context.RequestAborted);
            return 1;
        });
        builder.Field("Subscription", "ticks").Subscriber = context => new(Ticks(context.ArgumentValue<int>("to")));
        builder.Field("Subscription", "never").Subscriber = _ => new(Never(host(), CancellationToken.None));
        builder.Field("Subscription", "breaks").Subscriber = _ => new(Breaks());
        foreach (var name in new[] { "ticks", "never", "breaks" })
            builder.Field("Subscription", name).PureResolver = context => context.Parent<object>();
    });

    private static async IAsyncEnumerable<object?> Ticks(int to)
    {
        for (var i = 1; i <= to; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    private static async IAsyncEnumerable<object?> Breaks()
    {
        yield return 1;
        await Task.Yield();
        throw new InvalidOperationException("a secret");
    }

    private static async IAsyncEnumerable<object?> Never(
        GraphQLHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stopped)
    {
        host.NeverStarted.TrySetResult();
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopped.Register(() => stop.TrySetResult());
        try
        {
            await stop.Task;
        }
        finally
        {
            host.NeverStopped.TrySetResult();
        }

        yield break;
    }
}

/// <summary>Reading answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    public static async Task<string?> CodeAsync(this HttpResponseMessage response) =>
        (await response.JsonAsync()).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();

    public static string? MediaType(this HttpResponseMessage response) => response.Content.Headers.ContentType?.ToString();
}
