using Metro.Library.Elending;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Library;

public static partial class LibraryRegistration
{
    static partial void AddElending(IServiceCollection services)
    {
        services.AddScoped<Licensing>();
        services.AddScoped<DigitalLending>();
        services.AddSingleton<IMemberRecords, DigitalRecords>();
        services.AddSingleton<IMessageCheck, DigitalMessageCheck>();
    }
}
