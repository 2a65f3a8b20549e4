using Metro.Bench.Budgets;

/// <summary>
/// What the runtime runs before the portal's own <c>Main</c> where <c>DOTNET_STARTUP_HOOKS</c> names this assembly: so the published
/// portal, unchanged, is measured against endpoints in its own process. The name and the lack of a namespace are the runtime's rule.
/// </summary>
#pragma warning disable CA1050, MA0047
internal static class StartupHook
{
    public static void Initialize() => Environment.SetEnvironmentVariable("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", typeof(BareEndpoints).Assembly.GetName().Name);
}
