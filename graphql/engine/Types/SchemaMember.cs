using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>
/// Anything a schema is made of: types, fields, arguments, enum values, directives. A member is put together by one
/// thread; <see cref="SchemaBuilder.Build"/> completes it, and from then on it is immutable and safe to share.
/// </summary>
public abstract class SchemaMember
{
    private FeatureBag? features;
    private List<DirectiveNode>? directives;

    /// <summary>The member's name.</summary>
    public required string Name { get; init; }

    /// <summary>What clients read about the member, in Markdown; null when there is nothing to say.</summary>
    public string? Description
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    /// <summary>
    /// The directives applied to the member, apart from those that have a property here (<c>@deprecated</c>,
    /// <c>@specifiedBy</c>, <c>@oneOf</c>).
    /// </summary>
    public IReadOnlyList<DirectiveNode> Directives => directives ?? (IReadOnlyList<DirectiveNode>)[];

    /// <summary>What other parts of the engine know about the member, such as its cost.</summary>
    public FeatureBag Features => features ??= new FeatureBag(this);

    /// <summary>Where SDL defines the member; null when code does.</summary>
    public SyntaxNode? Syntax { get; init; }

    /// <summary>The member's schema coordinate (spec 2.14), such as <c>Book.title</c>.</summary>
    public abstract string Coordinate { get; }

    /// <summary>Whether a schema has been built with the member.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Applies a directive, as SDL would write it.</summary>
    /// <exception cref="InvalidOperationException">A schema has been built with the member.</exception>
    public void Apply(DirectiveNode directive)
    {
        ArgumentNullException.ThrowIfNull(directive);
        RequireOpen();
        (directives ??= []).Add(directive);
    }

    /// <summary>The coordinate.</summary>
    public override string ToString() => Coordinate;

    internal void MarkComplete()
    {
        _ = Features;
        IsComplete = true;
    }

    private protected void RequireOpen()
    {
        if (IsComplete) throw new InvalidOperationException($"{Coordinate} belongs to a schema that is already built.");
    }
}

/// <summary>
/// What other parts of the engine keep with a member of the schema, one object of each type. Filled while the schema is
/// put together; reading is thread-safe afterwards.
/// </summary>
public sealed class FeatureBag
{
    private readonly SchemaMember owner;
    private Dictionary<Type, object>? features;

    internal FeatureBag(SchemaMember owner) => this.owner = owner;

    /// <summary>The feature of this type, or null.</summary>
    public T? Get<T>()
        where T : class =>
        features is not null && features.TryGetValue(typeof(T), out var feature) ? (T)feature : null;

    /// <summary>Keeps a feature; one of the same type is replaced.</summary>
    /// <exception cref="InvalidOperationException">A schema has been built with the member.</exception>
    public void Set<T>(T feature)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(feature);
        if (owner.IsComplete)
            throw new InvalidOperationException($"{owner.Coordinate} belongs to a schema that is already built.");
        (features ??= [])[typeof(T)] = feature;
    }
}
