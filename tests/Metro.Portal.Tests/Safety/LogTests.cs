using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Metro.Portal.Tests.Safety;

/// <summary>What the log tells, and what it never does. OWASP ASVS 5, chapter 16.</summary>
public sealed partial class LogTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    private const string Nik = "1872011705900888";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_tells_who_signed_in_and_what_was_refused_and_no_secret()
    {
        using var lines = new Lines();
        await portal.OpenAsync("catatan@log.example");
        await AtTheDoor.MemberAsync(portal, "Budi Pembaca", Nik);
        await using var watched = portal.WithWebHostBuilder(host => host.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(lines)));
        using var browser = watched.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        using var form = await browser.GetAsync("/account/sign-in", Stop);
        (await browser.PostAsync("/account/sign-in", Form.Of(await form.Content.ReadAsStringAsync(Stop), ("Email", "catatan@log.example"), ("Password", "kunci yang keliru\r\nPalsu: baris")), Stop)).Dispose();

        var session = await browser.SignInAsync("catatan@log.example");
        var token = await TokenAsync(browser);
        (await browser.GetAsync("/admin/jobs", Stop)).Dispose();
        (await browser.PostAsync("/account/tokens", new FormUrlEncodedContent([new("Name", Nik)]), Stop)).Dispose();

        Assert.Contains(lines.All, line => Regex.IsMatch(line, @"Account \d+ signed in by pwd at account/sign-in", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Contains(lines.All, line => line.Contains("Refused (sign-in, 422): POST account/sign-in", StringComparison.Ordinal));
        Assert.Contains(lines.All, line => line.Contains("Refused (access, 302): GET admin/jobs", StringComparison.Ordinal));
        Assert.Contains(lines.All, line => line.Contains("Refused (request, 400): POST account/tokens", StringComparison.Ordinal));
        foreach (var secret in (string[])[Sessions.Password, "kunci yang keliru", "Palsu", token, session.Split('=')[1], "catatan@log.example", Nik])
            Assert.DoesNotContain(lines.All, line => line.Contains(secret, StringComparison.Ordinal));
    }

    private static async Task<string> TokenAsync(HttpClient browser)
    {
        using var page = await browser.GetAsync("/account/tokens", Stop);
        using var made = await browser.PostAsync("/account/tokens", Form.Of(await page.Content.ReadAsStringAsync(Stop), ("Name", "Laporan"), ("Scopes", "catalog:read"), ("Days", "30")), Stop);
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        return Token().Match(await browser.GetStringAsync("/account/tokens", Stop)).Value is { Length: > 20 } token ? token : throw new InvalidOperationException("No token was shown.");
    }

    [GeneratedRegex("metro_[A-Za-z0-9_-]{20,}")]
    private static partial Regex Token();

    /// <summary>Whatever is written to the log, by anybody, as it would be in production.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
