using Metro.Content;
using Metro.Data;
using Metro.Library;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Web.Caching;

/// <summary>How the portal keeps what it has made for visitors.</summary>
internal static class CachingRegistration
{
    private const long MostBytes = 32 * 1024 * 1024;
    private const long LargestAnswer = 1024 * 1024;

    public static void AddKeptPages(this IServiceCollection services, DatabaseSettings database)
    {
        services.AddOutputCache(kept => (kept.SizeLimit, kept.MaximumBodySize, kept.UseCaseSensitivePaths) = (MostBytes, LargestAnswer, true));
        services.AddSingleton<Editions>().AddSingleton<ChangesSeen>();
        services.ConfigureDbContext<SqliteLibraryDbContext>(Watch).ConfigureDbContext<PostgreSqlLibraryDbContext>(Watch);
        services.ConfigureDbContext<SqliteContentDbContext>(Watch).ConfigureDbContext<PostgreSqlContentDbContext>(Watch);
        if (database.Provider == DatabaseProvider.PostgreSql) services.AddHostedService<EditionNotices>();
    }

    /// <summary>Keeps what an endpoint answers, as <see cref="KeptForVisitorsAttribute"/> does for a page.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="of">What its answers tell of.</param>
    public static TBuilder KeptForVisitors<TBuilder>(this TBuilder endpoint, Matters of)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new KeptForVisitorsAttribute(of));

    private static void Watch(IServiceProvider services, DbContextOptionsBuilder context) => context.AddInterceptors(services.GetRequiredService<ChangesSeen>());
}
