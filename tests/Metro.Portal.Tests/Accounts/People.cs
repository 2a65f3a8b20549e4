using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Accounts;

/// <summary>People with accounts, for the tests of their pages.</summary>
internal static class People
{
    public const string Password = "buku di rak ketiga";

    /// <summary>Does something with one of the portal's services, in a scope of its own.</summary>
    public static async Task<T> DoAsync<TService, T>(this PortalUnderTest portal, Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Opens an account.</summary>
    public static async Task<Account> OpenAccountAsync(this PortalUnderTest portal, string email, long? memberId = null, params string[] roles)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var (accounts, known) = (scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), scope.ServiceProvider.GetRequiredService<RoleManager<Role>>());
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true, DisplayName = email.Split('@')[0], MemberId = memberId, CreatedUtc = DateTime.UnixEpoch };
        Assert.True((await accounts.CreateAsync(account, Password)).Succeeded);
        foreach (var role in roles)
        {
            if (!await known.RoleExistsAsync(role)) await known.CreateAsync(new Role { Name = role });
            await accounts.AddToRoleAsync(account, role);
        }

        return account;
    }

    /// <summary>Somebody with that account, signed in.</summary>
    public static async Task<HttpClient> SignInAsync(this PortalUnderTest portal, string email)
    {
        var visitor = portal.CreateClient();
        using var inside = await visitor.SendAsync("/account/sign-in", ("Email", email), ("Password", Password));
        Assert.True(inside.IsSuccessStatusCode);
        return visitor;
    }

    /// <summary>A member of age with a card.</summary>
    public static Task<Member> JoinAsync(this PortalUnderTest portal, string name, string nik, string? email = null) => portal.DoAsync<Registrations, Member>(async registrations =>
        (await registrations.RegisterAtDeskAsync(new MembershipApplication(new MemberDetails(name, new DateOnly(1990, 1, 1), email, "0812 3456 7890"), MemberCategory.Adult, nik), Actor.System("test"))).Value);

    /// <summary>A child of a member's, with a card.</summary>
    public static Task<Member> JoinChildAsync(this PortalUnderTest portal, string name, Member guardian, DateOnly born) => portal.DoAsync<Registrations, Member>(async registrations =>
        (await registrations.RegisterAtDeskAsync(
            new MembershipApplication(
                new MemberDetails(name, born), MemberCategory.Child, "1872014106160003", Guardian: new GuardianDetails(guardian.Name, "ibu", guardian.Phone, MemberId: guardian.Id),
                Consents: [new ConsentGiven(ConsentPurpose.Membership, "Formulir 1")]), Actor.System("test"))).Value);
}
