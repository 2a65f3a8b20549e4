namespace Metro.GraphQL.Annotations;

/// <summary>The members of this class are fields of the query type. Several classes merge into the one type.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueryTypeAttribute : Attribute;

/// <summary>The members of this class are fields of the mutation type. Several classes merge into the one type.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MutationTypeAttribute : Attribute;

/// <summary>The members of this class are fields of the subscription type. Several classes merge into the one type.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SubscriptionTypeAttribute : Attribute;

/// <summary>The members of this class are further fields of an object type.</summary>
/// <param name="extendsType">The C# type behind the object type.</param>
[AttributeUsage(AttributeTargets.Class)]
public class ExtendObjectTypeAttribute(Type? extendsType = null) : Attribute
{
    /// <summary>Further fields of the object type of this name.</summary>
    /// <param name="name">The object type's GraphQL name.</param>
    public ExtendObjectTypeAttribute(string name)
        : this((Type?)null) => Name = name;

    /// <summary>The C# type behind the object type; null when it is named.</summary>
    public Type? ExtendsType { get; } = extendsType;

    /// <summary>The object type's GraphQL name; null when its C# type is given.</summary>
    public string? Name { get; }

    /// <summary>C# members whose fields the object type loses.</summary>
    public string[] IgnoreProperties { get; init; } = [];
}

/// <summary>The members of this class are further fields of an object type.</summary>
/// <typeparam name="T">The C# type behind the object type.</typeparam>
public sealed class ExtendObjectTypeAttribute<T>() : ExtendObjectTypeAttribute(typeof(T));

/// <summary>The class is an object type.</summary>
/// <param name="name">The type's name; null for the conventional one.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public class ObjectTypeAttribute(string? name = null) : Attribute
{
    /// <summary>The type's name; null for the conventional one.</summary>
    public string? Name { get; } = name;

    /// <summary>The C# type behind the object type when the class only adds to it; null when it is the class itself.</summary>
    public virtual Type? RuntimeType => null;
}

/// <summary>The members of this static class are further fields of an object type.</summary>
/// <typeparam name="T">The C# type behind the object type.</typeparam>
public sealed class ObjectTypeAttribute<T>() : ObjectTypeAttribute(null)
{
    /// <inheritdoc/>
    public override Type? RuntimeType => typeof(T);
}

/// <summary>The interface or class is a GraphQL interface; what implements it and is in the schema is one of its object types.</summary>
/// <param name="name">The type's name; null for the conventional one.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class InterfaceTypeAttribute(string? name = null) : Attribute
{
    /// <summary>The type's name; null for the conventional one.</summary>
    public string? Name { get; } = name;
}

/// <summary>The interface or class is a GraphQL union; what implements it and is in the schema is one of its members.</summary>
/// <param name="name">The type's name; null for the conventional one.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class UnionTypeAttribute(string? name = null) : Attribute
{
    /// <summary>The type's name; null for the conventional one.</summary>
    public string? Name { get; } = name;
}

/// <summary>The enum is a GraphQL enum; needed only to name it.</summary>
/// <param name="name">The type's name; null for the conventional one.</param>
[AttributeUsage(AttributeTargets.Enum)]
public sealed class EnumTypeAttribute(string? name = null) : Attribute
{
    /// <summary>The type's name; null for the conventional one.</summary>
    public string? Name { get; } = name;
}

/// <summary>The class is an input object; needed only to name it.</summary>
/// <param name="name">The type's name; null for the conventional one.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class InputObjectTypeAttribute(string? name = null) : Attribute
{
    /// <summary>The type's name; null for the conventional one.</summary>
    public string? Name { get; } = name;
}

/// <summary>Exactly one field of the input object is given (specification 3.10.1): <c>@oneOf</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class OneOfAttribute : Attribute;

/// <summary>The object type can be fetched again by its id: it implements <c>Node</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class NodeAttribute : Attribute
{
    /// <summary>The static method of the class that fetches by id; null for one marked <see cref="NodeResolverAttribute"/>, or named Get, GetAsync, Get{Type} or Get{Type}Async.</summary>
    public string? NodeResolver { get; init; }

    /// <summary>The property that is the id; <c>Id</c> unless told otherwise.</summary>
    public string IdField { get; init; } = "Id";
}

/// <summary>The method fetches a node by its id; its first argument is the id. What it returns becomes a node type.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeResolverAttribute : Attribute;
