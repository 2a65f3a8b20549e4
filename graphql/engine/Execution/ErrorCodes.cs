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

    /// <summary>The multipart form could not be read.</summary>
    public const string MultipartInvalidForm = "HC0033";

    /// <summary>The multipart form has no part <c>operations</c>.</summary>
    public const string MultipartNoOperations = "HC0034";

    /// <summary>The parts of a multipart form stand in the wrong order: <c>operations</c>, <c>map</c>, files.</summary>
    public const string MultipartMisordered = "HC0035";

    /// <summary>A key of <c>map</c> names no place in the operations.</summary>
    public const string MultipartNoObjectPath = "HC0037";

    /// <summary>A key of <c>map</c> names a file that did not come.</summary>
    public const string MultipartFileMissing = "HC0038";

    /// <summary>A path of <c>map</c> names a variable that is not there.</summary>
    public const string MultipartVariableNotFound = "HC0039";

    /// <summary>A path of <c>map</c> does not fit the variable's structure.</summary>
    public const string MultipartVariableStructureInvalid = "HC0040";

    /// <summary>A path of <c>map</c> cannot be read.</summary>
    public const string MultipartInvalidPath = "HC0041";

    /// <summary>A path of <c>map</c> does not begin with <c>variables</c>.</summary>
    public const string MultipartPathMustStartWithVariables = "HC0042";

    /// <summary>The part <c>map</c> is not a JSON object of lists of paths.</summary>
    public const string MultipartInvalidMap = "HC0043";

    /// <summary>The multipart form has no part <c>map</c>.</summary>
    public const string MultipartMapMissing = "HC0044";

    /// <summary>Null where a filter's operation has no meaning for it.</summary>
    public const string FilterNullNotSupported = "HC0026";

    /// <summary>A filter holds more comparisons or values than allowed.</summary>
    public const string FilterTooLarge = "FILTER_TOO_LARGE";

    /// <summary>An order holds more steps than allowed.</summary>
    public const string OrderTooLarge = "ORDER_TOO_LARGE";

    /// <summary>More items were asked for than a page may hold.</summary>
    public const string PageTooLarge = "HC0051";

    /// <summary>Neither <c>first</c> nor <c>last</c> was given where one must be.</summary>
    public const string PagingBoundariesMissing = "HC0052";

    /// <summary>A cursor is none, or one of another order.</summary>
    public const string InvalidCursor = "HC0078";

    /// <summary>A negative number of items was asked for.</summary>
    public const string PageSizeNegative = "HC0079";

    /// <summary><c>first</c> was not given where it must be.</summary>
    public const string PagingFirstMissing = "HC0090";

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

    /// <summary>The SDL was asked for with an empty list of types.</summary>
    public const string TypeParameterEmpty = "HC0058";

    /// <summary>The SDL was asked for with something that is no type's name.</summary>
    public const string TypeNameInvalid = "HC0059";

    /// <summary>The SDL was asked for with a type that does not exist.</summary>
    public const string TypeDoesNotExist = "HC0060";

    /// <summary>The client accepts no media type that this answer can be written in.</summary>
    public const string AcceptNotSupported = "HC0063";

    /// <summary>The Accept header cannot be read.</summary>
    public const string AcceptMalformed = "HC0064";

    /// <summary>Only persisted operations are allowed.</summary>
    public const string OnlyPersistedOperationsAllowed = "HC0067";

    /// <summary>More nodes were asked for at once than allowed.</summary>
    public const string TooManyNodes = "HC0076";

    /// <summary>A request that another site could forge lacks the header <c>GraphQL-Preflight</c>.</summary>
    public const string PreflightRequired = "HC0077";

    /// <summary>A list needs exactly one of the arguments that bound it.</summary>
    public const string ExactlyOneSlicingArgument = "HC0082";

    /// <summary>Introspection goes deeper than allowed.</summary>
    public const string IntrospectionTooDeep = "HC0086";

    /// <summary>One field stands more often on a path than allowed.</summary>
    public const string FieldCycleTooDeep = "HC0087";

    /// <summary>The operation is deeper than allowed.</summary>
    public const string TooDeep = "LIMIT_DEPTH";

    /// <summary>The operation has more aliases than allowed.</summary>
    public const string TooManyAliases = "LIMIT_ALIASES";

    /// <summary>The operation has more directives than allowed.</summary>
    public const string TooManyDirectives = "LIMIT_DIRECTIVES";

    /// <summary>The operation has more root fields than allowed.</summary>
    public const string TooManyRootFields = "LIMIT_ROOT_FIELDS";

    /// <summary>The batch holds more requests than allowed, or batches are not allowed.</summary>
    public const string BatchTooLarge = "LIMIT_BATCH";

    /// <summary>More requests are under way than the server takes at once.</summary>
    public const string TooManyRequests = "LIMIT_CONCURRENCY";

    /// <summary>The nodes of the server lost each other; messages of a subscription may have been missed.</summary>
    public const string SubscriptionInterrupted = "SUBSCRIPTION_INTERRUPTED";

    /// <summary>The caller has not signed in.</summary>
    public const string NotAuthenticated = "AUTH_NOT_AUTHENTICATED";

    /// <summary>The caller may not see this.</summary>
    public const string NotAuthorized = "AUTH_NOT_AUTHORIZED";

    /// <summary>The policy that an authorize directive names does not exist.</summary>
    public const string PolicyNotFound = "AUTH_POLICY_NOT_FOUND";

    /// <summary>There is no default policy.</summary>
    public const string NoDefaultPolicy = "AUTH_NO_DEFAULT_POLICY";
}
