using System.Data.Common;
using System.Globalization;
using System.Net;
using Metro.Content;
using Metro.Data;
using Metro.Library;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Metro.Portal.Settings;

/// <summary>
/// Reads what the portal is told, and refuses what it could not run with before anything is written anywhere.
/// Every refusal is a <see cref="SettingFaultException"/>.
/// </summary>
internal static class SettingsReader
{
    public static PortalSettings ReadPortal(IConfiguration configuration, IHostEnvironment environment)
    {
        var folder = configuration["Portal:DataPath"] is { Length: > 0 } given ? given : new PortalSettings().DataPath;
        return new PortalSettings
        {
            DataPath = Writable(Path.GetFullPath(folder, environment.ContentRootPath)),
            Demo = Flag(configuration, "Portal:Demo", environment.IsDevelopment()),
            Jobs = Flag(configuration, "Portal:Jobs", fallback: true),
            StaffSecondFactor = Flag(configuration, "Portal:StaffSecondFactor", !environment.IsDevelopment()),
            LeastFreeMebibytes = Number(configuration, "Portal:LeastFreeMebibytes", new PortalSettings().LeastFreeMebibytes),
            Proxies = [.. configuration.GetSection("Portal:Proxies").GetChildren().Select(proxy => Network(proxy.Value ?? ""))],
        };
    }

    public static DatabaseSettings ReadDatabase(IConfiguration configuration, PortalSettings portal)
    {
        var provider = Provider(configuration["Database:Provider"]);
        var given = configuration.GetConnectionString("Portal");
        try
        {
            return new DatabaseSettings(provider, provider == DatabaseProvider.Sqlite ? Sqlite(given, portal) : PostgreSql(given));
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or DbException)
        {
            throw new SettingFaultException(PortalText.Get($"Fault.ConnectionString.{provider}", fault.Message), fault);
        }
    }

    public static LibrarySettings ReadLibrary(IConfiguration configuration, PortalSettings portal)
    {
        var library = new LibrarySettings();
        try
        {
            configuration.GetSection("Library").Bind(library);
        }
        catch (InvalidOperationException fault)
        {
            throw new SettingFaultException(PortalText.Get("Fault.Library", fault.Message), fault);
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(library.Zone, out _))
            throw new SettingFaultException(PortalText.Get("Fault.Zone", library.Zone));
        if (library.Languages.FirstOrDefault(language => language is not ("id" or "en")) is { } unknown)
            throw new SettingFaultException(PortalText.Get("Fault.Languages", unknown));

        library.Members.PersonalDataKeyFile = Path.GetFullPath(library.Members.PersonalDataKeyFile, portal.DataPath);
        return library;
    }

    /// <summary>The content's settings, which follow from the library's: the same languages, the same day.</summary>
    public static ContentSettings ContentOf(LibrarySettings library) => new()
    {
        Cultures = library.Languages.Count > 0 ? [.. library.Languages] : new ContentSettings().Cultures,
        Zone = TimeZoneInfo.FindSystemTimeZoneById(library.Zone),
    };

    private static DatabaseProvider Provider(string? name) => name switch
    {
        null or "" => DatabaseProvider.Sqlite,
        _ when name.Equals("Sqlite", StringComparison.OrdinalIgnoreCase) => DatabaseProvider.Sqlite,
        _ when name.Equals("PostgreSQL", StringComparison.OrdinalIgnoreCase) => DatabaseProvider.PostgreSql,
        _ => throw new SettingFaultException(PortalText.Get("Fault.Provider", name)),
    };

    private static string Sqlite(string? given, PortalSettings portal)
    {
        var connection = new SqliteConnectionStringBuilder(given);
        connection.DataSource = Path.GetFullPath(connection.DataSource.Length > 0 ? connection.DataSource : "metro.db", portal.DataPath);
        if (!connection.ShouldSerialize("Default Timeout")) connection.DefaultTimeout = 30;
        return connection.ConnectionString;
    }

    private static string PostgreSql(string? given)
    {
        var connection = new NpgsqlConnectionStringBuilder(given);
        if (string.IsNullOrEmpty(connection.Host)) throw new FormatException(PortalText.Get("Fault.NoHost"));
        return connection.ConnectionString;
    }

    private static bool Flag(IConfiguration configuration, string key, bool fallback) => configuration[key] switch
    {
        null or "" => fallback,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new SettingFaultException(PortalText.Get("Fault.Flag", key.Replace(":", "__", StringComparison.Ordinal), text)),
    };

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new SettingFaultException(PortalText.Get("Fault.Proxies", text));

    private static int Number(IConfiguration configuration, string key, int fallback) => configuration[key] switch
    {
        null or "" => fallback,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw new SettingFaultException(PortalText.Get("Fault.Number", key.Replace(":", "__", StringComparison.Ordinal), text)),
    };

    private static string Writable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SettingFaultException(PortalText.Get("Fault.DataPath", folder), fault);
        }
    }
}
