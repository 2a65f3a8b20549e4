using Metro.Library.Members;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Metro.Library;

public static partial class LibraryRegistration
{
    static partial void AddMembers(IServiceCollection services, LibrarySettings settings)
    {
        services.TryAddSingleton<IPersonalDataProtector>(_ => AesGcmPersonalDataProtector.FromSettings(settings.Members));
        services.AddScoped<Registrations>();
        services.AddScoped<MemberAccounts>();
        services.AddScoped<Guardians>();
        services.AddScoped<Consents>();
        services.AddScoped<MemberPrivacy>();
        services.AddScoped<Clearance>();
    }
}
