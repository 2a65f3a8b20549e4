using Metro.Library.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Library;

public static partial class LibraryRegistration
{
    static partial void AddOutbox(IServiceCollection services)
    {
        services.AddScoped<OutgoingLetters>();
        services.AddScoped<SentMail>();
        services.AddScoped<Subscriptions>();
        services.AddScoped<AccountLetters>();
        services.AddScoped<IMessageCheck, AccountMessageCheck>();
    }
}
