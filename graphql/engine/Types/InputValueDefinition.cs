using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>What clients can give: an argument or an input field.</summary>
public abstract class InputValueDefinition : SchemaMember
{
    private GraphQLType? type;

    /// <summary>The type of the value, by name. May be replaced until the schema is built.</summary>
    public required TypeNode TypeReference
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    /// <summary>The type of the value.</summary>
    /// <exception cref="InvalidOperationException">No schema has been built with it yet.</exception>
    public GraphQLType Type
    {
        get => type ?? throw new InvalidOperationException($"{Coordinate} has its type only once the schema is built.");
        internal set => type = value;
    }

    /// <summary>The value when none is given, as a constant literal; null when there is no default.</summary>
    public ValueNode? DefaultValue
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    /// <summary>Why it should not be given any more; null when it may be.</summary>
    public string? DeprecationReason
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    /// <summary>The C# type that the value is coerced to; null when the GraphQL type decides.</summary>
    public Type? RuntimeType
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    /// <summary>Whether it must be given: its type excludes null and it has no default (spec 5.4.3, 5.6.4).</summary>
    public bool IsRequired => Type.IsNonNull && DefaultValue is null;

    internal bool HasType => type is not null;
}

/// <summary>An argument of a field or directive (spec 3.6.1).</summary>
public sealed class ArgumentDefinition : InputValueDefinition
{
    /// <summary>The field that takes the argument; null when a directive does.</summary>
    public FieldDefinition? DeclaringField { get; internal set; }

    /// <summary>The directive that takes the argument; null when a field does.</summary>
    public DirectiveDefinition? DeclaringDirective { get; internal set; }

    /// <inheritdoc/>
    public override string Coordinate => DeclaringDirective is null
        ? $"{DeclaringField?.Coordinate}({Name}:)"
        : $"{DeclaringDirective.Coordinate}({Name}:)";
}

/// <summary>A field of an input object (spec 3.10).</summary>
public sealed class InputFieldDefinition : InputValueDefinition
{
    /// <summary>The input object; null until the field is added to one.</summary>
    public InputObjectType? DeclaringType { get; internal set; }

    /// <inheritdoc/>
    public override string Coordinate => $"{DeclaringType?.Name}.{Name}";
}
