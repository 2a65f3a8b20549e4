using System.Net;
using System.Text.RegularExpressions;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Portal.Accounts;
using Metro.Portal.Tests.Office;
using Metro.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Safety;

/// <summary>
/// A form that a page shows can be sent: it carries the proof that a page of the portal showed it. The framework adds that by itself
/// only to forms without an address of their own.
/// </summary>
public sealed partial class FormTokenTests(OfficeUnderTest office) : IClassFixture<OfficeUnderTest>
{
    /// <summary>What <see cref="ForgeryTests"/> lists as harmless or proven otherwise; and the desk without a network, whose scans are sent later with a token of that time.</summary>
    private static readonly string[] NeedsNone = ["/appearance", "/en/appearance", "/admin/preview/leave", "/unsubscribe"];

    [Fact]
    public async Task Every_posting_form_of_every_page_carries_a_token()
    {
        var portal = office.Portal;
        await using (var scope = portal.Services.CreateAsyncScope())
        {
            // With a second branch, the desk asks at which one works.
            var db = scope.ServiceProvider.GetRequiredService<LibraryDbContext>();
            db.Add(new Branch("KLR", "Perpustakaan Kelurahan", BranchKind.Branch, WeeklyHours.Parse("mon 08:00-15:00")));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var administrator = await AtTheDoor.SignedInAsync(portal, Role.Administrator, await AtTheDoor.MemberAsync(portal, "Dewi Pengelola", "1872011705900779"));
        var (bare, forms) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var path in (await Doors.AllAsync(portal)).Where(door => door.Method == "GET" && !door.Path.Contains('?', StringComparison.Ordinal)).Select(door => door.Path.Replace("/999", "/1", StringComparison.Ordinal)).Distinct())
        {
            using var answer = await administrator.AskAsync("GET", path);
            if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "text/html" || path == "/desk/offline") continue;

            foreach (Match form in Forms().Matches(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)))
            {
                var action = Action().Match(form.Groups["tag"].Value) is { Success: true } named ? WebUtility.HtmlDecode(named.Groups["action"].Value) : path;
                if (NeedsNone.Contains(action.Split('?')[0])) continue;

                forms.Add(action);
                if (!form.Value.Contains("name=\"__RequestVerificationToken\"", StringComparison.Ordinal)) bare.Add($"{path}: {action}");
            }
        }

        Assert.Empty(bare);
        Assert.Superset(new SortedSet<string>(["/account/sign-out", "/desk/branch", "/account/privacy?handler=Download"], StringComparer.Ordinal), forms);
        Assert.True(forms.Count > 40, $"Hardly any forms were seen: {string.Join(' ', forms)}");
    }

    [Fact]
    public void Every_posting_form_with_an_address_of_its_own_says_in_its_source_whether_it_carries_a_token()
    {
        var silent = ((string[])["portal/Pages", "theme", "content/editor"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cshtml", SearchOption.AllDirectories))
            .SelectMany(file => Tags().Matches(File.ReadAllText(file)).Select(tag => (File: Path.GetRelativePath(Repository.Root, file), Tag: tag.Value)))
            .Where(form => form.Tag.Contains("method=\"post\"", StringComparison.Ordinal) && form.Tag.Contains(" action=\"", StringComparison.Ordinal) && !form.Tag.Contains("asp-antiforgery=\"", StringComparison.Ordinal))
            .Select(form => $"{form.File}: {form.Tag}");

        Assert.Empty(silent);
    }

    [GeneratedRegex("(?<tag><form\\b[^>]*\\bmethod=\"post\"[^>]*>).*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Forms();

    [GeneratedRegex("\\baction=\"(?<action>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Action();

    [GeneratedRegex("<form\\b.*?>(?=\\s|<)", RegexOptions.Singleline)]
    private static partial Regex Tags();
}
