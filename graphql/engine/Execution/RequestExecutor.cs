using System.Collections.Immutable;
using Metro.GraphQL.Execution.Phases;
using Metro.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Execution;

/// <summary>
/// Answers requests to one schema: runs each of them through the list of phases. Thread-safe; one lives as long as the
/// process.
/// </summary>
public sealed class RequestExecutor
{
    private readonly RequestPhase[] _phases;
    private readonly IServiceProvider _services;

    /// <summary>An executor with the standard phases.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="options">How requests are executed; null for the defaults.</param>
    /// <param name="services">Where requests without services of their own get a scope; null for no services.</param>
    /// <param name="arrange">Changes the list of phases, for instance by putting one in; null for the standard list.</param>
    public RequestExecutor(
        Schema schema, RequestOptions? options = null, IServiceProvider? services = null, Action<List<RequestPhase>>? arrange = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        Options = options ?? new();
        _services = services ?? NoServices.Instance;
        Documents = new(Options.DocumentCacheCapacity);

        List<RequestPhase> phases =
        [
            new ParsePhase(Documents),
            new ValidatePhase(new(schema, Options.Validation)),
            new SelectOperationPhase(),
            new CoerceVariablesPhase(),
            new ExecutePhase(),
        ];
        arrange?.Invoke(phases);
        _phases = [.. phases];
        Phases = [.. phases];
    }

    /// <summary>The schema.</summary>
    public Schema Schema { get; }

    /// <summary>How requests are executed.</summary>
    public RequestOptions Options { get; }

    /// <summary>What every request goes through, in this order.</summary>
    public ImmutableArray<RequestPhase> Phases { get; }

    internal DocumentCache Documents { get; }

    /// <summary>
    /// Answers a request. What is wrong with it, with its resolvers or with the world comes back as errors of the result;
    /// only a programmer's mistake throws.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="clientLeft">Fires when the client leaves.</param>
    /// <returns>One answer or a stream of them; dispose it when it is written.</returns>
    public ValueTask<ExecutionResult> ExecuteAsync(GraphQLRequest request, CancellationToken clientLeft = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Services is { } services) return RunAsync(new(this, request, services, clientLeft));

        var scopes = _services.GetService<IServiceScopeFactory>();
        return scopes is null
            ? RunAsync(new(this, request, _services, clientLeft))
            : RunInScopeAsync(scopes, request, clientLeft);
    }

    /// <summary>Answers a document without variables.</summary>
    /// <param name="document">The document's text.</param>
    /// <param name="clientLeft">Fires when the client leaves.</param>
    public ValueTask<ExecutionResult> ExecuteAsync(string document, CancellationToken clientLeft = default) =>
        ExecuteAsync(GraphQLRequest.For(document), clientLeft);

    private async ValueTask<ExecutionResult> RunInScopeAsync(
        IServiceScopeFactory scopes, GraphQLRequest request, CancellationToken clientLeft)
    {
        var scope = scopes.CreateAsyncScope();
        ExecutionResult? result = null;
        try
        {
            result = await RunAsync(new(this, request, scope.ServiceProvider, clientLeft));
            return result is ResponseStream stream ? stream.Owning(scope) : result;
        }
        finally
        {
            // A stream goes on using its services until it ends.
            if (result is not ResponseStream) await scope.DisposeAsync();
        }
    }

    private ValueTask<ExecutionResult> RunAsync(RequestContext context)
    {
        for (var i = 0; i < _phases.Length; i++)
        {
            ValueTask running;
            try
            {
                running = _phases[i].RunAsync(context);
            }
            catch (Exception failure)
            {
                running = ValueTask.FromException(failure);
            }

            if (!running.IsCompletedSuccessfully) return RunOnAsync(context, running, i + 1);
            if (context.Result is not null) break;
        }

        return new(Answer(context));
    }

    private async ValueTask<ExecutionResult> RunOnAsync(RequestContext context, ValueTask running, int next)
    {
        try
        {
            await running;
            while (context.Result is null && next < _phases.Length) await _phases[next++].RunAsync(context);
        }
        catch (GraphQLException refused)
        {
            context.Refuse(refused.Errors);
        }
        catch (OperationCanceledException) when (context.ClientLeft.IsCancellationRequested)
        {
            context.Refuse(Errors.Canceled);
        }
        catch (Exception failure)
        {
            context.Refuse(context.Unexpected(failure));
        }

        return Answer(context);
    }

    private static ExecutionResult Answer(RequestContext context) =>
        context.Complete(context.Result
            ?? throw new InvalidOperationException("The last phase left the request without a result."));

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}

/// <summary>Finding one's place in the list of phases.</summary>
public static class PhaseListExtensions
{
    extension(List<RequestPhase> phases)
    {
        /// <summary>Puts a phase directly before another.</summary>
        /// <param name="name">The other's name; one of <see cref="PhaseNames"/> or a phase that was put in.</param>
        /// <param name="phase">The phase.</param>
        /// <exception cref="ArgumentException">There is no phase of that name.</exception>
        public void InsertBefore(string name, RequestPhase phase) => phases.Insert(phases.IndexOf(name), phase);

        /// <summary>Puts a phase directly behind another.</summary>
        /// <param name="name">The other's name; one of <see cref="PhaseNames"/> or a phase that was put in.</param>
        /// <param name="phase">The phase.</param>
        /// <exception cref="ArgumentException">There is no phase of that name.</exception>
        public void InsertAfter(string name, RequestPhase phase) => phases.Insert(phases.IndexOf(name) + 1, phase);

        private int IndexOf(string name) =>
            phases.FindIndex(phase => string.Equals(phase.Name, name, StringComparison.Ordinal)) switch
            {
                >= 0 and var index => index,
                _ => throw new ArgumentException($"There is no phase named {name}.", nameof(name)),
            };
    }
}
