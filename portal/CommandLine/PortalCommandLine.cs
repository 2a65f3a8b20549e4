using System.CommandLine;
using System.Globalization;
using Metro.Portal.Settings;
using Microsoft.AspNetCore.Connections;

namespace Metro.Portal.CommandLine;

/// <summary>
/// What can be asked of the portal from a shell. Without a command it serves the site; settings may be given
/// as <c>--Section:Key=value</c> after either. Ends with 0, or with 1 after one sentence that says what to mend.
/// </summary>
internal static class PortalCommandLine
{
    /// <summary>How long a command may take to end after Ctrl-C or SIGTERM: longer than the host's own half minute, after which it gives up requests that hang.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(45);

    public static async Task<int> RunAsync(string[] args)
    {
        SpeakTheSystemsLanguage();
        var root = new RootCommand(PortalText.Get("CommandRoot")) { TreatUnmatchedTokensAsErrors = false };
        root.SetAction((parsed, stop) => Answering(() => ServeCommand.RunAsync(SettingsIn(parsed), stop)));
        root.Add(Command("migrate", MigrateCommand.RunAsync));
        root.Add(Command("health", HealthCommand.RunAsync));
        root.Add(UserAddCommand.Create(Answering));
        foreach (var command in TransferCommands.Create(Answering)) root.Add(command);
        foreach (var command in BackupCommands.Create(Answering)) root.Add(command);

        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = EndsWithin });
    }

    private static Command Command(string name, Func<string[], CancellationToken, Task<int>> run) =>
        Answering(new Command(name, PortalText.Get($"Command.{name}")), (_, settings, stop) => run(settings, stop));

    /// <summary>Gives a command its action, to which settings may be added, and by which faults are told.</summary>
    private static Command Answering(Command command, Func<ParseResult, string[], CancellationToken, Task<int>> run)
    {
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, stop) => Answering(() => run(parsed, SettingsIn(parsed), stop)));
        return command;
    }

    /// <summary>Settings look like options; any other word is a mistyped command, which must not start a server.</summary>
    private static string[] SettingsIn(ParseResult parsed)
    {
        var words = parsed.UnmatchedTokens.ToArray();
        for (var i = 0; i < words.Length; i++)
        {
            var isSetting = words[i].StartsWith("--", StringComparison.Ordinal);
            var isValue = i > 0 && words[i - 1].StartsWith("--", StringComparison.Ordinal) && !words[i - 1].Contains('=', StringComparison.Ordinal);
            if (!isSetting && !isValue) throw new SettingFaultException(PortalText.Get("Fault.Command", words[i]));
        }

        return words;
    }

    private static async Task<int> Answering(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (Sentence(fault) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    /// <summary>What an operator can mend is told in one sentence; anything else is a fault of ours and rises.</summary>
    private static string? Sentence(Exception fault) => fault switch
    {
        SettingFaultException setting => setting.Message,
        IOException { InnerException: AddressInUseException } inUse => PortalText.Get("Fault.PortInUse", inUse.Message),
        _ => null,
    };

    /// <summary>Operators are spoken to in Indonesian where their system speaks it, and in English elsewhere.</summary>
    private static void SpeakTheSystemsLanguage()
    {
        if (CultureInfo.CurrentUICulture.TwoLetterISOLanguageName != "id")
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
    }
}
