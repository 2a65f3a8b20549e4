using System.Collections.Immutable;

namespace Metro.GraphQL.Language;

/// <summary>A definition or extension of the type system (spec 3.1, 3.2).</summary>
public abstract class TypeSystemNode : DefinitionNode
{
    /// <summary>The description before the definition, or null; extensions have none.</summary>
    public StringValueNode? Description { get; init; }

    /// <summary>Whether the node extends something defined elsewhere instead of defining it.</summary>
    public bool IsExtension { get; init; }
}

/// <summary>The schema's root operation types (spec 3.3), or an extension of them (spec 3.3.3).</summary>
public sealed class SchemaDefinitionNode : TypeSystemNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => IsExtension ? SyntaxKind.SchemaExtension : SyntaxKind.SchemaDefinition;

    /// <summary>The root operation types in document order.</summary>
    public ImmutableArray<RootOperationTypeDefinitionNode> OperationTypes { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [.. Only(Description), .. Directives, .. OperationTypes];
}

/// <summary>The type on which one kind of operation starts.</summary>
public sealed class RootOperationTypeDefinitionNode : SyntaxNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.RootOperationTypeDefinition;

    /// <summary>The kind of operation.</summary>
    public required OperationKind Operation { get; init; }

    /// <summary>The object type on which it starts.</summary>
    public required NamedTypeNode Type { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Type];

    /// <inheritdoc/>
    protected override object? Content => Operation;
}

/// <summary>A definition of a named type, or an extension of one (spec 3.4).</summary>
public abstract class TypeDefinitionNode : TypeSystemNode
{
    /// <summary>The type's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the name stands.</summary>
    public SourceSpan NameSpan { get; init; }

    /// <inheritdoc/>
    protected override object? Content => Name;
}

/// <summary>A scalar (spec 3.5).</summary>
public sealed class ScalarTypeDefinitionNode : TypeDefinitionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => IsExtension ? SyntaxKind.ScalarTypeExtension : SyntaxKind.ScalarTypeDefinition;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [.. Only(Description), .. Directives];
}

/// <summary>A type with fields: an object or an interface.</summary>
public abstract class ComplexTypeDefinitionNode : TypeDefinitionNode
{
    /// <summary>The interfaces that the type says it implements, in document order.</summary>
    public ImmutableArray<NamedTypeNode> Interfaces { get; init; } = [];

    /// <summary>The fields in document order.</summary>
    public ImmutableArray<FieldDefinitionNode> Fields { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children =>
        [.. Only(Description), .. Interfaces, .. Directives, .. Fields];
}

/// <summary>An object type (spec 3.6).</summary>
public sealed class ObjectTypeDefinitionNode : ComplexTypeDefinitionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => IsExtension ? SyntaxKind.ObjectTypeExtension : SyntaxKind.ObjectTypeDefinition;
}

/// <summary>An interface type (spec 3.7).</summary>
public sealed class InterfaceTypeDefinitionNode : ComplexTypeDefinitionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind =>
        IsExtension ? SyntaxKind.InterfaceTypeExtension : SyntaxKind.InterfaceTypeDefinition;
}

/// <summary>A union type (spec 3.8).</summary>
public sealed class UnionTypeDefinitionNode : TypeDefinitionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => IsExtension ? SyntaxKind.UnionTypeExtension : SyntaxKind.UnionTypeDefinition;

    /// <summary>The member types in document order.</summary>
    public ImmutableArray<NamedTypeNode> Members { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [.. Only(Description), .. Directives, .. Members];
}

/// <summary>An enum type (spec 3.9).</summary>
public sealed class EnumTypeDefinitionNode : TypeDefinitionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => IsExtension ? SyntaxKind.EnumTypeExtension : SyntaxKind.EnumTypeDefinition;

    /// <summary>The values in document order.</summary>
    public ImmutableArray<EnumValueDefinitionNode> Values { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [.. Only(Description), .. Directives, .. Values];
}

/// <summary>An input object type (spec 3.10).</summary>
public sealed class InputObjectTypeDefinitionNode : TypeDefinitionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind =>
        IsExtension ? SyntaxKind.InputObjectTypeExtension : SyntaxKind.InputObjectTypeDefinition;

    /// <summary>The input fields in document order.</summary>
    public ImmutableArray<InputValueDefinitionNode> Fields { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [.. Only(Description), .. Directives, .. Fields];
}

/// <summary>A member of a type: a field, an argument, an input field or an enum value.</summary>
public abstract class MemberDefinitionNode : SyntaxNode
{
    /// <summary>The description before the member, or null.</summary>
    public StringValueNode? Description { get; init; }

    /// <summary>The member's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the name stands.</summary>
    public SourceSpan NameSpan { get; init; }

    /// <summary>The member's directives, in document order.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; init; } = [];

    /// <inheritdoc/>
    protected override object? Content => Name;
}

/// <summary>A field of an object or interface type (spec 3.6).</summary>
public sealed class FieldDefinitionNode : MemberDefinitionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FieldDefinition;

    /// <summary>The arguments in document order.</summary>
    public ImmutableArray<InputValueDefinitionNode> Arguments { get; init; } = [];

    /// <summary>The type of the answer.</summary>
    public required TypeNode Type { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [.. Only(Description), .. Arguments, Type, .. Directives];
}

/// <summary>An argument or an input field (spec 3.6.1, 3.10).</summary>
public sealed class InputValueDefinitionNode : MemberDefinitionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.InputValueDefinition;

    /// <summary>The type of the value.</summary>
    public required TypeNode Type { get; init; }

    /// <summary>The value when none is given, or null when there is no default. A constant.</summary>
    public ValueNode? DefaultValue { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children =>
        [.. Only(Description), Type, .. Only(DefaultValue), .. Directives];
}

/// <summary>A value of an enum type (spec 3.9).</summary>
public sealed class EnumValueDefinitionNode : MemberDefinitionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.EnumValueDefinition;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [.. Only(Description), .. Directives];
}

/// <summary>
/// A definition of a directive (spec 3.13). Directives on directives, and their extensions, are read as newer tools
/// write them; the September 2025 edition has neither.
/// </summary>
public sealed class DirectiveDefinitionNode : TypeSystemNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => IsExtension ? SyntaxKind.DirectiveExtension : SyntaxKind.DirectiveDefinition;

    /// <summary>The directive's name without the at sign.</summary>
    public required string Name { get; init; }

    /// <summary>Where the name stands.</summary>
    public SourceSpan NameSpan { get; init; }

    /// <summary>The arguments in document order.</summary>
    public ImmutableArray<InputValueDefinitionNode> Arguments { get; init; } = [];

    /// <summary>Whether it may stand more than once at one location.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>The locations in document order, by the specification's names, such as <c>FIELD</c>.</summary>
    public ImmutableArray<string> Locations { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [.. Only(Description), .. Arguments, .. Directives];

    /// <inheritdoc/>
    protected override object? Content => (Name, IsRepeatable, string.Join('|', Locations));
}
