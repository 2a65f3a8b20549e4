using Metro.Library;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Demo;

/// <summary>Somebody as whom the demonstration can be looked at.</summary>
/// <param name="Email">The address to sign in with; the domain <c>example</c> has no mail (RFC 2606).</param>
/// <param name="Name">As others see it.</param>
/// <param name="Role">What staff may do; null for members.</param>
/// <param name="As">The name of the sentence that says who this is.</param>
internal sealed record DemoAccount(string Email, string Name, string? Role, string As);

/// <summary>
/// The accounts of the demonstration, one for each kind of person. Their password stands here for all to read: they are opened
/// in Development only, and outside of it they are locked, also when the database was once a developer's.
/// </summary>
internal static class DemoAccounts
{
    /// <summary>The password of them all.</summary>
    public const string Password = "baca buku tiap hari";

    public static readonly IReadOnlyList<DemoAccount> All =
    [
        new("administrator@metro.example", "Anisa Pratiwi", Role.Administrator, "Administrator"),
        new("editor@metro.example", "Bram Wibisono", Role.Editor, "Editor"),
        new("author@metro.example", "Citra Larasati", Role.Author, "Author"),
        new("contributor@metro.example", "Danu Kuncoro", Role.Contributor, "Contributor"),
        new("librarian@metro.example", "Rini Kartika", Role.Librarian, "Librarian"),
        new("member@metro.example", "Siti Rahmawati", null, "Member"),
        new("guardian@metro.example", "Dewi Anggraini", null, "Guardian"),
        new("child@metro.example", "Bagas Anggraini Putra", null, "Child"),
        new("teacher@metro.example", "Hendra Saputra", null, "Teacher"),
        new("organiser@metro.example", "Komunitas Sketsa Metro", null, "Organiser"),
    ];

    /// <summary>Opens those that are missing; nothing outside Development.</summary>
    public static async Task OpenAsync(IServiceProvider services, CancellationToken stop)
    {
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment()) return;

        var accounts = services.GetRequiredService<UserManager<Account>>();
        var roles = services.GetRequiredService<RoleManager<Role>>();
        var library = services.GetRequiredService<LibraryDbContext>();
        foreach (var one in All)
        {
            stop.ThrowIfCancellationRequested();
            var account = await accounts.FindByEmailAsync(one.Email);
            if (account is null)
            {
                account = new Account
                {
                    UserName = one.Email, Email = one.Email, EmailConfirmed = true, DisplayName = one.Name,
                    MemberId = one.Role is null ? await library.Members.Where(member => member.Email == one.Email).Select(member => (long?)member.Id).FirstOrDefaultAsync(stop) : null,
                    CreatedUtc = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
                };
                Require(await accounts.CreateAsync(account, Password));
            }

            if (one.Role is not { } role || await accounts.IsInRoleAsync(account, role)) continue;
            if (!await roles.RoleExistsAsync(role)) Require(await roles.CreateAsync(new Role { Name = role }));
            Require(await accounts.AddToRoleAsync(account, role));
        }
    }

    /// <summary>Locks those that are there: what everybody can read in the source is no password for a real library.</summary>
    /// <returns>How many were open.</returns>
    public static async Task<int> LockAsync(IServiceProvider services, CancellationToken stop)
    {
        var addresses = All.Select(account => account.Email.ToUpperInvariant()).ToList();
        var forEver = new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return await services.GetRequiredService<AccountsDbContext>().Users
            .Where(account => addresses.Contains(account.NormalizedEmail!) && (account.LockoutEnd != forEver || !account.LockoutEnabled))
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.LockoutEnabled, true).SetProperty(account => account.LockoutEnd, forEver), stop);
    }

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException($"A demonstration account could not be opened: {string.Join(' ', result.Errors.Select(error => error.Description))}");
    }
}
