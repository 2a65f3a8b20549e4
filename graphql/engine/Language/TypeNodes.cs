namespace Metro.GraphQL.Language;

/// <summary>A reference to a type (spec 2.12).</summary>
public abstract class TypeNode : SyntaxNode
{
    /// <summary>The name beneath all wrappers.</summary>
    public string InnermostName
    {
        get
        {
            var type = this;
            while (true)
            {
                switch (type)
                {
                    case NamedTypeNode named: return named.Name;
                    case ListTypeNode list: type = list.Item; break;
                    case NonNullTypeNode required: type = required.Nullable; break;
                    default: throw new InvalidOperationException($"{type.Kind} is not a type reference.");
                }
            }
        }
    }
}

/// <summary>A type by its name.</summary>
public sealed class NamedTypeNode : TypeNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.NamedType;

    /// <summary>The type's name.</summary>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [];

    /// <inheritdoc/>
    protected override object? Content => Name;
}

/// <summary>A list of another type.</summary>
public sealed class ListTypeNode : TypeNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ListType;

    /// <summary>The type of the items.</summary>
    public required TypeNode Item { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Item];
}

/// <summary>A type that excludes null.</summary>
public sealed class NonNullTypeNode : TypeNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.NonNullType;

    /// <summary>The same type with null; a named type or a list, never itself non-null.</summary>
    public required TypeNode Nullable { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Nullable];
}
