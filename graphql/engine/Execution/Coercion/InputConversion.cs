using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

namespace Metro.GraphQL.Execution.Coercion;

/// <summary>
/// Coerced input as the C# type that code asks for: lists as their collection, <see cref="Optional{T}"/> filled, numbers
/// widened. Conversions are found out once for each type.
/// </summary>
internal static class InputConversion
{
    private static readonly ConcurrentDictionary<Type, Func<object, object>> Conversions = new();

    /// <summary>What an argument or input field makes of the value its GraphQL type read.</summary>
    /// <exception cref="InputException">It cannot be converted (HC0001).</exception>
    public static object? For(Types.InputValueDefinition definition, object? value) =>
        value is not null && definition.Features.Get<InputReader>() is { } reader
            ? To(definition.RuntimeType, reader.Read(value, definition.RuntimeType))
            : To(definition.RuntimeType, value);

    /// <summary>The value as this type; null and a missing type leave it as it is.</summary>
    /// <exception cref="InputException">It cannot be converted (HC0001).</exception>
    public static object? To(Type? type, object? value)
    {
        if (type is null || (value is not null && type.IsInstanceOfType(value))) return value;
        if (value is null) return IsOptional(type) ? Activator.CreateInstance(type, [null]) : null;

        try
        {
            return Conversions.GetOrAdd(type, Find)(value);
        }
        catch (Exception refused) when (refused is InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            throw new InputException(
                $"The value cannot be converted to {Annotations.NamingConventions.TypeName(type)}.", ErrorCodes.InvalidRuntimeValue);
        }
    }

    public static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    /// <summary>The type of the items of a collection; null when the type is none.</summary>
    public static Type? ItemType(Type type)
    {
        if (type == typeof(string)) return null;
        if (type.IsArray) return type.GetElementType();
        var enumerable = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            ? type
            : Array.Find(type.GetInterfaces(), each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return enumerable?.GetGenericArguments()[0];
    }

    private static Func<object, object> Find(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return value => To(underlying, value)!;
        if (IsOptional(type))
        {
            var inner = type.GetGenericArguments()[0];
            return value => Activator.CreateInstance(type, [To(inner, value)])!;
        }

        if (type.IsEnum) return value => value is string name ? Enum.Parse(type, name) : Enum.ToObject(type, value);
        if (type == typeof(DateTime)) return value => value is DateTimeOffset instant ? instant.UtcDateTime : Convert.ToDateTime(value, CultureInfo.InvariantCulture);
        if (type == typeof(Guid)) return value => Guid.Parse((string)value);
        if (ItemType(type) is { } item) return Collection(type, item);
        return value => Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
    }

    private static Func<object, object> Collection(Type type, Type item)
    {
        var list = typeof(List<>).MakeGenericType(item);
        if (type.IsAssignableFrom(item.MakeArrayType())) return value => ToArray(value, item);
        if (type.IsAssignableFrom(list)) return value => Activator.CreateInstance(list, [ToArray(value, item)])!;
        if (type.IsGenericType && type.Namespace == typeof(ImmutableArray).Namespace)
        {
            var factory = typeof(ImmutableArray).Assembly.GetType(type.FullName![..type.FullName!.IndexOf('`', StringComparison.Ordinal)])!
                .GetMethods()
                .First(method => method is { Name: "CreateRange", IsGenericMethodDefinition: true }
                    && method.GetGenericArguments().Length == 1 && method.GetParameters().Length == 1)
                .MakeGenericMethod(item);
            return value => factory.Invoke(null, [ToArray(value, item)])!;
        }

        if (type.IsInterface && item.IsGenericType && item.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        {
            var dictionary = typeof(Dictionary<,>).MakeGenericType(item.GetGenericArguments());
            return value => Activator.CreateInstance(dictionary, [ToArray(value, item)])!;
        }

        if (type.IsInterface)
        {
            var set = typeof(HashSet<>).MakeGenericType(item);
            return value => Activator.CreateInstance(set, [ToArray(value, item)])!;
        }

        return value => Activator.CreateInstance(type, [ToArray(value, item)])!;
    }

    private static Array ToArray(object value, Type item)
    {
        var source = value as ICollection ?? throw new InvalidCastException();
        var array = Array.CreateInstance(item, source.Count);
        var next = 0;
        foreach (var each in source) array.SetValue(To(item, each), next++);
        return array;
    }
}
