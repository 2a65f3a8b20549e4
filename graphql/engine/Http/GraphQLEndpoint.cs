using System.Threading.RateLimiting;
using Metro.GraphQL.Caching;
using Metro.GraphQL.Cost;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Http.WebSockets;
using Metro.GraphQL.Ide;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace Metro.GraphQL.Http;

/// <summary>
/// GraphQL over HTTP at one address: what comes by which method and media type, and how it is answered. Thread-safe.
/// </summary>
internal sealed class GraphQLEndpoint : IDisposable
{
    private const string AllowedMethods = "GET, HEAD, POST, OPTIONS";

    private readonly RequestExecutor _executor;
    private readonly GraphQLServerOptions _options;
    private readonly ConcurrencyLimiter _turns;
    private readonly CancellationToken _stopping;
    private readonly SchemaDownload _schema;
    private readonly GraphiQLPage? _tool;

    public GraphQLEndpoint(
        RequestExecutor executor, GraphQLServerOptions options, bool isSchemaOpen, bool isToolEnabled,
        IHostApplicationLifetime? lifetime)
    {
        _executor = executor;
        _options = options;
        _stopping = lifetime?.ApplicationStopping ?? CancellationToken.None;
        _schema = new(executor.Schema, options.EnableSchemaRequests ?? isSchemaOpen);
        _tool = isToolEnabled ? new() : null;
        _turns = new(new()
        {
            PermitLimit = options.MaxConcurrentExecutions,
            QueueLimit = options.MaxWaitingExecutions,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Answers a request to the endpoint's own address.</summary>
    public Task HandleAsync(HttpContext http) => GuardAsync(http, DispatchAsync(http));

    /// <summary>Answers a request to an address below the endpoint's own: the schema, a persisted operation, the tool's files.</summary>
    public Task HandleBelowAsync(HttpContext http) => GuardAsync(http, DispatchBelowAsync(http));

    /// <summary>The one place where a refusal becomes an answer.</summary>
    private async Task GuardAsync(HttpContext http, Task handling)
    {
        try
        {
            await handling;
        }
        catch (RequestRefusal refusal) when (!http.Response.HasStarted)
        {
            ResponseWriter.WriteRefusal(http.Response, refusal.StatusCode, refusal.Error);
        }
        catch (GraphQLException refused) when (!http.Response.HasStarted)
        {
            ResponseWriter.WriteRefusal(http.Response, StatusCodes.Status400BadRequest, refused.Errors[0]);
        }
        catch (BadHttpRequestException broken) when (!http.Response.HasStarted)
        {
            var refusal = broken.StatusCode is StatusCodes.Status413PayloadTooLarge
                ? RequestRefusal.TooLarge(_options.MaxRequestSize)
                : RequestRefusal.BadRequest(ErrorCodes.RequestUnreadable, "The request could not be read.");
            ResponseWriter.WriteRefusal(http.Response, refusal.StatusCode, refusal.Error);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has left: nobody reads an answer.
        }
    }

    private Task DispatchAsync(HttpContext http)
    {
        var method = http.Request.Method;
        if (HttpMethods.IsPost(method)) return PostAsync(http, null, null);
        if (http.WebSockets.IsWebSocketRequest) return SocketAsync(http);
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) return GetAsync(http);
        RefuseMethod(http);
        return Task.CompletedTask;
    }

    private async Task DispatchBelowAsync(HttpContext http)
    {
        var rest = (http.Request.RouteValues["rest"] as string ?? "").TrimEnd('/');
        if (rest.Length == 0) await DispatchAsync(http);
        else if (rest is "schema" or "schema.graphql" or "sdl") _schema.Write(http);
        else if (rest.StartsWith("persisted/", StringComparison.Ordinal)) await PersistedAsync(http, rest.Split('/'));
        else if (_tool is not null) _tool.WriteAsset(http, rest);
        else http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    public void Dispose() => _turns.Dispose();

    private async Task PostAsync(HttpContext http, string? id, string? operationName)
    {
        var accept = Accepted(http);
        var contentType = http.Request.ContentType;
        ReceivedRequests received;
        if (ContentTypes.IsJson(contentType))
        {
            received = await ReadJsonAsync(http.Request, id);
        }
        else if (_options.EnableMultipartRequests && ContentTypes.IsMultipartForm(contentType))
        {
            if (_options.EnforceMultipartRequestsPreflightHeader) RequirePreflight(http.Request);
            received = await new MultipartRequestReader(_options).ReadAsync(http);
        }
        else
        {
            throw RequestRefusal.UnsupportedMediaType(
                _options.EnableMultipartRequests ? "application/json or multipart/form-data" : "application/json");
        }

        if (received.Single is { } request)
        {
            await AnswerAsync(http, id is null ? request : request with { DocumentId = id, OperationName = operationName }, accept, AllowedOperations.All);
        }
        else
        {
            await BatchAsync(http, received.Batch!, received.IsByVariables, accept);
        }
    }

    private async ValueTask<ReceivedRequests> ReadJsonAsync(HttpRequest request, string? id)
    {
        if (request.ContentLength > _options.MaxRequestSize) throw RequestRefusal.TooLarge(_options.MaxRequestSize);
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.Buffer.Length > _options.MaxRequestSize)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw RequestRefusal.TooLarge(_options.MaxRequestSize);
            }

            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            try
            {
                return JsonRequestReader.Read(read.Buffer, _executor.Documents, _options, hasId: id is not null);
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }
        }
    }

    private async Task GetAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (query.ContainsKey("sdl"))
        {
            _schema.Write(http);
            return;
        }

        string? document = query["query"], id = query["id"], extensions = query["extensions"];
        if (document is null && id is null && extensions is null)
        {
            if (!ContentTypes.IsBrowser(http.Request.Headers.Accept)) throw RequestRefusal.NeitherQueryNorId();
            if (_tool is null) http.Response.StatusCode = StatusCodes.Status404NotFound;
            else _tool.Write(http);
            return;
        }

        await GetAsync(http, document, id, query["operationName"]);
    }

    private async Task GetAsync(HttpContext http, string? document, string? id, string? operationName)
    {
        if (!_options.EnableGetRequests)
        {
            RefuseMethod(http);
            return;
        }

        if (_options.EnforceGetRequestsPreflightHeader) RequirePreflight(http.Request);
        var accept = Accepted(http);
        var query = http.Request.Query;
        string? variables = query["variables"], extensions = query["extensions"];
        var request = new GraphQLRequest
        {
            Document = document,
            DocumentId = id,
            OperationName = operationName is "" ? null : operationName,
            Variables = string.IsNullOrEmpty(variables) ? default : JsonRequestReader.ReadObject("variables", variables),
            Extensions = string.IsNullOrEmpty(extensions) ? default : JsonRequestReader.ReadObject("extensions", extensions),
        };
        // An EventSource can only GET, and a subscription changes nothing.
        var allowed = accept.Single is ResponseFormat.EventStream ? AllowedOperations.Query | AllowedOperations.Subscription : AllowedOperations.Query;
        await AnswerAsync(http, request, accept, allowed);
    }

    private Task PersistedAsync(HttpContext http, string[] segments)
    {
        var method = http.Request.Method;
        if (segments.Length is not (2 or 3) || segments[1].Length == 0)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var operationName = segments.Length == 3 ? segments[2] : null;
        if (HttpMethods.IsPost(method)) return PostAsync(http, segments[1], operationName);
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) return GetAsync(http, null, segments[1], operationName);
        RefuseMethod(http);
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(HttpContext http, GraphQLRequest request, AcceptHeader accept, AllowedOperations allowed)
    {
        // A subscription nobody could be told of must not begin.
        if (accept.Events is null) allowed &= ~AllowedOperations.Subscription;
        request = await PrepareAsync(http, request, allowed);

        ExecutionResult result;
        using (await NextTurnAsync(http)) result = await _executor.ExecuteAsync(request, http.RequestAborted);
        switch (result)
        {
            case OperationResult one:
                if (accept.Events is null && ResponseWriter.IsUndeliverableSubscription(one)) throw RequestRefusal.NotAcceptable();
                var format = accept.Single!.Value;
                if (!HttpMethods.IsPost(http.Request.Method) && format is ResponseFormat.GraphQLResponse or ResponseFormat.Json)
                    HttpCaching.Write(http, one, format);
                else
                    ResponseWriter.WriteSingle(http.Response, one, format);
                await one.DisposeAsync();
                break;
            case ResponseStream stream:
                await AnswerStream.WriteAsync(
                    http, stream, accept.Events!.Value, _options.EventStreamKeepAliveInterval, _executor.Options.TimeProvider, _stopping);
                break;
        }
    }

    /// <summary>A batch is answered in its order; what one of its requests does the next one sees.</summary>
    private async Task BatchAsync(HttpContext http, IReadOnlyList<GraphQLRequest> batch, bool byVariables, AcceptHeader accept)
    {
        var format = accept.Batch;
        var output = http.Response.BodyWriter;
        if (format is { } many) ResponseWriter.BeginMany(http.Response, many);
        else http.Response.ContentType = ResponseWriter.ContentTypeOf(accept.Single!.Value);

        for (var i = 0; i < batch.Count; i++)
        {
            // GRAPHQL.md 15: a batch does not subscribe.
            var request = await PrepareAsync(http, batch[i], AllowedOperations.Query | AllowedOperations.Mutation);
            ExecutionResult result;
            using (await NextTurnAsync(http)) result = await _executor.ExecuteAsync(request, http.RequestAborted);
            await using var answered = result;
            ResponseWriter.WriteOfBatch(output, (OperationResult)result, format, i, byVariables);
            await output.FlushAsync(http.RequestAborted);
        }

        ResponseWriter.WriteBatchEnd(output, format);
    }

    private async ValueTask<GraphQLRequest> PrepareAsync(HttpContext http, GraphQLRequest request, AllowedOperations allowed)
    {
        request = request with
        {
            Services = new HttpRequestServices(http),
            User = http.Features.Get<IHttpAuthenticationFeature>()?.User,
            AllowedOperations = allowed,
            CostReport = ReportOf(http.Request.Headers["GraphQL-Cost"]),
        };
        return _options.OnRequest is { } prepare ? await prepare(http, request, http.RequestAborted) : request;
    }

    private ValueTask<RateLimitLease> NextTurnAsync(HttpContext http)
    {
        var turn = _turns.AttemptAcquire();
        return turn.IsAcquired ? new(turn) : WaitAsync();

        async ValueTask<RateLimitLease> WaitAsync()
        {
            var waited = await _turns.AcquireAsync(1, http.RequestAborted);
            if (waited.IsAcquired) return waited;
            waited.Dispose();
            throw RequestRefusal.TooManyRequests();
        }
    }

    private async Task SocketAsync(HttpContext http)
    {
        if (!SocketOrigin.IsAllowed(http.Request, _options.Sockets))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        await SocketEndpoint.ServeAsync(http, _executor, _options, NextTurnAsync, _stopping);
    }

    private static AcceptHeader Accepted(HttpContext http)
    {
        var accept = AcceptHeader.Read(http.Request.Headers.Accept);
        if (accept.IsMalformed) throw RequestRefusal.AcceptMalformed();
        return accept.Single is null ? throw RequestRefusal.NotAcceptable() : accept;
    }

    private static void RequirePreflight(HttpRequest request)
    {
        if (!request.Headers.ContainsKey(GraphQLServerOptions.PreflightHeader)) throw RequestRefusal.PreflightMissing();
    }

    private static CostReport ReportOf(StringValues header) => header.Count == 0 ? CostReport.None : header[0] switch
    {
        "report" => CostReport.Report,
        "validate" => CostReport.Validate,
        _ => CostReport.None,
    };

    private void RefuseMethod(HttpContext http)
    {
        http.Response.Headers.Allow = _options.EnableGetRequests ? AllowedMethods : "POST, OPTIONS";
        http.Response.StatusCode = HttpMethods.IsOptions(http.Request.Method)
            ? StatusCodes.Status204NoContent
            : StatusCodes.Status405MethodNotAllowed;
    }
}
