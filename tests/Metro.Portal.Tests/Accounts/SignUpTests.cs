using System.Net;
using Metro.Library;
using Metro.Library.Members;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Accounts;

public sealed class SignUpTests : IAsyncLifetime
{
    private const string Email = "siti@example.id";
    private const string Password = "empat kata yang aneh";

    private static readonly (string, string)[] Siti =
    [
        ("Name", "Siti Rahayu"), ("BirthDate", "1990-01-01"), ("Category", "Adult"), ("Nik", "1872014101900001"), ("Email", Email), ("Phone", "0812 3456 7890"), ("Address", "Jl. Ahmad Yani 1"),
    ];

    private readonly PortalUnderTest portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task Somebody_signs_up_proves_the_address_chooses_a_password_and_is_in()
    {
        var visitor = portal.CreateClient();
        using var sent = await visitor.SendAsync("/account/sign-up/myself", [.. Siti, ("Consents", "News")]);
        Assert.Contains(Email, await sent.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("/account/sign-up/sent", sent.RequestMessage!.RequestUri!.AbsolutePath);

        var link = await portal.LinkAsync(Email);
        using var chosen = await ChooseAsync(visitor, link);
        Assert.Equal("/account/sign-in", chosen.RequestMessage!.RequestUri!.AbsolutePath);
        using var inside = await visitor.SendAsync("/account/sign-in", ("Email", Email), ("Password", Password));

        Assert.Equal("/account", inside.RequestMessage!.RequestUri!.AbsolutePath);
        await using var scope = portal.Services.CreateAsyncScope();
        var account = (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByEmailAsync(Email))!;
        var library = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
        var member = await library.Members.SingleAsync(Stop);
        var consent = await library.Consents.SingleAsync(Stop);
        Assert.True(account.EmailConfirmed);
        Assert.Equal((member.Id, MemberStatus.Applied), (account.MemberId, member.Status));
        Assert.Equal((ConsentPurpose.News, false), (consent.Purpose, consent.ByGuardian));
        Assert.Contains("Perpustakaan boleh menyurati saya", consent.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guardian_signs_up_with_a_child_and_each_consent_stands_by_itself()
    {
        using var sent = await portal.CreateClient().SendAsync(
            "/en/account/sign-up/child",
            [.. Siti, ("Child.Name", "Ani Rahayu"), ("Child.BirthDate", "2018-06-01"), ("Child.Relation", "mother"), ("Consents", "Membership"), ("Consents", "OnlineUse")]);

        Assert.Equal("/en/account/sign-up/sent", sent.RequestMessage!.RequestUri!.AbsolutePath);
        await using var scope = portal.Services.CreateAsyncScope();
        var library = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
        var guardianship = await library.Guardianships.SingleAsync(Stop);
        var account = (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByEmailAsync(Email))!;
        Assert.Equal(account.MemberId, guardianship.GuardianId);
        Assert.Equal([ConsentPurpose.Membership, ConsentPurpose.OnlineUse], await library.Consents.Where(one => one.MemberId == guardianship.ChildId && one.ByGuardian).OrderBy(one => one.Id).Select(one => one.Purpose).ToListAsync(Stop));
        Assert.Contains("/en/account/choose-password", await portal.LinkAsync(Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_guardian_s_consent_there_is_no_card_and_what_was_typed_stays()
    {
        using var refused = await portal.CreateClient().SendAsync(
            "/account/sign-up/child", [.. Siti, ("Child.Name", "Ani Rahayu"), ("Child.BirthDate", "2018-06-01"), ("Child.Relation", "ibu"), ("Consents", "Photographs")]);
        var html = await refused.TextAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("id=\"Consents-fault\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"Ani Rahayu\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"Photographs\" checked", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("school", "SDN 1 Metro", "10807001", MemberCategory.School)]
    [InlineData("group", "PKK Yosomulyo", "", MemberCategory.Organisation)]
    public async Task A_school_and_a_group_sign_up_with_whom_to_speak_to(string kind, string name, string npsn, MemberCategory category)
    {
        using var sent = await portal.CreateClient().SendAsync($"/account/sign-up/{kind}", ("Name", name), ("ContactPerson", "Pak Joko"), ("Npsn", npsn), ("Email", "joko@example.id"));

        Assert.Equal("/account/sign-up/sent", sent.RequestMessage!.RequestUri!.AbsolutePath);
        await using var scope = portal.Services.CreateAsyncScope();
        var member = await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().Members.SingleAsync(Stop);
        Assert.Equal((category, name, "Pak Joko"), (member.Category, member.Name, member.ContactPerson));
    }

    [Fact]
    public async Task An_address_with_an_account_gets_the_same_page_and_a_letter_to_its_owner()
    {
        await AccountAsync(Email);
        var visitor = portal.Visitor();

        using var known = await visitor.SendAsync("/account/sign-up/myself", Siti);
        using var unknown = await visitor.SendAsync("/account/sign-up/myself", [.. Siti.Where(one => one.Item1 != "Email"), ("Email", "lain@example.id")]);

        Assert.Equal((unknown.StatusCode, unknown.Headers.Location), (known.StatusCode, known.Headers.Location));
        Assert.Equal(["accounts.known"], await portal.LettersAsync(Email));
        Assert.Equal(["accounts.welcome"], await portal.LettersAsync("lain@example.id"));
        await using var scope = portal.Services.CreateAsyncScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().Members.CountAsync(Stop));
    }

    [Fact]
    public async Task Sending_the_form_twice_makes_one_account_and_one_application()
    {
        var visitor = portal.CreateClient();

        (await visitor.SendAsync("/account/sign-up/myself", Siti)).Dispose();
        (await visitor.SendAsync("/account/sign-up/myself", Siti)).Dispose();

        await using var scope = portal.Services.CreateAsyncScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().Members.CountAsync(Stop));
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<AccountsDbContext>().Users.CountAsync(Stop));
        Assert.Equal(["accounts.welcome"], await portal.LettersAsync(Email));
    }

    [Fact]
    public async Task A_card_gets_an_account_by_a_letter_to_the_address_that_the_library_knows()
    {
        var card = await MemberAsync();
        var visitor = portal.Visitor();

        using var wrong = await visitor.SendAsync("/account/sign-up/card", ("CardNumber", card), ("BirthDate", "1991-01-01"));
        Assert.Empty(await portal.LettersAsync(Email));
        using var right = await visitor.SendAsync("/account/sign-up/card", ("CardNumber", card), ("BirthDate", "1990-01-01"));

        Assert.Equal((wrong.StatusCode, wrong.Headers.Location), (right.StatusCode, right.Headers.Location));
        Assert.Equal(["accounts.welcome"], await portal.LettersAsync(Email));
        await using var scope = portal.Services.CreateAsyncScope();
        var memberId = await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().Members.Select(member => member.Id).SingleAsync(Stop);
        Assert.Equal(memberId, (await scope.ServiceProvider.GetRequiredService<AccountsDbContext>().Users.SingleAsync(Stop)).MemberId);
    }

    [Fact]
    public async Task A_link_opens_once()
    {
        var visitor = portal.CreateClient();
        (await visitor.SendAsync("/account/sign-up/myself", Siti)).Dispose();
        var link = await portal.LinkAsync(Email);
        (await ChooseAsync(visitor, link)).Dispose();

        using var again = await visitor.GetAsync(link, Stop);
        using var other = await visitor.GetAsync(link[..^4] + "AAAA", Stop);

        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, other.StatusCode);
    }

    [Theory]
    [InlineData("singkat", "Paling sedikit 10")]
    [InlineData("aaaaaaaaaaaa", "yang berbeda")]
    [InlineData("siti1234567890", "mudah ditebak")]
    [InlineData("Perpustakaan1", "mudah ditebak")]
    public async Task A_password_that_is_guessed_soon_is_refused_beside_the_question(string password, string why)
    {
        var visitor = portal.CreateClient();
        (await visitor.SendAsync("/account/sign-up/myself", Siti)).Dispose();

        using var refused = await ChooseAsync(visitor, await portal.LinkAsync(Email), password);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(why, await refused.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_signs_up_too_often_is_told_when_to_come_back()
    {
        var visitor = portal.Visitor();
        for (var attempt = 0; attempt < 10; attempt++) (await visitor.SendAsync("/account/sign-up/card", ("CardNumber", "MTR-000001"), ("BirthDate", "1990-01-01"))).Dispose();

        using var answer = await visitor.SendAsync("/account/recover", ("Email", Email));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task An_unknown_kind_of_account_is_not_found()
    {
        using var answer = await portal.CreateClient().GetAsync("/account/sign-up/emperor", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> ChooseAsync(HttpClient visitor, string link, string password = Password)
    {
        var query = System.Web.HttpUtility.ParseQueryString(link[link.IndexOf('?', StringComparison.Ordinal)..]);
        return await visitor.SendAsync(link, ("account", query["account"]!), ("token", query["token"]!), ("Password", password));
    }

    private async Task AccountAsync(string email)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true, DisplayName = "Siti", CreatedUtc = DateTime.UnixEpoch };
        Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, Password)).Succeeded);
    }

    private async Task<string> MemberAsync()
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var application = new MembershipApplication(new MemberDetails("Siti Rahayu", new DateOnly(1990, 1, 1), Email), MemberCategory.Adult, "1872014101900001");
        return (await scope.ServiceProvider.GetRequiredService<Registrations>().RegisterAtDeskAsync(application, Actor.System("test"), Stop)).Value.CardNumber!;
    }
}
