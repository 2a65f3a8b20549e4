using System.CommandLine;
using Metro.Portal.Settings;
using Metro.Scheduler.Backup;

namespace Metro.Portal.CommandLine;

/// <summary>Copies the SQLite file while the portal works, and puts a copy back while it does not.</summary>
internal static class BackupCommands
{
    public static IEnumerable<Command> Create(Func<Command, Func<ParseResult, string[], CancellationToken, Task<int>>, Command> answering)
    {
        var file = new Argument<string>("file") { Description = PortalText.Get("Transfer.File") };
        yield return answering(new Command("backup", PortalText.Get("Command.backup")) { file }, (parsed, settings, stop) => WithBackupAsync(settings, async (_, backup) =>
        {
            var written = await backup.WriteAsync(CallersFolder.Of(parsed.GetValue(file)!), stop);
            Console.WriteLine(PortalText.Get("Backup.Done", written.FullName, written.Length / 1024));
        }));
        yield return answering(new Command("restore", PortalText.Get("Command.restore")) { file }, (parsed, settings, stop) => WithBackupAsync(settings, async (services, backup) =>
        {
            var aside = await backup.RestoreAsync(CallersFolder.Of(parsed.GetValue(file)!), stop);
            await MigrateCommand.ApplyAsync(services, stop);
            Console.WriteLine(aside is null ? PortalText.Get("Restore.Done") : PortalText.Get("Restore.DoneAside", aside));
        }));
    }

    private static async Task<int> WithBackupAsync(string[] settings, Func<IServiceProvider, DatabaseBackup, Task> work)
    {
        await using var portal = PortalHost.Build(settings);
        try
        {
            await work(portal.Services, portal.Services.GetRequiredService<DatabaseBackup>());
            return 0;
        }
        catch (BackupFaultException fault)
        {
            throw new SettingFaultException(PortalText.Get("Fault.Backup", fault.Message.TrimEnd('.')), fault);
        }
    }
}

/// <summary><c>dotnet run</c> works in the project's folder; a file is meant from where the caller stands.</summary>
internal static class CallersFolder
{
    public static string Of(string file)
    {
        var standing = Environment.GetEnvironmentVariable("PWD") is { Length: > 0 } shell && Directory.Exists(shell) ? shell : Environment.CurrentDirectory;
        return Path.GetFullPath(file, standing);
    }
}
