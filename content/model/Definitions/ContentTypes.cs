using System.Collections.Frozen;
using System.Reflection;

namespace Metro.Content;

/// <summary>The content types that this portal knows. Immutable and safe to share.</summary>
public sealed class ContentTypes
{
    private readonly FrozenDictionary<string, ContentTypeDef> byName;

    private ContentTypes(IEnumerable<ContentTypeDef> types) =>
        byName = types.ToFrozenDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The types that ship with the portal.</summary>
    public static ContentTypes Shipped { get; } = Of(typeof(ContentTypes).Assembly);

    /// <summary>Every concrete <see cref="ContentTypeDef"/> of the assemblies.</summary>
    public static ContentTypes Of(params IReadOnlyList<Assembly> assemblies) => new(assemblies
        .SelectMany(assembly => assembly.GetExportedTypes())
        .Where(type => type.IsSubclassOf(typeof(ContentTypeDef)) && !type.IsAbstract)
        .Select(type => (ContentTypeDef)Activator.CreateInstance(type)!));

    /// <summary>These types and others; where two have one name, the one that was there.</summary>
    internal ContentTypes With(IEnumerable<ContentTypeDef> others) => new(byName.Values.Concat(others.Where(other => !byName.ContainsKey(other.Name)).DistinctBy(other => other.Name, StringComparer.OrdinalIgnoreCase)));

    /// <summary>All types, by name.</summary>
    public IReadOnlyList<ContentTypeDef> All => [.. byName.Values.OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>
    /// The type of that name, whatever its case; null when no code describes it. Items of such a type, come
    /// with a recipe, are kept and exported again, and validated only in the parts that all types share.
    /// </summary>
    public ContentTypeDef? Find(string name) => byName.GetValueOrDefault(name);
}
