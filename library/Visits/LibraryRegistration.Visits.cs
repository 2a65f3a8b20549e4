using Metro.Library.Calendar;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Library.Visits;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Library;

public static partial class LibraryRegistration
{
    static partial void AddVisits(IServiceCollection services)
    {
        services.AddScoped<Schools>();
        services.AddScoped<VisitSlots>();
        services.AddScoped<ClassVisits>();
        services.AddScoped<VisitReplyLetters>();
        services.AddScoped<VisitReview>();
        services.AddSingleton<IClosureListener, VisitClosures>();
        services.AddSingleton<IMessageCheck, VisitMessageCheck>();
        services.AddSingleton<IMemberRecords, VisitRecords>();
    }
}
