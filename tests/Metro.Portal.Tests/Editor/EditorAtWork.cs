using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Metro.Content;
using Metro.Portal.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Editor;

/// <summary>A person with a browser in the editor, and the content behind it.</summary>
internal sealed partial class EditorAtWork(PortalUnderTest portal, HttpClient browser, ContentUser person)
{
    private static readonly ConditionalWeakTable<PortalUnderTest, Dictionary<(string, string?), EditorAtWork>> SignedIn = [];

    private const string Password = "buku di rak ketiga";

    public ContentUser Person => person;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Somebody with that role, signed in once for each portal: who signs in too often has to wait.</summary>
    public static async Task<EditorAtWork> AsAsync(PortalUnderTest portal, string? role, string name = "sari")
    {
        var people = SignedIn.GetOrCreateValue(portal);
        return people.TryGetValue((name, role), out var known) ? known : people[(name, role)] = await SignInAsync(portal, role, name);
    }

    private static async Task<EditorAtWork> SignInAsync(PortalUnderTest portal, string? role, string name)
    {
        var email = $"{name}.{role?.ToLowerInvariant() ?? "siapa"}@perpustakaan.example";
        await using var scope = portal.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        if (await accounts.FindByEmailAsync(email) is null)
        {
            var account = new Account { UserName = email, Email = email, DisplayName = name, CreatedUtc = DateTime.UnixEpoch };
            Assert.True((await accounts.CreateAsync(account, Password)).Succeeded);
            if (role is not null)
            {
                var roles = scope.ServiceProvider.GetRequiredService<RoleManager<Role>>();
                if (!await roles.RoleExistsAsync(role)) await roles.CreateAsync(new Role { Name = role });
                await accounts.AddToRoleAsync(account, role);
            }
        }

        var known = await accounts.FindByEmailAsync(email);
        var browser = portal.Visitor();
        using var form = await browser.GetAsync("/account/sign-in", Stop);
        using var answer = await browser.PostAsync("/account/sign-in", Form.Of(await form.Content.ReadAsStringAsync(Stop), ("Email", email), ("Password", Password)), Stop);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return new EditorAtWork(portal, browser, new ContentUser($"{known!.Id}", known.DisplayName, role is null ? [] : [role]));
    }

    public Task<HttpResponseMessage> OpenAsync(string path) => browser.GetAsync(path, Stop);

    public async Task<string> ReadAsync(string path)
    {
        using var page = await browser.GetAsync(path, Stop);
        Assert.True(page.StatusCode == HttpStatusCode.OK, $"{path}: {page.StatusCode}");
        return WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>Sends the form of an item as the page shows it, with what was typed in place of what it says.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] typed) => await SendAsync(path, path, typed);

    public async Task<HttpResponseMessage> SendAsync(string page, string target, params (string Name, string Value)[] typed)
    {
        using var shown = await browser.GetAsync(page, Stop);
        return await SendFormAsync(await shown.Content.ReadAsStringAsync(Stop), target, typed);
    }

    /// <summary>Presses buttons of the form's lists, one after the other, and returns the form as it is then; nothing is saved.</summary>
    public async Task<string> ChangeRowsAsync(string path, params string[] acts)
    {
        using var shown = await browser.GetAsync(path, Stop);
        var html = await shown.Content.ReadAsStringAsync(Stop);
        foreach (var act in acts) html = await ChangeRowAsync(html, path, act);
        return html;
    }

    /// <summary>Presses a button of a list, with what was typed meanwhile.</summary>
    public async Task<string> ChangeRowAsync(string html, string path, string act, params (string Name, string Value)[] typed)
    {
        using var changed = await SendFormAsync(html, path, [.. typed, ("rows", act)]);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        return await changed.Content.ReadAsStringAsync(Stop);
    }

    /// <summary>Sends a form with a file, as the page has it.</summary>
    public async Task<HttpResponseMessage> SendFileAsync(string page, string target, string fileName, byte[] bytes, params (string Name, string Value)[] typed)
    {
        using var form = new MultipartFormDataContent();
        foreach (var field in (await Form.Of(await browser.GetStringAsync(page, Stop), typed).ReadAsStringAsync(Stop)).Split('&').Select(field => field.Split('=')))
            form.Add(new StringContent(WebUtility.UrlDecode(field[1])), WebUtility.UrlDecode(field[0]));
        form.Add(new ByteArrayContent(bytes), "file", fileName);
        return await browser.PostAsync(target, form, Stop);
    }

    /// <summary>Uploads a file to the media library.</summary>
    public async Task<HttpResponseMessage> UploadAsync(string fileName, byte[] bytes)
    {
        var page = await browser.GetStringAsync("/admin/content/media", Stop);
        using var form = new MultipartFormDataContent();
        foreach (var field in (await Form.Of(page).ReadAsStringAsync(Stop)).Split('&'))
            form.Add(new StringContent(WebUtility.UrlDecode(field.Split('=')[1])), WebUtility.UrlDecode(field.Split('=')[0]));
        form.Add(new ByteArrayContent(bytes), "file", fileName);
        return await browser.PostAsync("/admin/content/media", form, Stop);
    }

    /// <summary>Sends a form that was read before.</summary>
    public Task<HttpResponseMessage> SendFormAsync(string html, string target, params (string Name, string Value)[] typed)
    {
        var fields = Inputs().Matches(html).Select(input => (
                Name: WebUtility.HtmlDecode(NameOf().Match(input.Value).Groups["name"].Value),
                Value: WebUtility.HtmlDecode(ValueOf().Match(input.Value).Groups["value"].Value)))
            .Where(field => field.Name is "__RequestVerificationToken" or "BaseVersion" or "type" or "language" or "presented" or "theirVersion" or "yours" or "path" or "Working" or "lockToken" or "picker")
            .DistinctBy(field => field.Name == "presented" ? field : (field.Name, ""))
            .ToList();
        // A browser sends every control that is there: what is not typed anew goes back as the page shows it.
        var shown = Texts().Matches(html).Select(area => (Name: WebUtility.HtmlDecode(area.Groups["name"].Value), Value: WebUtility.HtmlDecode(area.Groups["value"].Value)))
            .Concat(Inputs().Matches(html).Where(input => !input.Value.Contains("type=\"hidden\"", StringComparison.Ordinal) && !input.Value.Contains("checkbox", StringComparison.Ordinal) && !input.Value.Contains("radio", StringComparison.Ordinal))
                .Select(input => (Name: WebUtility.HtmlDecode(NameOf().Match(input.Value).Groups["name"].Value), Value: WebUtility.HtmlDecode(ValueOf().Match(input.Value).Groups["value"].Value))))
            .Where(control => fields.Contains(("presented", control.Name)) && typed.All(one => one.Name != control.Name));
        var sent = fields.Where(field => typed.All(one => one.Name != field.Name)).Concat(shown).Concat(typed);
        return browser.PostAsync(target, new FormUrlEncodedContent(sent.Select(field => KeyValuePair.Create(field.Name, field.Value))), Stop);
    }

    /// <summary>Writes a page and returns its id.</summary>
    public async Task<string> WritePageAsync(string title, string? body = null, string act = "save")
    {
        var address = await NewAsync("Page");
        using var answer = await SendAsync(address, ("TitlePart.Title", title), ("MarkdownBodyPart.Markdown", body ?? "Isi halaman ini."), ("act", act));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return IdOf(address);
    }

    /// <summary>The address at which something new of that type is written.</summary>
    public async Task<string> NewAsync(string type, string language = "id")
    {
        using var answer = await browser.GetAsync($"/admin/content/new?type={type}&language={language}", Stop);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    public async Task<ContentItem> LatestAsync(string id)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ContentReader>().FindLatestAsync(id, Stop) ?? throw new InvalidOperationException($"There is no {id}.");
    }

    public static string IdOf(string address) => address.Split('?')[0].Split('/')[^1];

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea[^>]* name=\"(?<name>[^\"]*)\"[^>]*>\r?\n?(?<value>[^<]*)</textarea>", RegexOptions.ExplicitCapture)]
    private static partial Regex Texts();

    [GeneratedRegex(" name=\"(?<name>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex NameOf();

    [GeneratedRegex(" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex ValueOf();
}

internal static class EditorAnswers
{
    /// <summary>The path of an address that may be written with or without its host.</summary>
    public static string AbsolutePathOrOriginal(this Uri address) => address.IsAbsoluteUri ? address.AbsolutePath : address.OriginalString.Split('?')[0];

    /// <summary>Does something with the portal's content, as a program would.</summary>
    public static async Task WithContentAsync(this PortalUnderTest portal, Func<ContentStore, Task<Outcome<ContentItem>>> act)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var outcome = await act(scope.ServiceProvider.GetRequiredService<ContentStore>());
        Assert.True(outcome.Succeeded, outcome.Refusal?.Code);
    }
}
