using System.Reflection;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Authorization;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Data;

/// <summary>
/// What every client may see of a class. Asking about a value, or ordering by it, tells it bit by bit; so what is
/// hidden, replaced by another field of its name, or open to some only, is neither asked about nor ordered by.
/// </summary>
internal static class Visibility
{
    /// <summary>The properties that stand for fields which everybody sees, and those that an attribute opens.</summary>
    /// <param name="context">The schema with all its output types.</param>
    /// <param name="type">The class.</param>
    /// <param name="opened">What an attribute of the property says; null when there is none.</param>
    public static IEnumerable<(PropertyInfo Property, string Name)> FieldsOf(DescriptorContext context, Type type, Func<PropertyInfo, bool?> opened)
    {
        var namesFields = context.IsExplicit(type);
        var output = context.TryGetType(context.NameOf(type), out var named) ? named as ComplexType : null;
        foreach (var (property, name) in context.FieldsOf(type))
        {
            var isVisible = opened(property) ?? (!namesFields && IsOpen(property) && (output is null || IsBehind(context, property, name, output)));
            if (isVisible) yield return (property, name);
        }
    }

    /// <summary>Whether a property is neither hidden nor for some only.</summary>
    public static bool IsOpen(PropertyInfo property) =>
        !property.IsDefined(typeof(GraphQLIgnoreAttribute)) && !AuthorizationRules.IsProtected(property);

    private static bool IsBehind(DescriptorContext context, PropertyInfo property, string name, ComplexType output) =>
        output.Fields.TryGet(name, out var field)
        && field.Features.Get<MemberInfo>() is PropertyInfo behind
        && !(context.TryGetType(field.TypeReference.InnermostName, out var type) && type.Features.Get<AuthorizationRules>() is not null)
        && string.Equals(behind.Name, property.Name, StringComparison.Ordinal);
}

/// <summary>Whether <c>where</c> can ask about a property, whatever else is said about it.</summary>
/// <param name="isFilterable">Whether it can.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IsFilterableAttribute(bool isFilterable = true) : Attribute
{
    /// <summary>Whether <c>where</c> can ask about the property.</summary>
    public bool IsFilterable { get; } = isFilterable;
}

/// <summary>Whether <c>order</c> can order by a property, whatever else is said about it.</summary>
/// <param name="isSortable">Whether it can.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IsSortableAttribute(bool isSortable = true) : Attribute
{
    /// <summary>Whether <c>order</c> can order by the property.</summary>
    public bool IsSortable { get; } = isSortable;
}
