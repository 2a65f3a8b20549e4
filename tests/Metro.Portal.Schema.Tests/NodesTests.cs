using Metro.Data;
using Metro.GraphQL;
using Metro.GraphQL.Subscriptions;
using Metro.Portal.Schema.Nodes;
using Metro.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Schema.Tests;

/// <summary>Topics of a portal of several nodes.</summary>
public sealed class NodesTests
{
    [Fact]
    public async Task A_subscriber_at_one_node_hears_what_another_node_sends()
    {
        if (TestDatabase.Provider != DatabaseProvider.PostgreSql) return;
        var database = await TestDatabase.EmptyAsync("nodes");
        await using var one = Node(database);
        await using var other = Node(database);
        var text = new string('x', 20_000);
        await using var here = await one.GetRequiredService<ITopicEventReceiver>().SubscribeAsync<Told>("seats");
        await using var there = await other.GetRequiredService<ITopicEventReceiver>().SubscribeAsync<Told>("seats");

        await one.GetRequiredService<ITopicEventSender>().SendAsync("seats", new Told(1, "short"));
        await other.GetRequiredService<ITopicEventSender>().SendAsync("seats", new Told(2, text));
        await one.GetRequiredService<ITopicEventSender>().CompleteAsync("seats");

        Told[] sent = [new(1, "short"), new(2, text)];
        Assert.Equal(sent, await AllAsync(here));
        Assert.Equal(sent, await AllAsync(there));
    }

    [Fact]
    public async Task A_portal_on_SQLite_is_one_node()
    {
        await using var services = Node(new(DatabaseProvider.Sqlite, "Data Source=nowhere.db"));

        Assert.IsType<InMemoryTopics>(services.GetRequiredService<ITopicEventReceiver>());
    }

    private static ServiceProvider Node(DatabaseSettings database)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(database);
        services.AddGraphQLServer().AddRelayedSubscriptions(DatabaseRelay.Of);
        return services.BuildServiceProvider();
    }

    private static async Task<List<Told>> AllAsync(ISourceStream<Told> stream)
    {
        var messages = new List<Told>();
        await foreach (var message in stream.ReadEventsAsync()) messages.Add(message);
        return messages;
    }

    private sealed record Told(int Number, string Text);
}
