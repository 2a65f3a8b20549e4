using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>A scalar type (spec 3.5).</summary>
public abstract class ScalarType : LeafType
{
    /// <summary>Names the scalar.</summary>
    /// <param name="name">The type's name.</param>
    /// <param name="syntax">Where SDL defines it; null when code does.</param>
    protected ScalarType(string name, SyntaxNode? syntax = null)
        : base(name, syntax)
    {
    }

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Scalar;

    /// <summary>The URL of the scalar's specification (<c>@specifiedBy</c>, spec 3.13.4); null when there is none.</summary>
    public string? SpecifiedBy
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }
}

/// <summary>A scalar whose values are all of one C# type, never null.</summary>
/// <typeparam name="T">The C# type.</typeparam>
public abstract class ScalarType<T> : ScalarType
    where T : notnull
{
    /// <summary>Names the scalar.</summary>
    /// <param name="name">The type's name.</param>
    protected ScalarType(string name)
        : base(name) =>
        RuntimeType = typeof(T);

    /// <inheritdoc/>
    public sealed override object ParseLiteral(ValueNode literal)
    {
        ArgumentNullException.ThrowIfNull(literal);
        return Read(literal);
    }

    /// <inheritdoc/>
    public sealed override object ParseValue(JsonElement value) => Read(value);

    /// <inheritdoc/>
    public sealed override void WriteValue(object runtimeValue, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(runtimeValue);
        ArgumentNullException.ThrowIfNull(writer);
        if (runtimeValue is T exact) Write(exact, writer);
        else Write(Convert(runtimeValue), writer);
    }

    /// <summary>Reads a literal.</summary>
    /// <exception cref="CoercionException">The literal does not stand for a value of the type.</exception>
    protected abstract T Read(ValueNode literal);

    /// <summary>Reads JSON.</summary>
    /// <exception cref="CoercionException">The JSON does not stand for a value of the type.</exception>
    protected abstract T Read(JsonElement value);

    /// <summary>Writes JSON.</summary>
    /// <exception cref="CoercionException">The value cannot be written.</exception>
    protected abstract void Write(T value, Utf8JsonWriter writer);

    /// <summary>Takes a value of another C# type for one of the scalar's, if nothing is lost by it.</summary>
    /// <exception cref="CoercionException">Something would be lost.</exception>
    protected virtual T Convert(object runtimeValue) =>
        throw new CoercionException($"{Name} cannot represent value: {Quotation.Of(runtimeValue)}");
}
