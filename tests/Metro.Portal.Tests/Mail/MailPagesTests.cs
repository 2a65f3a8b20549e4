using System.Net;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Library.Outbox;
using Metro.Portal.Accounts;
using Metro.Portal.Tests.Editor;
using Metro.Scheduler.Delivery;
using Metro.Scheduler.Letters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Mail;

/// <summary>The outgoing mail as staff see it, and the link that ends reminders.</summary>
public sealed class MailPagesTests : IAsyncLifetime
{
    private static readonly UnsubscribeWish Wish = new("mail:guru@example.id", MailTopic.Visits);

    private readonly PortalUnderTest portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var start = await portal.Visitor().GetAsync("/health/live");
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task Looking_at_the_link_changes_nothing_and_one_click_of_a_mail_program_ends_the_reminders()
    {
        var link = portal.Services.GetRequiredService<UnsubscribeLinks>().For(Wish, "id").PathAndQuery;
        using var stranger = portal.Visitor();

        using var page = await stranger.GetAsync(link, Stop);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Empty(await StoppedAsync());

        // RFC 8058, 3.1: no cookies, no form of ours.
        using var click = await stranger.PostAsync(link, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]), Stop);
        Assert.Equal(HttpStatusCode.OK, click.StatusCode);
        Assert.Equal([MailTopic.Visits], await StoppedAsync());

        using var again = await stranger.PostAsync(link.Replace("/unsubscribe?", "/unsubscribe?handler=Resume&", StringComparison.Ordinal), null, Stop);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Empty(await StoppedAsync());
    }

    [Theory]
    [InlineData("/unsubscribe")]
    [InlineData("/unsubscribe?t=made-up")]
    [InlineData("/en/unsubscribe?t=made-up")]
    public async Task A_link_that_is_not_ours_ends_nothing(string link)
    {
        using var answer = await portal.Visitor().PostAsync(link, null, Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/admin/mail")]
    [InlineData("/admin/mail/letters")]
    [InlineData("/admin/mail/templates")]
    [InlineData("/admin/mail/templates/circulation.due_soon")]
    [InlineData("/admin/mail/person?email=guru%40example.id")]
    [InlineData("/admin/jobs")]
    public async Task Only_staff_see_the_mail_and_the_jobs_in_both_languages(string path)
    {
        using var visitor = await portal.Visitor().GetAsync(path, Stop);
        Assert.Equal(HttpStatusCode.Redirect, visitor.StatusCode);

        using var editor = await (await EditorAtWork.AsAsync(portal, Role.Editor)).OpenAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, editor.StatusCode);
        Assert.Contains("not-allowed", editor.Headers.Location!.OriginalString, StringComparison.Ordinal);

        var librarian = await EditorAtWork.AsAsync(portal, Role.Librarian, "ratna");
        Assert.Contains("<h1", await librarian.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await librarian.ReadAsync("/en" + path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_was_given_up_is_shown_with_what_the_server_said_and_sent_once_more()
    {
        await using (var scope = portal.Services.CreateAsyncScope())
        {
            var (db, now) = (scope.ServiceProvider.GetRequiredService<LibraryDbContext>(), scope.ServiceProvider.GetRequiredService<LibraryCalendar>().Now);
            await db.TellAsync(new Subject("visit", 7), Recipient.Address("guru@example.id", "id"), "visits.received", now, new { School = "SDN 1 Metro" }, now, Stop);
            await db.SaveChangesAsync(Stop);
            var message = await db.OutboxMessages.SingleAsync(Stop);
            message.Claim("test", now, TimeSpan.FromMinutes(1));
            message.Failed(now, "no", null, "550 5.1.1 no such user");
            await db.SaveChangesAsync(Stop);
        }

        var librarian = await EditorAtWork.AsAsync(portal, Role.Librarian, "ratna");
        Assert.Contains("550 5.1.1 no such user", await librarian.ReadAsync("/admin/mail"), StringComparison.Ordinal);
        using (var sent = await librarian.SendAsync("/admin/mail", "/admin/mail?handler=Resend", ("id", "1"))) Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);

        await using var other = portal.Services.CreateAsyncScope();
        Assert.Equal(1, (await other.ServiceProvider.GetRequiredService<LetterDelivery>().SendDueAsync(Stop)).Sent);
        var list = await librarian.ReadAsync("/admin/mail/letters");
        Assert.Contains("Permohonan kunjungan diterima: SDN 1 Metro", list, StringComparison.Ordinal);
        var key = (await other.ServiceProvider.GetRequiredService<LibraryDbContext>().OutboxMessages.AsNoTracking().SingleAsync(Stop)).Letter;
        Assert.Contains("permohonan kunjungan kelas Anda", (await librarian.ReadAsync($"/admin/mail/letters/{key}")).ReplaceLineEndings(" "), StringComparison.Ordinal);
        using var document = await librarian.OpenAsync($"/admin/mail/letters/{key}?handler=Document");
        Assert.Contains("sandbox", document.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_a_letters_key_opens_a_file()
    {
        var librarian = await EditorAtWork.AsAsync(portal, Role.Librarian, "ratna");

        foreach (var path in (string[])["/admin/mail/letters/..%2F..%2Fmetro.db00000000000000000", $"/admin/mail/letters/{new string('0', 32)}", "/admin/mail/templates/no.such_kind"])
        {
            using var answer = await librarian.OpenAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Only_an_administrator_pauses_a_job()
    {
        var librarian = await EditorAtWork.AsAsync(portal, Role.Librarian, "ratna");
        using (var refused = await librarian.SendAsync("/account", "/admin/jobs?handler=Pause", ("job", "clean-up"), ("paused", "true")))
            Assert.Contains("not-allowed", refused.Headers.Location!.OriginalString, StringComparison.Ordinal);

        var administrator = await EditorAtWork.AsAsync(portal, Role.Administrator, "dewi");
        using (var paused = await administrator.SendAsync("/admin/jobs", "/admin/jobs?handler=Pause", ("job", "clean-up"), ("paused", "true"))) Assert.Equal(HttpStatusCode.Redirect, paused.StatusCode);
        Assert.Contains("dijeda", await administrator.ReadAsync("/admin/jobs"), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<MailTopic>> StoppedAsync()
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Subscriptions>().StoppedAsync(Wish.RecipientKey, Stop);
    }
}
