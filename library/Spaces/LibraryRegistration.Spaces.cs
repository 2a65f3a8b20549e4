using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Library.Spaces;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Library;

public static partial class LibraryRegistration
{
    static partial void AddSpaces(IServiceCollection services)
    {
        services.AddScoped<SpacePlanning>();
        services.AddScoped<Bookings>();
        services.AddScoped<SpaceTimetable>();
        services.AddScoped<SpaceDiary>();
        services.AddSingleton<IClosureListener, SpaceClosures>();
        services.AddSingleton<IMemberRecords, SpaceRecords>();
        services.AddSingleton<IMessageCheck, SpaceMessageCheck>();
    }
}
