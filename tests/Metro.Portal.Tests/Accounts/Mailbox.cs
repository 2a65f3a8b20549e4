using System.Net;
using System.Text.Json;
using Metro.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Accounts;

/// <summary>The letters about accounts that wait to be sent, as their readers will get them.</summary>
internal static class Mailbox
{
    /// <summary>The kinds of letters to an address, the oldest first.</summary>
    public static async Task<IReadOnlyList<string>> LettersAsync(this PortalUnderTest portal, string email)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var key = "mail:" + email.ToLowerInvariant();
        return await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().OutboxMessages.AsNoTracking()
            .Where(message => message.RecipientKey == key).OrderBy(message => message.Id).Select(message => message.Kind).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The link of the latest letter to an address, from the site's root.</summary>
    public static async Task<string> LinkAsync(this PortalUnderTest portal, string email)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var key = "mail:" + email.ToLowerInvariant();
        var payload = await scope.ServiceProvider.GetRequiredService<LibraryDbContext>().OutboxMessages.AsNoTracking()
            .Where(message => message.RecipientKey == key).OrderByDescending(message => message.Id).Select(message => message.Payload).FirstAsync(TestContext.Current.CancellationToken);
        using var facts = JsonDocument.Parse(payload);
        return new Uri(facts.RootElement.GetProperty("link").GetString()!).PathAndQuery;
    }

    /// <summary>Opens a page and sends its form.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this HttpClient visitor, string path, params (string Name, string Value)[] typed)
    {
        using var page = await visitor.GetAsync(path, TestContext.Current.CancellationToken);
        return await visitor.PostAsync(page.RequestMessage!.RequestUri, Form.Of(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), typed), TestContext.Current.CancellationToken);
    }

    /// <summary>What an answer says, as people read it.</summary>
    public static async Task<string> TextAsync(this HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
