using System.Security.Claims;
using System.Text.Encodings.Web;
using Metro.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Metro.Content.Editor.Tests;

/// <summary>A site that is nothing but content and its API, with people who say in a header who they are.</summary>
public sealed class ContentSite : IAsyncLifetime
{
    private readonly DirectoryInfo media = Directory.CreateTempSubdirectory("metro-media-");
    private TestDatabase<ContentDbContext>? database;
    private WebApplication? site;

    public FakeClock Clock { get; } = new();

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync<ContentDbContext>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddContent(database.Settings, new ContentSettings(), new MediaSettings(media.FullName));
        builder.Services.AddAuthentication("header").AddScheme<AuthenticationSchemeOptions, ByHeader>("header", null);
        builder.Services.AddAuthorization();
        site = builder.Build();
        site.UseAuthentication();
        site.UseAuthorization();
        site.MapContentApi();
        await site.StartAsync();
    }

    /// <summary>A program that nobody signed in.</summary>
    public HttpClient Anyone() => site!.GetTestClient();

    /// <summary>A program that acts for a person with these roles.</summary>
    public HttpClient As(string name, params string[] roles)
    {
        var client = Anyone();
        client.DefaultRequestHeaders.Add(ByHeader.Header, string.Join(';', [name, .. roles]));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (site is not null) await site.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
        media.Delete(recursive: true);
    }

    private sealed class ByHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Header = "X-Test-Person";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers[Header].ToString() is not { Length: > 0 } person) return Task.FromResult(AuthenticateResult.NoResult());

            var parts = person.Split(';');
            var identity = new ClaimsIdentity(
                [new(ClaimTypes.NameIdentifier, parts[0]), new(ClaimTypes.Name, parts[0]), .. parts.Skip(1).Select(role => new Claim(ClaimTypes.Role, role))], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
