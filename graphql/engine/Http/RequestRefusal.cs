namespace Metro.GraphQL.Http;

/// <summary>A request that is refused before GraphQL sees it. Caught in one place, which writes it as an answer.</summary>
internal sealed class RequestRefusal(int statusCode, IError error) : Exception(error.Message)
{
    public int StatusCode => statusCode;

    public IError Error => error;

    public static RequestRefusal BadRequest(string code, string message) => new(400, Make(code, message));

    public static RequestRefusal TooLarge(long limit) => new(
        413, Make(ErrorCodes.RequestTooLarge, $"The request is larger than the {limit} bytes that are allowed."));

    public static RequestRefusal UnsupportedMediaType(string expected) => new(
        415, Make(ErrorCodes.RequestInvalid, $"The request must have the content type {expected}, in UTF-8."));

    public static RequestRefusal NotJson() => BadRequest(ErrorCodes.RequestUnreadable, "The request is not valid JSON in UTF-8.");

    public static RequestRefusal WrongMember(string name, string expected) =>
        BadRequest(ErrorCodes.RequestInvalid, $"The request's \"{name}\" must be {expected}.");

    public static RequestRefusal NeitherQueryNorId() => BadRequest(
        ErrorCodes.QueryAndIdMissing, "Either the query or the id of a persisted operation must be provided.");

    public static RequestRefusal NotAcceptable() => new(
        406, Make(ErrorCodes.AcceptNotSupported, "None of the media types in the Accept header is supported for this answer."));

    public static RequestRefusal AcceptMalformed() => BadRequest(
        ErrorCodes.AcceptMalformed, "The Accept header is not a list of media ranges.");

    public static RequestRefusal PreflightMissing() => BadRequest(
        ErrorCodes.PreflightRequired,
        $"The header {GraphQLServerOptions.PreflightHeader} is required, so that no other site can send this request.");

    public static RequestRefusal BatchRefused(int limit) => BadRequest(
        ErrorCodes.BatchTooLarge,
        limit == 0 ? "Batches of requests are not allowed." : $"A batch holds from 1 to {limit} requests.");

    public static RequestRefusal TooManyRequests() => new(
        503, Make(ErrorCodes.TooManyRequests, "More requests are under way than the server takes at once. Try again in a moment."));

    private static IError Make(string code, string message) => ErrorBuilder.New().SetMessage(message).SetCode(code).Build();
}
