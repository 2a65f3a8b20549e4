using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

public sealed class WebhookTests
{
    [Fact]
    public async Task A_publication_and_a_withdrawal_are_written_to_the_outbox_signed_and_without_the_text()
    {
        await using var office = await OpenAsync();
        var hook = Done(await office.Webhooks.AddAsync(Administrator, "https://sosial.example/hook", ["Page"], Stop));
        var item = await office.Published("Page", APage("Libur", "Isi yang panjang."));
        await office.Published("Workshop", AWorkshop("Tidak diikuti"));
        office.Clock.Advance(TimeSpan.FromSeconds(1));
        await office.Store.UnpublishAsync(Editor, item.ItemId, stop: Stop);

        var due = await office.Webhooks.ClaimDueAsync(10, Stop);

        Assert.Equal(["content.published", "content.unpublished"], due.Select(delivery => (string?)JsonNode.Parse(delivery.Body)!["event"]));
        Assert.DoesNotContain("panjang", due[0].Body, StringComparison.Ordinal);
        var seconds = new DateTimeOffset(office.Now).ToUnixTimeSeconds();
        var hash = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(hook.Secret), Encoding.UTF8.GetBytes($"{seconds}.{due[0].Body}")));
        Assert.Equal($"t={seconds},v1={hash}", due[0].Signature);
    }

    [Fact]
    public async Task A_refused_publication_tells_nobody()
    {
        await using var office = await OpenAsync();
        Done(await office.Webhooks.AddAsync(Administrator, "https://sosial.example/hook", [], Stop));
        var draft = await office.Draft("Workshop", []);

        Refused(await office.Store.PublishAsync(Editor, draft.ItemId, draft.VersionId, stop: Stop));

        Assert.Empty(await office.Webhooks.ClaimDueAsync(10, Stop));
    }

    [Fact]
    public async Task A_claimed_call_is_left_to_its_claimer_and_due_again_when_he_vanishes()
    {
        await using var office = await OpenAsync();
        Done(await office.Webhooks.AddAsync(Administrator, "https://sosial.example/hook", [], Stop));
        await office.Published("Page", APage("Libur"));

        var first = Assert.Single(await office.Webhooks.ClaimDueAsync(10, Stop));
        Assert.Empty(await office.Webhooks.ClaimDueAsync(10, Stop));
        office.Clock.Advance(TimeSpan.FromMinutes(3));
        var second = Assert.Single(await office.Webhooks.ClaimDueAsync(10, Stop));
        await office.Webhooks.DeliveredAsync(second.Id, 200, Stop);
        office.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal((first.Id, 2), (second.Id, second.Attempt));
        Assert.Empty(await office.Webhooks.ClaimDueAsync(10, Stop));
    }

    [Fact]
    public async Task What_fails_is_tried_later_and_later_and_given_up_after_the_eighth_try()
    {
        await using var office = await OpenAsync();
        Done(await office.Webhooks.AddAsync(Administrator, "https://sosial.example/hook", [], Stop));
        await office.Published("Page", APage("Libur"));

        foreach (var minutes in (int[])[0, 1, 4, 16, 64, 256, 360, 360])
        {
            if (minutes > 0)
            {
                office.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
                Assert.Empty(await office.Webhooks.ClaimDueAsync(10, Stop));
                office.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            await office.Webhooks.FailedAsync(Assert.Single(await office.Webhooks.ClaimDueAsync(10, Stop)).Id, "503", 503, Stop);
        }

        office.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await office.Webhooks.ClaimDueAsync(10, Stop));
        Assert.Equal(1, await office.Webhooks.ForgetBeforeAsync(office.Now, Stop));
    }

    [Theory]
    [InlineData("http://sosial.example/hook")]
    [InlineData("https://user:pass@sosial.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("hook")]
    public async Task A_webhook_is_called_by_https_only(string url)
    {
        await using var office = await OpenAsync();

        Assert.Equal("content.webhook.url", Refused(await office.Webhooks.AddAsync(Administrator, url, [], Stop)));
    }
}
