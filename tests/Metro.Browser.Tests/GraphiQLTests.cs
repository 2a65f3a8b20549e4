using System.Text.Json;
using Microsoft.Playwright;

namespace Metro.Browser.Tests;

/// <summary>The tool in which developers ask the API, served by the portal itself.</summary>
public sealed class GraphiQLTests(Browsing browsing)
{
    [Fact]
    public async Task A_developer_asks_the_API_in_the_browser_and_no_other_host_hears_of_it()
    {
        var page = await browsing.VisitorAsync();
        List<string> faults = [], elsewhere = [];
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, message) =>
        {
            if (message.Type is "error") faults.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(browsing.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal)) elsewhere.Add(request.Url);
        };
        await page.GotoAsync("/graphql");
        var editor = page.Locator(".graphiql-query-editor .monaco-editor").First;
        await editor.ClickAsync();

        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync("query Asked { books(first: 1) { nodes { title } } }");
        var answered = page.WaitForResponseAsync(response => response.Request.PostData?.Contains("query Asked", StringComparison.Ordinal) is true);
        await page.Keyboard.PressAsync("Control+Enter");
        var answer = JsonDocument.Parse(await (await answered).TextAsync()).RootElement;

        var title = answer.GetProperty("data").GetProperty("books").GetProperty("nodes")[0].GetProperty("title").GetString()!;
        await Assertions.Expect(page.Locator(".graphiql-response")).ToContainTextAsync(title.Replace(' ', '\u00a0'));
        Assert.Empty(elsewhere);
        Assert.Empty(faults);
    }

    [Fact]
    public async Task The_tool_knows_the_schema()
    {
        var page = await browsing.VisitorAsync();
        await page.GotoAsync("/graphql");

        await page.GetByRole(AriaRole.Button, new() { Name = "Documentation Explorer" }).ClickAsync();

        await Assertions.Expect(page.Locator(".graphiql-doc-explorer")).ToContainTextAsync("Query");
    }
}
