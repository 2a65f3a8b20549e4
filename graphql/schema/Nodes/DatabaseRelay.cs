using Metro.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Schema.Nodes;

/// <summary>
/// The portal's nodes share PostgreSQL and nothing else, so that is how a subscriber at one hears of what happens at
/// another. A portal on SQLite is one process and needs no relay.
/// </summary>
internal sealed class DatabaseRelay(DatabaseSettings database) : ITopicRelay
{
    private readonly PostgreSqlNotices _notices = new(database.ConnectionString, "metro_topics");

    /// <summary>The relay of the host's database; null where there is one process.</summary>
    public static DatabaseRelay? Of(IServiceProvider services) =>
        services.GetService<DatabaseSettings>() is { Provider: DatabaseProvider.PostgreSql } database ? new(database) : null;

    public ValueTask PublishAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        _notices.SendAsync(message, cancellationToken);

    public Task ListenAsync(Action listening, Action<ReadOnlyMemory<byte>> hear, CancellationToken cancellationToken) =>
        _notices.ListenAsync(listening, hear, cancellationToken);
}
