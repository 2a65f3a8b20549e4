using Metro.GraphQL.DataLoaders;

namespace Metro.GraphQL.Annotations;

/// <summary>Names a type, field, argument, input field or enum value; wins over every convention.</summary>
/// <param name="name">The GraphQL name.</param>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    /// <summary>The GraphQL name.</summary>
    public string Name { get; } = name;
}

/// <summary>Keeps a member out of the schema.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Field | AttributeTargets.Class)]
public sealed class GraphQLIgnoreAttribute : Attribute;

/// <summary>Describes a type, field, argument, input field or enum value; wins over its doc-comment.</summary>
/// <param name="description">Markdown for the client's developer.</param>
[AttributeUsage(AttributeTargets.All)]
public sealed class GraphQLDescriptionAttribute(string description) : Attribute
{
    /// <summary>Markdown for the client's developer.</summary>
    public string Description { get; } = description;
}

/// <summary>Marks a field, argument, input field or enum value as deprecated, as <see cref="ObsoleteAttribute"/> does.</summary>
/// <param name="deprecationReason">What to use instead.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class GraphQLDeprecatedAttribute(string? deprecationReason = null) : Attribute
{
    /// <summary>What to use instead; null for the specification's default reason.</summary>
    public string? DeprecationReason { get; } = deprecationReason;
}

/// <summary>Gives a field, argument or input field another type than its C# type has.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Parameter)]
public class GraphQLTypeAttribute : Attribute
{
    /// <summary>A type as GraphQL writes it.</summary>
    /// <param name="typeSyntax">Such as <c>[ID!]!</c>; the types it names are in the schema for another reason, or are scalars.</param>
    public GraphQLTypeAttribute(string typeSyntax) => TypeSyntax = typeSyntax;

    private protected GraphQLTypeAttribute(Type type) => Type = type;

    /// <summary>The type as GraphQL writes it; null when a C# type is given.</summary>
    public string? TypeSyntax { get; }

    /// <summary>The C# type to take instead; null when the type is written out.</summary>
    public Type? Type { get; }
}

/// <summary>Gives a field, argument or input field another type than its C# type has. Nullability stays the member's own.</summary>
/// <typeparam name="T">The C# type to take instead.</typeparam>
public sealed class GraphQLTypeAttribute<T>() : GraphQLTypeAttribute(typeof(T));

/// <summary>The value of an argument or input field that is not given; shown in the schema.</summary>
/// <param name="value">A constant: string, number, Boolean, enum member, null or an array of them.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class DefaultValueAttribute(object? value) : Attribute
{
    /// <summary>The constant.</summary>
    public object? Value { get; } = value;
}

/// <summary>The value of an argument or input field that is not given, as GraphQL writes it; shown in the schema.</summary>
/// <param name="syntax">A constant literal, such as <c>{ name: "x" }</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class DefaultValueSyntaxAttribute(string syntax) : Attribute
{
    /// <summary>The constant literal.</summary>
    public string Syntax { get; } = syntax;
}

/// <summary>The field, argument or input field is an <c>ID</c>: an opaque global id where a type name is known.</summary>
/// <param name="typeName">The GraphQL name of the type that is identified; null for the type that declares the field, or any type for an argument.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Parameter)]
public class IDAttribute(string? typeName = null) : Attribute
{
    /// <summary>The GraphQL name of the type that is identified; null when it is not said, or said by its C# type.</summary>
    public string? TypeName { get; } = typeName;

    /// <summary>The C# type of what is identified; null when it is not said, or said by its name.</summary>
    public virtual Type? RuntimeType => null;
}

/// <summary>The field, argument or input field is the opaque global id of this type; ids of other types are refused.</summary>
/// <typeparam name="T">The C# type of what is identified.</typeparam>
public sealed class IDAttribute<T>() : IDAttribute(null)
{
    /// <inheritdoc/>
    public override Type? RuntimeType => typeof(T);
}

/// <summary>
/// The method loads what a DataLoader's batch asks for: its first parameter takes the keys (a list for batches and
/// groups, one key for a cache); it returns a dictionary, a lookup, or one value. A dictionary of
/// <see cref="LoadResult{TValue}"/> can fail each key by itself. Resolvers take the loader as
/// <c>IDataLoader&lt;TKey, TValue&gt;</c>; on such a parameter the attribute says which loader is meant where several fit.
/// Other parameters of the method are services from a scope that each batch has to itself.
/// </summary>
/// <param name="name">The loader's name; null for the method's without Get and Async, with DataLoader appended.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class DataLoaderAttribute(string? name = null) : Attribute
{
    /// <summary>The loader's name; null for the conventional one.</summary>
    public string? Name { get; } = name;
}

/// <summary>The field makes its events available as a subscription (specification 6.2.3): the field's resolver runs once for each event.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SubscribeAttribute : Attribute
{
    /// <summary>The method of the same class that opens the source stream; null for the topic.</summary>
    public string? With { get; init; }
}

/// <summary>The topic a subscription field listens to.</summary>
/// <param name="name">
/// The topic; <c>{argument}</c> stands for an argument's value. On a parameter, or without a name, the argument's value is
/// the topic. Without the attribute the topic is the C# method's name.
/// </param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class TopicAttribute(string? name = null) : Attribute
{
    /// <summary>The topic with its placeholders; null when a parameter is the topic.</summary>
    public string? Name { get; } = name;
}
