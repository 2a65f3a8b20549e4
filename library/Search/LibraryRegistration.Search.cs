using Metro.Library.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Library;

public static partial class LibraryRegistration
{
    static partial void AddSearch(IServiceCollection services, LibrarySettings settings)
    {
        services.AddSingleton<CatalogIndex>();
        services.AddSingleton<FruitlessSearches>();
        services.AddScoped<CatalogSearch>();
    }
}
