using System.CommandLine;
using System.Security.Cryptography;
using Metro.Portal.Accounts;
using Metro.Portal.Settings;
using Microsoft.AspNetCore.Identity;

namespace Metro.Portal.CommandLine;

/// <summary>
/// Makes an account from the shell: how the first administrator comes to be. The password is read from standard
/// input where something is piped in, and made up and printed once otherwise; it never stands in the arguments,
/// where other users of the machine could read it.
/// </summary>
internal static class UserAddCommand
{
    public static Command Create(Func<Command, Func<ParseResult, string[], CancellationToken, Task<int>>, Command> answering)
    {
        var email = new Argument<string>("email") { Description = PortalText.Get("UserAdd.Email") };
        var name = new Option<string?>("--name") { Description = PortalText.Get("UserAdd.Name") };
        var roles = new Option<string[]>("--role") { Description = PortalText.Get("UserAdd.Role", string.Join(", ", Role.All)) };
        var add = new Command("add", PortalText.Get("Command.user.add")) { email, name, roles };
        answering(add, (parsed, settings, stop) => RunAsync(
            settings, parsed.GetValue(email)!, parsed.GetValue(name), parsed.GetValue(roles) ?? [], stop));
        return new Command("user", PortalText.Get("Command.user")) { add };
    }

    private static async Task<int> RunAsync(string[] settings, string email, string? name, string[] roles, CancellationToken stop)
    {
        if (roles.FirstOrDefault(role => !Role.All.Contains(role, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new SettingFaultException(PortalText.Get("UserAdd.UnknownRole", unknown, string.Join(", ", Role.All)));

        await using var portal = PortalHost.Build(settings);
        await MigrateCommand.ApplyAsync(portal.Services, stop);
        await using var scope = portal.Services.CreateAsyncScope();
        var given = Console.IsInputRedirected ? (await Console.In.ReadLineAsync(stop))?.Trim() : null;
        var password = string.IsNullOrEmpty(given) ? MadeUpPassword() : given;
        await CreateAsync(scope.ServiceProvider, email, name ?? email.Split('@')[0], roles, password);

        Console.WriteLine(PortalText.Get("UserAdd.Done", email, string.Join(", ", roles)));
        if (string.IsNullOrEmpty(given)) Console.WriteLine(PortalText.Get("UserAdd.Password", password));
        return 0;
    }

    private static async Task CreateAsync(IServiceProvider services, string email, string name, string[] roles, string password)
    {
        var accounts = services.GetRequiredService<UserManager<Account>>();
        var known = services.GetRequiredService<RoleManager<Role>>();
        foreach (var role in Role.All.Where(role => roles.Contains(role, StringComparer.OrdinalIgnoreCase)))
            if (!await known.RoleExistsAsync(role)) Require(await known.CreateAsync(new Role { Name = role }));

        var account = new Account
        {
            UserName = email,
            Email = email,
            EmailConfirmed = true,
            DisplayName = name,
            CreatedUtc = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
        };
        Require(await accounts.CreateAsync(account, password));
        if (roles.Length > 0) Require(await accounts.AddToRolesAsync(account, roles));
    }

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new SettingFaultException(PortalText.Get("UserAdd.Refused", string.Join(' ', result.Errors.Select(error => error.Description))));
    }

    /// <summary>Twenty characters that are not mistaken for one another, of about five bits each.</summary>
    private static string MadeUpPassword() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 20);
}
