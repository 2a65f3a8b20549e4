using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Metro.GraphQL.Execution.Coercion;

namespace Metro.GraphQL.Annotations.Nodes;

/// <summary>
/// Opaque ids that are unique among all types: Base64 of <c>TypeName:rawId</c> in UTF-8, a Guid as its 16 bytes, the
/// parts of a composite key joined by colons. The older form, a line feed and a type letter before the raw id, is still
/// read. Pure functions.
/// </summary>
public static class NodeIds
{
    private const int MaxLength = 1024;

    /// <summary>The global id of an object; a list of ids for a list, null for null.</summary>
    /// <param name="typeName">The GraphQL name of the object's type.</param>
    /// <param name="id">Its own id: string, number, Guid, or a tuple or record of them.</param>
    public static object? Encode(string typeName, object? id) => id switch
    {
        null => null,
        string or Guid or IFormattable => EncodeOne(typeName, id),
        IEnumerable many => many.Cast<object?>().Select(each => each is null ? null : EncodeOne(typeName, each)).ToArray(),
        _ => EncodeOne(typeName, id),
    };

    /// <summary>The type name and the raw id of a global id.</summary>
    /// <param name="globalId">What a client sent.</param>
    /// <param name="typeName">The GraphQL name of the type.</param>
    /// <param name="rawId">The raw id's bytes.</param>
    /// <returns>False when it is no global id.</returns>
    public static bool TryParse(string globalId, out string typeName, out byte[] rawId)
    {
        ArgumentNullException.ThrowIfNull(globalId);
        (typeName, rawId) = ("", []);
        if (globalId.Length is 0 or > MaxLength) return false;

        Span<byte> bytes = stackalloc byte[MaxLength];
        if (!Convert.TryFromBase64String(globalId, bytes, out var length)) return false;
        bytes = bytes[..length];
        var end = bytes.IndexOfAny((byte)':', (byte)'\n');
        if (end <= 0) return false;

        var isOldForm = bytes[end] == '\n';
        typeName = Encoding.UTF8.GetString(bytes[..end]);
        rawId = bytes[(end + (isOldForm ? 2 : 1))..].ToArray();
        return !isOldForm || end + 1 < length;
    }

    /// <summary>A raw id as the C# type of the key.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static object ToKey(byte[] rawId, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(Guid) && rawId.Length == 16) return new Guid(rawId);
        var text = Encoding.UTF8.GetString(rawId);
        if (type == typeof(string) || type == typeof(object)) return text;
        if (type == typeof(Guid)) return Guid.Parse(text);
        if (Parts(type) is { Length: > 1 } parts)
        {
            var texts = text.Split(':', parts.Length);
            if (texts.Length != parts.Length) throw new FormatException();
            var values = parts.Select((part, i) => ToKey(Encoding.UTF8.GetBytes(texts[i]), part)).ToArray();
            return type.GetConstructor(parts)!.Invoke(values);
        }

        if (type.IsAssignableTo(typeof(IConvertible))) return ((IConvertible)text).ToType(type, CultureInfo.InvariantCulture);
        var parse = type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, [typeof(string), typeof(IFormatProvider)]);
        if (parse is not null) return parse.Invoke(null, [text, CultureInfo.InvariantCulture])!;
        // A key of one part, such as a record struct around a number.
        var single = type.GetConstructors().FirstOrDefault(each => each.GetParameters().Length == 1) ?? throw new FormatException();
        return single.Invoke([ToKey(rawId, single.GetParameters()[0].ParameterType)]);
    }

    /// <summary>Reads the ids of an argument or input field.</summary>
    /// <param name="typeName">The only type whose ids are taken; null for any.</param>
    internal static InputReader Reader(string? typeName) => new((value, wanted) => Read(typeName, value, wanted));

    private static object Read(string? typeName, object value, Type? wanted)
    {
        wanted = wanted is null ? typeof(string) : InputConversion.IsOptional(wanted) ? wanted.GetGenericArguments()[0] : wanted;
        var item = InputConversion.ItemType(wanted) ?? wanted;
        if (value is object?[] many) return many.Select(each => each is null ? null : ReadOne(typeName, (string)each, item)).ToArray();
        return value is string text ? ReadOne(typeName, text, item) : value;
    }

    private static object ReadOne(string? typeName, string globalId, Type wanted)
    {
        if (!TryParse(globalId, out var found, out var rawId))
            throw new InputException("The node ID string has an invalid format.", ErrorCodes.InvalidRuntimeValue);
        if (typeName is not null && !string.Equals(typeName, found, StringComparison.Ordinal))
        {
            throw new InputException(
                $"The node ID belongs to the type \"{found}\"; one of \"{typeName}\" is expected.", ErrorCodes.InvalidRuntimeValue);
        }

        return KeyOrRefusal(rawId, wanted);
    }

    /// <exception cref="InputException">The raw id is no key of this type.</exception>
    internal static object KeyOrRefusal(byte[] rawId, Type wanted)
    {
        try
        {
            return ToKey(rawId, wanted);
        }
        catch (Exception refused) when (refused is FormatException or OverflowException or ArgumentException or InvalidCastException or TargetInvocationException)
        {
            throw new InputException("The node ID string has an invalid format.", ErrorCodes.InvalidRuntimeValue);
        }
    }

    private static string EncodeOne(string typeName, object id)
    {
        var name = Encoding.UTF8.GetBytes(typeName + ":");
        var raw = id is Guid guid ? guid.ToByteArray() : Encoding.UTF8.GetBytes(Text(id));
        return Convert.ToBase64String([.. name, .. raw]);
    }

    private static string Text(object id) => id switch
    {
        string text => text,
        ITuple tuple => string.Join(':', Enumerable.Range(0, tuple.Length).Select(i => Text(tuple[i]!))),
        _ when id.GetType() is { IsPrimitive: false } type && Parts(type) is { Length: > 0 } && id is not IFormattable =>
            string.Join(':', type.GetConstructor(Parts(type)!)!.GetParameters().Select(part => Text(type.GetProperty(part.Name!)!.GetValue(id)!))),
        _ => Convert.ToString(id, CultureInfo.InvariantCulture)!,
    };

    // The key types of a tuple or positional record, in order; null for anything simpler.
    private static Type[]? Parts(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(Guid)
        ? null
        : type.GetConstructors().FirstOrDefault(each => each.GetParameters() is { Length: > 0 } parameters
            && (type.IsAssignableTo(typeof(ITuple)) || parameters.All(part => part.Name is { } name && type.GetProperty(name) is not null)))
            ?.GetParameters().Select(part => part.ParameterType).ToArray();
}
