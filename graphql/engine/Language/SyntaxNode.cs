namespace Metro.GraphQL.Language;

/// <summary>
/// A node of the syntax tree. Nodes are immutable and compare by reference; <see cref="HasSameSyntaxAs"/>
/// compares what they say.
/// </summary>
public abstract class SyntaxNode
{
    /// <summary>What the node is.</summary>
    public abstract SyntaxKind Kind { get; }

    /// <summary>Where the node was read; empty for a node that was made by a program.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>The line and column of the node's first token, or null for a node that was made by a program.</summary>
    public SourceLocation? Location => Span.Location;

    /// <summary>The nodes directly beneath this one, in document order.</summary>
    public abstract IEnumerable<SyntaxNode> Children { get; }

    /// <summary>Whatever the node says itself, apart from its children; null when the kind says it all.</summary>
    protected virtual object? Content => null;

    /// <summary>Whether both trees say the same, wherever they were read from.</summary>
    public bool HasSameSyntaxAs(SyntaxNode other)
    {
        ArgumentNullException.ThrowIfNull(other);

        // Documents can be as deep as the parser allows, so the walk keeps its own stack.
        var pairs = new Stack<(SyntaxNode, SyntaxNode)>();
        pairs.Push((this, other));
        while (pairs.TryPop(out var pair))
        {
            var (one, two) = pair;
            if (one.Kind != two.Kind || !Equals(one.Content, two.Content)) return false;

            var ones = one.Children.ToArray();
            var twos = two.Children.ToArray();
            if (ones.Length != twos.Length) return false;
            for (var i = 0; i < ones.Length; i++) pairs.Push((ones[i], twos[i]));
        }

        return true;
    }

    /// <summary>The node as GraphQL text, laid out by <see cref="Printer"/>.</summary>
    public override string ToString() => Printer.Print(this);

    private protected static IEnumerable<SyntaxNode> Only(SyntaxNode? node) => node is null ? [] : [node];
}
