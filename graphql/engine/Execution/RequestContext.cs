using System.Collections.Concurrent;
using System.Security.Claims;
using Metro.GraphQL.Execution.Coercion;
using Metro.GraphQL.Execution.Planning;
using Metro.GraphQL.Types;
using Microsoft.Extensions.Logging;

namespace Metro.GraphQL.Execution;

/// <summary>
/// One request on its way through the phases. Each phase reads what those before it found and adds its own; the phase
/// that sets <see cref="Result"/> ends the request.
/// </summary>
public sealed class RequestContext
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    private ConcurrentDictionary<string, object?>? _contextData;
    private Action<OperationResult>? _onResult;

    internal RequestContext(
        RequestExecutor executor, GraphQLRequest request, IServiceProvider services, CancellationToken clientLeft)
    {
        Executor = executor;
        Request = request;
        DocumentText = request.Document;
        Document = request.Prepared;
        Services = services;
        ClientLeft = clientLeft;
        if (request.GlobalState is { } state) _contextData = new(state, StringComparer.Ordinal);
    }

    /// <summary>The executor.</summary>
    public RequestExecutor Executor { get; }

    /// <summary>The schema.</summary>
    public Schema Schema => Executor.Schema;

    /// <summary>How requests are executed.</summary>
    public RequestOptions Options => Executor.Options;

    /// <summary>The request as the transport received it.</summary>
    public GraphQLRequest Request { get; }

    /// <summary>The services of the request.</summary>
    public IServiceProvider Services { get; internal set; }

    /// <summary>Who asks; an identity without claims when nobody signed in.</summary>
    public ClaimsPrincipal User => Request.User ?? Nobody;

    /// <summary>Fires when the client leaves; the time limit is not in it.</summary>
    public CancellationToken ClientLeft { get; }

    /// <summary>State that the whole request shares. Safe for use by several threads at once.</summary>
    public IDictionary<string, object?> ContextData
    {
        get
        {
            if (_contextData is null) Interlocked.CompareExchange(ref _contextData, new(StringComparer.Ordinal), null);
            return _contextData;
        }
    }

    /// <summary>The document's text; a phase that knows persisted operations sets it. Null until it is known.</summary>
    public string? DocumentText { get; set; }

    /// <summary>The parsed document; set by the parsing phase.</summary>
    public PreparedDocument? Document { get; set; }

    /// <summary>The operation to execute; set by the phase that selects it.</summary>
    public OperationPlan? Operation { get; set; }

    /// <summary>The coerced variables; set by the phase that coerces them.</summary>
    public VariableValues? Variables { get; set; }

    /// <summary>What the request came to; setting it ends the request.</summary>
    public ExecutionResult? Result { get; set; }

    /// <summary>Does something with the one answer of the request, whichever phase gives it. Not called for a stream.</summary>
    /// <param name="complete">Adds extensions or what the transport should know.</param>
    public void OnResult(Action<OperationResult> complete)
    {
        ArgumentNullException.ThrowIfNull(complete);
        _onResult += complete;
    }

    /// <summary>Lets everybody who asked see the answer.</summary>
    internal ExecutionResult Complete(ExecutionResult result)
    {
        if (_onResult is not null && result is OperationResult one) _onResult(one);
        return result;
    }

    /// <summary>Ends the request with a request error.</summary>
    /// <param name="errors">At least one error.</param>
    public void Refuse(params IReadOnlyList<IError> errors) => Result = OperationResult.FromErrors(Filtered(errors));

    /// <summary>Keeps an exception that nobody expected for the log, and makes of it what the client may know.</summary>
    internal IError Unexpected(Exception failure, string? field = null)
    {
        if (Services.GetService(typeof(ILogger<RequestExecutor>)) is ILogger log)
            log.LogError(failure, "GraphQL failed at {Field}.", field ?? "the request");
        return Errors.Unexpected(failure, Options.IncludeExceptionDetails);
    }

    internal IReadOnlyList<IError> Filtered(IReadOnlyList<IError> errors)
    {
        if (Options.ErrorFilters.Count == 0 || errors.Count == 0) return errors;
        return [.. errors.Select(error => Options.ErrorFilters.Aggregate(error, (current, filter) => filter(current)))];
    }
}
