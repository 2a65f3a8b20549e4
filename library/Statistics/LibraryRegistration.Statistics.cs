using Metro.Library.Statistics;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Library;

public static partial class LibraryRegistration
{
    static partial void AddStatistics(IServiceCollection services) => services.AddScoped<DailyFigures>();
}
