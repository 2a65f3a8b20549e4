using System.Globalization;
using System.Text;

namespace Metro.GraphQL;

/// <summary>
/// Where in the response something stands: response names and list indices from the root (specification 7.1.2).
/// Immutable; a path knows its parent, so appending costs one object.
/// </summary>
public sealed class Path : IEquatable<Path>
{
    private Path(Path? parent, string? name, int index)
    {
        Parent = parent;
        Name = name;
        Index = index;
        Length = parent is null ? 0 : parent.Length + 1;
    }

    /// <summary>The response itself: a path of length zero.</summary>
    public static Path Root { get; } = new(null, null, -1);

    /// <summary>The path without its last segment; null at the root.</summary>
    public Path? Parent { get; }

    /// <summary>The response name of the last segment; null when that segment is a list index, and at the root.</summary>
    public string? Name { get; }

    /// <summary>The list index of the last segment, counted from 0; -1 when that segment is a name, and at the root.</summary>
    public int Index { get; }

    /// <summary>The number of segments.</summary>
    public int Length { get; }

    /// <summary>The path of a field below this one.</summary>
    /// <param name="name">The field's response name (its alias, if it has one).</param>
    public Path Append(string name) => new(this, name, -1);

    /// <summary>The path of an item of the list that stands at this path.</summary>
    /// <param name="index">The item's position, counted from 0.</param>
    public Path Append(int index) => new(this, null, index);

    /// <summary>The segments from the root: strings for response names, boxed integers for list indices.</summary>
    public IReadOnlyList<object> ToList()
    {
        var segments = new object[Length];
        for (var at = this; at.Parent is not null; at = at.Parent)
            segments[at.Length - 1] = at.Name ?? (object)at.Index;
        return segments;
    }

    /// <summary>A path with the given segments.</summary>
    /// <param name="segments">Strings and integers, from the root.</param>
    /// <exception cref="ArgumentException">A segment is neither a string nor an integer.</exception>
    public static Path FromList(IEnumerable<object> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        var path = Root;
        foreach (var segment in segments)
        {
            path = segment switch
            {
                string name => path.Append(name),
                int index => path.Append(index),
                _ => throw new ArgumentException($"A path is made of strings and integers, not {segment}.", nameof(segments)),
            };
        }

        return path;
    }

    /// <inheritdoc/>
    public bool Equals(Path? other)
    {
        for (var mine = this; ; mine = mine.Parent!, other = other.Parent)
        {
            if (ReferenceEquals(mine, other)) return true;
            if (other is null || mine.Length != other.Length) return false;
            if (mine.Index != other.Index || !string.Equals(mine.Name, other.Name, StringComparison.Ordinal)) return false;
        }
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Path);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (var at = this; at.Parent is not null; at = at.Parent)
        {
            hash.Add(at.Name, StringComparer.Ordinal);
            hash.Add(at.Index);
        }

        return hash.ToHashCode();
    }

    /// <summary>The path as people write it: <c>/books[2]/title</c>.</summary>
    public override string ToString()
    {
        if (Parent is null) return "/";
        var text = new StringBuilder();
        foreach (var segment in ToList())
        {
            if (segment is string name) text.Append('/').Append(name);
            else text.Append(CultureInfo.InvariantCulture, $"[{segment}]");
        }

        return text.ToString();
    }
}
