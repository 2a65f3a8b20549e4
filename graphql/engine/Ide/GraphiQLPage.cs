using System.Buffers;
using System.Collections.Frozen;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Metro.GraphQL.Ide;

/// <summary>
/// GraphiQL for browsers, with everything it needs from this server: the page asks no other host for anything. The files
/// lie in the assembly, compressed, under names that change with their content. Thread-safe.
/// </summary>
internal sealed class GraphiQLPage
{
    private const string Prefix = "Metro.GraphQL.Ide/";
    private const string Compressed = ".br";

    // Monaco writes style sheets and style attributes as it goes, so styles cannot be stricter; scripts are.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
        + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    private readonly FrozenDictionary<string, byte[]> _files = typeof(GraphiQLPage).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..^Compressed.Length], Read, StringComparer.Ordinal);

    public void Write(HttpContext http)
    {
        var at = HtmlEncoder.Default.Encode((http.Request.PathBase + http.Request.Path).ToString().TrimEnd('/'));
        var page = Encoding.UTF8.GetBytes($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>GraphiQL</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{at}/{NameOf("graphiql-", ".css")}">
            <script type="module" src="{at}/{NameOf("graphiql-", ".js")}"></script>
            </head>
            <body class="graphiql-body"><div id="graphiql">GraphiQL needs JavaScript.</div></body>
            </html>
            """);

        var response = http.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (!HttpMethods.IsHead(http.Request.Method)) response.BodyWriter.Write(page);
    }

    public void WriteAsset(HttpContext http, string name)
    {
        var response = http.Response;
        if (!_files.TryGetValue(name, out var file))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }

        response.ContentType = ContentTypes.TryGetContentType(name, out var type) ? type : "application/octet-stream";
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.XContentTypeOptions = "nosniff";
        if (AcceptsBrotli(http.Request)) response.Headers.ContentEncoding = "br";
        else file = Decompress(file);
        response.ContentLength = file.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) response.BodyWriter.Write(file);
    }

    private string NameOf(string start, string end) => _files.Keys.First(name =>
        name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal));

    private static bool AcceptsBrotli(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(coding => coding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);

    private static byte[] Read(string resource)
    {
        using var stream = typeof(GraphiQLPage).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] Decompress(byte[] file)
    {
        using var brotli = new BrotliStream(new MemoryStream(file), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        brotli.CopyTo(plain);
        return plain.ToArray();
    }
}
