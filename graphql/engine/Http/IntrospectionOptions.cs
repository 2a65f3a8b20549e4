namespace Metro.GraphQL.Http;

/// <summary>Whether clients may ask for the schema.</summary>
public sealed class IntrospectionOptions
{
    /// <summary>
    /// Whether <c>__schema</c> and <c>__type</c> are answered, and the schema may be downloaded; null, as it is unless told
    /// otherwise, for in Development only. A single request can be let through by
    /// <see cref="Execution.GraphQLRequest.AllowIntrospection"/>.
    /// </summary>
    public bool? IsAllowed { get; set; }

    /// <summary>What a client reads whose request is refused.</summary>
    public string Message { get; set; } = "Introspection is not allowed for the current request.";
}
