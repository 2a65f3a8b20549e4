using System.Buffers;
using System.Text;

namespace Metro.GraphQL.Execution;

/// <summary>What a request came to: one answer (<see cref="OperationResult"/>) or a stream of them (<see cref="ResponseStream"/>).</summary>
public abstract class ExecutionResult : IAsyncDisposable
{
    private protected ExecutionResult()
    {
    }

    /// <summary>Gives back what the answer holds. A stream ends.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>
/// One answer: data, errors or both (specification 7.1). Write it, then dispose it, by one thread at a time. What the
/// resolvers returned is no longer needed then: the answer holds its own bytes.
/// </summary>
public sealed class OperationResult : ExecutionResult
{
    private readonly bool _hasData;
    private Results.ResultTree? _data;
    private Dictionary<string, object?>? _extensions;
    private bool _isDisposed;

    internal OperationResult(Results.ResultTree data, IReadOnlyList<IError> errors)
    {
        _data = data;
        _hasData = true;
        Errors = errors;
    }

    private OperationResult(IReadOnlyList<IError> errors) => Errors = errors;

    /// <summary>
    /// Whether the response has the member <c>data</c>, be it null. Without it the request was not executed, or was
    /// abandoned: a request error. Decides the status code over HTTP.
    /// </summary>
    public bool HasData => _hasData;

    /// <summary>What went wrong; empty when nothing did. Field errors stand in response order.</summary>
    public IReadOnlyList<IError> Errors { get; }

    /// <summary>The members of <c>extensions</c>; null when there are none.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions => _extensions;

    /// <summary>
    /// What the transport should know of the answer and the client does not see, such as a status code or caching
    /// hints; null when there is nothing.
    /// </summary>
    public IReadOnlyDictionary<string, object?>? ContextData { get; private set; }

    /// <summary>A request error: these errors and no data.</summary>
    /// <param name="errors">At least one error.</param>
    public static OperationResult FromErrors(params IReadOnlyList<IError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return errors.Count > 0
            ? new(errors)
            : throw new ArgumentException("A result without data needs an error (specification 7.1.2).", nameof(errors));
    }

    /// <summary>A request error that tells the transport something besides.</summary>
    /// <param name="contextData">See <see cref="ContextData"/>.</param>
    /// <param name="errors">At least one error.</param>
    public static OperationResult FromErrors(IReadOnlyDictionary<string, object?> contextData, params IReadOnlyList<IError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return errors.Count > 0
            ? new(errors) { ContextData = contextData }
            : throw new ArgumentException("A result without data needs an error (specification 7.1.2).", nameof(errors));
    }

    /// <summary>An answer that only carries <c>extensions</c>: nothing was executed, and nothing is wrong.</summary>
    /// <param name="key">The member's name.</param>
    /// <param name="value">A string, number, Boolean, null, or lists and dictionaries of them.</param>
    public static OperationResult FromExtension(string key, object? value)
    {
        var result = new OperationResult([]);
        result.SetExtension(key, value);
        return result;
    }

    /// <summary>Tells the transport something that the client does not see.</summary>
    /// <param name="key">What it is.</param>
    /// <param name="value">What the transport knows it as.</param>
    public void SetContextData(string key, object? value) =>
        ContextData = new Dictionary<string, object?>(ContextData ?? new Dictionary<string, object?>(), StringComparer.Ordinal) { [key] = value };

    /// <summary>Sets a member of <c>extensions</c>.</summary>
    /// <param name="key">The member's name.</param>
    /// <param name="value">A string, number, Boolean, null, or lists and dictionaries of them.</param>
    public void SetExtension(string key, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        (_extensions ??= [])[key] = value;
    }

    /// <summary>
    /// Writes the response as one JSON object in UTF-8: errors first, as the specification advises (7.1), then data,
    /// then extensions.
    /// </summary>
    /// <param name="output">Where to; only complete tokens are written.</param>
    /// <exception cref="ObjectDisposedException">The answer was given back.</exception>
    public void WriteTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        ObjectDisposedException.ThrowIf(_isDisposed, this);

        if (Errors.Count > 0)
        {
            output.Write("{\"errors\":"u8);
            Results.ResultJson.Write(output, Errors);
        }

        var isFirst = Errors.Count == 0;
        if (_data is not null)
        {
            _data.WriteTo(output, isFirst ? "{\"data\":"u8 : ",\"data\":"u8, _extensions is null ? "}"u8 : default);
            if (_extensions is null) return;
            isFirst = false;
        }

        if (_extensions is not null)
        {
            output.Write(isFirst ? "{\"extensions\":"u8 : ",\"extensions\":"u8);
            Results.ResultJson.Write(output, _extensions);
        }

        output.Write("}"u8);
    }

    /// <summary>The response as JSON text, for tests and logs.</summary>
    public string ToJson()
    {
        var bytes = new ArrayBufferWriter<byte>();
        WriteTo(bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _isDisposed = true;
        Interlocked.Exchange(ref _data, null)?.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The answers of a subscription, one for each event (specification 6.2.3). Read once; dispose to end it.</summary>
public sealed class ResponseStream : ExecutionResult
{
    private readonly Func<CancellationToken, IAsyncEnumerable<OperationResult>> _read;
    private readonly Func<bool, ValueTask> _end;
    private int _isRead;

    /// <summary>A stream.</summary>
    /// <param name="read">Reads the answers.</param>
    /// <param name="end">Closes the source; told whether anybody has begun to read.</param>
    internal ResponseStream(Func<CancellationToken, IAsyncEnumerable<OperationResult>> read, Func<bool, ValueTask> end)
    {
        _read = read;
        _end = end;
    }

    /// <summary>
    /// The answers as events arrive; the sequence ends when the source ends. Dispose each answer after writing it.
    /// </summary>
    /// <param name="cancellationToken">Fires when the client leaves or stops the subscription.</param>
    /// <exception cref="InvalidOperationException">The stream is being read already.</exception>
    public IAsyncEnumerable<OperationResult> ReadResultsAsync(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _isRead, 1) == 0
            ? _read(cancellationToken)
            : throw new InvalidOperationException("A response stream is read once.");

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _end(Volatile.Read(ref _isRead) == 1);

    /// <summary>The same stream, which also ends what its events are answered with.</summary>
    internal ResponseStream Owning(IAsyncDisposable services) => new(_read, async wasRead =>
    {
        await _end(wasRead);
        await services.DisposeAsync();
    });
}
