using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Metro.Content.Tests;

/// <summary>A web server on this machine's own address, as small as HTTP allows, that takes calls and answers as told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly List<string> calls = [];
    private readonly Task serving;

    public Receiver(string? answer)
    {
        Answer = answer;
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>What it answers: status line and headers; null to say nothing, ever.</summary>
    public string? Answer { get; set; }

    public Uri Address => new($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/hook");

    /// <summary>The requests it was sent, heads and bodies.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (calls) return [.. calls];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Stop();
        await serving;
        over.Dispose();
    }

    private async Task ServeAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true) conversations.Add(ConverseAsync(await listener.AcceptTcpClientAsync(over.Token)));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task ConverseAsync(TcpClient caller)
    {
        try
        {
            using (caller)
            {
                var stream = caller.GetStream();
                var request = await ReadAsync(stream);
                lock (calls) calls.Add(request);
                if (Answer is null) await Task.Delay(Timeout.Infinite, over.Token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{Answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), over.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // The caller hung up, or the test is over.
        }
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var (read, buffer) = (new StringBuilder(), new byte[4096]);
        while (true)
        {
            var count = await stream.ReadAsync(buffer, over.Token);
            read.Append(Encoding.UTF8.GetString(buffer, 0, count));
            var text = read.ToString();
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (count == 0) return text;
            if (head < 0) continue;

            var length = text.Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
            if (Encoding.UTF8.GetByteCount(text[(head + 4)..]) >= int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)) return text;
        }
    }
}
