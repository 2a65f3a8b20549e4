using System.Net;
using System.Net.Sockets;
using Metro.Data;
using Npgsql;

namespace Metro.Portal.Tests.Unbroken;

/// <summary>The line between the portal and its PostgreSQL server, which can be cut and mended.</summary>
internal sealed class Wire : IDisposable
{
    private readonly List<TcpClient> open = [];
    private TcpListener? listener;
    private IPEndPoint? here;
    private (string Host, int Port) there;

    /// <summary>The same database, reached over this wire.</summary>
    public DatabaseSettings Between(DatabaseSettings settings)
    {
        var connection = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        there = (connection.Host!, connection.Port);
        Mend();
        (connection.Host, connection.Port) = ("127.0.0.1", here!.Port);
        return settings with { ConnectionString = connection.ConnectionString };
    }

    /// <summary>Whoever talks is cut off, and nobody answers any more.</summary>
    public void Cut()
    {
        listener!.Stop();
        lock (open)
        {
            foreach (var client in open) client.Close();
            open.Clear();
        }
    }

    /// <summary>The server can be reached again, at the same address.</summary>
    public void Mend()
    {
        listener = new TcpListener(here ?? new IPEndPoint(IPAddress.Loopback, 0));
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        here = (IPEndPoint)listener.LocalEndpoint;
        _ = AcceptAsync(listener);
    }

    public void Dispose() => Cut();

    private async Task AcceptAsync(TcpListener from)
    {
        try
        {
            while (true)
            {
                var (client, server) = (await from.AcceptTcpClientAsync(), new TcpClient());
                lock (open) open.AddRange([client, server]);
                await server.ConnectAsync(there.Host, there.Port);
                _ = CarryAsync(client, server);
                _ = CarryAsync(server, client);
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody is let in any more.
        }
    }

    private static async Task CarryAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            to.Close();
        }
    }
}
