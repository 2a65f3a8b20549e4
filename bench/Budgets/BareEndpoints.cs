using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using Metro.Bench.Budgets;
using Metro.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(BareEndpoints))]

namespace Metro.Bench.Budgets;

/// <summary>
/// What the portal is measured against, in its own process. Below <c>/bare</c> endpoints stand behind all of the portal's middleware
/// and do the least that gives the same answer; below <c>/naked</c> they stand before it, as in a server that has nothing else.
/// Requests come from four thousand addresses in turn, so that limits for one address do their work and turn nobody away.
/// </summary>
internal sealed class BareEndpoints : IHostingStartup, IStartupFilter
{
    private static readonly byte[] TypeName = Encoding.UTF8.GetBytes("""{"data":{"__typename":"Query"}}""");
    private static readonly IPAddress[] Visitors = [.. Enumerable.Range(0, 4_096).Select(i => new IPAddress([10, 0, (byte)(i >> 8), (byte)i]))];

    private static int visits;

    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(this));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(BeforeEverything);
        next(app);
        // Where the portal's own endpoints are; a route of these two steps is more precise than any of its pages'.
        var routes = (IEndpointRouteBuilder)app.Properties["__EndpointRouteBuilder"]!;
        var books = new BareBooks(app.ApplicationServices.GetRequiredService<DatabaseSettings>().ConnectionString);
        routes.MapPost("/bare/typename", (RequestDelegate)AnswerTypeName).AllowAnonymous();
        routes.MapPost("/bare/books", (RequestDelegate)books.AnswerAsync).AllowAnonymous();
        routes.MapGet("/bare/page", (RequestDelegate)AnswerPage).AllowAnonymous();
    };

    private static Task BeforeEverything(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path == "/naked/typename") return AnswerTypeName(http);

        http.Connection.RemoteIpAddress = Visitors[(uint)Interlocked.Increment(ref visits) % (uint)Visitors.Length];
        return next(http);
    }

    private static Task AnswerTypeName(HttpContext http) => Answer(http, "application/graphql-response+json; charset=utf-8", TypeName);

    /// <summary>A page of so many bytes, made beforehand.</summary>
    private static Task AnswerPage(HttpContext http)
    {
        var bytes = int.Parse(http.Request.Query["bytes"]!, CultureInfo.InvariantCulture);
        return Answer(http, "text/html; charset=utf-8", Pages.GetOrAdd(bytes, MakePage));
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, byte[]> Pages = new();

    private static byte[] MakePage(int bytes)
    {
        // As compressible as a page: the same elements with other words.
        var (page, dice) = (new StringBuilder("<!doctype html><title>Bare</title>"), new Random(1));
        while (page.Length < bytes) page.Append(CultureInfo.InvariantCulture, $"<li class=\"card\"><a href=\"/catalog/{dice.Next(1_000_000)}\">Judul {dice.Next(100_000)}</a></li>\n");
        return Encoding.UTF8.GetBytes(page.ToString(0, bytes));
    }

    private static Task Answer(HttpContext http, string type, byte[] bytes)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = bytes.Length;
        http.Response.BodyWriter.Write(bytes);
        return Task.CompletedTask;
    }
}
