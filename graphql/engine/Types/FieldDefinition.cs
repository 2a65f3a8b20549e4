using Metro.GraphQL.Execution;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>Answers a field (spec 6.4.2). Called for several fields at once, so it must be thread-safe.</summary>
/// <param name="context">The field, its parent and its arguments.</param>
public delegate ValueTask<object?> FieldResolver(IResolverContext context);

/// <summary>A field of an object or interface type (spec 3.6).</summary>
public sealed class FieldDefinition : SchemaMember
{
    private GraphQLType? type;

    /// <summary>Begins a field without arguments.</summary>
    public FieldDefinition() => Arguments = new MemberList<ArgumentDefinition>(argument => argument.DeclaringField = this);

    /// <summary>The type of the answer, by name. May be replaced until the schema is built.</summary>
    public required TypeNode TypeReference
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    /// <summary>The type of the answer.</summary>
    /// <exception cref="InvalidOperationException">No schema has been built with the field yet.</exception>
    public GraphQLType Type
    {
        get => type ?? throw new InvalidOperationException($"{Coordinate} has its type only once the schema is built.");
        internal set => type = value;
    }

    /// <summary>The arguments in order.</summary>
    public MemberList<ArgumentDefinition> Arguments { get; }

    /// <summary>Why the field should not be used any more; null when it may be.</summary>
    public string? DeprecationReason
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    /// <summary>What answers the field; null when <see cref="PureResolver"/> does, or the parent has a member of its name.</summary>
    public FieldResolver? Resolver
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    /// <summary>
    /// What answers the field at once and without effects, such as reading a property. Wins over
    /// <see cref="Resolver"/>, because nothing needs to be awaited.
    /// </summary>
    public Func<IResolverContext, object?>? PureResolver
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    /// <summary>
    /// For a field of the subscription type: what opens the stream of events (spec 6.2.3.1), an
    /// <see cref="IAsyncEnumerable{T}"/>.
    /// </summary>
    public FieldResolver? Subscriber
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    /// <summary>The type that has the field; null until it is added to one, and for meta-fields.</summary>
    public ComplexType? DeclaringType { get; internal set; }

    /// <inheritdoc/>
    public override string Coordinate => $"{DeclaringType?.Name ?? "<meta>"}.{Name}";

    internal bool HasType => type is not null;
}
