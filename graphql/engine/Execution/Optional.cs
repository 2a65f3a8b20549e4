namespace Metro.GraphQL;

/// <summary>A value that a client may leave out: tells "not given" from "given as null" (specification 3.10).</summary>
public interface IOptional
{
    /// <summary>The value; the type's default when none was given.</summary>
    object? Value { get; }

    /// <summary>True when the client gave a value, be it null.</summary>
    bool HasValue { get; }
}

/// <summary>A value that a client may leave out: tells "not given" from "given as null" (specification 3.10).</summary>
/// <typeparam name="T">What is given.</typeparam>
public readonly struct Optional<T> : IOptional, IEquatable<Optional<T>>
{
    /// <summary>A value that was given.</summary>
    /// <param name="value">The value; null is a value too.</param>
    public Optional(T? value)
    {
        Value = value;
        HasValue = true;
    }

    /// <summary>The value; the type's default when none was given.</summary>
    public T? Value { get; }

    /// <inheritdoc/>
    public bool HasValue { get; }

    /// <summary>True when nothing was given.</summary>
    public bool IsEmpty => !HasValue;

    object? IOptional.Value => Value;

    /// <summary>The value as one that was given.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Optional<T>(T? value) => new(value);

    /// <summary>The value; the type's default when none was given.</summary>
    /// <param name="optional">Where to read it.</param>
    public static implicit operator T?(Optional<T> optional) => optional.Value;

    /// <inheritdoc/>
    public bool Equals(Optional<T> other) =>
        HasValue == other.HasValue && EqualityComparer<T?>.Default.Equals(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Optional<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(HasValue, Value);

    /// <inheritdoc/>
    public override string ToString() => HasValue ? Value?.ToString() ?? "null" : "not given";

    /// <summary>True when both were left out, or both were given the same value.</summary>
    public static bool operator ==(Optional<T> left, Optional<T> right) => left.Equals(right);

    /// <summary>False when both were left out, or both were given the same value.</summary>
    public static bool operator !=(Optional<T> left, Optional<T> right) => !left.Equals(right);
}
