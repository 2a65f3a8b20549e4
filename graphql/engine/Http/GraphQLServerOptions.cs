using Metro.GraphQL.Execution;
using Microsoft.AspNetCore.Http;

namespace Metro.GraphQL.Http;

/// <summary>How a GraphQL endpoint speaks HTTP. Set up before the first request, not changed afterwards.</summary>
public sealed class GraphQLServerOptions
{
    /// <summary>The header that another site's form or link cannot send: its presence proves that the browser asked first.</summary>
    public const string PreflightHeader = "GraphQL-Preflight";

    /// <summary>The largest request body in bytes. 20·1000·1024 unless told otherwise; a larger one is answered with 413.</summary>
    public long MaxRequestSize { get; set; } = 20L * 1000 * 1024;

    /// <summary>Whether queries may come by GET. True unless told otherwise; a GET never changes anything.</summary>
    public bool EnableGetRequests { get; set; } = true;

    /// <summary>Whether a GET must carry <see cref="PreflightHeader"/>. False unless told otherwise: a GET only reads.</summary>
    public bool EnforceGetRequestsPreflightHeader { get; set; }

    /// <summary>Whether files may come in multipart forms. True unless told otherwise.</summary>
    public bool EnableMultipartRequests { get; set; } = true;

    /// <summary>
    /// Whether a multipart form must carry <see cref="PreflightHeader"/>, because any site can make a browser send a form
    /// with the reader's cookies. True unless told otherwise.
    /// </summary>
    public bool EnforceMultipartRequestsPreflightHeader { get; set; } = true;

    /// <summary>How many files one form may bring. 16 unless told otherwise.</summary>
    public int MaxFiles { get; set; } = 16;

    /// <summary>
    /// Whether the schema may be downloaded; null for when introspection is open, so that one switch closes both.
    /// </summary>
    public bool? EnableSchemaRequests { get; set; }

    /// <summary>Whether a request may be a list of requests, or bring a list of variables. False unless told otherwise.</summary>
    public bool EnableBatching { get; set; }

    /// <summary>How many requests or sets of variables one batch holds at most. 64 unless told otherwise.</summary>
    public int MaxBatchSize { get; set; } = 64;

    /// <summary>How many requests are executed at once; further ones wait. 64 unless told otherwise.</summary>
    public int MaxConcurrentExecutions { get; set; } = 64;

    /// <summary>How many requests may wait for their turn; further ones are answered with 503. 1,024 unless told otherwise.</summary>
    public int MaxWaitingExecutions { get; set; } = 1_024;

    /// <summary>How often an idle event stream sends a comment, so that nobody between takes it for dead. 12 seconds unless told otherwise.</summary>
    public TimeSpan EventStreamKeepAliveInterval { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>How subscriptions over WebSockets behave.</summary>
    public GraphQLSocketOptions Sockets { get; } = new();

    /// <summary>Whether browsers that open the endpoint's address see GraphiQL; null for in Development only.</summary>
    public bool? EnableTool { get; set; }

    /// <summary>
    /// Changes a request before it is executed: adds state, names the user, allows introspection. Null for nothing. What
    /// it throws as a <see cref="GraphQLException"/> refuses the request.
    /// </summary>
    public Func<HttpContext, GraphQLRequest, CancellationToken, ValueTask<GraphQLRequest>>? OnRequest { get; set; }
}

/// <summary>How subscriptions over WebSockets behave.</summary>
public sealed class GraphQLSocketOptions
{
    /// <summary>How long a client may take to send <c>connection_init</c>. 10 seconds unless told otherwise; then 4408.</summary>
    public TimeSpan ConnectionInitializationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the server pings; null for never. 5 seconds unless told otherwise.</summary>
    public TimeSpan? KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many operations one connection may have under way. 64 unless told otherwise.</summary>
    public int MaxOperations { get; set; } = 64;

    /// <summary>The largest message in bytes. 1,024,000 unless told otherwise; a larger one closes the connection with 4400.</summary>
    public int MaxMessageSize { get; set; } = 1_000 * 1_024;

    /// <summary>
    /// The origins (such as <c>https://perpustakaan.example</c>) whose pages may connect with cookies, besides the
    /// endpoint's own.
    /// </summary>
    public ISet<string> AllowedOrigins { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Decides whether a connection is let in; null lets everybody in.</summary>
    public Func<HttpContext, System.Text.Json.JsonElement, CancellationToken, ValueTask<ConnectionDecision>>? OnConnect { get; set; }
}

/// <summary>Whether a WebSocket connection is let in, decided from its <c>connection_init</c>.</summary>
/// <param name="IsAccepted">False closes the connection with 4403.</param>
/// <param name="GlobalState">What the resolvers of all its operations read as global state; null for none.</param>
public sealed record ConnectionDecision(bool IsAccepted, IReadOnlyDictionary<string, object?>? GlobalState = null)
{
    /// <summary>Lets the connection in.</summary>
    public static ConnectionDecision Accept { get; } = new(true);

    /// <summary>Refuses the connection.</summary>
    public static ConnectionDecision Reject { get; } = new(false);
}
