using Metro.Content;
using Metro.Data;
using Metro.Library;
using Metro.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests;

/// <summary>The whole portal in this process, on a database and a data folder of its own.</summary>
public sealed class PortalUnderTest : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("metro-portal-");
    private readonly Lazy<DatabaseSettings> database;

    public PortalUnderTest() => database = new(() => SharedDatabase ??
        // A portal in production is not ready before somebody has migrated its database; tests of that find it empty.
        (Environment == "Development" && Provider == TestDatabase.Provider ? PortalDatabase.CreateAsync() : TestDatabase.EmptyAsync("portal", Provider)).GetAwaiter().GetResult());

    /// <summary>The database that it shares with another portal, whose own it is; null for one of its own.</summary>
    public DatabaseSettings? SharedDatabase { get; init; }

    /// <summary>Its database.</summary>
    public DatabaseSettings Database => database.Value;

    /// <summary>What it asks of its database about the library and its content.</summary>
    public SqlLog Sql { get; } = new();

    /// <summary>The environment it runs in; migrations are applied at start only in Development.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>The kind of its database; that of the run unless a rule speaks of one only.</summary>
    public DatabaseProvider Provider { get; init; } = TestDatabase.Provider;

    /// <summary>The clock by which it lives; the real one unless a test moves its own.</summary>
    public FakeClock? Clock { get; init; }

    /// <summary>Whether it brings the demonstration city in; null leaves it to the portal.</summary>
    public bool? Demo { get; init; } = false;

    /// <summary>Whether staff must sign in with a second step; null leaves it to the portal.</summary>
    public bool? StaffSecondFactor { get; init; }

    /// <summary>Further settings.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>By which way its database is reached; the straight one unless told otherwise.</summary>
    public Func<DatabaseSettings, DatabaseSettings> Reached { get; init; } = straight => straight;

    /// <summary>What the options of the library's database are given besides.</summary>
    public Action<DbContextOptionsBuilder>? Library { get; init; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in Settings) builder.UseSetting(name, value);
        builder.UseEnvironment(Environment);
        builder.UseSetting("Portal:DataPath", data.FullName);
        if (Demo is { } demo) builder.UseSetting("Portal:Demo", demo ? "true" : "false");
        builder.UseSetting("Portal:Jobs", "false");
        if (StaffSecondFactor is { } second) builder.UseSetting("Portal:StaffSecondFactor", second ? "true" : "false");
        builder.UseSetting("Database:Provider", database.Value.Provider.ToString());
        builder.UseSetting("ConnectionStrings:Portal", Reached(database.Value).ConnectionString);
        builder.ConfigureTestServices(services =>
        {
            if (Clock is not null) services.AddSingleton<TimeProvider>(Clock);
            if (Library is not null) services.ConfigureDbContext<SqliteLibraryDbContext>(Library).ConfigureDbContext<PostgreSqlLibraryDbContext>(Library);
            services.ConfigureDbContext<SqliteLibraryDbContext>(Listen).ConfigureDbContext<PostgreSqlLibraryDbContext>(Listen);
            services.ConfigureDbContext<SqliteContentDbContext>(Listen).ConfigureDbContext<PostgreSqlContentDbContext>(Listen);
            // What makes a stolen table of passwords worthless makes tests wait.
            services.Configure<PasswordHasherOptions>(hash => hash.IterationCount = 1_000);
        });
    }

    /// <summary>A visitor who sees redirects instead of following them.</summary>
    public HttpClient Visitor() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (SharedDatabase is null) await TestDatabase.DropAsync(database.Value);
        data.Delete(recursive: true);
    }

    private void Listen(DbContextOptionsBuilder context) => context.AddInterceptors(Sql);
}
