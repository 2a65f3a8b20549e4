using Metro.Portal.Accounts;
using Metro.Portal.Accounts.Tokens;
using Metro.Scheduler.Jobs;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Accounts;

public sealed class ForgottenKeysTests
{
    [Fact]
    public async Task Tokens_that_ended_a_month_ago_and_forms_that_nobody_came_back_for_are_forgotten()
    {
        var now = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        await using var portal = new PortalUnderTest();
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        var account = new Account { UserName = "sari@contoh.id", Email = "sari@contoh.id", DisplayName = "Sari", CreatedUtc = now };
        Assert.Empty((await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, "buku di rak ketiga")).Errors);
        foreach (var (name, made) in ((string, DateTime)[])[("lama", now.AddDays(-61)), ("baru berakhir", now.AddDays(-59)), ("berlaku", now)])
            db.Add(ApiToken.Create(account.Id, name, ApiScopes.All, made, days: 30).Token);
        db.Add(new KeptForm { AccountId = account.Id, Sealed = [1], ExpiresUtc = now.AddMinutes(-1) });
        await db.SaveChangesAsync();
        var keys = scope.ServiceProvider.GetServices<IForgetful>().OfType<ForgottenKeys>().Single();

        Assert.Equal(2, await keys.ForgetAsync(now, default));
        Assert.Equal(0, await keys.ForgetAsync(now, default));

        Assert.Equal(["baru berakhir", "berlaku"], await db.ApiTokens.OrderBy(token => token.Id).Select(token => token.Name).ToListAsync());
        Assert.Empty(await db.KeptForms.ToListAsync());
    }

    [Fact]
    public async Task An_account_that_nobody_opened_within_a_month_is_forgotten_and_an_invited_one_is_not()
    {
        var now = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        await using var portal = new PortalUnderTest();
        await using var scope = portal.Services.CreateAsyncScope();
        var (db, accounts) = (scope.ServiceProvider.GetRequiredService<AccountsDbContext>(), scope.ServiceProvider.GetRequiredService<UserManager<Account>>());
        Assert.Empty((await scope.ServiceProvider.GetRequiredService<RoleManager<Role>>().CreateAsync(new Role { Name = Role.Editor })).Errors);
        foreach (var (email, days) in ((string, int)[])[("lama@contoh.id", 31), ("baru@contoh.id", 29), ("staf@contoh.id", 31)])
            Assert.Empty((await accounts.CreateAsync(new Account { UserName = email, Email = email, DisplayName = "x", CreatedUtc = now.AddDays(-days) })).Errors);
        await accounts.AddToRoleAsync((await accounts.FindByEmailAsync("staf@contoh.id"))!, Role.Editor);

        Assert.Equal(1, await scope.ServiceProvider.GetServices<IForgetful>().OfType<UnopenedAccounts>().Single().ForgetAsync(now, default));

        Assert.Equal(["baru@contoh.id", "staf@contoh.id"], await db.Users.OrderBy(account => account.Id).Select(account => account.Email).ToListAsync());
    }
}
