using System.Diagnostics;
using System.Text.Json;
using Metro.Data;
using Metro.Scheduler.Mailing;
using Metro.Scheduler.Smtp;
using Metro.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Scheduler.Tests;

/// <summary>The test runner, or one of the programs that tests start to kill them.</summary>
internal static class OtherPrograms
{
    public const string Send = "--send";
    public const string Node = "--node";

    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case [Send, var facts]:
                await SendingProgram.RunAsync(JsonSerializer.Deserialize<SendingProgram.Facts>(facts)!);
                return 0;
            case [Node, var connection, var hangs]:
                await NodeProgram.RunAsync(connection, bool.Parse(hangs));
                return 0;
            default:
                return args.Contains("-automated") || args.Contains("@@")
                    ? await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args)
                    : await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
        }
    }

    /// <summary>Starts this assembly as that program.</summary>
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        // Run by "dotnet test" the process is the host, and the assembly its first argument.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(OtherPrograms).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}

/// <summary>Sends what is due and says every step on its output, so that it can be killed at any.</summary>
internal static class SendingProgram
{
    public sealed record Facts(string Provider, string Connection, int Port, DateTimeOffset Now);

    public static async Task RunAsync(Facts facts)
    {
        var mail = new MailSettings { Host = "127.0.0.1", Port = facts.Port, Security = MailSecurity.None, Sender = "perpustakaan@metro.example", PerMinute = 100_000 };
        var clock = new FakeClock(facts.Now);
        await using var library = WritingLibrary.Visit(new DatabaseSettings(Enum.Parse<DatabaseProvider>(facts.Provider), facts.Connection), mail, clock,
            services => services.AddSingleton<IMailTransport>(new TellingTransport(new SmtpTransport(mail, clock))));
        await library.SendAsync();
    }

    private sealed class TellingTransport(IMailTransport inner) : IMailTransport
    {
        public string Destination => inner.Destination;

        public async Task<IMailSession> OpenAsync(CancellationToken stop)
        {
            Console.Out.WriteLine("opening -");
            return new Session(await inner.OpenAsync(stop));
        }

        private sealed class Session(IMailSession inner) : IMailSession
        {
            public bool IsOpen => inner.IsOpen;

            public async Task<Handover> SendAsync(Mail mail, CancellationToken stop)
            {
                Console.Out.WriteLine($"sending {mail.Key}");
                var handover = await inner.SendAsync(mail, stop);
                Console.Out.WriteLine($"{handover.Outcome} {mail.Key}");
                return handover;
            }

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
