using Metro.Library;

namespace Metro.Portal.Schema;

/// <summary>Why something was not done.</summary>
[InterfaceType("Error")]
public interface IMutationError
{
    /// <summary>Why, in a sentence for people, in the language of the request. It may be reworded.</summary>
    string Message { get; }

    /// <summary>Why, for programs: area and reason, such as `circulation.someone_waiting`. It never changes.</summary>
    string Code { get; }
}

/// <summary>The library's "no": an expected answer with a stable code.</summary>
[ObjectType("Refusal")]
public sealed class RefusalError : IMutationError
{
    internal RefusalError(Refusal refusal)
        : this(refusal.Code, refusal.In(null))
    {
    }

    /// <summary>A "no" of the host, which has areas of its own.</summary>
    /// <param name="code">Area and reason; never changes once released.</param>
    /// <param name="message">Why, in the language of the request.</param>
    public RefusalError(string code, string message) => (Message, Code) = (message, code);

    /// <inheritdoc cref="IMutationError.Message"/>
    public string Message { get; }

    /// <inheritdoc cref="IMutationError.Code"/>
    public string Code { get; }
}

/// <summary>How the library's "no" reaches a caller.</summary>
internal static class Refused
{
    extension<T>(Outcome<T> outcome)
    {
        /// <summary>In a query: an error of the field, with the refusal's code.</summary>
        public T OrError() => outcome.Refusal is { } refusal ? throw refusal.ToError() : outcome.Value;

        /// <summary>In a mutation: a typed error, or what is read of the value.</summary>
        public async Task<FieldResult<TResult, RefusalError>> ThenAsync<TResult>(Func<T, Task<TResult>> read) =>
            outcome.Refusal is { } refusal ? new RefusalError(refusal) : await read(outcome.Value);

        /// <inheritdoc cref="ThenAsync"/>
        public FieldResult<TResult, RefusalError> Then<TResult>(Func<T, TResult> read) =>
            outcome.Refusal is { } refusal ? new RefusalError(refusal) : read(outcome.Value);
    }

    extension(Refusal? refusal)
    {
        /// <summary>In a mutation: a typed error, or what is read when it was done.</summary>
        public async Task<FieldResult<TResult, RefusalError>> OrAsync<TResult>(Func<Task<TResult>> read) =>
            refusal is not null ? new RefusalError(refusal) : await read();
    }

    extension(Refusal refusal)
    {
        public GraphQLException ToError() => new(ErrorBuilder.New().SetMessage(refusal.In(null)).SetCode(refusal.Code).Build());
    }
}
