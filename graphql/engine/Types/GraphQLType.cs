namespace Metro.GraphQL.Types;

/// <summary>The kinds of types, as introspection names them (spec 4.2.2).</summary>
public enum TypeKind
{
    /// <summary>A leaf with a value of its own.</summary>
    Scalar,

    /// <summary>A set of fields.</summary>
    Object,

    /// <summary>A set of fields that several types share.</summary>
    Interface,

    /// <summary>One of several object types.</summary>
    Union,

    /// <summary>One of several names.</summary>
    Enum,

    /// <summary>A set of input fields.</summary>
    InputObject,

    /// <summary>A list of another type.</summary>
    List,

    /// <summary>A type without null.</summary>
    NonNull,
}

/// <summary>
/// A type of a schema: a named type or a wrapper around one. Within a schema there is one instance for each type, so
/// that types are equal exactly when they are the same reference. Immutable once the schema is built.
/// </summary>
public abstract class GraphQLType
{
    private ListType? list;
    private NonNullType? nonNull;

    /// <summary>What kind of type this is.</summary>
    public abstract TypeKind Kind { get; }

    /// <summary>The named type beneath all wrappers.</summary>
    public abstract NamedType Named { get; }

    /// <summary>Whether arguments, input fields and variables may have the type (spec 3.4.2).</summary>
    public bool IsInput => Named.Kind is TypeKind.Scalar or TypeKind.Enum or TypeKind.InputObject;

    /// <summary>Whether fields may have the type (spec 3.4.2).</summary>
    public bool IsOutput => Named.Kind is not TypeKind.InputObject;

    /// <summary>Whether null is excluded.</summary>
    public bool IsNonNull => Kind is TypeKind.NonNull;

    /// <summary>The same type with null.</summary>
    public virtual GraphQLType Nullable => this;

    /// <summary>The list of this type; always the same instance.</summary>
    public ListType AsList() =>
        list ?? Interlocked.CompareExchange(ref list, new ListType(this), null) ?? list;

    /// <summary>This type without null; always the same instance, and the type itself when it is without null.</summary>
    public virtual GraphQLType AsNonNull() =>
        nonNull ?? Interlocked.CompareExchange(ref nonNull, new NonNullType(this), null) ?? nonNull;

    /// <summary>The type as documents write it, such as <c>[String!]!</c>.</summary>
    public abstract override string ToString();
}

/// <summary>A list of another type (spec 3.11). Made by <see cref="GraphQLType.AsList"/>.</summary>
public sealed class ListType : GraphQLType
{
    internal ListType(GraphQLType item) => Item = item;

    /// <summary>The type of the items.</summary>
    public GraphQLType Item { get; }

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.List;

    /// <inheritdoc/>
    public override NamedType Named => Item.Named;

    /// <inheritdoc/>
    public override string ToString() => $"[{Item}]";
}

/// <summary>A type without null (spec 3.12). Made by <see cref="GraphQLType.AsNonNull"/>.</summary>
public sealed class NonNullType : GraphQLType
{
    internal NonNullType(GraphQLType nullable) => Nullable = nullable;

    /// <inheritdoc/>
    public override GraphQLType Nullable { get; }

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.NonNull;

    /// <inheritdoc/>
    public override NamedType Named => Nullable.Named;

    /// <inheritdoc/>
    public override GraphQLType AsNonNull() => this;

    /// <inheritdoc/>
    public override string ToString() => $"{Nullable}!";
}
