using System.Net;
using System.Net.Sockets;
using System.Text;
using Metro.Scheduler.Mailing;

namespace Metro.Scheduler.Tests;

/// <summary>A mail server that keeps no manners: its conversation is scripted, one answer for each line it hears.</summary>
public sealed class RudeServer : IAsyncDisposable
{
    /// <summary>Says nothing and keeps the line open.</summary>
    public const string Hang = "hang";

    /// <summary>Breaks the line off.</summary>
    public const string Drop = "drop";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly Func<string, string> answer;
    private readonly string greeting;
    private readonly Task serving;
    private readonly TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="answer">What to say to a line; a whole mail is heard as one line, <c>.</c>.</param>
    /// <param name="greeting">What to say first.</param>
    public RudeServer(Func<string, string> answer, string greeting = "220 rude")
    {
        (this.answer, this.greeting) = (answer, greeting);
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>How often it was called.</summary>
    public int Calls { get; private set; }

    /// <summary>What it was told, line by line, without the mails.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>Done when it keeps somebody waiting.</summary>
    public Task IsHanging => hanging.Task;

    public MailSettings Settings => new()
    {
        Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, Security = MailSecurity.None, Sender = "perpustakaan@metro.example", PerMinute = 100_000,
    };

    /// <summary>What a polite server says, but for what is given.</summary>
    public static Func<string, string> PoliteBut(params (string Begins, string Answer)[] exceptions) => line =>
        exceptions.FirstOrDefault(one => line.StartsWith(one.Begins, StringComparison.Ordinal)) is { Answer: { } other } ? other
        : line.StartsWith("DATA", StringComparison.Ordinal) ? "354 go on"
        : line.StartsWith("QUIT", StringComparison.Ordinal) ? "221 bye"
        : "250 2.0.0 fine";

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await serving;
        closing.Dispose();
    }

    private async Task ServeAsync()
    {
        var calls = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(closing.Token);
                Calls++;
                calls.Add(AnswerAsync(client));
            }
        }
        catch (Exception) when (closing.IsCancellationRequested)
        {
            await Task.WhenAll(calls);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var line = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            if (!await SayAsync(stream, greeting)) return;
            var inMail = false;
            while (await reader.ReadLineAsync(closing.Token) is { } heard)
            {
                if (inMail && heard != ".") continue;
                lock (Heard) Heard.Add(heard);
                var reply = answer(heard);
                inMail = reply.StartsWith("354", StringComparison.Ordinal);
                if (!await SayAsync(stream, reply)) return;
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or SocketException)
        {
            // Whoever called has gone.
        }
    }

    private async Task<bool> SayAsync(NetworkStream stream, string what)
    {
        if (what == Drop) return false;
        if (what == Hang)
        {
            hanging.TrySetResult();
            var never = new TaskCompletionSource();
            await using var end = closing.Token.Register(never.SetResult);
            await never.Task;
            return false;
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes(what + "\r\n"), closing.Token);
        return true;
    }
}
