using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Metro.Scheduler.Delivery;
using Metro.Scheduler.Letters;
using Metro.Scheduler.Mailing;
using Metro.Scheduler.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Metro.Scheduler;

/// <summary>The scheduler's parts as services.</summary>
public static partial class SchedulerRegistration
{
    /// <summary>Registers how mail is written and leaves; the library and data protection are registered by the caller.</summary>
    /// <param name="services">The portal's services.</param>
    /// <param name="settings">How mail leaves.</param>
    /// <param name="mailFolder">Where mails are written when there is no server.</param>
    public static IServiceCollection AddMail(this IServiceCollection services, MailSettings settings, string mailFolder)
    {
        services.AddSingleton(settings);
        services.AddSingleton(new MailFolder(mailFolder));
        if (settings.HasServer) services.AddSingleton<IMailTransport, SmtpTransport>();
        else services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<MailFolder>());
        services.AddSingleton<MailServerWatch>();
        services.AddSingleton(_ => LetterSender.OfThisProcess());
        services.AddSingleton<UnsubscribeLinks>();
        services.AddSingleton<LetterComposer>();
        services.AddSingleton(of => new LetterPreviews(of.GetRequiredService<LetterComposer>(), of.GetRequiredService<UnsubscribeLinks>(), of.GetRequiredService<LibraryCalendar>()));
        services.AddSingleton(of => new SentLetters(of.GetRequiredService<LetterComposer>()));
        services.AddScoped<LetterWriter>();
        services.AddScoped(of => new LetterDelivery(
            of.GetRequiredService<OutgoingLetters>(), of.GetRequiredService<LetterWriter>(), of.GetRequiredService<IMailTransport>(), of.GetRequiredService<MailServerWatch>(),
            settings, of.GetRequiredService<LibraryCalendar>(), of.GetRequiredService<LetterSender>(), of.GetRequiredService<ILogger<LetterDelivery>>()));
        return services;
    }
}
