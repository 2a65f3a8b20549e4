using System.Net;
using Metro.Library;
using Metro.Portal.Accounts;
using Metro.Portal.Tests.Site;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Accounts;

public sealed class StaffAccountsTests : IAsyncLifetime
{
    private const string Anisa = "anisa@perpustakaan.example";
    private readonly PortalUnderTest portal = new();
    private Account anisa = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await FurnishedPortal.FurnishAsync(portal.Services, DateOnly.FromDateTime(DateTime.UtcNow));
        anisa = await portal.OpenAccountAsync(Anisa, null, Role.Administrator);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task Only_administrators_see_to_accounts()
    {
        await portal.OpenAccountAsync("rini@perpustakaan.example", null, Role.Librarian);

        using var refused = await (await portal.SignInAsync("rini@perpustakaan.example")).GetAsync("/admin/accounts", Stop);
        using var found = await (await portal.SignInAsync(Anisa)).GetAsync("/admin/accounts?q=RINI", Stop);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("rini@perpustakaan.example", await found.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Anisa, await found.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_given_works_after_signing_in_again_and_leaves_an_audit_line()
    {
        var rini = await portal.OpenAccountAsync("rini@perpustakaan.example");
        var theirs = await portal.SignInAsync("rini@perpustakaan.example");

        using var done = await ActAsync(rini.Id, "Roles", ("roles", Role.Librarian), ("roles", Role.Author));
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);

        using var before = await theirs.GetAsync("/admin/jobs", Stop);
        Assert.Equal("/account/sign-in", before.RequestMessage!.RequestUri!.AbsolutePath);
        using var after = await (await portal.SignInAsync("rini@perpustakaan.example")).GetAsync("/account", Stop);
        Assert.Contains("Pustakawan", await after.TextAsync(), StringComparison.Ordinal);
        var line = await AuditAsync("account.roles_changed", rini.Id);
        Assert.Equal(anisa.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), line.ActorId);
        Assert.Contains(Role.Librarian, line.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_administrator_keeps_the_role_until_there_is_another()
    {
        using var refused = await ActAsync(anisa.Id, "Roles", ("roles", Role.Editor));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("administrator terakhir", await refused.TextAsync(), StringComparison.Ordinal);

        await portal.OpenAccountAsync("bram@perpustakaan.example", null, Role.Administrator);
        using var done = await ActAsync(anisa.Id, "Roles", ("roles", Role.Editor));
        Assert.NotEqual(HttpStatusCode.UnprocessableEntity, done.StatusCode);
        Assert.Equal([Role.Editor], (await portal.DoAsync<StaffAccounts, ListedAccount?>(accounts => accounts.FindAsync(anisa.Id, Stop)))!.Roles);
    }

    [Fact]
    public async Task Of_two_administrators_who_take_the_role_from_each_other_at_once_one_stays()
    {
        var bram = await portal.OpenAccountAsync("bram@perpustakaan.example", null, Role.Administrator);
        Task<AccountRefusal?> Take(long id) => portal.DoAsync<StaffAccounts, AccountRefusal?>(accounts => accounts.SetRolesAsync(id, [Role.Editor], Actor.Staff("1", "Anisa"), Stop));

        var refusals = await Task.WhenAll(Take(anisa.Id), Take(bram.Id));

        Assert.Equal([null, AccountRefusal.LastAdministrator], refusals.OrderBy(refusal => refusal));
    }

    [Fact]
    public async Task A_closed_account_is_out_at_once_and_comes_back_when_it_is_opened()
    {
        var rini = await portal.OpenAccountAsync("rini@perpustakaan.example", null, Role.Librarian);
        var theirs = await portal.SignInAsync("rini@perpustakaan.example");

        (await ActAsync(rini.Id, "Close")).Dispose();
        using var out1 = await theirs.GetAsync("/account", Stop);
        using var out2 = await theirs.SendAsync("/account/sign-in", ("Email", "rini@perpustakaan.example"), ("Password", People.Password));
        (await theirs.SendAsync("/account/recover", ("Email", "rini@perpustakaan.example"))).Dispose();
        (await ActAsync(rini.Id, "Open")).Dispose();
        using var back = await theirs.SendAsync("/account/sign-in", ("Email", "rini@perpustakaan.example"), ("Password", People.Password));

        Assert.Equal("/account/sign-in", out1.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, out2.StatusCode);
        Assert.Empty(await portal.LettersAsync("rini@perpustakaan.example"));
        Assert.Equal("/account", back.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task Nobody_closes_their_own_account()
    {
        await portal.OpenAccountAsync("bram@perpustakaan.example", null, Role.Administrator);

        using var refused = await ActAsync(anisa.Id, "Close");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Staff_are_invited_by_letter_and_only_once()
    {
        var here = await portal.SignInAsync(Anisa);
        (string, string)[] bram = [("Name", "Bram Wibisono"), ("Email", "bram@perpustakaan.example"), ("Language", "en"), ("Roles", Role.Editor)];

        using var invited = await here.SendAsync("/admin/accounts/invite", bram);
        using var again = await here.SendAsync("/admin/accounts/invite", bram);

        Assert.Equal(HttpStatusCode.OK, invited.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("id=\"Email-fault\"", await again.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(["accounts.invitation"], await portal.LettersAsync("bram@perpustakaan.example"));
        using var link = await portal.CreateClient().GetAsync(await portal.LinkAsync("bram@perpustakaan.example"), Stop);
        Assert.Equal("/en/account/choose-password", link.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, link.StatusCode);
    }

    [Fact]
    public async Task A_second_step_that_was_lost_is_taken_away_and_the_owner_is_told()
    {
        var rini = await portal.OpenAccountAsync("rini@perpustakaan.example", null, Role.Librarian);
        await portal.DoAsync<AccountsDbContext, int>(db => db.Users.Where(account => account.Id == rini.Id).ExecuteUpdateAsync(set => set.SetProperty(account => account.TwoFactorEnabled, true), Stop));

        (await ActAsync(rini.Id, "Reset")).Dispose();

        Assert.False((await portal.DoAsync<StaffAccounts, ListedAccount?>(accounts => accounts.FindAsync(rini.Id, Stop)))!.HasSecondStep);
        Assert.Equal(["accounts.protection_changed"], await portal.LettersAsync("rini@perpustakaan.example"));
        await AuditAsync("account.second_step_reset", rini.Id);
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_not_found()
    {
        using var answer = await (await portal.SignInAsync(Anisa)).GetAsync("/admin/accounts/999999", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> ActAsync(long id, string act, params (string Name, string Value)[] typed)
    {
        var here = await portal.SignInAsync(Anisa);
        using var page = await here.GetAsync($"/admin/accounts/{id}", Stop);
        return await here.PostAsync($"/admin/accounts/{id}?handler={act}", Form.Of(await page.Content.ReadAsStringAsync(Stop), typed), Stop);
    }

    private Task<AuditLine> AuditAsync(string action, long id)
    {
        var subject = new Subject("account", id).ToString();
        return portal.DoAsync<LibraryDbContext, AuditLine>(db => db.AuditLines.AsNoTracking().SingleAsync(line => line.Action == action && line.Subject == subject, Stop));
    }
}
