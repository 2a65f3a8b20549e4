namespace Metro.GraphQL.Annotations;

/// <summary>
/// The mutation takes one <c>input</c> and answers with a payload that has the result and typed <c>errors</c>. Not needed
/// where the conventions apply to all mutations; there it changes or disables them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UseMutationConventionAttribute : Attribute
{
    /// <summary>The input type's name; null for the field's name with <c>Input</c>.</summary>
    public string? InputTypeName { get; init; }

    /// <summary>The input argument's name; null for <c>input</c>.</summary>
    public string? InputArgumentName { get; init; }

    /// <summary>The payload type's name; null for the field's name with <c>Payload</c>.</summary>
    public string? PayloadTypeName { get; init; }

    /// <summary>The name of the payload's field; null for the returned type's name.</summary>
    public string? PayloadFieldName { get; init; }

    /// <summary>The name of the payload's list of errors; null for <c>errors</c>.</summary>
    public string? PayloadErrorsFieldName { get; init; }

    /// <summary>True leaves the mutation as it is written.</summary>
    public bool Disable { get; init; }
}

/// <summary>
/// An error that the mutation's client is told of by type. An exception class is caught and mapped; any other class is
/// made from an exception by its constructor or by its static <c>CreateErrorFrom</c> methods.
/// </summary>
/// <param name="errorType">The error or exception class.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class ErrorAttribute(Type errorType) : Attribute
{
    /// <summary>The error or exception class.</summary>
    public Type ErrorType { get; } = errorType;
}

/// <summary>
/// An error that the mutation's client is told of by type. An exception class is caught and mapped; any other class is
/// made from an exception by its constructor or by its static <c>CreateErrorFrom</c> methods.
/// </summary>
/// <typeparam name="TError">The error or exception class.</typeparam>
public sealed class ErrorAttribute<TError>() : ErrorAttribute(typeof(TError));

/// <summary>What a mutation came to: its result, or errors the client is told of by type.</summary>
public interface IFieldResult
{
    /// <summary>The result; null when there are errors.</summary>
    object? Value { get; }

    /// <summary>The errors; empty when there is a result.</summary>
    IReadOnlyList<object> Errors { get; }
}

/// <summary>
/// What a mutation came to: its result, or errors. Several kinds of error are declared with
/// <see cref="ErrorAttribute{TError}"/>, one alone as <see cref="FieldResult{TResult, TError}"/>.
/// </summary>
/// <typeparam name="TResult">The result.</typeparam>
public record FieldResult<TResult> : IFieldResult
{
    /// <summary>Success.</summary>
    /// <param name="value">The result.</param>
    public FieldResult(TResult? value) => Value = value;

    /// <summary>Refusal.</summary>
    /// <param name="errors">At least one error.</param>
    public FieldResult(params IReadOnlyList<object> errors) => Errors = errors;

    /// <summary>The result; the type's default when there are errors.</summary>
    public TResult? Value { get; }

    /// <inheritdoc/>
    public IReadOnlyList<object> Errors { get; } = [];

    /// <summary>True when there are no errors.</summary>
    public bool IsSuccess => Errors.Count == 0;

    object? IFieldResult.Value => Value;

    /// <summary>Success.</summary>
    /// <param name="value">The result.</param>
    public static implicit operator FieldResult<TResult>(TResult value) => new(value);
}

/// <summary>What a mutation came to: its result, or one kind of error.</summary>
/// <typeparam name="TResult">The result.</typeparam>
/// <typeparam name="TError">The error.</typeparam>
public sealed record FieldResult<TResult, TError> : FieldResult<TResult>
    where TError : notnull
{
    /// <summary>Success.</summary>
    /// <param name="value">The result.</param>
    public FieldResult(TResult? value)
        : base(value)
    {
    }

    /// <summary>Refusal.</summary>
    /// <param name="error">The error.</param>
    public FieldResult(TError error)
        : base([error])
    {
    }

    /// <summary>Success.</summary>
    /// <param name="value">The result.</param>
    public static implicit operator FieldResult<TResult, TError>(TResult value) => new(value);

    /// <summary>Refusal.</summary>
    /// <param name="error">The error.</param>
    public static implicit operator FieldResult<TResult, TError>(TError error) => new(error);
}
