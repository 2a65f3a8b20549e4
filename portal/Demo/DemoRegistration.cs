using Metro.Portal.Health;
using Metro.Portal.Settings;

namespace Metro.Portal.Demo;

/// <summary>How the demonstration is taken in.</summary>
internal static class DemoRegistration
{
    public static void AddDemo(this IServiceCollection services, PortalSettings settings)
    {
        services.AddSingleton<DemoCity>();
        services.AddSingleton<DemoArrival>();
        services.AddHostedService(provider => provider.GetRequiredService<DemoArrival>());
        if (settings.Demo) services.AddHealthChecks().AddCheck<DemoArrival>("demo", tags: [PortalHealth.Ready]);
    }
}
