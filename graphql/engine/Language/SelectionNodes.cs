using System.Collections.Immutable;

namespace Metro.GraphQL.Language;

/// <summary>A selection set (spec 2.5).</summary>
public sealed class SelectionSetNode : SyntaxNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.SelectionSet;

    /// <summary>The selections in document order; never empty when parsed.</summary>
    public required ImmutableArray<SelectionNode> Selections { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => Selections;
}

/// <summary>A field, a fragment spread or an inline fragment (spec 2.5).</summary>
public abstract class SelectionNode : SyntaxNode
{
    /// <summary>The selection's directives, in document order.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; init; } = [];
}

/// <summary>A field that is selected (spec 2.6).</summary>
public sealed class FieldNode : SelectionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Field;

    /// <summary>The name the answer uses instead of the field's own, or null.</summary>
    public string? Alias { get; init; }

    /// <summary>The field's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the name stands (behind the alias, if there is one).</summary>
    public SourceSpan NameSpan { get; init; }

    /// <summary>The arguments in document order.</summary>
    public ImmutableArray<ArgumentNode> Arguments { get; init; } = [];

    /// <summary>What is selected beneath, or null for a leaf.</summary>
    public SelectionSetNode? SelectionSet { get; init; }

    /// <summary>The key of the field in the answer: the alias if there is one, else the name.</summary>
    public string ResponseName => Alias ?? Name;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [.. Arguments, .. Directives, .. Only(SelectionSet)];

    /// <inheritdoc/>
    protected override object? Content => (Alias, Name);
}

/// <summary>A named fragment that is spread here (spec 2.9).</summary>
public sealed class FragmentSpreadNode : SelectionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FragmentSpread;

    /// <summary>The fragment's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the name stands.</summary>
    public SourceSpan NameSpan { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => Directives;

    /// <inheritdoc/>
    protected override object? Content => Name;
}

/// <summary>A fragment without a name (spec 2.9.2).</summary>
public sealed class InlineFragmentNode : SelectionNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.InlineFragment;

    /// <summary>The type the fragment selects on, or null for that of the surrounding selection set.</summary>
    public NamedTypeNode? TypeCondition { get; init; }

    /// <summary>What is selected.</summary>
    public required SelectionSetNode SelectionSet { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [.. Only(TypeCondition), .. Directives, SelectionSet];
}

/// <summary>An argument of a field or directive (spec 2.7).</summary>
public sealed class ArgumentNode : SyntaxNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Argument;

    /// <summary>The argument's name.</summary>
    public required string Name { get; init; }

    /// <summary>The argument's value.</summary>
    public required ValueNode Value { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Value];

    /// <inheritdoc/>
    protected override object? Content => Name;
}

/// <summary>A directive that is applied (spec 2.13).</summary>
public sealed class DirectiveNode : SyntaxNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Directive;

    /// <summary>The directive's name without the at sign.</summary>
    public required string Name { get; init; }

    /// <summary>The arguments in document order.</summary>
    public ImmutableArray<ArgumentNode> Arguments { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => Arguments;

    /// <inheritdoc/>
    protected override object? Content => Name;
}
