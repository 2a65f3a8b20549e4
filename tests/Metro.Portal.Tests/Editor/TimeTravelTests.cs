using System.Net;
using System.Text.Json.Nodes;
using Metro.Content;
using Metro.Portal.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Editor;

public sealed class TimeTravelTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    private const string Then = "2095-03-01";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_editor_sees_the_site_as_it_will_be_with_a_sign_and_a_way_out_and_no_cache_keeps_it()
    {
        var path = await ScheduledAsync("Akan terbit");
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor, "penjelajah");

        using var today = await editor.OpenAsync(path);
        using var then = await editor.OpenAsync($"{path}?at={Then}");
        var page = await editor.ReadAsync(path);
        using var left = await editor.SendFormAsync("", "/admin/preview/leave", ("returnTo", $"{path}?at={Then}"));
        using var after = await editor.OpenAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (today.StatusCode, then.StatusCode));
        Assert.Equal((true, true), (then.Headers.CacheControl!.NoStore, then.Headers.CacheControl.Private));
        Assert.Contains("Beginilah situs ini pada Selasa, 1 Maret 2095", page, StringComparison.Ordinal);
        Assert.Contains("action=\"/admin/preview/leave\"", page, StringComparison.Ordinal);
        Assert.Equal((path, HttpStatusCode.NotFound), (left.Headers.Location!.OriginalString, after.StatusCode));
    }

    [Fact]
    public async Task The_day_before_it_is_not_there_yet()
    {
        var path = await ScheduledAsync("Belum terbit");
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor, "sabar");

        using var before = await editor.OpenAsync($"{path}?at=2095-02-28");
        using var minute = await editor.OpenAsync($"{path}?at=2095-03-01T07:59");
        using var then = await editor.OpenAsync($"{path}?at=2095-03-01T08:00");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK), (before.StatusCode, minute.StatusCode, then.StatusCode));
    }

    [Fact]
    public async Task To_everyone_else_the_date_means_nothing()
    {
        var path = await ScheduledAsync("Hanya untuk penyunting");
        var visitor = portal.Visitor();
        visitor.DefaultRequestHeaders.Add("Cookie", $"preview-at={Then}");
        var author = await EditorAtWork.AsAsync(portal, Role.Author, "penulis");
        var librarian = await EditorAtWork.AsAsync(portal, Role.Librarian, "meja");

        foreach (var open in (Func<string, Task<HttpResponseMessage>>[])[address => visitor.GetAsync(address, Stop), author.OpenAsync, librarian.OpenAsync])
        {
            using var answer = await open($"{path}?at={Then}");

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.DoesNotContain("preview-sign", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Theory]
    [InlineData("2020-01-01")]
    [InlineData("besok")]
    [InlineData("9999-12-31")]
    [InlineData("2095-03-01'; drop table")]
    public async Task A_date_that_is_past_or_none_shows_today(string at)
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor, "keliru");

        Assert.DoesNotContain("preview-sign", await editor.ReadAsync($"/?at={Uri.EscapeDataString(at)}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_out_leads_to_no_other_site()
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor, "keluar");

        using var left = await editor.SendFormAsync("", "/admin/preview/leave", ("returnTo", "//jahat.example/?at=1"));

        Assert.Equal("/", left.Headers.Location!.OriginalString);
    }

    private async Task<string> ScheduledAsync(string title)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var draft = await scope.ServiceProvider.GetRequiredService<ContentStore>().CreateAsync(new ContentUser("1", "Rani", ContentRoles.Editor), "Page", new JsonObject
        {
            ["TitlePart"] = new JsonObject { ["Title"] = title },
            ["MarkdownBodyPart"] = new JsonObject { ["Markdown"] = "Isi." },
            ["PublishLaterPart"] = new JsonObject { ["ScheduledPublishUtc"] = "2095-03-01T01:00:00Z" },
        }, stop: Stop);
        return "/" + draft.Result!.Path;
    }
}
