using Metro.Library.Calendar;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Library;

public static partial class LibraryRegistration
{
    static partial void AddCalendar(IServiceCollection services)
    {
        services.AddSingleton<LibraryCalendar>();
        services.AddScoped<Closures>();
        services.AddScoped<BranchHours>();
    }
}
