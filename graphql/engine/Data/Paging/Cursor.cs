using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Metro.GraphQL.Data.Paging;

/// <summary>
/// The opaque text that marks a place in a list: the order it belongs to, and either the place's number or the keys of
/// the row there. A cursor of another order is no cursor. Pure functions.
/// </summary>
internal static class Cursor
{
    private const int MaxLength = 4096;
    private const byte Offset = 1;
    private const byte Keys = 2;

    /// <summary>Says which order a cursor belongs to.</summary>
    public static uint OrderOf(ReadOnlySpan<char> text)
    {
        // FNV-1a: the same in every process, as cursors outlive them.
        var hash = 2166136261u;
        foreach (var letter in text) hash = (hash ^ letter) * 16777619u;
        return hash;
    }

    public static string At(uint order, int offset)
    {
        Span<byte> bytes = stackalloc byte[9];
        Begin(bytes, Offset, order);
        BitConverter.TryWriteBytes(bytes[5..], offset);
        return Base64Url.EncodeToString(bytes);
    }

    public static string At(uint order, IReadOnlyList<object?> keys)
    {
        var bytes = new byte[5].ToList();
        Begin(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes), Keys, order);
        foreach (var key in keys)
        {
            if (key is null)
            {
                bytes.Add(0);
                continue;
            }

            var text = Encoding.UTF8.GetBytes(Write(key));
            bytes.Add(1);
            bytes.AddRange(BitConverter.GetBytes(text.Length));
            bytes.AddRange(text);
        }

        return Base64Url.EncodeToString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
    }

    /// <summary>The number of a place; null when the text is no such cursor.</summary>
    public static int? ReadOffset(string cursor, uint order)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (!TryDecode(cursor, Offset, order, ref bytes) || bytes.Length != 4) return null;
        return BitConverter.ToInt32(bytes) is >= 0 and var offset ? offset : null;
    }

    /// <summary>The keys of the row at a place; null when the text is no such cursor.</summary>
    public static object?[]? ReadKeys(string cursor, uint order, IReadOnlyList<Type> types)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (!TryDecode(cursor, Keys, order, ref bytes)) return null;

        var keys = new object?[types.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            if (bytes.IsEmpty) return null;
            var isNull = bytes[0] == 0;
            bytes = bytes[1..];
            if (isNull)
            {
                if (types[i].IsValueType && Nullable.GetUnderlyingType(types[i]) is null) return null;
                continue;
            }

            if (bytes.Length < 4 || BitConverter.ToInt32(bytes) is var length && (length < 0 || length > bytes.Length - 4)) return null;
            if (!TryRead(Encoding.UTF8.GetString(bytes.Slice(4, length)), types[i], out keys[i])) return null;
            bytes = bytes[(4 + length)..];
        }

        return bytes.IsEmpty ? keys : null;
    }

    private static void Begin(Span<byte> bytes, byte kind, uint order)
    {
        bytes[0] = kind;
        BitConverter.TryWriteBytes(bytes[1..], order);
    }

    private static bool TryDecode(string cursor, byte kind, uint order, ref Span<byte> bytes)
    {
        if (cursor.Length is 0 or > MaxLength || !Base64Url.IsValid(cursor)) return false;
        if (!Base64Url.TryDecodeFromChars(cursor, bytes, out var length) || length < 5) return false;
        if (bytes[0] != kind || BitConverter.ToUInt32(bytes[1..]) != order) return false;
        bytes = bytes[5..length];
        return true;
    }

    private static string Write(object key) => key switch
    {
        string text => text,
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)key).ToString("O", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => key.ToString()!,
    };

    private static bool TryRead(string text, Type type, out object? key)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        key = null;
        try
        {
            key = type == typeof(string) ? text
                : type == typeof(DateTime) ? DateTime.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
                : type == typeof(DateTimeOffset) ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
                : type == typeof(DateOnly) ? DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture)
                : type == typeof(TimeOnly) ? TimeOnly.ParseExact(text, "O", CultureInfo.InvariantCulture)
                : type == typeof(Guid) ? Guid.Parse(text)
                : type.IsEnum ? Enum.Parse(type, text)
                : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
            return true;
        }
        catch (Exception refused) when (refused is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            return false;
        }
    }
}
