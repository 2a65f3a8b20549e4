using System.Security.Claims;
using System.Text.Json;
using Metro.GraphQL.Cost;
using Microsoft.AspNetCore.Http;

namespace Metro.GraphQL.Execution;

/// <summary>Which operations a transport lets through; a GET over HTTP only carries queries.</summary>
[Flags]
public enum AllowedOperations
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Queries.</summary>
    Query = 1,

    /// <summary>Mutations.</summary>
    Mutation = 2,

    /// <summary>Subscriptions.</summary>
    Subscription = 4,

    /// <summary>Every operation.</summary>
    All = Query | Mutation | Subscription,
}

/// <summary>One request as the transport received it (specification 6.1). Immutable.</summary>
public sealed record GraphQLRequest
{
    /// <summary>The document's text; null when only its id is given.</summary>
    public string? Document { get; init; }

    /// <summary>The id of a persisted document; null when the text is given.</summary>
    public string? DocumentId { get; init; }

    /// <summary>Which operation of the document to run; null when there is only one.</summary>
    public string? OperationName { get; init; }

    /// <summary>The variables as JSON: an object, null or undefined. The document it belongs to must outlive the request.</summary>
    public JsonElement Variables { get; init; }

    /// <summary>The request's extensions as JSON: an object, null or undefined.</summary>
    public JsonElement Extensions { get; init; }

    /// <summary>The services of the request; null for a scope that the executor opens and closes.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Who asks; null for nobody.</summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>What resolvers read as global state; null for none.</summary>
    public IReadOnlyDictionary<string, object?>? GlobalState { get; init; }

    /// <summary>Whether this request may ask for the schema; null for what the server says.</summary>
    public bool? AllowIntrospection { get; init; }

    /// <summary>The files of a multipart request by the names that its variables call them; null for none.</summary>
    public IReadOnlyDictionary<string, IFormFile>? Files { get; init; }

    /// <summary>How the request asked for its cost to be told.</summary>
    public CostReport CostReport { get; init; }

    /// <summary>The document, when the transport found it by its bytes.</summary>
    internal PreparedDocument? Prepared { get; init; }

    /// <summary>Which operations the transport lets through.</summary>
    public AllowedOperations AllowedOperations { get; init; } = AllowedOperations.All;

    /// <summary>A request for a document without variables.</summary>
    /// <param name="document">The document's text.</param>
    public static GraphQLRequest For(string document) => new() { Document = document };

    /// <summary>A request for a document with variables.</summary>
    /// <param name="document">The document's text.</param>
    /// <param name="variables">The variables, as an object that is written as JSON.</param>
    public static GraphQLRequest For(string document, object? variables) =>
        new() { Document = document, Variables = JsonSerializer.SerializeToElement(variables) };
}
