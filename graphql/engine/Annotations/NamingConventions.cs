using System.Text;

namespace Metro.GraphQL.Annotations;

/// <summary>How C# names become GraphQL names. Pure functions; attributes that name something win over all of this.</summary>
public static class NamingConventions
{
    /// <summary>
    /// A property or parameter: the leading run of capitals becomes lower case, except its last one when the run is
    /// longer than one and a letter follows (<c>URL → url</c>, <c>IPAddress → ipAddress</c>, <c>FOO1Ar → foo1Ar</c>).
    /// </summary>
    /// <param name="name">The C# name, not empty.</param>
    public static string FieldName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var run = 0;
        while (run < name.Length && char.IsUpper(name[run])) run++;
        if (run == 0) return name;

        var lowered = run > 1 && run < name.Length && char.IsLetter(name[run]) ? run - 1 : run;
        return string.Concat(name[..lowered].ToLowerInvariant(), name.AsSpan(lowered));
    }

    /// <summary>
    /// A method: a leading <c>Get</c> goes when more text follows, a trailing <c>Async</c> goes when the method is
    /// asynchronous, then as a property.
    /// </summary>
    /// <param name="name">The C# name, not empty.</param>
    /// <param name="isAsync">Whether it returns a Task, ValueTask or IAsyncEnumerable.</param>
    public static string MethodName(string name, bool isAsync) => FieldName(WithoutGetAndAsync(name, isAsync));

    /// <summary>
    /// A method marked as a DataLoader: <c>GetBrandByIdAsync → BrandByIdDataLoader</c>.
    /// </summary>
    /// <param name="name">The C# name, not empty.</param>
    public static string DataLoaderName(string name)
    {
        var core = WithoutGetAndAsync(name, isAsync: true);
        return core.EndsWith("DataLoader", StringComparison.Ordinal) ? core : core + "DataLoader";
    }

    /// <summary>
    /// An enum member in capitals, broken by an underscore before a capital that follows a non-capital or precedes a
    /// lower-case letter (<c>HTTPCode → HTTP_CODE</c>). Names in capitals only stay; underscores are not doubled.
    /// </summary>
    /// <param name="name">The C# name, not empty.</param>
    public static string EnumValueName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var broken = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
            {
                broken.Append('_');
            }

            broken.Append(char.ToUpperInvariant(name[i]));
        }

        return broken.ToString();
    }

    /// <summary>A class, record, struct, enum or interface: its name; a generic one as <c>PairOfAAndB</c>.</summary>
    /// <param name="type">The C# type, closed if generic.</param>
    public static string TypeName(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.IsArray) return TypeName(type.GetElementType()!) + "Array";
        if (!type.IsGenericType) return type.Name;

        var name = type.Name.AsSpan(0, type.Name.IndexOf('`', StringComparison.Ordinal));
        return $"{name}Of{string.Join("And", type.GetGenericArguments().Select(TypeName))}";
    }

    /// <summary>An input type's name: <c>Input</c> is appended unless it is there already.</summary>
    /// <param name="name">The name the type would have as an output type.</param>
    public static string InputTypeName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name.EndsWith("Input", StringComparison.Ordinal) ? name : name + "Input";
    }

    /// <summary>A directive class: <c>Directive</c> or <c>DirectiveType</c> goes from the end, then as a property.</summary>
    /// <param name="name">The class's name, not empty.</param>
    public static string DirectiveName(string name) =>
        FieldName(WithoutSuffix(WithoutSuffix(name, "Type", "Directive"), "Directive"));

    /// <summary>The name an exception has as a typed error: <c>UserNameTakenException → UserNameTakenError</c>.</summary>
    /// <param name="name">The class's name, not empty.</param>
    public static string ErrorTypeName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name.EndsWith("Exception", StringComparison.Ordinal) && name.Length > "Exception".Length
            ? name[..^"Exception".Length] + "Error"
            : name;
    }

    /// <summary>A field's name as the beginning of a type's name: <c>renameUser → RenameUser</c>.</summary>
    /// <param name="name">The field's name, not empty.</param>
    public static string PascalCase(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return string.Concat([char.ToUpperInvariant(name[0])], name.AsSpan(1));
    }

    private static string WithoutGetAndAsync(string name, bool isAsync)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.StartsWith("Get", StringComparison.Ordinal) && name.Length > "Get".Length) name = name["Get".Length..];
        return isAsync ? WithoutSuffix(name, "Async") : name;
    }

    // Only takes the suffix away when something is left, and only behind what must stand before it.
    private static string WithoutSuffix(string name, string suffix, string before = "") =>
        name.EndsWith(before + suffix, StringComparison.Ordinal) && name.Length > before.Length + suffix.Length
            ? name[..^suffix.Length]
            : name;
}
