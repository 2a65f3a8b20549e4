using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Metro.Library;

/// <summary>The library's parts as services; each area registers its own in its folder's part of this class.</summary>
public static partial class LibraryRegistration
{
    /// <summary>
    /// Registers every area. The caller registers <see cref="LibraryDbContext"/> with the database that it chose.
    /// </summary>
    public static IServiceCollection AddLibrary(this IServiceCollection services, LibrarySettings settings)
    {
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        AddCalendar(services);
        AddOutbox(services);
        AddMembers(services, settings);
        AddCirculation(services);
        AddCatalog(services, settings);
        AddSearch(services, settings);
        AddPrograms(services);
        AddVisits(services);
        AddSpaces(services);
        AddElending(services);
        AddStatistics(services);
        return services;
    }

    static partial void AddCalendar(IServiceCollection services);
    static partial void AddOutbox(IServiceCollection services);
    static partial void AddMembers(IServiceCollection services, LibrarySettings settings);
    static partial void AddCirculation(IServiceCollection services);
    static partial void AddCatalog(IServiceCollection services, LibrarySettings settings);
    static partial void AddSearch(IServiceCollection services, LibrarySettings settings);
    static partial void AddPrograms(IServiceCollection services);
    static partial void AddVisits(IServiceCollection services);
    static partial void AddSpaces(IServiceCollection services);
    static partial void AddElending(IServiceCollection services);
    static partial void AddStatistics(IServiceCollection services);
}
