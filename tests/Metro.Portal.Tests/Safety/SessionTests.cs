using System.Net;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Portal.Accounts;
using Metro.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Metro.Portal.Tests.Safety;

/// <summary>How a session begins and ends, and what a copy of its cookie is good for. OWASP ASVS 5, chapter 7.</summary>
public sealed class SessionTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_signing_out_a_copy_of_the_cookie_opens_nothing_and_other_devices_stay()
    {
        await portal.OpenAsync("keluar@sesi.example");
        using var browser = portal.Visitor();
        using var other = portal.Visitor();
        var (session, elsewhere) = (await browser.SignInAsync("keluar@sesi.example"), await other.SignInAsync("keluar@sesi.example"));
        using (var before = await portal.ComeWithAsync(session)) Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        using var page = await browser.GetAsync("/account/sign-out", Stop);
        using var left = await browser.PostAsync("/account/sign-out", Form.Of(await page.Content.ReadAsStringAsync(Stop)), Stop);

        using var copy = await portal.ComeWithAsync(session);
        using var stays = await portal.ComeWithAsync(elsewhere);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.OK), (copy.StatusCode, stays.StatusCode));
        Assert.Equal("\"cache\"", Assert.Single(left.Headers.GetValues("Clear-Site-Data")));
    }

    [Theory]
    [InlineData("/account/tokens")]
    [InlineData("/desk/programs")]
    public async Task Signing_out_is_at_hand_on_the_pages_of_account_and_desk(string path)
    {
        await using (var scope = portal.Services.CreateAsyncScope())
        {
            // A desk stands in a branch.
            var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
            db.Add(new Branch($"M{path.Length}", "Perpustakaan Kota Metro", BranchKind.Main, WeeklyHours.Parse("mon 08:00-16:00")));
            await db.SaveChangesAsync(Stop);
        }

        var librarian = await AtTheDoor.SignedInAsync(portal, Role.Librarian);

        using var page = await librarian.AskAsync("GET", path);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("href=\"/account/sign-out\"", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_in_begins_a_new_session_and_ends_the_one_from_before()
    {
        await portal.OpenAsync("baru@sesi.example");
        using var browser = portal.Visitor();
        var first = await browser.SignInAsync("baru@sesi.example");
        using var page = await browser.GetAsync("/account/tokens", Stop);

        // Signed in already, the page leads on; the form is sent all the same, as from a page that was left open.
        using var answer = await browser.PostAsync("/account/sign-in", Form.Of(await page.Content.ReadAsStringAsync(Stop), ("Email", "baru@sesi.example"), ("Password", Sessions.Password)), Stop);
        var second = Sessions.SessionOf(answer)!;

        Assert.NotEqual(first, second);
        using var former = await portal.ComeWithAsync(first);
        using var present = await portal.ComeWithAsync(second);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.OK), (former.StatusCode, present.StatusCode));
    }

    [Fact]
    public async Task A_session_that_somebody_else_chose_is_not_taken_over_at_sign_in()
    {
        await portal.OpenAsync("titipan@sesi.example");
        using var browser = portal.Visitor();
        browser.DefaultRequestHeaders.Add("Cookie", "metro-session=pilihan-orang-lain");

        var session = await browser.SignInAsync("titipan@sesi.example");

        Assert.DoesNotContain("pilihan-orang-lain", session, StringComparison.Ordinal);
        using var planted = await portal.ComeWithAsync("metro-session=pilihan-orang-lain");
        Assert.Equal(HttpStatusCode.Redirect, planted.StatusCode);
    }

    [Fact]
    public async Task Who_signs_in_in_one_language_is_signed_in_in_the_other()
    {
        await portal.OpenAsync("bahasa@sesi.example");
        using var browser = portal.Visitor();
        using var form = await browser.GetAsync("/en/account/sign-in", Stop);
        (await browser.PostAsync("/en/account/sign-in", Form.Of(await form.Content.ReadAsStringAsync(Stop), ("Email", "bahasa@sesi.example"), ("Password", Sessions.Password)), Stop)).Dispose();

        using var answer = await browser.GetAsync("/account/tokens", Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public void A_stolen_table_of_passwords_is_slow_to_guess_from()
    {
        var hash = new PasswordHasherOptions();

        // The portal's own word; the tests' is added after it.
        portal.Services.GetServices<IConfigureOptions<PasswordHasherOptions>>().First().Configure(hash);

        Assert.Equal((PasswordHasherCompatibilityMode.IdentityV3, 210_000), (hash.CompatibilityMode, hash.IterationCount));
    }

    [Fact]
    public async Task A_session_ends_after_half_a_day_of_rest_and_after_thirty_days_without()
    {
        var clock = new FakeClock();
        await using var ours = new PortalUnderTest { Clock = clock };
        await ours.OpenAsync("lama@sesi.example");
        using var busy = ours.Visitor();
        await busy.SignInAsync("lama@sesi.example");
        var idle = await ours.Visitor().SignInAsync("lama@sesi.example");

        for (var hours = 11; hours < 30 * 24; hours += 11)
        {
            clock.Advance(TimeSpan.FromHours(11));
            using var answer = await busy.GetAsync("/account/tokens", Stop);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"The session ended after {hours} hours.");
            if (hours != 22) continue;
            using var rested = await ours.ComeWithAsync(idle);
            Assert.Equal(HttpStatusCode.Redirect, rested.StatusCode);
        }

        clock.Advance(TimeSpan.FromHours(11));
        using var over = await busy.GetAsync("/account/tokens", Stop);
        Assert.Equal(HttpStatusCode.Redirect, over.StatusCode);
    }
}
