using System.Text.Json;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>A type with a name (spec 3.4).</summary>
public abstract class NamedType : GraphQLType
{
    private readonly Parts parts;

    private protected NamedType(string name, SyntaxNode? syntax)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        parts = new Parts { Name = name, Syntax = syntax };
    }

    /// <summary>The type's name.</summary>
    public string Name => parts.Name;

    /// <summary>What clients read about the type, in Markdown; null when there is nothing to say.</summary>
    public string? Description
    {
        get => parts.Description;
        set => parts.Description = value;
    }

    /// <summary>The directives applied to the type, apart from <c>@specifiedBy</c> and <c>@oneOf</c>.</summary>
    public IReadOnlyList<DirectiveNode> Directives => parts.Directives;

    /// <summary>What other parts of the engine know about the type.</summary>
    public FeatureBag Features => parts.Features;

    /// <summary>Where SDL defines the type; null when code does.</summary>
    public SyntaxNode? Syntax => parts.Syntax;

    /// <summary>
    /// The C# type whose values the type stands for; null when it stands for no particular one. Set while the schema is
    /// put together.
    /// </summary>
    public Type? RuntimeType
    {
        get;
        set
        {
            parts.CheckOpen();
            field = value;
        }
    }

    /// <summary>Whether the type belongs to introspection (spec 4.2).</summary>
    public bool IsIntrospection => Name.StartsWith("__", StringComparison.Ordinal) && Introspection.IsIntrospectionType(this);

    /// <summary>Whether a schema has been built with the type.</summary>
    public bool IsComplete => parts.IsComplete;

    /// <inheritdoc/>
    public override NamedType Named => this;

    /// <summary>Whether the type is a leaf of every selection: a scalar or an enum.</summary>
    public bool IsLeaf => Kind is TypeKind.Scalar or TypeKind.Enum;

    /// <summary>Whether the type has selections beneath: an object, an interface or a union.</summary>
    public bool IsComposite => Kind is TypeKind.Object or TypeKind.Interface or TypeKind.Union;

    /// <summary>Whether the type stands for one of several object types: an interface or a union.</summary>
    public bool IsAbstract => Kind is TypeKind.Interface or TypeKind.Union;

    /// <summary>Applies a directive, as SDL would write it.</summary>
    /// <exception cref="InvalidOperationException">A schema has been built with the type.</exception>
    public void Apply(DirectiveNode directive) => parts.Apply(directive);

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal virtual void Complete() => parts.MarkComplete();

    private protected void RequireOpen() => parts.CheckOpen();

    /// <summary>What a type has in common with every other member, although its base class is another.</summary>
    private sealed class Parts : SchemaMember
    {
        public override string Coordinate => Name;

        public void CheckOpen() => RequireOpen();
    }
}

/// <summary>
/// A leaf: a scalar or an enum. Reads input from literals and JSON, and writes output as JSON. All three are safe to
/// call from several threads and refuse with a <see cref="CoercionException"/>.
/// </summary>
public abstract class LeafType : NamedType
{
    private protected LeafType(string name, SyntaxNode? syntax)
        : base(name, syntax)
    {
    }

    /// <summary>The C# value of a literal; the literal is neither null nor a variable.</summary>
    /// <exception cref="CoercionException">The literal does not stand for a value of the type.</exception>
    public abstract object ParseLiteral(ValueNode literal);

    /// <summary>The C# value of a JSON value, which is not null.</summary>
    /// <exception cref="CoercionException">The JSON does not stand for a value of the type.</exception>
    public abstract object ParseValue(JsonElement value);

    /// <summary>Writes a C# value, which is not null, as JSON. Nothing is written when it is refused.</summary>
    /// <exception cref="CoercionException">The value is none of the type.</exception>
    public abstract void WriteValue(object runtimeValue, Utf8JsonWriter writer);

    /// <summary>The literal that reads as this C# value, for defaults given in code.</summary>
    /// <exception cref="CoercionException">The value is none of the type.</exception>
    public virtual ValueNode ToLiteral(object runtimeValue)
    {
        ArgumentNullException.ThrowIfNull(runtimeValue);
        return JsonLiteral.FromJson(JsonLiteral.Write(writer => WriteValue(runtimeValue, writer)));
    }
}
