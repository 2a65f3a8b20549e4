using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Channels;
using Metro.Scheduler.Mailing;
using Metro.Testing;

namespace Metro.Scheduler.Tests;

/// <summary>A mail as it arrived, read by mailparser and ical.js.</summary>
public sealed record ArrivedMail
{
    public string Raw { get; init; } = "";
    public string From { get; init; } = "";
    public IReadOnlyList<string> To { get; init; } = [];
    public string MessageId { get; init; } = "";
    public string Subject { get; init; } = "";
    public string FromHeader { get; init; } = "";
    public string ToHeader { get; init; } = "";
    public DateTime Date { get; init; }
    public string Text { get; init; } = "";
    public string Html { get; init; } = "";
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<ArrivedFile> Files { get; init; } = [];
    public IReadOnlyList<ArrivedCalendar> Calendars { get; init; } = [];
    public IReadOnlyList<string> Parts { get; init; } = [];
    public string? Fault { get; init; }
}

public sealed record ArrivedFile(string Name, string Type, int Size);

public sealed record ArrivedCalendar(
    string Method, string Uid, int Sequence, string Summary, string? Location, DateTime Start, DateTime End, string Status, string Organizer, IReadOnlyList<string> Attendees);

/// <summary>npm's smtp-server on loopback, in a process of its own: STARTTLS, TLS and sign-in as others understand them.</summary>
public sealed class PostOffice : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly Lazy<(string Key, string Certificate, string Fingerprint)> Identity = new(MakeIdentity);

    private readonly Process process;
    private readonly ConcurrentQueue<ArrivedMail> arrived = new();
    private readonly Channel<int> arrivals = Channel.CreateUnbounded<int>();
    private readonly TaskCompletionSource<int> port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MailSecurity security;

    private PostOffice(MailSecurity security, object options)
    {
        this.security = security;
        process = Node(options);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not { } said) return;
            if (said.StartsWith("{\"port\":", StringComparison.Ordinal)) port.TrySetResult(JsonDocument.Parse(said).RootElement.GetProperty("port").GetInt32());
            else arrived.Enqueue(JsonSerializer.Deserialize<ArrivedMail>(said, Json)!);
            arrivals.Writer.TryWrite(arrived.Count);
        };
        process.Exited += (_, _) => port.TrySetException(new InvalidOperationException("The post office did not open."));
        process.BeginOutputReadLine();
    }

    /// <summary>What has arrived, in order, as soon as it is so many: the server may say "accepted" before it has told us.</summary>
    public async Task<IReadOnlyList<ArrivedMail>> ArrivedAsync(int count)
    {
        while (arrived.Count < count) await arrivals.Reader.ReadAsync();
        return [.. arrived];
    }

    public static async Task<PostOffice> OpenAsync(MailSecurity security = MailSecurity.None, string? user = null, string? password = null, string[]? methods = null, int usualPort = 0)
    {
        var (key, certificate, _) = Identity.Value;
        var office = new PostOffice(security, new { security = security.ToString(), user, password, methods, key, cert = certificate, port = usualPort });
        await office.port.Task;
        return office;
    }

    /// <summary>How to reach it.</summary>
    public MailSettings Settings(string user = "", string password = "") => new()
    {
        Host = "127.0.0.1", Port = port.Task.Result, Security = security, User = user, Password = password,
        Fingerprint = security == MailSecurity.None ? "" : Identity.Value.Fingerprint, Sender = "perpustakaan@metro.example", Site = "https://perpustakaan.metro.example",
        PerMinute = 100_000,
    };

    /// <summary>Reads mails that were written to files.</summary>
    public static async Task<IReadOnlyList<ArrivedMail>> ReadAsync(params IEnumerable<string> paths)
    {
        using var node = Node(new { parse = true });
        foreach (var path in paths) await node.StandardInput.WriteLineAsync(path);
        node.StandardInput.Close();
        var read = new List<ArrivedMail>();
        while (await node.StandardOutput.ReadLineAsync() is { } line) read.Add(JsonSerializer.Deserialize<ArrivedMail>(line, Json)!);
        await node.WaitForExitAsync();
        return read;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Process Node(object options)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Path.Combine(Repository.Root, "tests", "Metro.Scheduler.Tests"), RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
        };
        start.ArgumentList.Add("post-office.mjs");
        start.ArgumentList.Add(JsonSerializer.Serialize(options, Json));
        var node = new Process { StartInfo = start, EnableRaisingEvents = true };
        node.Start();
        return node;
    }

    private static (string, string, string) MakeIdentity()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=post-office", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (key.ExportPkcs8PrivateKeyPem(), certificate.ExportCertificatePem(), certificate.GetCertHashString(HashAlgorithmName.SHA256));
    }
}
