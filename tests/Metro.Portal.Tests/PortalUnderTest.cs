using Metro.Data;
using Metro.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests;

/// <summary>The whole portal in this process, on a database and a data folder of its own.</summary>
public sealed class PortalUnderTest : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("metro-portal-");
    private readonly DatabaseSettings database = TestDatabase.EmptyAsync("portal").GetAwaiter().GetResult();

    /// <summary>The environment it runs in; migrations are applied at start only in Development.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>The clock by which it lives; the real one unless a test moves its own.</summary>
    public FakeClock? Clock { get; init; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        builder.UseSetting("Portal:DataPath", data.FullName);
        builder.UseSetting("Portal:Demo", "false");
        builder.UseSetting("Database:Provider", database.Provider.ToString());
        builder.UseSetting("ConnectionStrings:Portal", database.ConnectionString);
        if (Clock is not null) builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }

    /// <summary>A visitor who sees redirects instead of following them.</summary>
    public HttpClient Visitor() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await TestDatabase.DropAsync(database);
        data.Delete(recursive: true);
    }
}
