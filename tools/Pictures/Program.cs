using Microsoft.Playwright;

// dotnet run --project tools/Pictures -- http://localhost:5000 docs/pictures
// Takes the main pages of a running portal, on a phone and on a desk, light and dark.
if (args is not [var address, var folder])
{
    Console.Error.WriteLine("Pictures ADDRESS FOLDER, such as: Pictures http://localhost:5000 docs/pictures");
    return 1;
}

(string Name, string Path)[] pages =
[
    ("home", "/"), ("home-en", "/en"), ("search", "/search?q=lampung"), ("catalogue", "/catalog?q=indonesia"), ("book", "/catalog/1"), ("programs", "/programs"),
    ("spaces", "/spaces"), ("visits", "/visits"), ("e-resources", "/e-resources"), ("hours", "/hours"), ("theme", "/theme"),
];
(string Name, int Width, int Height)[] screens = [("desk", 1280, 900), ("phone", 390, 844)];

using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
{
    ExecutablePath = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser"]).First(File.Exists),
    Args = ["--no-sandbox", "--disable-gpu"],
});
Directory.CreateDirectory(folder);
foreach (var (screen, width, height) in screens)
{
    foreach (var appearance in (string[])["light", "dark"])
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        await context.AddCookiesAsync([new Cookie { Name = "appearance", Value = appearance, Url = address }]);
        foreach (var (name, path) in pages)
        {
            var page = await context.NewPageAsync();
            var answer = await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
            if (answer?.Ok != true)
            {
                Console.Error.WriteLine($"{path} answers {answer?.Status}: no picture of it.");
                continue;
            }

            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{screen}-{appearance}.jpg"), Type = ScreenshotType.Jpeg, Quality = 82 });
            await page.CloseAsync();
            Console.WriteLine($"{name} {screen} {appearance}");
        }
    }
}

return 0;
