using System.Net;
using Metro.Portal.Accounts;
using Metro.Portal.Tests.Editor;
using Metro.Portal.Tests.Site;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Office;

/// <summary>A furnished portal with its offering, and the staff who work in its office; one for the tests of a class.</summary>
public sealed class OfficeUnderTest : IAsyncLifetime
{
    private readonly FurnishedPortal furnished = new();

    public PortalUnderTest Portal => furnished.Portal;

    public Offering Offering { get; private set; } = null!;

    /// <summary>The key of <em>Laskar pelangi</em>.</summary>
    public long LaskarPelangi => furnished.LaskarPelangi;

    public async ValueTask InitializeAsync()
    {
        await furnished.InitializeAsync();
        Offering = await Offering.MakeAsync(Portal.Services, FurnishedPortal.Monday);
    }

    public ValueTask DisposeAsync() => furnished.DisposeAsync();

    internal Task<EditorAtWork> LibrarianAsync() => EditorAtWork.AsAsync(Portal, Role.Librarian, "ratna");

    internal Task<EditorAtWork> AdministratorAsync() => EditorAtWork.AsAsync(Portal, Role.Administrator, "dewi");

    /// <summary>Does something with one of the portal's parts, in a scope of its own.</summary>
    public async Task<T> DoAsync<TPart, T>(Func<TPart, Task<T>> act)
        where TPart : notnull
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TPart>());
    }

    /// <summary>Whoever does not serve the desk is sent away: strangers to sign in, others to where it says so.</summary>
    internal async Task AssertForStaffOnlyAsync(string path)
    {
        using var stranger = await Portal.Visitor().GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, stranger.StatusCode);
        Assert.Contains("sign-in", stranger.Headers.Location!.OriginalString, StringComparison.Ordinal);

        using var editor = await (await EditorAtWork.AsAsync(Portal, Role.Editor)).OpenAsync(path);
        Assert.Contains("not-allowed", editor.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }
}

/// <summary>What a form answered.</summary>
internal static class OfficeAnswers
{
    /// <summary>Where a form led that was accepted.</summary>
    public static string Accepted(this HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>The page with which a form was refused, as a person reads it.</summary>
    public static async Task<string> RefusedAsync(this HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
