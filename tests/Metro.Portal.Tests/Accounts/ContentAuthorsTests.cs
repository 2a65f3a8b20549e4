using Metro.Content.Editor;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Accounts;

public sealed class ContentAuthorsTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_writes_content_is_found_by_a_part_of_the_name_or_address_and_nobody_else()
    {
        var sari = await AddAsync("Sari Wulandari", "sari.w@perpustakaan.example", Role.Author);
        var gone = await AddAsync("Sarinah Pensiun", "sarinah@perpustakaan.example", null);
        await AddAsync("Sarwono", "sarwono@perpustakaan.example", Role.Librarian);
        await using var scope = portal.Services.CreateAsyncScope();
        var authors = scope.ServiceProvider.GetRequiredService<IContentAuthors>();

        Assert.Equal([sari], (await authors.SearchAsync("WULAN", stop: Stop)).Select(author => author.Id));
        Assert.Equal([sari], (await authors.SearchAsync("sari.w@", stop: Stop)).Select(author => author.Id));
        Assert.Equal([sari], (await authors.SearchAsync("sar", stop: Stop)).Select(author => author.Id));
        Assert.Empty(await authors.SearchAsync("%", stop: Stop));
        Assert.Equal(["Sari Wulandari", "Sarinah Pensiun"], (await authors.FindAsync([sari, gone, "portal", "999999"], Stop)).Values.Select(author => author.Name).Order());
    }

    private async Task<string> AddAsync(string name, string email, string? role)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var account = new Account { UserName = email, Email = email, DisplayName = name, CreatedUtc = DateTime.UnixEpoch };
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        Assert.True((await accounts.CreateAsync(account, "buku di rak ketiga")).Succeeded);
        if (role is null) return $"{account.Id}";

        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<Role>>();
        if (!await roles.RoleExistsAsync(role)) await roles.CreateAsync(new Role { Name = role });
        await accounts.AddToRoleAsync(account, role);
        return $"{account.Id}";
    }
}
