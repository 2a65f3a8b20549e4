using System.Data.Common;
using System.Net.Sockets;
using Metro.Data;
using Metro.Portal.Settings;

namespace Metro.Portal.CommandLine;

/// <summary>Brings the database to the shape that this build expects; safe to call again.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(string[] settings, CancellationToken stop)
    {
        await using var portal = PortalHost.Build(settings);
        var applied = await ApplyAsync(portal.Services, stop);
        foreach (var migration in applied) Console.WriteLine(migration);
        Console.WriteLine(PortalText.Get("Migrated", applied.Count));
        return 0;
    }

    public static async Task<IReadOnlyList<string>> ApplyAsync(IServiceProvider services, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.MigrateAsync(stop);
        }
        catch (Exception fault) when (fault is DbException or SocketException || fault.InnerException is DbException or SocketException)
        {
            throw new SettingFaultException(PortalText.Get("Fault.Database", fault.Message.TrimEnd('.')), fault);
        }
    }
}
