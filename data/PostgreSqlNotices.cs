using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Metro.Data;

/// <summary>
/// Short messages between all processes of one PostgreSQL database, by its LISTEN and NOTIFY: every listener hears every
/// message, in the order in which they were committed, and nobody keeps them for later. A message longer than one
/// notification travels in parts. Safe for use by several threads at once. Needs connections that stay with their
/// session: not a pooler that hands them around by transaction.
/// </summary>
/// <param name="connectionString">The database.</param>
/// <param name="channel">What the processes have agreed to call it: lower-case letters and underscores.</param>
public sealed class PostgreSqlNotices(string connectionString, string channel)
{
    // PostgreSQL takes at most 7,999 bytes; base64 makes four of three, and the head needs some.
    private const int MostBytesOfPart = 5_880;

    private readonly string _channel = channel.All(letter => letter is >= 'a' and <= 'z' or '_')
        ? channel
        : throw new ArgumentException("A channel's name has lower-case letters and underscores only.", nameof(channel));

    /// <summary>Tells every process that listens, this one too.</summary>
    /// <param name="message">Any bytes; a few hundred thousand at most, as all of them pass through the database's queue.</param>
    /// <param name="stop">Ends the attempt.</param>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken stop = default)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand("SELECT pg_notify($1, part) FROM unnest($2) AS part", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _channel });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = PartsOf(message.Span) });
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Listens on a connection of its own until it is cancelled or the connection is lost.</summary>
    /// <param name="listening">Called once, when everything that is sent from then on will be heard.</param>
    /// <param name="hear">Called for each message, one at a time; the bytes are good until it returns.</param>
    /// <param name="stop">Ends the listening.</param>
    /// <exception cref="NpgsqlException">The database cannot be reached, or not any more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task ListenAsync(Action listening, Action<ReadOnlyMemory<byte>> hear, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(listening);
        ArgumentNullException.ThrowIfNull(hear);
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            // A silent connection may be dead: asking now and then finds out.
            KeepAlive = 30,
            ApplicationName = $"metro-{_channel}",
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        var parts = new PartsOfMessage(hear);
        connection.Notification += (_, notice) => parts.Add(notice.Payload);
        await connection.OpenAsync(stop);
        await using (var command = new NpgsqlCommand($"LISTEN {_channel}", connection)) await command.ExecuteNonQueryAsync(stop);
        listening();
        while (true) await connection.WaitAsync(stop);
    }

    // Equal notifications of one transaction are delivered once: each part says which it is, and each message is its own.
    private static string[] PartsOf(ReadOnlySpan<byte> message)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var parts = new string[Math.Max(1, (message.Length + MostBytesOfPart - 1) / MostBytesOfPart)];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = message[(i * MostBytesOfPart)..Math.Min(message.Length, (i + 1) * MostBytesOfPart)];
            parts[i] = string.Create(CultureInfo.InvariantCulture, $"{id}:{i}:{parts.Length}:{Convert.ToBase64String(part)}");
        }

        return parts;
    }

    /// <summary>Puts parts together. Those of one message were sent in one transaction, so nothing comes between them.</summary>
    private sealed class PartsOfMessage(Action<ReadOnlyMemory<byte>> hear)
    {
        private readonly ArrayBufferWriter<byte> _message = new();
        private string _id = "";
        private int _next;

        public void Add(string payload)
        {
            var head = payload.Split(':', 4);
            if (head.Length < 4 || !int.TryParse(head[1], CultureInfo.InvariantCulture, out var index)
                || !int.TryParse(head[2], CultureInfo.InvariantCulture, out var count))
            {
                return;
            }

            if (index == 0) (_id, _next) = (head[0], 0);
            if (head[0] != _id || index != _next) return;

            if (index == 0) _message.ResetWrittenCount();
            _next++;
            _message.Write(Convert.FromBase64String(head[3]));
            if (_next == count) hear(_message.WrittenMemory);
        }
    }
}
