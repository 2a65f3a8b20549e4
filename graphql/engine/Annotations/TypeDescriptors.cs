using System.Linq.Expressions;
using System.Reflection;

namespace Metro.GraphQL.Annotations;

/// <summary>What is said of a C# class, struct or enum from outside, because it cannot carry annotations itself.</summary>
internal sealed class TypeDescription
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>Whether only those members are fields of which something is said.</summary>
    public bool IsExplicit { get; set; }

    public Dictionary<string, MemberDescription> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a member is a field or value at all.</summary>
    public bool Has(string member) => Members.TryGetValue(member, out var known) ? !known.IsIgnored : !IsExplicit;

    public MemberDescription Of(string member)
    {
        if (!Members.TryGetValue(member, out var known)) Members.Add(member, known = new());
        return known;
    }
}

/// <summary>What is said of one property or enum member.</summary>
internal sealed class MemberDescription
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    public bool IsIgnored { get; set; }

    /// <summary>Null when nothing is said, which is a yes unless the type's fields are named one by one.</summary>
    public bool? IsFilterable { get; set; }

    /// <inheritdoc cref="IsFilterable"/>
    public bool? IsSortable { get; set; }
}

/// <summary>
/// Says how a class becomes an object type that cannot carry annotations itself: a domain class that knows nothing of
/// GraphQL. Used by one thread, while the server is set up.
/// </summary>
/// <typeparam name="T">The class.</typeparam>
public sealed class ObjectTypeDescriptor<T>
{
    private readonly TypeDescription _type;

    internal ObjectTypeDescriptor(TypeDescription type) => _type = type;

    /// <summary>Names the object type.</summary>
    /// <param name="name">The GraphQL name.</param>
    public ObjectTypeDescriptor<T> Name(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _type.Name = name;
        return this;
    }

    /// <summary>Describes the object type; wins over its doc-comment.</summary>
    /// <param name="description">Markdown for the client's developer.</param>
    public ObjectTypeDescriptor<T> Description(string description)
    {
        ArgumentException.ThrowIfNullOrEmpty(description);
        _type.Description = description;
        return this;
    }

    /// <summary>
    /// Only those properties are fields that <see cref="Field"/> names, so that a property added later stays inside; and only
    /// those of them can be filtered and ordered by that say so.
    /// </summary>
    public ObjectTypeDescriptor<T> BindFieldsExplicitly()
    {
        _type.IsExplicit = true;
        return this;
    }

    /// <summary>Keeps a property out of the schema.</summary>
    /// <param name="property">Such as <c>book => book.Note</c>.</param>
    public ObjectTypeDescriptor<T> Ignore(Expression<Func<T, object?>> property)
    {
        _type.Of(NameOf(property)).IsIgnored = true;
        return this;
    }

    /// <summary>A property that is a field.</summary>
    /// <param name="property">Such as <c>book => book.Title</c>.</param>
    public ObjectFieldSettings Field(Expression<Func<T, object?>> property) => new(_type.Of(NameOf(property)));

    private static string NameOf(Expression<Func<T, object?>> property)
    {
        ArgumentNullException.ThrowIfNull(property);
        var body = property.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand : property.Body;
        return body is MemberExpression { Member: PropertyInfo member, Expression: ParameterExpression }
            ? member.Name
            : throw new ArgumentException($"{property} is no property of {typeof(T)}.", nameof(property));
    }
}

/// <summary>Says how a property becomes a field.</summary>
public sealed class ObjectFieldSettings
{
    private readonly MemberDescription _member;

    internal ObjectFieldSettings(MemberDescription member) => _member = member;

    /// <summary>Names the field.</summary>
    /// <param name="name">The GraphQL name.</param>
    public ObjectFieldSettings Name(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _member.Name = name;
        return this;
    }

    /// <summary>Describes the field; wins over the property's doc-comment.</summary>
    /// <param name="description">Markdown for the client's developer.</param>
    public ObjectFieldSettings Description(string description)
    {
        ArgumentException.ThrowIfNullOrEmpty(description);
        _member.Description = description;
        return this;
    }

    /// <summary>Whether <c>where</c> can ask about it.</summary>
    /// <param name="isFilterable">Whether it can.</param>
    public ObjectFieldSettings IsFilterable(bool isFilterable = true)
    {
        _member.IsFilterable = isFilterable;
        return this;
    }

    /// <summary>Whether <c>order</c> can order by it.</summary>
    /// <param name="isSortable">Whether it can.</param>
    public ObjectFieldSettings IsSortable(bool isSortable = true)
    {
        _member.IsSortable = isSortable;
        return this;
    }
}

/// <summary>Says how an enum becomes an enum type that cannot carry annotations itself. Used by one thread.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class EnumTypeDescriptor<T>
    where T : struct, Enum
{
    private readonly TypeDescription _type;

    internal EnumTypeDescriptor(TypeDescription type) => _type = type;

    /// <summary>Names the enum type.</summary>
    /// <param name="name">The GraphQL name.</param>
    public EnumTypeDescriptor<T> Name(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _type.Name = name;
        return this;
    }

    /// <summary>Describes the enum type; wins over its doc-comment.</summary>
    /// <param name="description">Markdown for the client's developer.</param>
    public EnumTypeDescriptor<T> Description(string description)
    {
        ArgumentException.ThrowIfNullOrEmpty(description);
        _type.Description = description;
        return this;
    }

    /// <summary>Describes a value; wins over its doc-comment.</summary>
    /// <param name="value">The value.</param>
    /// <param name="description">Markdown for the client's developer.</param>
    public EnumTypeDescriptor<T> Value(T value, string description)
    {
        ArgumentException.ThrowIfNullOrEmpty(description);
        _type.Of(value.ToString()).Description = description;
        return this;
    }
}
