namespace Metro.Portal.Accounts.Api;

/// <summary>A request to the API that is refused before it is read, answered in the form that its clients expect.</summary>
internal static class ApiRefusal
{
    public static Task WriteAsync(HttpContext context, string code, string message, CancellationToken stop = default) => context.Response.WriteAsJsonAsync(
        new { errors = new[] { new { message, extensions = new { code } } } },
        options: null, contentType: "application/graphql-response+json; charset=utf-8", cancellationToken: stop);
}
