namespace Metro.GraphQL.Execution.Phases;

/// <summary>
/// One step of every request. The steps stand in one list, visible in <see cref="RequestExecutor.Phases"/>, and run in
/// its order until one of them sets the result. Shared by all requests, so it must be thread-safe.
/// </summary>
public abstract class RequestPhase
{
    /// <summary>What the phase is called; also how others find their place in the list.</summary>
    public abstract string Name { get; }

    /// <summary>Does the phase's work on one request.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="GraphQLException">The request is refused with these errors.</exception>
    public abstract ValueTask RunAsync(RequestContext context);
}

/// <summary>The names of the phases that every executor has, in their order.</summary>
public static class PhaseNames
{
    /// <summary>Text becomes a document, from the cache or by the parser.</summary>
    public const string Parse = "parse";

    /// <summary>The document is checked against the schema (specification 5).</summary>
    public const string Validate = "validate";

    /// <summary>The operation is chosen by its name (specification 6.1).</summary>
    public const string SelectOperation = "select operation";

    /// <summary>The variables become values (specification 6.1.2).</summary>
    public const string CoerceVariables = "coerce variables";

    /// <summary>Directives that are checked before the operation runs have their say.</summary>
    public const string Authorize = "authorize";

    /// <summary>The operation runs (specification 6.2 to 6.4).</summary>
    public const string Execute = "execute";
}
