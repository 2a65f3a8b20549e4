using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Metro.Scheduler.Mailing;

namespace Metro.Scheduler.Smtp;

/// <summary>
/// One connection to a mail server: lines out, answers in, each with a time limit. Every failure of it is a
/// <see cref="SmtpBrokenException"/>; being stopped from outside is an <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private const int LongestLine = 2_000;
    private const int MostLines = 100;

    private readonly TcpClient client = new() { NoDelay = true };
    private readonly MailSettings settings;
    private readonly TimeProvider clock;
    private readonly byte[] buffer = new byte[4_096];
    private Stream stream = Stream.Null;
    private int start;
    private int end;

    private SmtpConnection(MailSettings settings, TimeProvider clock) => (this.settings, this.clock) = (settings, clock);

    /// <summary>Whether what is said is protected.</summary>
    public bool IsEncrypted => stream is SslStream;

    /// <summary>Our own address as an address literal (RFC 5321, 4.1.3).</summary>
    public string LocalAddress => client.Client.LocalEndPoint is System.Net.IPEndPoint end
        ? end.AddressFamily == AddressFamily.InterNetworkV6 && !end.Address.IsIPv4MappedToIPv6 ? $"[IPv6:{end.Address}]" : $"[{end.Address.MapToIPv4()}]"
        : "[127.0.0.1]";

    public static async Task<SmtpConnection> ConnectAsync(MailSettings settings, TimeProvider clock, CancellationToken stop)
    {
        var connection = new SmtpConnection(settings, clock);
        try
        {
            await connection.WithinAsync("connect", inner => connection.client.ConnectAsync(settings.Host, settings.PortInUse, inner), stop);
            connection.stream = connection.client.GetStream();
            if (settings.Security == MailSecurity.Tls) await connection.EncryptAsync(stop);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task EncryptAsync(CancellationToken stop)
    {
        // What arrived in the clear behind the answer to STARTTLS is somebody else's (CVE-2011-0411).
        if (start != end) throw new SmtpBrokenException("The server spoke out of turn before TLS began.");
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        stream = tls;
        await WithinAsync("agree on TLS", inner => tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = settings.Host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None
                || (settings.Fingerprint.Length > 0 && certificate is not null
                    && string.Equals(settings.Fingerprint.Replace(":", "", StringComparison.Ordinal), certificate.GetCertHashString(HashAlgorithmName.SHA256), StringComparison.OrdinalIgnoreCase)),
        }, inner), stop);
    }

    public async Task<SmtpReply> AskAsync(string command, CancellationToken stop)
    {
        // The last guard: what is said is one line, whatever came this far.
        if (command.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0) throw new ArgumentException("A command is one line.", nameof(command));
        await WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), stop);
        return await ReadAsync(1, stop);
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop) => WithinAsync("take what we say", async inner =>
    {
        await stream.WriteAsync(bytes, inner);
        await stream.FlushAsync(inner);
    }, stop);

    /// <param name="patience">How many times the usual limit may pass: a server may look at a whole mail before it answers.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async Task<SmtpReply> ReadAsync(int patience, CancellationToken stop)
    {
        SmtpReply? reply = null;
        await WithinAsync("answer", async inner => reply = await ReadReplyAsync(inner), stop, patience);
        return reply!;
    }

    public ValueTask DisposeAsync()
    {
        // Without the closing of TLS, for which a server that hangs could be waited.
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<SmtpReply> ReadReplyAsync(CancellationToken stop)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync(stop);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 200 or > 599)
                throw new SmtpBrokenException("The server does not speak SMTP.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-') return new SmtpReply(code, lines);
            if (lines.Count == MostLines) throw new SmtpBrokenException("The server does not stop talking.");
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken stop)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (start == end)
            {
                (start, end) = (0, await stream.ReadAsync(buffer, stop));
                if (end == 0) throw new SmtpBrokenException("The server closed the connection.");
            }

            var found = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            var taken = found < 0 ? end - start : found;
            line.Append(Encoding.Latin1.GetString(buffer, start, taken));
            start += found < 0 ? taken : taken + 1;
            if (line.Length > LongestLine) throw new SmtpBrokenException("The server does not end its line.");
            if (found >= 0) return line.ToString().TrimEnd('\r');
        }
    }

    private async Task WithinAsync(string what, Func<CancellationToken, Task> work, CancellationToken stop, int patience = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(settings.TimeoutSeconds * patience), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            await work(both.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new SmtpBrokenException($"The server did not {what} within {settings.TimeoutSeconds * patience} s.");
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException or ObjectDisposedException)
        {
            throw new SmtpBrokenException($"The server did not {what}: {fault.Message}", fault);
        }
    }

    private Task WithinAsync(string what, Func<CancellationToken, ValueTask> work, CancellationToken stop) =>
        WithinAsync(what, inner => work(inner).AsTask(), stop);
}
