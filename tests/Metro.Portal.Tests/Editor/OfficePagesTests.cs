using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Metro.Content;
using Metro.Portal.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Editor;

/// <summary>The pages about the content as a whole.</summary>
public sealed partial class OfficePagesTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    private const string Recipe = """
        {
          "name": "Percobaan",
          "steps": [
            { "name": "feature", "enable": ["OrchardCore.Title"] },
            { "name": "Users", "Users": [] },
            { "name": "content", "data": [{
                "ContentItemId": "4percobaan0000000000000001", "ContentItemVersionId": "4percobaan0000000000000002", "ContentType": "Page",
                "DisplayText": "Dari resep", "Latest": true, "Published": true, "TitlePart": { "Title": "Dari resep" },
                "MarkdownBodyPart": { "Markdown": "Isi dari resep." }
            }] }
          ]
        }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/admin/content", Role.Contributor, true)]
    [InlineData("/admin/content/items", Role.Contributor, true)]
    [InlineData("/admin/content/links", Role.Contributor, true)]
    [InlineData("/admin/content/audit", Role.Editor, true)]
    [InlineData("/admin/content/audit", Role.Author, false)]
    [InlineData("/admin/content/audit?handler=Csv", Role.Author, false)]
    [InlineData("/admin/content/redirects", Role.Administrator, true)]
    [InlineData("/admin/content/redirects", Role.Editor, false)]
    [InlineData("/admin/content/webhooks", Role.Administrator, true)]
    [InlineData("/admin/content/webhooks", Role.Editor, false)]
    [InlineData("/admin/content/webhooks/abc", Role.Editor, false)]
    [InlineData("/admin/content/recipes", Role.Administrator, true)]
    [InlineData("/admin/content/recipes", Role.Editor, false)]
    [InlineData("/admin/content/recipes?handler=Export&what=all&format=json", Role.Editor, false)]
    [InlineData("/admin/content/abc/owner", Role.Author, false)]
    public async Task A_page_opens_for_who_has_its_permission_and_is_offered_to_nobody_else(string path, string role, bool isOpen)
    {
        var person = await EditorAtWork.AsAsync(portal, role, "kantor");
        var desk = await person.ReadAsync("/admin/content");

        foreach (var language in (string[])["", "/en"])
        {
            using var answer = await person.OpenAsync(language + path);

            Assert.Equal(isOpen, answer.StatusCode == HttpStatusCode.OK);
            if (!isOpen) Assert.EndsWith("/account/not-allowed", answer.Headers.Location!.AbsolutePathOrOriginal(), StringComparison.Ordinal);
            else Assert.True(answer.Headers.CacheControl!.NoStore);
        }

        if (path.Split('/').Length == 4 && !path.Contains('?', StringComparison.Ordinal)) Assert.Equal(isOpen, desk.Contains($"href=\"{path}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/admin/content?handler=ForgetAll")]
    [InlineData("/admin/content/redirects?handler=Add")]
    [InlineData("/admin/content/webhooks")]
    [InlineData("/admin/content/webhooks/abc?handler=Remove")]
    [InlineData("/admin/content/recipes?handler=Import")]
    [InlineData("/admin/content/abc/owner")]
    public async Task A_form_from_another_site_is_refused(string path)
    {
        var admin = await EditorAtWork.AsAsync(portal, Role.Administrator);

        using var answer = await admin.SendFormAsync("", path, ("owner", "1"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_recipe_is_tried_before_anything_changes_and_then_imported()
    {
        var admin = await EditorAtWork.AsAsync(portal, Role.Administrator);

        using var tried = await admin.SendFileAsync("/admin/content/recipes", "/admin/content/recipes?handler=Try", "coba.recipe.json", Encoding.UTF8.GetBytes(Recipe));
        var report = WebUtility.HtmlDecode(await tried.Content.ReadAsStringAsync(Stop));
        Assert.Contains("Bila diimpor, “Percobaan” akan melakukan ini", report, StringComparison.Ordinal);
        foreach (var words in (string[])["feature", "Diparkir", "Users", "Tidak didukung", "$.steps[1]", "Diimpor", "1 baru, 0 berubah, 0 tetap"]) Assert.Contains(words, report, StringComparison.Ordinal);
        using (var notYet = await portal.Visitor().GetAsync("/dari-resep", Stop)) Assert.Equal(HttpStatusCode.NotFound, notYet.StatusCode);

        var token = Token().Match(report).Groups["token"].Value;
        using var imported = await admin.SendFormAsync(report, "/admin/content/recipes?handler=Import", ("token", token));
        var done = WebUtility.HtmlDecode(await imported.Content.ReadAsStringAsync(Stop));
        Assert.Contains("“Percobaan” sudah diimpor", done, StringComparison.Ordinal);
        Assert.Contains("OrchardCore.Title", done, StringComparison.Ordinal);
        using (var there = await portal.Visitor().GetAsync("/dari-resep", Stop)) Assert.Equal(HttpStatusCode.OK, there.StatusCode);

        using var again = await admin.SendFileAsync("/admin/content/recipes", "/admin/content/recipes?handler=Try", "coba.recipe.json", Encoding.UTF8.GetBytes(Recipe));
        Assert.Contains("impor tidak akan mengubah apa pun", await again.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var twice = await admin.SendFormAsync(report, "/admin/content/recipes?handler=Import", ("token", token));
        Assert.Equal("/admin/content/recipes", twice.Headers.Location!.OriginalString);

        using var removed = await admin.SendFormAsync(done, "/admin/content/recipes?handler=Remove", ("hash", Hash().Match(done).Groups["hash"].Value));
        Assert.DoesNotContain("OrchardCore.Title", await admin.ReadAsync("/admin/content/recipes"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bukan JSON", "$")]
    [InlineData("""{"name":"x"}""", "$.steps")]
    [InlineData("""{"name":"x","steps":[{"name":"content","data":[{"ContentItemId":"!!","ContentType":"Page"}]}]}""", "$.steps[0].data[0].ContentItemId")]
    public async Task A_faulty_recipe_is_refused_with_the_place_of_the_fault(string recipe, string place)
    {
        var admin = await EditorAtWork.AsAsync(portal, Role.Administrator);

        using var refused = await admin.SendFileAsync("/admin/content/recipes", "/admin/content/recipes?handler=Try", "rusak.json", Encoding.UTF8.GetBytes(recipe));
        var html = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Stop));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains($"<code>{place}</code>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"token\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_is_exported_whole_or_by_type_as_a_recipe_or_with_its_files()
    {
        var admin = await EditorAtWork.AsAsync(portal, Role.Administrator);
        await admin.WritePageAsync("Yang diekspor", act: "publish");

        var all = JsonNode.Parse(await admin.ReadAsync("/admin/content/recipes?handler=Export&what=all&format=json&drafts=true"))!;
        var some = JsonNode.Parse(await admin.ReadAsync("/admin/content/recipes?handler=Export&what=some&only=Workshop&format=json"))!;
        using var zip = await admin.OpenAsync("/en/admin/content/recipes?handler=Export&what=all&format=zip");
        using var none = await admin.OpenAsync("/admin/content/recipes?handler=Export&what=some");

        Assert.Contains("Yang diekspor", all.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Yang diekspor", some.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("content-", zip.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
        await using var package = new ZipArchive(await zip.Content.ReadAsStreamAsync(Stop));
        Assert.NotNull(package.GetEntry("Recipe.json"));
        Assert.Equal("/admin/content/recipes", none.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_secret_of_a_webhook_is_shown_once_and_its_calls_with_what_became_of_them()
    {
        var admin = await EditorAtWork.AsAsync(portal, Role.Administrator);
        using var added = await admin.SendAsync("/admin/content/webhooks", ("Address", "https://sosial.example/hook"), ("Follows", "Page"), ("Follows", "Tidakada"));
        var address = added.Headers.Location!.OriginalString;
        Assert.Matches(SecretText(), await admin.ReadAsync(address));
        Assert.DoesNotMatch(SecretText(), await admin.ReadAsync(address));
        Assert.Contains("https://sosial.example/hook", await admin.ReadAsync("/admin/content/webhooks"), StringComparison.Ordinal);

        await admin.WritePageAsync("Yang diberitahukan", act: "publish");
        var page = await admin.ReadAsync(address);
        Assert.Contains("Menunggu", page, StringComparison.Ordinal);
        await using (var scope = portal.Services.CreateAsyncScope())
        {
            var webhooks = scope.ServiceProvider.GetRequiredService<Webhooks>();
            var call = Assert.Single(await webhooks.ClaimDueAsync(10, Stop));
            await webhooks.FailedAsync(call.Id, "503 Service Unavailable", 503, Stop);
        }

        page = await admin.ReadAsync(address);
        Assert.Contains("jawaban terakhir: 503 Service Unavailable", page, StringComparison.Ordinal);
        using (await admin.SendFormAsync(page, address + "?handler=Resend", ("call", Call().Match(page).Groups["call"].Value))) Assert.Contains("dicoba 0 kali", await admin.ReadAsync(address), StringComparison.Ordinal);
        using (await admin.SendAsync(address, address + "?handler=Pause")) Assert.Contains("Dijeda", await admin.ReadAsync(address), StringComparison.Ordinal);
        using (await admin.SendAsync(address, address + "?handler=Renew")) Assert.Matches(SecretText(), await admin.ReadAsync(address));
        using (await admin.SendAsync(address, ("Address", "https://sosial.example/lain"))) Assert.Contains("https://sosial.example/lain", await admin.ReadAsync("/admin/content/webhooks"), StringComparison.Ordinal);
        using (await admin.SendAsync(address, address + "?handler=Remove")) Assert.DoesNotContain("sosial.example", await admin.ReadAsync("/admin/content/webhooks"), StringComparison.Ordinal);
        Assert.Contains("Kunci rahasia diganti", await admin.ReadAsync("/admin/content/audit?kind=Webhook"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://sosial.example/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://[::ffff:10.0.0.1]/hook")]
    [InlineData("bukan alamat")]
    public async Task A_webhook_that_may_not_be_called_is_refused_with_what_was_typed(string url)
    {
        var admin = await EditorAtWork.AsAsync(portal, Role.Administrator);

        using var refused = await admin.SendAsync("/admin/content/webhooks", ("Address", url), ("Follows", "Page"));
        var html = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Stop));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains($"value=\"{url}\"", html, StringComparison.Ordinal);
        Assert.Matches("id=\"follows-Page\"[^>]* checked", html);
    }

    [Fact]
    public async Task An_old_address_is_led_on_found_again_and_given_up()
    {
        var admin = await EditorAtWork.AsAsync(portal, Role.Administrator);
        await admin.WritePageAsync("Tujuan baru", act: "publish");

        using var added = await admin.SendAsync("/admin/content/redirects", "/admin/content/redirects?handler=Add", ("From", "/situs-lama/tujuan"), ("To", "/tujuan-baru"));
        using var led = await portal.Visitor().GetAsync("/situs-lama/tujuan", Stop);
        using var loop = await admin.SendAsync("/admin/content/redirects", "/admin/content/redirects?handler=Add", ("From", "/a"), ("To", "/a"));
        Assert.Equal((HttpStatusCode.MovedPermanently, "/tujuan-baru"), (led.StatusCode, led.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, loop.StatusCode);
        Assert.Contains("situs-lama/tujuan", await admin.ReadAsync("/admin/content/redirects?words=SITUS-lama"), StringComparison.Ordinal);
        Assert.DoesNotContain("situs-lama/tujuan", await admin.ReadAsync("/admin/content/redirects?words=lain"), StringComparison.Ordinal);

        using var removed = await admin.SendAsync("/admin/content/redirects", "/admin/content/redirects?handler=Remove", ("path", "situs-lama/tujuan"));
        using var gone = await portal.Visitor().GetAsync("/situs-lama/tujuan", Stop);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task The_audit_is_searched_and_taken_along_as_a_table_in_which_nothing_computes()
    {
        var (admin, editor) = (await EditorAtWork.AsAsync(portal, Role.Administrator), await EditorAtWork.AsAsync(portal, Role.Editor, "pencatat"));
        await editor.WritePageAsync("=HYPERLINK(\"https://jahat.example\")");

        var found = await admin.ReadAsync("/admin/content/audit?who=PENCAT&act=Created");
        var none = await admin.ReadAsync("/admin/content/audit?who=pencatat&until=2020-01-01");
        var table = await admin.ReadAsync("/admin/content/audit?handler=Csv&who=pencatat");

        Assert.Contains("=HYPERLINK", found, StringComparison.Ordinal);
        Assert.Contains("Tidak ada yang cocok.", none, StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"https://jahat.example\"\")\"", table, StringComparison.Ordinal);
        Assert.Equal(2, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Links_that_lead_nowhere_are_told_with_their_page()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);
        var id = await editor.WritePageAsync("Dengan tautan rusak", "[Hilang](/pasti-tidak-ada) ![Foto](/media/pasti-hilang.jpg)", act: "publish");

        var page = await editor.ReadAsync("/admin/content/links");

        foreach (var words in (string[])[$"/admin/content/{id}?check=true", "/pasti-tidak-ada", "/media/pasti-hilang.jpg"]) Assert.Contains(words, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_shows_what_was_left_unfinished_what_is_to_come_and_what_fell_behind()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor, "meja");
        var address = await editor.NewAsync("Page", "en");
        using (await editor.SendAsync(address, address + "&handler=Autosave", ("TitlePart.Title", "Never saved"))) { }
        var source = await editor.WritePageAsync("Sumber yang berubah");
        using var translated = await editor.SendAsync($"/admin/content/{source}", $"/admin/content/{source}?handler=Translate", ("to", "en"));
        using (await editor.SendAsync($"/admin/content/{source}", ("MarkdownBodyPart.Markdown", "Isi yang lain."), ("act", "save"))) { }
        using (await editor.SendAsync(await editor.NewAsync("Page"), ("TitlePart.Title", "Terjadwal"), ("MarkdownBodyPart.Markdown", "Isi."), ("PublishLaterPart.ScheduledPublishUtc", "2094-05-01T08:00"), ("act", "save"))) { }

        var desk = await editor.ReadAsync("/admin/content");

        foreach (var words in (string[])["Never saved", "Belum pernah disimpan", "Sumber yang berubah", "Sumbernya telah berubah", "terbit Sab, 1 Mei 2094, 08.00"]) Assert.Contains(words, desk, StringComparison.Ordinal);
        Assert.Contains("value=\"Never saved\"", await editor.ReadAsync(Unsaved().Match(desk).Groups["address"].Value), StringComparison.Ordinal);
        using var forgotten = await editor.SendAsync("/admin/content", "/admin/content?handler=ForgetAll");
        Assert.DoesNotContain("Never saved", await editor.ReadAsync("/admin/content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_is_given_to_somebody_found_by_name_and_is_theirs()
    {
        var (editor, heir) = (await EditorAtWork.AsAsync(portal, Role.Editor), await EditorAtWork.AsAsync(portal, Role.Author, "pewaris"));
        var id = await editor.WritePageAsync("Warisan");
        Assert.Contains("pewaris.author@perpustakaan.example", await editor.ReadAsync($"/admin/content/{id}/owner?words=WARIS"), StringComparison.Ordinal);

        using var nobody = await editor.SendAsync($"/admin/content/{id}/owner", ("owner", "999999"));
        Assert.Equal(editor.Person.Id, (await editor.LatestAsync(id)).Owner);
        using var given = await editor.SendAsync($"/admin/content/{id}/owner", ("owner", heir.Person.Id));

        Assert.Equal(heir.Person.Id, (await editor.LatestAsync(id)).Owner);
        Assert.Contains("Warisan", await heir.ReadAsync("/admin/content"), StringComparison.Ordinal);
        Assert.Contains("sari → pewaris", await editor.ReadAsync("/admin/content/audit?act=OwnerChanged"), StringComparison.Ordinal);
    }

    [GeneratedRegex("name=\"token\" value=\"(?<token>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex("name=\"hash\" value=\"(?<hash>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Hash();

    [GeneratedRegex("name=\"call\" value=\"(?<call>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Call();

    [GeneratedRegex("<code>[0-9a-f]{64}</code>")]
    private static partial Regex SecretText();

    [GeneratedRegex("href=\"(?<address>/admin/content/[^\"]*autosave=true[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Unsaved();
}
