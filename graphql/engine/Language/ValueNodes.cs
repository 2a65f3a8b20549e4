using System.Collections.Immutable;

namespace Metro.GraphQL.Language;

/// <summary>An input value as it is written (spec 2.10).</summary>
public abstract class ValueNode : SyntaxNode
{
    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [];
}

/// <summary>A use of a variable.</summary>
public sealed class VariableNode : ValueNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Variable;

    /// <summary>The variable's name without the dollar sign.</summary>
    public required string Name { get; init; }

    /// <inheritdoc/>
    protected override object? Content => Name;
}

/// <summary>An integer literal of any size; whether it fits is the type's business.</summary>
public sealed class IntValueNode : ValueNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.IntValue;

    /// <summary>The digits as written, with the sign.</summary>
    public required string Value { get; init; }

    /// <inheritdoc/>
    protected override object? Content => Value;
}

/// <summary>A literal with a fraction or an exponent.</summary>
public sealed class FloatValueNode : ValueNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FloatValue;

    /// <summary>The number as written.</summary>
    public required string Value { get; init; }

    /// <inheritdoc/>
    protected override object? Content => Value;
}

/// <summary>A string, quoted or in block form.</summary>
public sealed class StringValueNode : ValueNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.StringValue;

    /// <summary>What the string means: escapes resolved, the common indentation of a block taken away.</summary>
    public required string Value { get; init; }

    /// <summary>Whether it was written between three quotation marks.</summary>
    public bool IsBlock { get; init; }

    /// <inheritdoc/>
    protected override object? Content => (Value, IsBlock);
}

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed class BooleanValueNode : ValueNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.BooleanValue;

    /// <summary>The value.</summary>
    public required bool Value { get; init; }

    /// <inheritdoc/>
    protected override object? Content => Value;
}

/// <summary><c>null</c>, written out.</summary>
public sealed class NullValueNode : ValueNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.NullValue;
}

/// <summary>A name that stands for an enum value.</summary>
public sealed class EnumValueNode : ValueNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.EnumValue;

    /// <summary>The name; never true, false or null.</summary>
    public required string Value { get; init; }

    /// <inheritdoc/>
    protected override object? Content => Value;
}

/// <summary>A list between brackets.</summary>
public sealed class ListValueNode : ValueNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ListValue;

    /// <summary>The items in document order; may be empty.</summary>
    public ImmutableArray<ValueNode> Items { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => Items;
}

/// <summary>An input object between braces.</summary>
public sealed class ObjectValueNode : ValueNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ObjectValue;

    /// <summary>The fields in document order, repeated names included; may be empty.</summary>
    public ImmutableArray<ObjectFieldNode> Fields { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => Fields;
}

/// <summary>A field of an input object.</summary>
public sealed class ObjectFieldNode : SyntaxNode
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ObjectField;

    /// <summary>The field's name.</summary>
    public required string Name { get; init; }

    /// <summary>The field's value.</summary>
    public required ValueNode Value { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [Value];

    /// <inheritdoc/>
    protected override object? Content => Name;
}
