using System.Reflection;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Subscriptions;

/// <summary>Source streams as the executor reads them.</summary>
internal static class TopicStream
{
    private static readonly MethodInfo OpenMethod =
        typeof(TopicStream).GetMethod(nameof(OpenAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Opens a topic's stream for each subscriber.</summary>
    /// <param name="message">The C# type of the topic's messages.</param>
    /// <param name="topic">Finds the topic's name.</param>
    public static FieldResolver Subscriber(Type message, Func<IResolverContext, string> topic)
    {
        var open = OpenMethod.MakeGenericMethod(message)
            .CreateDelegate<Func<IResolverContext, string, ValueTask<object?>>>();
        return context => open(context, topic(context));
    }

    /// <summary>What a method opened: a source stream as the sequence of its events, a sequence as it is.</summary>
    public static object? EventsOf(object? opened)
    {
        var stream = opened?.GetType().GetInterfaces()
            .FirstOrDefault(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(ISourceStream<>));
        return stream is null
            ? opened
            : Activator.CreateInstance(typeof(Events<>).MakeGenericType(stream.GetGenericArguments()), opened);
    }

    private static async ValueTask<object?> OpenAsync<TMessage>(IResolverContext context, string topic)
    {
        var receiver = context.Services.GetRequiredService<ITopicEventReceiver>();
        return new Events<TMessage>(await receiver.SubscribeAsync<TMessage>(topic, context.RequestAborted));
    }

    /// <summary>The events of a source stream. Whoever stops reading stops listening, and whoever never begins to read.</summary>
    private sealed class Events<TMessage>(ISourceStream<TMessage> stream) : IAsyncEnumerable<TMessage>, IAsyncDisposable
    {
        public async IAsyncEnumerator<TMessage> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            await using (stream)
            {
                await foreach (var message in stream.ReadEventsAsync().WithCancellation(cancellationToken)) yield return message;
            }
        }

        public ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}
