using System.IO.Compression;
using System.Net;
using System.Reflection;
using System.Text;
using Metro.Content;
using Metro.Library;
using Metro.Portal.Accounts;
using Metro.Portal.Pages.EResources;
using Metro.Portal.Tests.Editor;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.Portal.Tests.Safety;

/// <summary>What people with bad intentions type into addresses and forms. OWASP ASVS 5, chapters 1, 2, 5 and 15.3.</summary>
public sealed class HostileInputTests(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    /// <summary>Values as they stand in an address: too long, unreadable, of another kind, or of another language than ours.</summary>
    private static readonly string[] Hostile =
    [
        new('a', 2_000), string.Concat(Enumerable.Repeat("kata%20", 14_000)), "%00", "a%00b", "%ED%A0%80", "%C0%AE%C0%AE", "%25", "-1", "99999999999999999999", "2026-13-45", "1e309",
        "%27%22%3B--%3Cscript%3E", "%22%20OR%20*%3A(NEAR", "..%2F..%2F..%2Fappsettings.json", "%0D%0ASet-Cookie%3A%20x%3Dy", "%F0%9F%93%9A%E2%80%AE", "",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_stands_in_an_address_the_answer_is_no_fault()
    {
        var (visitor, broken, asked) = (await AtTheDoor.AnonymousAsync(portal), new List<string>(), 0);
        foreach (var endpoint in Doors.Endpoints(portal).Where(IsRead))
        {
            var names = await ParametersAsync(endpoint);
            for (var turn = 0; turn < Hostile.Length && names.Count > 0; turn++) await AskAsync(Doors.PathOf(endpoint) + "?" + string.Join('&', names.Select((name, at) => $"{name}={Hostile[(at + turn) % Hostile.Length]}")));
            // Words in the way itself, where a word may stand there. A path with a null never comes this far: Kestrel refuses it.
            if (Doors.PathOf(endpoint, "x") != Doors.PathOf(endpoint, "y"))
                foreach (var word in Hostile.Where(word => word.Length is > 0 and < 9_000 && !word.Contains("%00", StringComparison.Ordinal))) await AskAsync(Doors.PathOf(endpoint, word));
        }

        Assert.True(asked > 300, "Hardly anything was asked.");
        Assert.Empty(broken);

        async Task AskAsync(string path)
        {
            asked++;
            using var answer = await visitor.AskAsync("GET", path);
            if ((int)answer.StatusCode >= 500 && !path.StartsWith("/health", StringComparison.Ordinal)) broken.Add($"{(int)answer.StatusCode} {path[..Math.Min(path.Length, 200)]}");
            if (answer.Headers.TryGetValues("Set-Cookie", out var set) && set.Any(cookie => cookie.StartsWith("x=y", StringComparison.Ordinal))) broken.Add($"A header was slipped in: {path}");
        }
    }

    [Theory]
    [InlineData("/media/..%2f..%2fappsettings.json")]
    [InlineData("/media/%2e%2e%2f%2e%2e%2fappsettings.json")]
    [InlineData("/media/....//....//appsettings.json")]
    [InlineData("/media/..%5c..%5cappsettings.json")]
    [InlineData("/media/%252e%252e%252fappsettings.json")]
    [InlineData("/media/%2fetc%2fpasswd")]
    [InlineData("/_content/Metro.Theme/..%2f..%2f..%2fappsettings.json")]
    [InlineData("/..%2fappsettings.json")]
    [InlineData("/appsettings.json")]
    [InlineData("/metro.db")]
    [InlineData("/.git/config")]
    [InlineData("/graphql/..%2f..%2fappsettings.json")]
    public async Task No_address_leads_to_a_file_that_is_not_for_visitors(string path)
    {
        using var answer = await portal.Visitor().GetAsync(path, Stop);

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        Assert.DoesNotContain("LogLevel", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_by_another_host_s_name_gets_no_link_to_it()
    {
        foreach (var path in (string[])["/", "/en/news", "/catalog", "/account/sign-in", "/tidak/ada"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "elsewhere.example";
            request.Headers.Add("X-Forwarded-Host", "elsewhere.example");
            using var answer = await portal.Visitor().SendAsync(request, Stop);
            var page = await answer.Content.ReadAsStringAsync(Stop);

            // A page says of itself where it is (canonical and preview); whatever is followed or sent stays on this site.
            Assert.DoesNotMatch("(href|action|src)=\"(https?:)?//elsewhere", page.Replace("<link rel=\"canonical\"", "", StringComparison.Ordinal).Replace("<link rel=\"alternate\"", "", StringComparison.Ordinal).Split("<body")[^1]);
            Assert.DoesNotContain("elsewhere", answer.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_has_the_questions_that_it_shows_and_no_others()
    {
        await portal.OpenAsync("lebih@pintu.example");
        using var browser = portal.Visitor();
        await browser.SignInAsync("lebih@pintu.example", ("Role", Role.Administrator), ("Roles", Role.Administrator), ("MemberId", "1"), ("account.MemberId", "1"), ("LockoutEnabled", "false"));
        using var page = await browser.GetAsync("/account/tokens", Stop);
        (await browser.PostAsync("/account/tokens", Form.Of(await page.Content.ReadAsStringAsync(Stop),
            ("Name", "Laporan"), ("Scopes", "catalog:read"), ("Scopes", "desk:write"), ("Days", "99999"), ("AccountId", "1"), ("Token.AccountId", "1"), ("Hash", "00"), ("Id", "7")), Stop)).Dispose();

        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        var account = await db.Users.AsNoTracking().SingleAsync(one => one.Email == "lebih@pintu.example", Stop);
        Assert.Null(account.MemberId);
        Assert.False(await db.UserRoles.AnyAsync(role => role.UserId == account.Id, Stop));
        var token = Assert.Single(await db.ApiTokens.AsNoTracking().Where(one => one.AccountId == account.Id).ToListAsync(Stop));
        Assert.Equal("catalog:read", token.Scopes);
        Assert.InRange((token.ExpiresUtc - token.CreatedUtc).TotalDays, 1, 365);
    }

    [Fact]
    public async Task No_form_writes_straight_into_a_row_of_the_database()
    {
        await using var scope = portal.Services.CreateAsyncScope();
        DbContext[] contexts = [scope.ServiceProvider.GetRequiredService<LibraryDbContext>(), scope.ServiceProvider.GetRequiredService<AccountsDbContext>()];
        var rows = contexts.SelectMany(context => context.Model.GetEntityTypes()).Select(entity => entity.ClrType).ToHashSet();
        var (bound, found) = (0, new List<string>());
        foreach (var endpoint in Doors.Endpoints(portal))
        {
            if (await Doors.PageAsync(portal, endpoint) is not { } page) continue;

            var types = page.BoundProperties.Select(property => property.ParameterType)
                .Concat(page.HandlerMethods.SelectMany(handler => handler.Parameters).Where(parameter => parameter.BindingInfo?.BindingSource != BindingSource.Services).Select(parameter => parameter.ParameterType));
            foreach (var type in types.SelectMany(Within).Distinct())
            {
                bound++;
                if (rows.Contains(type)) found.Add($"{page.ViewEnginePath} binds {type.Name}");
            }
        }

        Assert.True(bound > 50, "Hardly any forms were found.");
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("foto.png", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("foto.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("halaman.html", "<script>alert(1)</script>")]
    [InlineData("foto.png", "GIF89a<script>alert(1)</script>")]
    [InlineData("../../wwwroot/foto.png", "MZ program")]
    [InlineData("buku.epub", "PK\u0003\u0004 bukan buku")]
    [InlineData("foto.jpg%00.html", "<script>alert(1)</script>")]
    public async Task A_file_that_is_not_what_it_says_does_no_harm(string name, string text)
    {
        var editor = await EditorAtWork.AsAsync(portal, Role.Editor);

        using var answer = await editor.UploadAsync(name, Encoding.Latin1.GetBytes(text));

        Assert.InRange((int)answer.StatusCode, 200, 499);
        await using var scope = portal.Services.CreateAsyncScope();
        var kept = await scope.ServiceProvider.GetRequiredService<MediaLibrary>().ListAsync(stop: Stop);
        Assert.DoesNotContain(kept, asset => asset.Path.Contains("..", StringComparison.Ordinal) || asset.ContentType.Contains("svg", StringComparison.Ordinal) || asset.ContentType.Contains("html", StringComparison.Ordinal) || asset.ContentType.Contains("epub", StringComparison.Ordinal));
    }

    [Fact]
    public void A_book_brings_no_file_of_the_server_along()
    {
        const string declared = "<!DOCTYPE x [<!ENTITY file SYSTEM \"file:///etc/hostname\"><!ENTITY lol \"lol\">]>";
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put("META-INF/container.xml", """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>""");
            Put("book.opf", declared + """
                <package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Buku &file; &lol;</dc:title></metadata>
                <manifest><item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>
                """);
            Put("one.xhtml", declared + "<html><body><p>Isi &file; &lol;</p></body></html>");

            void Put(string name, string text)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        using var book = EpubBook.Open(file);

        Assert.DoesNotContain(System.Environment.MachineName, book?.Html(0, _ => "", _ => "") ?? "", StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(">lol", book?.Html(0, _ => "", _ => "") ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("lol", book?.Title ?? "", StringComparison.Ordinal);
    }

    private static bool IsRead(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("GET");

    /// <summary>What a page or route reads from the query, by name.</summary>
    private async Task<IReadOnlyList<string>> ParametersAsync(RouteEndpoint endpoint)
    {
        var inWay = endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var names = await Doors.PageAsync(portal, endpoint) is { } page
            ? page.BoundProperties.Select(property => property.BindingInfo?.BinderModelName ?? property.Name)
                .Concat(page.HandlerMethods.Where(handler => handler.HttpMethod == "Get").SelectMany(handler => handler.Parameters).Select(parameter => parameter.BindingInfo?.BinderModelName ?? parameter.Name))
            : endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Where(parameter => Type.GetTypeCode(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) is not TypeCode.Object).Select(parameter => parameter.Name!) ?? [];
        return [.. names.Where(name => !inWay.Contains(name)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A type, those of its elements and those of its settable properties.</summary>
    private static IEnumerable<Type> Within(Type type)
    {
        var plain = type.IsGenericType ? type.GetGenericArguments() : type.IsArray ? [type.GetElementType()!] : [type];
        return plain.Concat(plain.Where(one => one.Namespace?.StartsWith("Metro", StringComparison.Ordinal) == true && one.IsClass).SelectMany(one => one.GetProperties()).Where(property => property.CanWrite)
            .Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
    }
}
