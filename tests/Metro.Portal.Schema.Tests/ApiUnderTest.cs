using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Metro.Data;
using Metro.Library;
using Metro.Library.Calendar;
using Metro.Portal.Accounts;
using Metro.Portal.Accounts.Tokens;
using Metro.Portal.Tests;
using Metro.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Schema.Tests;

/// <summary>
/// The whole portal in this process, with a clock that stands at Monday 5 January 2026, 09:00 WIB, and two branches; asked
/// over HTTP, as every client does.
/// </summary>
public sealed class ApiUnderTest : WebApplicationFactory<Program>
{
    public const string Password = "buku di rak ketiga";

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("metro-api-");
    private readonly DatabaseSettings database = PortalDatabase.CreateAsync().GetAwaiter().GetResult();

    public FakeClock Clock { get; } = new();

    /// <summary>Every command that is sent to the database.</summary>
    public SqlLog Sql { get; } = new();

    /// <summary>The key of the main branch, open from Monday to Saturday.</summary>
    public long Main { get; private set; }

    /// <summary>The key of a kelurahan's branch, with the same hours.</summary>
    public long Kelurahan { get; private set; }

    public static Actor Librarian { get; } = Actor.Staff("1", "Ibu Ratna");

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ApiUnderTest> OpenAsync()
    {
        var api = new ApiUnderTest();
        await api.ChangeAsync(async (LibraryDbContext db) =>
        {
            var week = WeeklyHours.Parse("mon 08:00-16:00; tue 08:00-16:00; wed 08:00-16:00; thu 08:00-16:00; fri 08:00-11:30,13:30-16:00; sat 08:00-12:00");
            var main = new Branch("MTR", "Perpustakaan Kota Metro", BranchKind.Main, week) { NameEnglish = "Metro City Library" };
            var kelurahan = new Branch("YSM", "Pojok Baca Yosomulyo", BranchKind.Branch, week);
            db.AddRange(main, kelurahan);
            await db.SaveChangesAsync(Stop);
            (api.Main, api.Kelurahan) = (main.Id, kelurahan.Id);
        });
        return api;
    }

    /// <summary>Does something with one of the portal's services, in a scope of its own.</summary>
    public async Task<T> DoAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <inheritdoc cref="DoAsync{TService, T}"/>
    public async Task ChangeAsync<TService>(Func<TService, Task> act)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>What is asked, answered.</summary>
    public async Task<Answer> AskAsync(string document, object? variables = null, HttpClient? client = null, string path = "/graphql")
    {
        using var response = await (client ?? CreateClient()).PostAsJsonAsync(path, new { query = document, variables }, Stop);
        return await Answer.OfAsync(response);
    }

    /// <summary>A browser in which somebody with an account has signed in.</summary>
    /// <param name="memberId">The member behind the account.</param>
    /// <param name="roles">The roles that it has.</param>
    public async Task<HttpClient> SignedInAsync(long? memberId = null, params string[] roles)
    {
        var email = memberId is { } member ? $"anggota-{member}@perpustakaan.example" : $"{Guid.NewGuid():N}@perpustakaan.example";
        await AccountAsync(email, memberId, roles);
        var client = CreateClient();
        using var form = await client.GetAsync("/account/sign-in", Stop);
        var html = await form.Content.ReadAsStringAsync(Stop);
        var token = html.Split("name=\"__RequestVerificationToken\"")[1].Split("value=\"")[1].Split('"')[0];
        using var content = new FormUrlEncodedContent([new("Email", email), new("Password", Password), new("__RequestVerificationToken", token)]);
        using var answer = await client.PostAsync("/account/sign-in", content, Stop);
        answer.EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>Makes an account, once for each address; its key.</summary>
    public async Task<long> AccountAsync(string email, long? memberId, params string[] roles)
    {
        await using var scope = Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        if (await accounts.FindByEmailAsync(email) is { } before) return before.Id;
        var known = scope.ServiceProvider.GetRequiredService<RoleManager<Role>>();
        foreach (var role in roles)
            if (!await known.RoleExistsAsync(role)) await known.CreateAsync(new Role { Name = role });

        var account = new Account { UserName = email, Email = email, EmailConfirmed = true, DisplayName = "Sari", CreatedUtc = DateTime.UnixEpoch, MemberId = memberId };
        Assert.Empty((await accounts.CreateAsync(account, Password)).Errors);
        if (roles.Length > 0) Assert.Empty((await accounts.AddToRolesAsync(account, roles)).Errors);
        return account.Id;
    }

    /// <summary>A program that bears a token of an account, and the account's key. The token is good for thirty days.</summary>
    /// <param name="memberId">The member behind the account.</param>
    /// <param name="scopes">What the token is good for.</param>
    /// <param name="roles">The roles of its owner.</param>
    public async Task<(HttpClient Client, long Account)> TokenAsync(long? memberId, IEnumerable<string> scopes, params string[] roles)
    {
        var account = await AccountAsync(memberId is { } id ? $"anggota-{id}@perpustakaan.example" : $"{Guid.NewGuid():N}@perpustakaan.example", memberId, roles);
        var (token, secret) = ApiToken.Create(account, "uji", scopes, Clock.UtcNow, 30);
        await ChangeAsync(async (AccountsDbContext db) =>
        {
            db.Add(token);
            await db.SaveChangesAsync(Stop);
        });
        return (Bearing(secret), account);
    }

    /// <summary>A program that bears a token.</summary>
    public HttpClient Bearing(string token)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return client;
    }

    /// <summary>The global id of a node.</summary>
    public static string Id(string type, long key) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{type}:{key}"));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Portal:DataPath", data.FullName);
        builder.UseSetting("Portal:Demo", "false");
        builder.UseSetting("Portal:Jobs", "false");
        builder.UseSetting("Database:Provider", database.Provider.ToString());
        builder.UseSetting("ConnectionStrings:Portal", database.ConnectionString);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton(Sql);
            services.ConfigureDbContext<Metro.Content.SqliteContentDbContext>(options => options.AddInterceptors(Sql));
            services.ConfigureDbContext<Metro.Content.PostgreSqlContentDbContext>(options => options.AddInterceptors(Sql));
            services.ConfigureDbContext<SqliteLibraryDbContext>(options => options.AddInterceptors(Sql));
            services.ConfigureDbContext<PostgreSqlLibraryDbContext>(options => options.AddInterceptors(Sql));
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await TestDatabase.DropAsync(database);
        data.Delete(recursive: true);
    }
}

/// <summary>What a request came to.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The body.</param>
/// <param name="Headers">The headers.</param>
public sealed record Answer(int Status, JsonNode Json, HttpResponseHeaders Headers)
{
    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(ApiUnderTest.Stop);
        return new((int)response.StatusCode, JsonNode.Parse(body)!, response.Headers);
    }

    /// <summary>The data, of an answer without errors.</summary>
    public JsonNode Data
    {
        get
        {
            Assert.True(Json["errors"] is null, Json.ToJsonString());
            return Json["data"]!;
        }
    }

    /// <summary>The data as it was written.</summary>
    public string Text => Data.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The codes of the errors.</summary>
    public IEnumerable<string?> Codes => (Json["errors"] as JsonArray ?? []).Select(error => error!["extensions"]?["code"]?.GetValue<string>());
}
