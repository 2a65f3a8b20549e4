using Metro.Data;
using Metro.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Metro.Portal.Tests;

/// <summary>
/// Databases with the schema of the whole portal: one that starts in Development makes it, once a run, and each test gets a copy.
/// </summary>
internal static class PortalDatabase
{
    public static Task<DatabaseSettings> CreateAsync() => TestDatabase.CopyOfAsync("portal", async settings =>
    {
        await using var portal = new Migrating(settings);
        _ = portal.Services;
    });

    private sealed class Migrating(DatabaseSettings database) : WebApplicationFactory<Program>
    {
        private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("metro-template-");

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("Portal:DataPath", data.FullName);
            builder.UseSetting("Portal:Demo", "false");
            builder.UseSetting("Portal:Jobs", "false");
            builder.UseSetting("Database:Provider", database.Provider.ToString());
            builder.UseSetting("ConnectionStrings:Portal", database.ConnectionString);
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            data.Delete(recursive: true);
        }
    }
}
