using System.Collections;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Metro.GraphQL.Types;

/// <summary>
/// Members of one kind in their order, found by name. Immutable and thread-safe once the schema is built.
/// </summary>
/// <typeparam name="T">What the members are.</typeparam>
public sealed class MemberList<T> : IReadOnlyList<T>
    where T : SchemaMember
{
    private readonly Action<T> adopt;
    private readonly List<T> members = [];
    private FrozenDictionary<string, T>? byName;

    internal MemberList(Action<T> adopt) => this.adopt = adopt;

    /// <summary>How many members there are.</summary>
    public int Count => members.Count;

    /// <summary>The member at a position.</summary>
    public T this[int index] => members[index];

    /// <summary>The member of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public T this[string name] =>
        TryGet(name, out var member) ? member : throw new KeyNotFoundException($"There is no member \"{name}\".");

    /// <summary>Adds a member at the end.</summary>
    /// <exception cref="InvalidOperationException">The schema is already built.</exception>
    public void Add(T member)
    {
        ArgumentNullException.ThrowIfNull(member);
        RequireOpen(member.Name);
        adopt(member);
        members.Add(member);
    }

    /// <summary>Takes the members of this name away; nothing happens when there is none.</summary>
    /// <exception cref="InvalidOperationException">The schema is already built.</exception>
    public void Remove(string name)
    {
        RequireOpen(name);
        members.RemoveAll(member => string.Equals(member.Name, name, StringComparison.Ordinal));
    }

    /// <summary>Finds a member by its name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out T? member)
    {
        if (byName is not null) return byName.TryGetValue(name, out member);
        member = members.Find(each => string.Equals(each.Name, name, StringComparison.Ordinal));
        return member is not null;
    }

    /// <summary>Whether there is a member of this name.</summary>
    public bool Contains(string name) => TryGet(name, out _);

    /// <summary>The members in order, without making garbage.</summary>
    public List<T>.Enumerator GetEnumerator() => members.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => members.GetEnumerator();

    internal void Complete()
    {
        // A repeated name is a fault that schema validation reports; until then the first one counts.
        byName = members
            .DistinctBy(member => member.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(member => member.Name, StringComparer.Ordinal);
        foreach (var member in members) member.MarkComplete();
    }

    private void RequireOpen(string name)
    {
        if (byName is not null)
            throw new InvalidOperationException($"\"{name}\" comes too late: the schema is already built.");
    }
}
