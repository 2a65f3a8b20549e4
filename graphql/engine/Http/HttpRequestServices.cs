using Microsoft.AspNetCore.Http;

namespace Metro.GraphQL.Http;

/// <summary>The services of an HTTP request, whose scope opens only when a resolver asks for the first of them.</summary>
internal sealed class HttpRequestServices(HttpContext http) : IServiceProvider
{
    public object? GetService(Type serviceType) => http.RequestServices.GetService(serviceType);
}
