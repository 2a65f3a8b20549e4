using System.Net;
using System.Text.Json.Nodes;
using static Metro.Content.Tests.Newsroom;

namespace Metro.Content.Tests;

/// <summary>Webhooks as their receivers meet them, over real connections.</summary>
public sealed class WebhookDeliveryTests
{
    private const string Ok = "HTTP/1.1 204 No Content";

    [Fact]
    public async Task A_publication_reaches_its_receiver_signed_and_is_not_sent_twice()
    {
        await using var receiver = new Receiver(Ok);
        await using var office = await OfficeAsync();
        var hook = Done(await office.Webhooks.AddAsync(Administrator, receiver.Address.AbsoluteUri, [], Stop));
        var item = await office.Published("Page", APage("Libur"));

        Assert.Equal(new WebhookRun(1, 0), await office.Webhooks.DeliverDueAsync(office.Now, Stop));
        Assert.Equal(new WebhookRun(0, 0), await office.Webhooks.DeliverDueAsync(office.Now, Stop));

        var call = Assert.Single(receiver.Calls);
        var body = call[(call.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Contains($"{Webhooks.SignatureHeader}: {Webhooks.Sign(hook.Secret, body, office.Now)}", call, StringComparison.Ordinal);
        Assert.Equal(item.ItemId, (string?)JsonNode.Parse(body)!["contentItemId"]);
        Assert.Equal((WebhookCallState.Delivered, 204, 1), Assert.Single(await office.Webhooks.CallsAsync(hook.Webhook.Id, stop: Stop)) is var made ? (made.State, made.LastStatus, made.Attempts) : default);
    }

    [Fact]
    public async Task A_receiver_that_hangs_holds_back_no_other_and_is_tried_again()
    {
        await using Receiver hanging = new(null), other = new(Ok);
        await using var office = await OfficeAsync(TimeSpan.FromMilliseconds(300));
        var hangs = Done(await office.Webhooks.AddAsync(Administrator, hanging.Address.AbsoluteUri, [], Stop)).Webhook;
        Done(await office.Webhooks.AddAsync(Administrator, other.Address.AbsoluteUri, [], Stop));
        await office.Published("Page", APage("Libur"));

        Assert.Equal(new WebhookRun(1, 1), await office.Webhooks.DeliverDueAsync(office.Now, Stop));

        Assert.Single(other.Calls);
        var failed = Assert.Single(await office.Webhooks.CallsAsync(hangs.Id, stop: Stop));
        Assert.Equal((WebhookCallState.Waiting, null, office.Now.AddMinutes(1)), (failed.State, failed.LastStatus, failed.DueUtc!.Value));
        hanging.Answer = Ok;
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new WebhookRun(1, 0), await office.Webhooks.DeliverDueAsync(office.Now, Stop));
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_again_with_the_same_id_and_its_answer_is_shown()
    {
        await using var receiver = new Receiver("HTTP/1.1 500 Internal Server Error");
        await using var office = await OfficeAsync();
        var hook = Done(await office.Webhooks.AddAsync(Administrator, receiver.Address.AbsoluteUri, [], Stop)).Webhook;
        await office.Published("Page", APage("Libur"));

        Assert.Equal(new WebhookRun(0, 1), await office.Webhooks.DeliverDueAsync(office.Now, Stop));
        Assert.Equal((500, "500 Internal Server Error"), Assert.Single(await office.Webhooks.CallsAsync(hook.Id, stop: Stop)) is var call ? (call.LastStatus, call.LastFailure) : default);
        receiver.Answer = Ok;
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        await office.Webhooks.DeliverDueAsync(office.Now, Stop);

        Assert.Equal(2, receiver.Calls.Count);
        Assert.Single(receiver.Calls.Select(DeliveryOf).Distinct());
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var inner = new Receiver(Ok);
        await using var receiver = new Receiver($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {inner.Address}");
        await using var office = await OfficeAsync();
        var hook = Done(await office.Webhooks.AddAsync(Administrator, receiver.Address.AbsoluteUri, [], Stop)).Webhook;
        await office.Published("Page", APage("Libur"));

        Assert.Equal(new WebhookRun(0, 1), await office.Webhooks.DeliverDueAsync(office.Now, Stop));

        Assert.Empty(inner.Calls);
        Assert.Equal(307, Assert.Single(await office.Webhooks.CallsAsync(hook.Id, stop: Stop)).LastStatus);
    }

    [Fact]
    public async Task A_name_that_leads_inside_the_network_is_not_called()
    {
        await using var receiver = new Receiver(Ok);
        await using var office = await OpenAsync();
        var hook = Done(await office.Webhooks.AddAsync(Administrator, $"https://localhost:{receiver.Address.Port}/hook", [], Stop)).Webhook;
        await office.Published("Page", APage("Libur"));

        Assert.Equal(new WebhookRun(0, 1), await office.Webhooks.DeliverDueAsync(office.Now, Stop));

        Assert.Empty(receiver.Calls);
        Assert.Contains("inside the network", Assert.Single(await office.Webhooks.CallsAsync(hook.Id, stop: Stop)).LastFailure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:7f00:1::")]
    [InlineData("ff02::1")]
    public async Task An_address_inside_the_network_is_told_from_the_open_one_however_it_is_written(string address)
    {
        await using var office = await OpenAsync();
        var host = address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;

        Assert.False(OpenNetwork.Has(IPAddress.Parse(address)));
        Assert.Equal("content.webhook.url", Refused(await office.Webhooks.AddAsync(Administrator, $"https://{host}/hook", [], Stop)));
    }

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946")]
    public void An_address_of_the_open_network_is_called(string address) => Assert.True(OpenNetwork.Has(IPAddress.Parse(address)));

    [Fact]
    public async Task While_it_is_paused_nothing_is_called_and_what_waited_goes_out_after()
    {
        await using var receiver = new Receiver(Ok);
        await using var office = await OfficeAsync();
        var hook = Done(await office.Webhooks.AddAsync(Administrator, receiver.Address.AbsoluteUri, [], Stop)).Webhook;
        await office.Published("Page", APage("Sebelum"));
        Assert.Null(await office.Webhooks.PauseAsync(Administrator, hook.Id, Stop));
        await office.Published("Page", APage("Sementara itu"));

        Assert.Equal(new WebhookRun(0, 0), await office.Webhooks.DeliverDueAsync(office.Now, Stop));
        Assert.Null(await office.Webhooks.ResumeAsync(Administrator, hook.Id, Stop));
        Assert.Equal(new WebhookRun(1, 0), await office.Webhooks.DeliverDueAsync(office.Now, Stop));

        Assert.Contains("Sebelum", Assert.Single(receiver.Calls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_delivered_or_given_up_is_sent_again_when_an_administrator_asks()
    {
        await using var receiver = new Receiver(Ok);
        await using var office = await OfficeAsync();
        var hook = Done(await office.Webhooks.AddAsync(Administrator, receiver.Address.AbsoluteUri, [], Stop)).Webhook;
        await office.Published("Page", APage("Libur"));
        await office.Webhooks.DeliverDueAsync(office.Now, Stop);
        var call = Assert.Single(await office.Webhooks.CallsAsync(hook.Id, stop: Stop));

        Assert.Equal(Refusal.Forbidden, await office.Webhooks.ResendAsync(Editor, hook.Id, call.Id, Stop));
        Assert.Equal(Refusal.NotFound, await office.Webhooks.ResendAsync(Administrator, "lain", call.Id, Stop));
        Assert.Null(await office.Webhooks.ResendAsync(Administrator, hook.Id, call.Id, Stop));
        await office.Webhooks.DeliverDueAsync(office.Now, Stop);

        Assert.Equal([call.Id, call.Id], receiver.Calls.Select(DeliveryOf));
        Assert.Contains(await office.History.AuditAsync(hook.Id, stop: Stop), line => line.Act == "Resent");
    }

    [Fact]
    public async Task A_webhook_is_changed_its_secret_renewed_and_each_act_audited()
    {
        await using var office = await OpenAsync();
        var made = Done(await office.Webhooks.AddAsync(Administrator, "https://sosial.example/hook", ["Page"], Stop));

        Assert.Null(await office.Webhooks.ChangeAsync(Administrator, made.Webhook.Id, "https://sosial.example/baru", ["NewsPost"], Stop));
        Assert.Equal("content.webhook.url", (await office.Webhooks.ChangeAsync(Administrator, made.Webhook.Id, "http://sosial.example/", [], Stop))!.Code);
        Assert.NotEqual(made.Secret, Done(await office.Webhooks.RenewSecretAsync(Administrator, made.Webhook.Id, Stop)).Secret);
        Assert.Equal(Refusal.Forbidden, await office.Webhooks.PauseAsync(Editor, made.Webhook.Id, Stop));

        Assert.Equal(("https://sosial.example/baru", "NewsPost"), (await office.Webhooks.FindAsync(made.Webhook.Id, Stop)) is { } hook ? (hook.Url, Assert.Single(hook.Types)) : default);
        Assert.Equal(["Created", "Saved", "SecretRenewed"], (await office.History.AuditAsync(made.Webhook.Id, stop: Stop)).Select(line => line.Act).Order());
    }

    private static async Task<Newsroom> OfficeAsync(TimeSpan? timeout = null)
    {
        var office = await OpenAsync();
        office.Post = new WebhookPost(new WebhookSettings { MayCallInnerAddresses = true, Timeout = timeout ?? TimeSpan.FromSeconds(30) });
        return office;
    }

    private static string DeliveryOf(string call) => call.Split("\r\n").First(line => line.StartsWith("X-Metro-Delivery:", StringComparison.Ordinal))["X-Metro-Delivery: ".Length..];
}
