using Metro.GraphQL.DataLoaders;
using Metro.GraphQL.Language;
using Metro.GraphQL.Validation;

namespace Metro.GraphQL.Execution;

/// <summary>How requests are executed. Set up before the first request, not changed afterwards.</summary>
public sealed class RequestOptions
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>How long one request, or one event of a subscription, may take. 30 seconds unless told otherwise; at least 100 ms.</summary>
    public TimeSpan ExecutionTimeout
    {
        get;
        set => field = value < ShortestTimeout ? ShortestTimeout : value;
    } = TimeSpan.FromSeconds(30);

    /// <summary>Whether unexpected exceptions tell the client their message and stack. Never outside of development.</summary>
    public bool IncludeExceptionDetails { get; set; }

    /// <summary>How many field errors one response holds at most; further ones are dropped. 100 unless told otherwise.</summary>
    public int MaxFieldErrors { get; set; } = 100;

    /// <summary>How many errors of variables one response holds at most. 5 unless told otherwise.</summary>
    public int MaxRequestErrors { get; set; } = 5;

    /// <summary>How many places in the document one error names at most. 5 unless told otherwise.</summary>
    public int MaxLocationsPerError { get; set; } = 5;

    /// <summary>How many documents are kept parsed, validated and planned. 512 unless told otherwise.</summary>
    public int DocumentCacheCapacity { get; set; } = 512;

    /// <summary>The limits of the parser.</summary>
    public ParserOptions Parser { get; set; } = ParserOptions.Default;

    /// <summary>How far validation goes.</summary>
    public ValidationOptions Validation { get; set; } = ValidationOptions.Default;

    /// <summary>Changes to every error before the client sees it, in this order.</summary>
    public IList<Func<IError, IError>> ErrorFilters { get; } = [];

    /// <summary>Where time comes from.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal DataLoaderRegistry DataLoaders { get; } = new();
}
