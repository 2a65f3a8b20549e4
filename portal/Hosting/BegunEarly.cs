using Metro.GraphQL.Execution;
using Microsoft.AspNetCore.DataProtection;

namespace Metro.Portal.Hosting;

/// <summary>
/// What a start needs late and could have early: begun on another core while the pages are mapped, and found ready where it is
/// needed. A fault is left to that place, which meets it again and says so.
/// </summary>
internal static class BegunEarly
{
    /// <summary>The API's schema, which <c>MapApi</c> waits for.</summary>
    public static void BeginSchema(IServiceProvider services) => Begin(() => services.GetService<RequestExecutor>());

    /// <summary>The keys of cookies and forms, and with them the first connection, context and question to the database.</summary>
    public static void BeginKeys(IServiceProvider services) => Begin(() => services.GetRequiredService<IDataProtectionProvider>().CreateProtector("start").Protect([]));

    private static void Begin(Action work) => _ = Task.Run(() =>
    {
        try
        {
            work();
        }
        catch (Exception)
        {
            // Whoever needs it tries again.
        }
    });
}
