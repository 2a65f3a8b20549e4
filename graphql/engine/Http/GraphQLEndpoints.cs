using Metro.GraphQL.Execution;
using Metro.GraphQL.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Where hosts find the other Map methods without a using of their own.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts GraphQL servers at addresses of an application.</summary>
public static class GraphQLEndpoints
{
    extension(IEndpointRouteBuilder endpoints)
    {
        /// <summary>
        /// Serves GraphQL over HTTP, server-sent events and WebSockets at an address; below it the schema, persisted
        /// operations and GraphiQL's files.
        /// </summary>
        /// <param name="path">The address.</param>
        /// <returns>For conventions such as authorization or CORS, which apply to all of it.</returns>
        public IEndpointConventionBuilder MapGraphQL(string path = "/graphql") =>
            endpoints.MapGraphQL(endpoints.ServiceProvider.GetRequiredService<RequestExecutor>(), path);

        /// <summary>Serves a schema of its own at an address, besides or instead of the application's.</summary>
        /// <param name="executor">What answers the requests.</param>
        /// <param name="path">The address.</param>
        /// <param name="options">How it speaks HTTP; null for the application's options.</param>
        /// <returns>For conventions such as authorization or CORS, which apply to all of it.</returns>
        public IEndpointConventionBuilder MapGraphQL(RequestExecutor executor, string path, GraphQLServerOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(executor);
            var services = endpoints.ServiceProvider;
            options ??= services.GetService<GraphQLServerOptions>() ?? new();
            var isDevelopment = services.GetService<IHostEnvironment>()?.IsDevelopment() is true;
            var endpoint = new GraphQLEndpoint(
                executor,
                options,
                services.GetService<IntrospectionOptions>()?.IsAllowed ?? isDevelopment,
                options.EnableTool ?? isDevelopment,
                services.GetService<IHostApplicationLifetime>());

            var sockets = endpoints.CreateApplicationBuilder();
            sockets.UseWebSockets();
            sockets.Run(endpoint.HandleAsync);
            var withSockets = sockets.Build();

            var group = endpoints.MapGroup(path);
            group.Map("", http => IsUpgrade(http) ? withSockets(http) : endpoint.HandleAsync(http))
                .WithDisplayName($"GraphQL {path}");
            group.Map("{**rest}", endpoint.HandleBelowAsync).WithDisplayName($"GraphQL {path}/…");
            return group;
        }
    }

    // The handshake's object is made for those requests only that can become a WebSocket.
    private static bool IsUpgrade(HttpContext http) =>
        !HttpMethods.IsPost(http.Request.Method)
        && (http.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest is true
            || http.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect is true);
}
