using Metro.GraphQL.Language;

namespace Metro.GraphQL.Execution.Phases;

/// <summary>The operation runs (specification 6.2), within the time limit.</summary>
internal sealed class ExecutePhase : RequestPhase
{
    public override string Name => PhaseNames.Execute;

    public override ValueTask RunAsync(RequestContext context)
    {
        if (context.Operation!.Kind is OperationKind.Subscription) return SubscribeAsync(context);

        var running = TimedExecution.RunAsync(context, null, context.ClientLeft);
        if (!running.IsCompletedSuccessfully) return AwaitAsync(context, running);
        context.Result = running.Result;
        return ValueTask.CompletedTask;
    }

    private static async ValueTask AwaitAsync(RequestContext context, ValueTask<OperationResult> running) =>
        context.Result = await running;

    private static async ValueTask SubscribeAsync(RequestContext context) =>
        context.Result = await SubscriptionExecution.OpenAsync(context);
}
