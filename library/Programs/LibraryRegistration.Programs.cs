using Metro.Library.Attendance;
using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Library.Programs;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Library;

public static partial class LibraryRegistration
{
    static partial void AddPrograms(IServiceCollection services)
    {
        services.AddScoped<Absences>();
        services.AddScoped<VisitorPrivacy>();
        services.AddScoped<ProgramPlanning>();
        services.AddScoped<SessionRegistrations>();
        services.AddScoped<CheckIns>();
        services.AddScoped<SessionRoster>();
        services.AddScoped<SessionNews>();
        services.AddSingleton<IClosureListener, ProgramClosures>();
        services.AddSingleton<IMemberRecords, ProgramRecords>();
        services.AddSingleton<IMessageCheck, ProgramMessageCheck>();
    }
}
