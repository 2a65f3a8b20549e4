using System.Collections.Immutable;

namespace Metro.GraphQL.Language;

/// <summary>A whole document (spec 2.3): executable definitions, type-system definitions and extensions.</summary>
public sealed class DocumentNode : SyntaxNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Document;

    /// <summary>The definitions in document order; never empty when parsed.</summary>
    public required ImmutableArray<DefinitionNode> Definitions { get; init; }

    /// <summary>How many fields all selection sets hold together, which bounds the work a document can ask for.</summary>
    public int FieldCount { get; init; }

    /// <summary>How many tokens the document holds, the end of file not counted; 0 for a document made by a program.</summary>
    public int TokenCount { get; init; }

    /// <summary>The operations in document order.</summary>
    public IEnumerable<OperationDefinitionNode> Operations => Definitions.OfType<OperationDefinitionNode>();

    /// <summary>The fragment definitions in document order.</summary>
    public IEnumerable<FragmentDefinitionNode> Fragments => Definitions.OfType<FragmentDefinitionNode>();

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => Definitions;
}

/// <summary>Anything that stands at the top of a document.</summary>
public abstract class DefinitionNode : SyntaxNode
{
    /// <summary>The directives behind the definition's head, in document order.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; init; } = [];
}

/// <summary>An operation or a fragment: what may be executed (spec 2.3).</summary>
public abstract class ExecutableDefinitionNode : DefinitionNode
{
    /// <summary>The description before the definition (since September 2025), or null.</summary>
    public StringValueNode? Description { get; init; }

    /// <summary>What is selected.</summary>
    public required SelectionSetNode SelectionSet { get; init; }
}

/// <summary>An operation (spec 2.4).</summary>
public sealed class OperationDefinitionNode : ExecutableDefinitionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.OperationDefinition;

    /// <summary>Query, mutation or subscription.</summary>
    public required OperationKind Operation { get; init; }

    /// <summary>The operation's name, or null when it is anonymous.</summary>
    public string? Name { get; init; }

    /// <summary>Where the name stands; empty when there is none.</summary>
    public SourceSpan NameSpan { get; init; }

    /// <summary>The variables the operation takes, in document order.</summary>
    public ImmutableArray<VariableDefinitionNode> VariableDefinitions { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children =>
        [.. Only(Description), .. VariableDefinitions, .. Directives, SelectionSet];

    /// <inheritdoc/>
    protected override object? Content => (Operation, Name);
}

/// <summary>A variable that an operation takes (spec 2.11).</summary>
public sealed class VariableDefinitionNode : SyntaxNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.VariableDefinition;

    /// <summary>The description before the variable (since September 2025), or null.</summary>
    public StringValueNode? Description { get; init; }

    /// <summary>The variable.</summary>
    public required VariableNode Variable { get; init; }

    /// <summary>The variable's type.</summary>
    public required TypeNode Type { get; init; }

    /// <summary>The value of a variable that is not given, or null when there is no default. A constant.</summary>
    public ValueNode? DefaultValue { get; init; }

    /// <summary>The variable's directives, in document order.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; init; } = [];

    /// <summary>The variable's name without the dollar sign.</summary>
    public string Name => Variable.Name;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children =>
        [.. Only(Description), Variable, Type, .. Only(DefaultValue), .. Directives];
}

/// <summary>A fragment definition (spec 2.9).</summary>
public sealed class FragmentDefinitionNode : ExecutableDefinitionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FragmentDefinition;

    /// <summary>The fragment's name; never <c>on</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the name stands.</summary>
    public SourceSpan NameSpan { get; init; }

    /// <summary>The type that the fragment selects on.</summary>
    public required NamedTypeNode TypeCondition { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children =>
        [.. Only(Description), TypeCondition, .. Directives, SelectionSet];

    /// <inheritdoc/>
    protected override object? Content => Name;
}
