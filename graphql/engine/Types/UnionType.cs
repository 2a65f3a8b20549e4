using System.Collections.Immutable;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>A union type (spec 3.8).</summary>
/// <param name="name">The type's name.</param>
/// <param name="syntax">Where SDL defines it; null when code does.</param>
public sealed class UnionType(string name, SyntaxNode? syntax = null) : NamedType(name, syntax)
{
    private readonly List<NamedTypeNode> memberReferences = [];

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Union;

    /// <summary>The member types in order; complete once the schema is built.</summary>
    public ImmutableArray<ObjectType> Members { get; private set; } = [];

    /// <summary>The names of the member types, as they were given.</summary>
    public IReadOnlyList<NamedTypeNode> MemberReferences => memberReferences;

    /// <summary>How to tell a value's object type; null to ask the members one by one.</summary>
    public TypeResolver? ResolveType
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    /// <summary>Takes a type in.</summary>
    /// <exception cref="InvalidOperationException">A schema has been built with the union.</exception>
    public void Include(NamedTypeNode reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        RequireOpen();
        memberReferences.Add(reference);
    }

    /// <summary>Takes the type of this name in.</summary>
    /// <exception cref="InvalidOperationException">A schema has been built with the union.</exception>
    public void Include(string objectTypeName) => Include(new NamedTypeNode { Name = objectTypeName });

    internal void Resolve(ImmutableArray<ObjectType> members) => Members = members;
}
