namespace Metro.GraphQL;

/// <summary>The codes that clients branch on, as HotChocolate numbers them.</summary>
public static class ErrorCodes
{
    /// <summary>A runtime value does not fit its scalar, or an input value could not be converted.</summary>
    public const string InvalidRuntimeValue = "HC0001";

    /// <summary>A literal does not fit its scalar.</summary>
    public const string InvalidLiteral = "HC0002";

    /// <summary>A task of the executor failed.</summary>
    public const string TaskFailed = "HC0008";

    /// <summary>The request is invalid.</summary>
    public const string RequestInvalid = "HC0009";

    /// <summary>The request body is larger than allowed.</summary>
    public const string RequestTooLarge = "HC0010";

    /// <summary>The request body is not JSON.</summary>
    public const string InvalidJson = "HC0011";

    /// <summary>The request could not be read.</summary>
    public const string RequestUnreadable = "HC0012";

    /// <summary>The request carries neither a document nor a document's id.</summary>
    public const string QueryAndIdMissing = "HC0013";

    /// <summary>The document does not follow the grammar.</summary>
    public const string SyntaxError = "HC0014";

    /// <summary>There is no document, or no operation of that name in it.</summary>
    public const string OperationDocumentNotFound = "HC0015";

    /// <summary>A variable's value does not fit its type.</summary>
    public const string InvalidVariableValue = "HC0016";

    /// <summary>A variable's type is not an input type.</summary>
    public const string VariableNotInputType = "HC0017";

    /// <summary>Null for a field that is never null.</summary>
    public const string NonNullViolation = "HC0018";

    /// <summary>The root value could not be made.</summary>
    public const string RootValueFailed = "HC0019";

    /// <summary>No persisted operation has this id.</summary>
    public const string PersistedOperationNotFound = "HC0020";

    /// <summary>A field that promises at most one result found several.</summary>
    public const string MoreThanOneResult = "HC0022";

    /// <summary>The request took longer than allowed.</summary>
    public const string Timeout = "HC0045";

    /// <summary>Introspection is closed.</summary>
    public const string IntrospectionNotAllowed = "HC0046";

    /// <summary>The request costs more than allowed.</summary>
    public const string CostExceeded = "HC0047";

    /// <summary>The client went away or the host is stopping.</summary>
    public const string Canceled = "HC0049";

    /// <summary>A OneOf input object without a field.</summary>
    public const string OneOfNoFieldSet = "HC0054";

    /// <summary>A OneOf input object with several fields.</summary>
    public const string OneOfMoreThanOneFieldSet = "HC0055";

    /// <summary>A OneOf input object whose field is null.</summary>
    public const string OneOfFieldIsNull = "HC0056";

    /// <summary>A nullable variable in a field of a OneOf input object.</summary>
    public const string OneOfFieldMustBeNonNull = "HC0057";

    /// <summary>Only persisted operations are allowed.</summary>
    public const string OnlyPersistedOperationsAllowed = "HC0067";

    /// <summary>More nodes were asked for at once than allowed.</summary>
    public const string TooManyNodes = "HC0076";

    /// <summary>The caller has not signed in.</summary>
    public const string NotAuthenticated = "AUTH_NOT_AUTHENTICATED";

    /// <summary>The caller may not see this.</summary>
    public const string NotAuthorized = "AUTH_NOT_AUTHORIZED";

    /// <summary>The policy that an authorize directive names does not exist.</summary>
    public const string PolicyNotFound = "AUTH_POLICY_NOT_FOUND";

    /// <summary>There is no default policy.</summary>
    public const string NoDefaultPolicy = "AUTH_NO_DEFAULT_POLICY";
}
