using Metro.Library.Catalog;
using Metro.Library.Marc;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Library;

public static partial class LibraryRegistration
{
    static partial void AddCatalog(IServiceCollection services, LibrarySettings settings)
    {
        services.AddScoped<Cataloguing>();
        services.AddScoped<MarcImport>();
        services.AddScoped<MarcExport>();
    }
}
