using System.Net;
using System.Text.Json;
using Metro.Library;
using Metro.Library.Circulation;
using Metro.Library.Members;
using Metro.Library.Outbox;
using Metro.Portal.Accounts;
using Metro.Portal.Tests.Site;
using Microsoft.EntityFrameworkCore;

namespace Metro.Portal.Tests.Accounts;

public sealed class MembershipPagesTests : IAsyncLifetime
{
    private const string Email = "siti@example.id";
    private readonly PortalUnderTest portal = new();
    private Member siti = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        siti = await portal.JoinAsync("Siti Rahayu", "1872014101900001", Email);
        await portal.OpenAccountAsync(Email, siti.Id);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_member_keeps_details_wishes_and_reminders()
    {
        var here = await portal.SignInAsync(Email);

        using var details = await here.SendAsync("/account/details", ("Name", "Siti Rahayu"), ("Phone", "0725 41234"), ("Address", "Jl. Sudirman 5"));
        Assert.Contains("Data Anda tersimpan", await details.TextAsync(), StringComparison.Ordinal);
        using var page = await here.GetAsync("/account/details", Stop);
        using var wishes = await here.PostAsync(
            "/account/details?handler=Wishes",
            Form.Of(await page.Content.ReadAsStringAsync(Stop), ("Language", "en"), ("ByEmail", "true"), ("Topics", "Loans"), ("KeepsHistory", "true")), Stop);
        Assert.Contains("Pilihan Anda tersimpan", await wishes.TextAsync(), StringComparison.Ordinal);

        var member = await MemberAsync(siti.Id);
        Assert.Equal(("0725 41234", "Jl. Sudirman 5", Email, "en"), (member.Phone, member.Address, member.Email, member.Language));
        Assert.Equal((true, false, true), (member.ByEmail, member.ByPhone, member.KeepsLoanHistory));
        Assert.Equal(
            [MailTopic.Membership, MailTopic.Programs, MailTopic.Visits, MailTopic.Spaces],
            (await portal.DoAsync<Subscriptions, IReadOnlyList<MailTopic>>(one => one.StoppedAsync($"member:{siti.Id}", Stop))).Order());
    }

    [Fact]
    public async Task A_letter_about_a_child_that_is_not_linked_leads_to_how_it_is_linked_whoever_the_child_is()
    {
        var child = await portal.JoinChildAsync("Ani", siti, new DateOnly(2017, 6, 1));
        await portal.OpenAccountAsync("paman@example.id");
        await portal.OpenAccountAsync("bibi@example.id", (await portal.JoinAsync("Bibi", "1872014101910002")).Id);

        foreach (var reader in (string[])["paman@example.id", "bibi@example.id"])
        {
            var here = await portal.SignInAsync(reader);
            using var theirs = await here.GetAsync($"/account/registrations?for={child.Id}", Stop);
            using var nobodys = await here.GetAsync("/account/registrations?for=999999", Stop);
            var page = await theirs.TextAsync();

            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (theirs.StatusCode, nobodys.StatusCode));
            Assert.Contains("Akun ini belum terhubung dengan anak itu", page, StringComparison.Ordinal);
            Assert.Contains("/account/family", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Ani", page, StringComparison.Ordinal);
            Assert.Equal(MainOf(page), MainOf(await nobodys.TextAsync()));
        }

        using var asked = await portal.CreateClient().GetAsync($"/account/loans?for={child.Id}", Stop);
        Assert.Contains("Masuklah dengan akun wali atau akun anak itu", await asked.TextAsync(), StringComparison.Ordinal);

        static string MainOf(string html) => html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];
    }

    [Fact]
    public async Task A_telephone_that_is_none_is_said_beside_the_question_and_stays()
    {
        using var refused = await (await portal.SignInAsync(Email)).SendAsync("/account/details", ("Name", "Siti Rahayu"), ("Phone", "dua belas"));
        var html = await refused.TextAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("id=\"Phone-fault\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"dua belas\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_membership_says_until_when_it_is_good_and_from_when_it_is_renewed()
    {
        using var page = await (await portal.SignInAsync(Email)).GetAsync("/en/account/membership", Stop);
        var text = await page.TextAsync();

        Assert.Contains(siti.CardNumber!, text, StringComparison.Ordinal);
        Assert.Contains("In force", text, StringComparison.Ordinal);
        Assert.Contains("Can be renewed from", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_record_was_merged_into_another_meets_that_one()
    {
        var kept = await portal.JoinAsync("Siti R.", "1872014101900009");
        Assert.Null(await portal.DoAsync<MemberPrivacy, Refusal?>(privacy => privacy.MergeAsync(kept.Id, siti.Id, Actor.System("test"), Stop)));

        using var page = await (await portal.SignInAsync(Email)).GetAsync("/account/membership", Stop);

        Assert.Contains(kept.CardNumber!, await page.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renewing_too_early_is_refused_with_the_day()
    {
        var here = await portal.SignInAsync(Email);
        using var page = await here.GetAsync("/account/details", Stop);

        using var refused = await here.PostAsync("/account/membership?handler=Renew", Form.Of(await page.Content.ReadAsStringAsync(Stop)), Stop);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(siti.MembershipEnd, (await MemberAsync(siti.Id)).MembershipEnd);
    }

    [Fact]
    public async Task An_account_without_membership_applies_once_however_often_it_is_sent()
    {
        await portal.OpenAccountAsync("budi@example.id");
        var here = await portal.SignInAsync("budi@example.id");
        using var form = await here.GetAsync("/account/membership", Stop);
        var html = await form.Content.ReadAsStringAsync(Stop);
        FormUrlEncodedContent Sent() => Form.Of(html, ("Name", "Budi Santoso"), ("BirthDate", "1990-01-01"), ("Nik", "1872010101900002"));

        (await here.PostAsync("/account/membership?handler=Apply", Sent(), Stop)).Dispose();
        (await here.PostAsync("/account/membership?handler=Apply", Sent(), Stop)).Dispose();

        Assert.Equal(1, await portal.DoAsync<LibraryDbContext, int>(db => db.Members.CountAsync(member => member.Name == "Budi Santoso" && member.Status == MemberStatus.Applied, Stop)));
        using var waiting = await here.GetAsync("/account/membership", Stop);
        Assert.Contains("Menunggu pemeriksaan", await waiting.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("budi@example.id", true)]
    [InlineData("lain@example.id", false)]
    public async Task A_card_is_linked_with_the_account_whose_address_the_library_knows(string email, bool linked)
    {
        var budi = await portal.JoinAsync("Budi Santoso", "1872010101900002", "budi@example.id");
        await portal.OpenAccountAsync(email);
        var here = await portal.SignInAsync(email);
        using var page = await here.GetAsync("/account/membership", Stop);

        using var answer = await here.PostAsync(
            "/account/membership?handler=Card", Form.Of(await page.Content.ReadAsStringAsync(Stop), ("CardNumber", budi.CardNumber!), ("CardBirthDate", "1990-01-01")), Stop);

        Assert.Equal(linked ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(linked, await portal.DoAsync<AccountsDbContext, bool>(db => db.Users.AnyAsync(account => account.MemberId == budi.Id, Stop)));
    }

    [Fact]
    public async Task A_guardian_withdraws_one_consent_and_the_others_stay()
    {
        var ani = await portal.JoinChildAsync("Ani Rahayu", siti, new DateOnly(2018, 6, 1));
        var here = await portal.SignInAsync(Email);

        (await ActAsync(here, "Give", ani.Id, "Photographs")).Dispose();
        (await ActAsync(here, "Give", ani.Id, "OnlineUse")).Dispose();
        (await ActAsync(here, "Withdraw", ani.Id, "Photographs")).Dispose();
        (await ActAsync(here, "Withdraw", ani.Id, "Photographs")).Dispose();

        var inForce = await portal.DoAsync<LibraryDbContext, List<Consent>>(db => db.Consents.Where(one => one.MemberId == ani.Id && one.WithdrawnAt == null).OrderBy(one => one.Purpose).ToListAsync(Stop));
        Assert.Equal([ConsentPurpose.Membership, ConsentPurpose.OnlineUse], inForce.Select(one => one.Purpose));
        Assert.Contains("tanpa bertanya setiap kali", inForce[1].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_decides_for_somebody_else_s_child_nor_learns_that_it_is_there()
    {
        var ani = await portal.JoinChildAsync("Ani Rahayu", siti, new DateOnly(2018, 6, 1));
        var budi = await portal.JoinAsync("Budi Santoso", "1872010101900002", "budi@example.id");
        await portal.OpenAccountAsync("budi@example.id", budi.Id);
        var other = await portal.SignInAsync("budi@example.id");

        using var given = await ActAsync(other, "Give", ani.Id, "Photographs");
        using var unknown = await ActAsync(other, "Give", 999_999, "Photographs");
        using var details = await other.GetAsync($"/account/details?for={ani.Id}", Stop);

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], [given.StatusCode, unknown.StatusCode, details.StatusCode]);
    }

    [Fact]
    public async Task A_guardian_applies_for_a_child_once()
    {
        var here = await portal.SignInAsync(Email);
        (string, string)[] ani = [("Child.Name", "Ani Rahayu"), ("Child.BirthDate", "2018-06-01"), ("Child.Relation", "ibu"), ("Child.Nik", "1872014106180003"), ("Consents", "Membership")];

        using var first = await here.SendAsync("/account/family/add", ani);
        using var second = await here.SendAsync("/account/family/add", ani);

        Assert.Contains("Ani Rahayu", await first.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await portal.DoAsync<LibraryDbContext, int>(db => db.Guardianships.CountAsync(one => one.GuardianId == siti.Id, Stop)));
    }

    [Fact]
    public async Task A_download_has_the_member_and_the_account_and_no_secret()
    {
        var here = await portal.SignInAsync(Email);
        using var page = await here.GetAsync("/account/privacy", Stop);

        using var file = await here.PostAsync("/account/privacy?handler=Download", Form.Of(await page.Content.ReadAsStringAsync(Stop)), Stop);
        var text = await file.Content.ReadAsStringAsync(Stop);
        Assert.True(file.StatusCode == HttpStatusCode.OK && text.StartsWith('{'), text);
        using var document = JsonDocument.Parse(text);

        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("Siti Rahayu", document.RootElement.GetProperty("member").GetProperty("name").GetString());
        Assert.Equal(Email, document.RootElement.GetProperty("account").GetProperty("email").GetString());
        foreach (var part in (string[])["loans", "consents", "messages", "guardianships", "registrations", "bookings", "fines", "visits"])
            Assert.Contains($"\"{part}\"", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("passwordHash", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("securityStamp", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Erasure_asks_for_the_password_and_leaves_nobody_behind()
    {
        var here = await portal.SignInAsync(Email);

        using var refused = await EraseAsync(here, "salah sekali");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using var done = await EraseAsync(here, People.Password);

        Assert.Equal("/account/erased", done.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(MemberStatus.Erased, (await MemberAsync(siti.Id)).Status);
        Assert.Equal(0, await portal.DoAsync<AccountsDbContext, int>(db => db.Users.CountAsync(Stop)));
        using var after = await here.GetAsync("/account", Stop);
        Assert.Equal("/account/sign-in", after.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task What_stands_in_the_way_of_erasure_is_said_and_nothing_is_erased()
    {
        await FurnishedPortal.FurnishAsync(portal.Services, DateOnly.FromDateTime(DateTime.UtcNow));
        var branch = await portal.DoAsync<LibraryDbContext, long>(db => db.Branches.OrderBy(one => one.Id).Select(one => one.Id).FirstAsync(Stop));
        Assert.True((await portal.DoAsync<CirculationDesk, Outcome<CheckedOut>>(desk => desk.CheckOutAsync(siti.CardNumber!, "MTR000001", branch, Actor.System("test"), Stop))).Succeeded);
        var here = await portal.SignInAsync(Email);

        using var page = await here.GetAsync("/account/privacy", Stop);

        Assert.Contains("Sebelum itu, selesaikan dulu", await page.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Erase", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> ActAsync(HttpClient here, string act, long child, string purpose)
    {
        using var page = await here.GetAsync("/account/family/add", Stop);
        return await here.PostAsync($"/account/family?handler={act}", Form.Of(await page.Content.ReadAsStringAsync(Stop), ("child", $"{child}"), ("purpose", purpose)), Stop);
    }

    private static async Task<HttpResponseMessage> EraseAsync(HttpClient here, string password)
    {
        using var page = await here.GetAsync("/account/privacy", Stop);
        return await here.PostAsync("/account/privacy?handler=Erase", Form.Of(await page.Content.ReadAsStringAsync(Stop), ("CurrentPassword", password)), Stop);
    }

    private Task<Member> MemberAsync(long id) => portal.DoAsync<LibraryDbContext, Member>(db => db.Members.AsNoTracking().SingleAsync(member => member.Id == id, Stop));
}
