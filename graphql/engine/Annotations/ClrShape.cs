using System.Reflection;
using Metro.GraphQL.Execution.Coercion;

namespace Metro.GraphQL.Annotations;

/// <summary>A C# type with its nullability, level by level (specification 3.12 over nullable reference types).</summary>
/// <param name="Type">The type, without Nullable, Optional or a task around it.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="Item">The items, when it is a list; else null.</param>
internal sealed record ClrShape(Type Type, bool IsNullable, ClrShape? Item)
{
    public static ClrShape Of(PropertyInfo property)
    {
        var shape = Of(property.PropertyType, new NullabilityInfoContext().Create(property));
        return property.DeclaringType is { IsConstructedGenericType: true } declaring
            && declaring.GetGenericTypeDefinition().GetProperty(property.Name) is { } generic
            ? AsWritten(shape, generic.PropertyType, Flags(generic), 0)
            : shape;
    }

    public static ClrShape Of(ParameterInfo parameter) =>
        Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));

    public static ClrShape OfResult(MemberInfo member) => member switch
    {
        PropertyInfo property => Of(property),
        MethodInfo method => Of(method.ReturnParameter),
        _ => throw new ArgumentException($"{member.Name} is neither a property nor a method.", nameof(member)),
    };

    /// <summary>A type outside of any member: nothing in it is null unless it says so.</summary>
    public static ClrShape Of(Type type, bool isNullable = false) => Of(type, null) with { IsNullable = isNullable };

    /// <summary>The named type's class, below all lists.</summary>
    public Type Innermost => Item is null ? Type : Item.Innermost;

    private static ClrShape Of(Type type, NullabilityInfo? info)
    {
        if (Unwrapped(type) is { } inner) return Of(inner, Argument(info, 0));
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Of(underlying, null) with { IsNullable = true };

        var isNullable = !type.IsValueType && info is not null && info.ReadState is not NullabilityState.NotNull;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
            return new(type, isNullable, Of(type.GetGenericArguments()[0], Argument(info, 0)));
        if (ScalarTypes.IsScalar(type) || InputConversion.ItemType(type) is not { } item) return new(type, isNullable, null);

        var itemInfo = type.IsArray ? info?.ElementType : type.IsGenericType && type.GetGenericArguments() is [_] ? Argument(info, 0) : null;
        return new(type, isNullable, Of(item, itemInfo));
    }

    // What a resolver or an input is looked through.
    private static Type? Unwrapped(Type type)
    {
        if (!type.IsGenericType) return null;
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(Task<>) || definition == typeof(ValueTask<>) || definition == typeof(Optional<>)
            || definition == typeof(FieldResult<>) || definition == typeof(FieldResult<,>))
        {
            return type.GetGenericArguments()[0];
        }

        return null;
    }

    // Of a type parameter the runtime only knows that it could be anything; its author wrote T or T?.
    private static ClrShape AsWritten(ClrShape shape, Type written, Func<int, byte> flags, int position)
    {
        if (written.IsGenericParameter) return shape.Type.IsValueType ? shape : shape with { IsNullable = flags(position) == 2 };
        return shape.Item is { } item && written.IsGenericType && written.GetGenericArguments() is [var argument]
            ? shape with { Item = AsWritten(item, argument, flags, position + 1) }
            : shape;
    }

    // The compiler writes one flag for each position of a type, or a single one for all; 2 is a question mark.
    private static Func<int, byte> Flags(PropertyInfo property)
    {
        var own = property.CustomAttributes.FirstOrDefault(each => each.AttributeType.Name is "NullableAttribute");
        var context = property.DeclaringType!.CustomAttributes.FirstOrDefault(each => each.AttributeType.Name is "NullableContextAttribute");
        return (own ?? context)?.ConstructorArguments[0].Value switch
        {
            byte all => _ => all,
            IReadOnlyList<CustomAttributeTypedArgument> each => position => position < each.Count ? (byte)each[position].Value! : (byte)0,
            _ => _ => 0,
        };
    }

    private static NullabilityInfo? Argument(NullabilityInfo? info, int index) =>
        info is not null && info.GenericTypeArguments.Length > index ? info.GenericTypeArguments[index] : null;
}

/// <summary>Which C# types are scalars.</summary>
internal static class ScalarTypes
{
    public static bool IsScalar(Type type) => Types.ExtendedScalars.NameFor(type) is not null;
}
