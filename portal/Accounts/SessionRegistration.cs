using Microsoft.AspNetCore.Identity;

namespace Metro.Portal.Accounts;

/// <summary>What holds for sessions beyond what Identity does: they end for good, what happens to them is logged, and passwords are kept slow to guess.</summary>
internal static class SessionRegistration
{
    public static void AddSessions(this IServiceCollection services)
    {
        services.AddScoped<EndedSessions>();
        services.AddAntiforgery(form => form.Cookie.Name = "metro-form");
        // PBKDF2 with HMAC-SHA-512, as often as OWASP ASVS 5 asks (11.4.2); a password kept with fewer rounds gets these at its next sign-in.
        services.Configure<PasswordHasherOptions>(hash => hash.IterationCount = 210_000);
        services.ConfigureApplicationCookie(cookie =>
        {
            EndedSessions.Follow(cookie.Events);
            AccessLog.Follow(cookie.Events);
        });
    }
}
