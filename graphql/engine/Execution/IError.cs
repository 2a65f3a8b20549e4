using Metro.GraphQL.Language;

namespace Metro.GraphQL;

/// <summary>
/// Something that went wrong with a request, as the client sees it (specification 7.1.2). Immutable: the methods that
/// change something answer with a changed copy. Made by <see cref="ErrorBuilder"/>.
/// </summary>
public interface IError
{
    /// <summary>What happened, for the developer of the client. Never the text of an unexpected exception.</summary>
    string Message { get; }

    /// <summary>The stable code clients branch on (<see cref="ErrorCodes"/>), written as <c>extensions.code</c>; null when there is none.</summary>
    string? Code { get; }

    /// <summary>The response position; null for request errors.</summary>
    Path? Path { get; }

    /// <summary>The places in the document, in document order; null when none is known.</summary>
    IReadOnlyList<SourceLocation>? Locations { get; }

    /// <summary>Further members of <c>extensions</c> besides the code; null when there are none.</summary>
    IReadOnlyDictionary<string, object?>? Extensions { get; }

    /// <summary>What was thrown, for the log. Never written to a response unless exception details are asked for.</summary>
    Exception? Exception { get; }

    /// <summary>The same error with another message.</summary>
    /// <param name="message">The new message.</param>
    IError WithMessage(string message);

    /// <summary>The same error with another code.</summary>
    /// <param name="code">The new code; null takes it away.</param>
    IError WithCode(string? code);

    /// <summary>The same error at another path.</summary>
    /// <param name="path">The new path; null takes it away.</param>
    IError WithPath(Path? path);

    /// <summary>The same error at other places of the document.</summary>
    /// <param name="locations">The new places; null takes them away.</param>
    IError WithLocations(IReadOnlyList<SourceLocation>? locations);
}

/// <summary>Builds an <see cref="IError"/>. Not safe for use by several threads at once.</summary>
public sealed class ErrorBuilder
{
    private const int LongestText = 2_048;

    private string? _message;
    private string? _code;
    private Path? _path;
    private Exception? _exception;
    private List<SourceLocation>? _locations;
    private Dictionary<string, object?>? _extensions;

    private ErrorBuilder()
    {
    }

    /// <summary>Begins an error; it needs at least a message.</summary>
    public static ErrorBuilder New() => new();

    /// <summary>Begins with everything that another error says.</summary>
    /// <param name="error">The error to copy.</param>
    public static ErrorBuilder FromError(IError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new()
        {
            _message = error.Message,
            _code = error.Code,
            _path = error.Path,
            _exception = error.Exception,
            _locations = error.Locations is null ? null : [.. error.Locations],
            _extensions = error.Extensions is null ? null : new(error.Extensions),
        };
    }

    /// <summary>Says what happened.</summary>
    /// <param name="message">A sentence for the developer of the client.</param>
    public ErrorBuilder SetMessage(string message)
    {
        ArgumentException.ThrowIfNullOrEmpty(message);
        _message = message;
        return this;
    }

    /// <summary>Gives the stable code.</summary>
    /// <param name="code">One of <see cref="ErrorCodes"/> or the application's own; null for none.</param>
    public ErrorBuilder SetCode(string? code)
    {
        _code = code;
        return this;
    }

    /// <summary>Says where in the response the error stands.</summary>
    /// <param name="path">The path; null for none.</param>
    public ErrorBuilder SetPath(Path? path)
    {
        _path = path;
        return this;
    }

    /// <summary>Adds a place in the document.</summary>
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="column">The column, counted from 1.</param>
    public ErrorBuilder AddLocation(int line, int column) => AddLocation(new SourceLocation(line, column));

    /// <summary>Adds a place in the document.</summary>
    /// <param name="location">The place.</param>
    public ErrorBuilder AddLocation(SourceLocation location)
    {
        (_locations ??= []).Add(location);
        return this;
    }

    /// <summary>Sets a member of <c>extensions</c>.</summary>
    /// <param name="key">The member's name.</param>
    /// <param name="value">A string, number, Boolean, null, or lists and dictionaries of them.</param>
    public ErrorBuilder SetExtension(string key, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        (_extensions ??= [])[key] = value is string text ? Short(text) : value;
        return this;
    }

    /// <summary>Keeps what was thrown, for the log.</summary>
    /// <param name="exception">The exception; null for none.</param>
    public ErrorBuilder SetException(Exception? exception)
    {
        _exception = exception;
        return this;
    }

    /// <summary>The finished error.</summary>
    /// <exception cref="InvalidOperationException">No message was set.</exception>
    public IError Build() => new Error(
        Short(_message ?? throw new InvalidOperationException("An error needs a message.")),
        _code, _path, _locations, _extensions, _exception);

    // A name of ten megabytes must not come back several times as large in what is said of it.
    private static string Short(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";

    private sealed record Error(
        string Message,
        string? Code,
        Path? Path,
        IReadOnlyList<SourceLocation>? Locations,
        IReadOnlyDictionary<string, object?>? Extensions,
        Exception? Exception) : IError
    {
        public IError WithMessage(string message) => this with { Message = message };

        public IError WithCode(string? code) => this with { Code = code };

        public IError WithPath(Path? path) => this with { Path = path };

        public IError WithLocations(IReadOnlyList<SourceLocation>? locations) => this with { Locations = locations };
    }
}

/// <summary>
/// Thrown by a resolver to say what the client may read: its errors go into the response as they are. Any other
/// exception becomes "Unexpected Execution Error".
/// </summary>
public class GraphQLException : Exception
{
    /// <summary>One error with this message and no code.</summary>
    /// <param name="message">What the client reads.</param>
    public GraphQLException(string message)
        : this(ErrorBuilder.New().SetMessage(message).Build())
    {
    }

    /// <summary>These errors, at least one.</summary>
    /// <param name="errors">The errors; those without a path get the path of the field that throws.</param>
    public GraphQLException(params IReadOnlyList<IError> errors)
        : base(errors is [var first, ..] ? first.Message : throw new ArgumentException("At least one error is needed.", nameof(errors))) =>
        Errors = errors;

    /// <summary>The errors, at least one.</summary>
    public IReadOnlyList<IError> Errors { get; }
}
