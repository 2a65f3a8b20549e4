using System.Collections.Concurrent;

namespace Metro.GraphQL.Execution;

/// <summary>Runs an operation until it ends, the client leaves or time is up.</summary>
internal static class TimedExecution
{
    private static readonly ConcurrentQueue<CancellationTokenSource> Pool = new();
    private static readonly int PoolSize = Environment.ProcessorCount * 8;

    public static ValueTask<OperationResult> RunAsync(RequestContext context, object? rootValue, CancellationToken clientLeft)
    {
        var timeout = Start(context.Options);
        var leaving = clientLeft.CanBeCanceled
            ? clientLeft.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), timeout)
            : default;

        ValueTask<OperationResult> running;
        try
        {
            // A test's or a desktop's context would take the resolvers' continuations out of the execution's hands.
            var elsewhere = SynchronizationContext.Current;
            if (elsewhere is not null) SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                running = new OperationExecution(context, context.Operation!, context.Variables!, timeout.Token).RunAsync(rootValue);
            }
            finally
            {
                if (elsewhere is not null) SynchronizationContext.SetSynchronizationContext(elsewhere);
            }
        }
        catch (Exception failure)
        {
            running = ValueTask.FromException<OperationResult>(failure);
        }

        if (!running.IsCompletedSuccessfully) return AwaitAsync(context, running, timeout, leaving, clientLeft);
        leaving.Dispose();
        Return(timeout, context.Options);
        return running;
    }

    private static async ValueTask<OperationResult> AwaitAsync(
        RequestContext context, ValueTask<OperationResult> running, CancellationTokenSource timeout,
        CancellationTokenRegistration leaving, CancellationToken clientLeft)
    {
        try
        {
            return await running;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            var error = clientLeft.IsCancellationRequested ? Errors.Canceled : Errors.Timeout(context.Options.ExecutionTimeout);
            return OperationResult.FromErrors(context.Filtered([error]));
        }
        finally
        {
            await leaving.DisposeAsync();
            Return(timeout, context.Options);
        }
    }

    private static CancellationTokenSource Start(RequestOptions options)
    {
        if (!ReferenceEquals(options.TimeProvider, TimeProvider.System)) return new(options.ExecutionTimeout, options.TimeProvider);
        if (!Pool.TryDequeue(out var source)) source = new();
        source.CancelAfter(options.ExecutionTimeout);
        return source;
    }

    private static void Return(CancellationTokenSource source, RequestOptions options)
    {
        if (ReferenceEquals(options.TimeProvider, TimeProvider.System) && Pool.Count < PoolSize && source.TryReset()) Pool.Enqueue(source);
        else if (!source.IsCancellationRequested) source.Dispose();
    }
}
