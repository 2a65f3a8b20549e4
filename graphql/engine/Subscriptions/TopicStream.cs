using System.Reflection;
using System.Runtime.CompilerServices;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Subscriptions;

/// <summary>Source streams as the executor reads them.</summary>
internal static class TopicStream
{
    private static readonly MethodInfo OpenMethod =
        typeof(TopicStream).GetMethod(nameof(OpenAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly MethodInfo ReadMethod =
        typeof(TopicStream).GetMethod(nameof(ReadAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

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
            : ReadMethod.MakeGenericMethod(stream.GetGenericArguments()).Invoke(null, [opened, CancellationToken.None]);
    }

    private static async ValueTask<object?> OpenAsync<TMessage>(IResolverContext context, string topic)
    {
        var receiver = context.Services.GetRequiredService<ITopicEventReceiver>();
        return ReadAsync(await receiver.SubscribeAsync<TMessage>(topic, context.RequestAborted));
    }

    // Whoever stops reading stops listening.
    private static async IAsyncEnumerable<TMessage> ReadAsync<TMessage>(
        ISourceStream<TMessage> stream, [EnumeratorCancellation] CancellationToken stopped = default)
    {
        await using (stream)
        {
            await foreach (var message in stream.ReadEventsAsync().WithCancellation(stopped)) yield return message;
        }
    }
}
