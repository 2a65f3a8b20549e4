using System.Reflection;
using System.Runtime.CompilerServices;
using Metro.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Execution;

/// <summary>
/// Opens the stream of events of a subscription and answers each of them (specification 6.2.3). What goes wrong before
/// the stream is open is a request error.
/// </summary>
internal static class SubscriptionExecution
{
    private static readonly MethodInfo BoxMethod =
        typeof(SubscriptionExecution).GetMethod(nameof(Box), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static async ValueTask<ExecutionResult> OpenAsync(RequestContext context)
    {
        var root = context.Operation!.RootSelections(context.Variables!);
        var selection = root.Selections[0];
        var opening = new OperationExecution(context, context.Operation, context.Variables!, context.ClientLeft);
        var field = new ResolverContext(opening);
        field.Begin(Results.ResultTree.Root, selection, null, null);

        object? source;
        IAsyncEnumerable<object?> events;
        try
        {
            var open = selection.Field.Subscriber
                ?? throw new InvalidOperationException($"{selection.Field.Coordinate} has no stream of events.");
            source = await open(field);
            events = AsEvents(selection.Field, source);
        }
        catch (GraphQLException refused)
        {
            return Refusal(context, selection, refused.Errors);
        }
        catch (OperationCanceledException) when (context.ClientLeft.IsCancellationRequested)
        {
            return OperationResult.FromErrors(Errors.Canceled);
        }
        catch (Exception failure)
        {
            return Refusal(context, selection, [context.Unexpected(failure, selection.Field.Coordinate)]);
        }

        // Whoever stops reading closes the source; whoever never began must do it here.
        var stop = CancellationTokenSource.CreateLinkedTokenSource(context.ClientLeft);
        return new ResponseStream(
            stopped => Answer(context, selection.Field, events, stop, stopped),
            async wasRead =>
            {
                await stop.CancelAsync();
                if (!wasRead && source is IAsyncDisposable unread) await unread.DisposeAsync();
            });
    }

    private static async IAsyncEnumerable<OperationResult> Answer(
        RequestContext context, FieldDefinition field, IAsyncEnumerable<object?> events, CancellationTokenSource stop,
        [EnumeratorCancellation] CancellationToken stopped)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, stopped);
        await using var source = events.GetAsyncEnumerator(either.Token);
        while (true)
        {
            OperationResult? failed = null;
            try
            {
                if (!await source.MoveNextAsync()) yield break;
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
            {
                yield break;
            }
            catch (GraphQLException refused)
            {
                failed = OperationResult.FromErrors(context.Filtered(refused.Errors));
            }
            catch (Exception failure)
            {
                failed = OperationResult.FromErrors(context.Filtered([context.Unexpected(failure, field.Coordinate)]));
            }

            if (failed is not null)
            {
                yield return failed;
                yield break;
            }

            yield return await AnswerEventAsync(context, source.Current, either.Token);
        }
    }

    /// <summary>Each event is executed as a query of its own, with services of its own.</summary>
    private static async ValueTask<OperationResult> AnswerEventAsync(RequestContext subscription, object? message, CancellationToken stopped)
    {
        var scopes = subscription.Services.GetService<IServiceScopeFactory>();
        await using var scope = scopes?.CreateAsyncScope();
        var context = new RequestContext(subscription.Executor, subscription.Request, scope?.ServiceProvider ?? subscription.Services, stopped)
        {
            Document = subscription.Document,
            Operation = subscription.Operation,
            Variables = subscription.Variables,
        };
        foreach (var (key, value) in subscription.ContextData) context.ContextData[key] = value;
        return await TimedExecution.RunAsync(context, message, stopped);
    }

    private static OperationResult Refusal(RequestContext context, Planning.Selection selection, IReadOnlyList<IError> errors) =>
        OperationResult.FromErrors(context.Filtered([.. errors.Select(error => error
            .WithPath(Path.Root.Append(selection.ResponseName))
            .WithLocations(error.Locations ?? (selection.Nodes[0].Location is { } location ? [location] : null)))]));

    private static IAsyncEnumerable<object?> AsEvents(FieldDefinition field, object? source)
    {
        if (source is IAsyncEnumerable<object?> events) return events;
        var stream = source?.GetType().GetInterfaces().FirstOrDefault(
            each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
        return stream is null
            ? throw new InvalidOperationException($"The subscriber of {field.Coordinate} must return an IAsyncEnumerable.")
            : (IAsyncEnumerable<object?>)BoxMethod.MakeGenericMethod(stream.GetGenericArguments()).Invoke(null, [source, CancellationToken.None])!;
    }

    private static async IAsyncEnumerable<object?> Box<T>(IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken stopped)
    {
        await foreach (var each in source.WithCancellation(stopped)) yield return each;
    }
}
