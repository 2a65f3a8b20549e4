using Metro.GraphQL.Types;

namespace Metro.GraphQL.Execution;

/// <summary>The executor's own errors. Path and locations are added where they arise.</summary>
internal static class Errors
{
    public static IError Unexpected(Exception failure, bool withDetails)
    {
        var error = ErrorBuilder.New().SetMessage("Unexpected Execution Error").SetException(failure);
        if (withDetails)
        {
            error.SetExtension("message", failure.Message);
            error.SetExtension("stackTrace", failure.StackTrace);
        }

        return error.Build();
    }

    public static IError NullForNonNull(FieldDefinition field) => ErrorBuilder.New()
        .SetMessage($"Cannot return null for non-nullable field {field.Coordinate}.")
        .SetCode(ErrorCodes.NonNullViolation)
        .Build();

    public static IError NoList(FieldDefinition field) => ErrorBuilder.New()
        .SetMessage($"Expected Iterable, but did not find one for field \"{field.Coordinate}\".")
        .Build();

    public static IError NoObjectType(NamedType type, FieldDefinition field) => ErrorBuilder.New()
        .SetMessage($"Abstract type \"{type.Name}\" must resolve to an Object type at runtime for field \"{field.Coordinate}\".")
        .Build();

    public static IError Timeout(TimeSpan limit) => ErrorBuilder.New()
        .SetMessage($"The request exceeded the configured timeout of {limit:c}.")
        .SetCode(ErrorCodes.Timeout)
        .Build();

    public static IError Canceled { get; } = ErrorBuilder.New()
        .SetMessage("The request was canceled.")
        .SetCode(ErrorCodes.Canceled)
        .Build();

    public static IError NothingToExecute { get; } = ErrorBuilder.New()
        .SetMessage("Either the query or the id of a persisted operation must be provided.")
        .SetCode(ErrorCodes.QueryAndIdMissing)
        .Build();

    public static IError OperationNameNeeded { get; } = ErrorBuilder.New()
        .SetMessage("Must provide operation name if query contains multiple operations.")
        .Build();

    public static IError NoOperation { get; } = ErrorBuilder.New()
        .SetMessage("Must provide an operation.")
        .Build();

    public static IError UnknownOperation(string name) => ErrorBuilder.New()
        .SetMessage($"Unknown operation named \"{name}\".")
        .Build();

    public static IError NotConfigured(Language.OperationKind kind) => ErrorBuilder.New()
        .SetMessage($"The schema is not configured to execute {Word(kind)} operations.")
        .Build();

    public static IError NotAllowed(Language.OperationKind kind) => ErrorBuilder.New()
        .SetMessage($"The transport does not carry {Word(kind)} operations.")
        .Build();

    private static string Word(Language.OperationKind kind) => kind switch
    {
        Language.OperationKind.Query => "query",
        Language.OperationKind.Mutation => "mutation",
        _ => "subscription",
    };
}
