using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace Metro.Bench.GraphQL;

/// <summary>
/// Compares two ways to the same answer over HTTP in one process: rounds of each in turn, so that whatever else the
/// machine does meets both; medians of the rounds. The client is a process of its own, so the processor's time is the
/// server's.
/// </summary>
internal static class HttpComparison
{
    private const int Rounds = 5;

    /// <param name="Name">What it is called in the figures.</param>
    /// <param name="Path">Where it answers.</param>
    /// <param name="Body">What is posted; null to get instead.</param>
    public sealed record Way(string Name, string Path, string? Body);

    /// <summary>Measures both ways and tells the ratio of the second to the first.</summary>
    /// <param name="app">An application that is not started yet; it is stopped afterwards.</param>
    /// <param name="bare">The hand-written way.</param>
    /// <param name="other">The other way; must answer with the same bytes.</param>
    /// <param name="seconds">How long a round lasts.</param>
    public static async Task RunAsync(WebApplication app, Way bare, Way other, double seconds)
    {
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        var address = new Uri(app.Urls.First());
        var answers = new[] { await AnswerAsync(address, bare), await AnswerAsync(address, other) };
        Console.WriteLine($"{answers[0].Length} bytes; both answers are the same: {answers[0] == answers[1]}");
        if (answers[0] != answers[1]) Console.WriteLine($"{answers[0]}\n{answers[1]}");

        foreach (var way in (Way[])[bare, other, bare, other]) await LoadAsync(address, way, Math.Min(seconds, 3));
        var rounds = new List<(Figure Bare, Figure Other)>();
        for (var i = 0; i < Rounds; i++)
            rounds.Add((await LoadAsync(address, bare, seconds), await LoadAsync(address, other, seconds)));

        Tell(bare.Name, [.. rounds.Select(round => round.Bare)]);
        Tell(other.Name, [.. rounds.Select(round => round.Other)]);
        Console.WriteLine(
            $"requests a second: {Median(rounds.Select(round => round.Other.PerSecond / round.Bare.PerSecond)):0.00} of bare;   "
            + $"processor time: {Median(rounds.Select(round => round.Other.Microseconds / round.Bare.Microseconds)):0.00} times bare");
        await app.StopAsync();
    }

    /// <summary>The client's side: asks again and again over a few connections, and prints how often it was answered.</summary>
    public static async Task LoadAsync(Options options)
    {
        var request = Convert.FromBase64String(options.Text("request")!);
        var until = TimeSpan.FromMilliseconds(options.Number("milliseconds", 1000));
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, options.Number("connections", 4)).Select(async _ =>
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, options.Number("port", 0));
            var buffer = new byte[256 * 1024];
            var count = 0;
            while (clock.Elapsed < until)
            {
                await socket.SendAsync(request);
                await ReadAsync(socket, buffer);
                count++;
            }

            return count;
        }));
        Console.WriteLine(counts.Sum());
    }

    private static async Task ReadAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0) throw new IOException("The server closed the connection.");
            length += read;
            if (IsComplete(buffer.AsSpan(0, length))) return;
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> response)
    {
        var end = response.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = response[..end];
        if (!head.StartsWith("HTTP/1.1 200"u8)) throw new IOException(Encoding.UTF8.GetString(response));
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) return response.EndsWith("0\r\n\r\n"u8);
        var digits = head[(at + 16)..];
        var stop = digits.IndexOf((byte)'\r');
        return response.Length - end - 4 >= int.Parse(stop < 0 ? digits : digits[..stop]);
    }

    private static async Task<Figure> LoadAsync(Uri address, Way way, double seconds)
    {
        var request = Encoding.UTF8.GetBytes(
            way.Body is null
                ? $"GET {way.Path} HTTP/1.1\r\nHost: bench\r\n\r\n"
                : $"POST {way.Path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(way.Body)}\r\n\r\n{way.Body}");
        using var client = new Process();
        client.StartInfo = new(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "http-load", "--port", $"{address.Port}", "--milliseconds", $"{seconds * 1000:0}", "--request", Convert.ToBase64String(request),
            },
        };
        var before = Environment.CpuUsage.TotalTime;
        client.Start();
        var count = int.Parse(await client.StandardOutput.ReadToEndAsync());
        await client.WaitForExitAsync();
        return new(count / seconds, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count);
    }

    private static async Task<string> AnswerAsync(Uri address, Way way)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var response = way.Body is null
            ? await http.GetAsync(way.Path)
            : await http.PostAsync(way.Path, new StringContent(way.Body, Encoding.UTF8, "application/json"));
        return await response.Content.ReadAsStringAsync();
    }

    private static void Tell(string name, IReadOnlyList<Figure> rounds) => Console.WriteLine(
        $"{name,-28} {Median(rounds.Select(round => round.PerSecond)),8:0} requests a second   {Median(rounds.Select(round => round.Microseconds)),6:0} µs of processor time each");

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private sealed record Figure(double PerSecond, double Microseconds);
}
