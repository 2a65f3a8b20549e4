using System.Net.Sockets;
using Metro.Data;
using Metro.Portal.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Metro.Portal.CommandLine;

/// <summary>Serves the site until it is told to stop (Ctrl-C or SIGTERM).</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] settings, CancellationToken stop)
    {
        await using var portal = PortalHost.Build(settings, serves: true);
        if (portal.Environment.IsDevelopment()) await MigrateCommand.ApplyAsync(portal.Services, stop);

        await StartAsync(portal, stop);
        if (portal.Environment.IsDevelopment()) Greet(portal);
        await portal.WaitForShutdownAsync(stop);
        return 0;
    }

    private static async Task StartAsync(WebApplication portal, CancellationToken stop)
    {
        try
        {
            await portal.StartAsync(stop);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or SocketException or InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" })
        {
            throw new SettingFaultException(PortalText.Get("Fault.Urls", portal.Configuration["urls"] ?? "", fault.Message));
        }
    }

    private static void Greet(WebApplication portal)
    {
        var address = portal.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        var database = portal.Services.GetRequiredService<DatabaseSettings>();
        var data = portal.Services.GetRequiredService<PortalSettings>().DataPath;
        Console.WriteLine(PortalText.Get("Greeting", address, database.Provider, data));
    }
}
