using System.Security.Claims;
using Metro.GraphQL.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Tests.Annotations;

/// <summary>A server of a few classes.</summary>
internal static class Server
{
    public static RequestExecutor Of(Action<GraphQLServerBuilder> setUp, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        services?.Invoke(collection);
        setUp(collection.AddLogging().AddGraphQLServer());
        return collection.BuildServiceProvider().GetRequiredService<RequestExecutor>();
    }

    public static async Task<string> AnswerAsync(this RequestExecutor executor, string document, ClaimsPrincipal? user = null, bool allowIntrospection = false)
    {
        await using var result = await executor.ExecuteAsync(GraphQLRequest.For(document) with { User = user, AllowIntrospection = allowIntrospection });
        return Assert.IsType<OperationResult>(result).ToJson();
    }

    public static ClaimsPrincipal User(params string[] roles) =>
        new(new ClaimsIdentity(roles.Select(role => new Claim(ClaimTypes.Role, role)), "test"));
}
