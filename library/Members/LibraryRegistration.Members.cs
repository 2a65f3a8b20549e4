using Metro.Library.Members;
using Metro.Library.Outbox;
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
        services.AddScoped<MemberNotes>();
        services.AddScoped<IMemberRecords, NoteRecords>();
        services.AddScoped<Clearance>();
        services.AddScoped<MembershipReminders>();
        services.AddScoped<CalendarSecrets>();
        services.AddSingleton<IMemberRecords, CalendarSecretRecords>();
        services.AddScoped<IMessageCheck, MemberMessageCheck>();
        services.AddSingleton<Addressees>();
    }
}
