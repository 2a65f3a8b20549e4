using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Execution.Planning;

/// <summary>
/// The fields to answer on one object type, merged and in response order (specification 6.3.2). Immutable and shared by
/// all requests with the same document and the same skipped parts.
/// </summary>
public sealed class SelectionSet
{
    private static readonly ConcurrentDictionary<string, byte[]> TypeNames = new(StringComparer.Ordinal);

    internal SelectionSet(ObjectType type, Selection[] selections)
    {
        Type = type;
        Selections = ImmutableArray.Create(selections);
        Utf8TypeName = TypeNames.GetOrAdd(type.Name, name => Encoding.UTF8.GetBytes($"\"{name}\""));
    }

    /// <summary>The object type whose fields these are.</summary>
    public ObjectType Type { get; }

    /// <summary>The fields in response order; empty when all of them are skipped.</summary>
    public ImmutableArray<Selection> Selections { get; }

    internal byte[] Utf8TypeName { get; }
}

/// <summary>
/// One field to answer: every occurrence of a response name on one object type, merged. Immutable and shared by all
/// requests with the same document and the same skipped parts.
/// </summary>
public sealed class Selection
{
    private readonly FieldCollector _collector;
    private SelectionSet? _latest;
    private ConcurrentDictionary<ObjectType, SelectionSet>? _onOtherTypes;

    internal Selection(
        FieldCollector collector, ObjectType declaringType, FieldDefinition field, ImmutableArray<FieldNode> nodes)
    {
        _collector = collector;
        DeclaringType = declaringType;
        Field = field;
        Nodes = nodes;
        ResponseName = nodes[0].ResponseName;
        Utf8Name = Encoding.UTF8.GetBytes($"\"{ResponseName}\":");
        Completion = new(field.Type);
        IsTypeName = field.Name is "__typename";
        Arguments = ArgumentPlan.For(field, nodes[0]);
        (PureResolver, Resolver) = Resolvers.Of(field);
    }

    /// <summary>The name in the response: the alias, else the field's name.</summary>
    public string ResponseName { get; }

    /// <summary>The object type that answers.</summary>
    public ObjectType DeclaringType { get; }

    /// <summary>The field's definition.</summary>
    public FieldDefinition Field { get; }

    /// <summary>Where the document asks for it, in document order; at least once. All have the same arguments.</summary>
    public ImmutableArray<FieldNode> Nodes { get; }

    /// <summary>The field's type.</summary>
    public GraphQLType Type => Field.Type;

    /// <summary>Whether the field has selections of its own: it answers with objects, or lists of them.</summary>
    public bool IsComposite => Field.Type.Named.IsComposite;

    internal byte[] Utf8Name { get; }

    internal bool IsTypeName { get; }

    internal Completion Completion { get; }

    internal ArgumentPlan Arguments { get; }

    internal Func<IResolverContext, object?>? PureResolver { get; }

    internal FieldResolver? Resolver { get; }

    /// <summary>
    /// What is selected below this field when it answers with this object type. Collected at the first call and kept.
    /// Safe for use by several threads at once.
    /// </summary>
    /// <param name="type">The object type; for an interface or union one of its possible types.</param>
    public SelectionSet SelectionsOn(ObjectType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var latest = _latest;
        return latest is not null && ReferenceEquals(latest.Type, type) ? latest : Collect(type);
    }

    private SelectionSet Collect(ObjectType type)
    {
        if (Completion.Leaf is ObjectType)
        {
            Interlocked.CompareExchange(ref _latest, _collector.Collect(type, Nodes), null);
            return _latest;
        }

        if (_onOtherTypes is null) Interlocked.CompareExchange(ref _onOtherTypes, new(), null);
        return _latest = _onOtherTypes.GetOrAdd(type, static (type, field) => field._collector.Collect(type, field.Nodes), this);
    }
}

/// <summary>What completing a value of a type takes (specification 6.4.3), found out once.</summary>
internal sealed class Completion
{
    public Completion(GraphQLType type)
    {
        Type = type;
        IsNonNull = type.IsNonNull;
        if (type.Nullable is ListType list) Item = new(list.Item);
        else Leaf = (NamedType)type.Nullable;
        Kind = type.Nullable.Kind;
    }

    public GraphQLType Type { get; }

    public bool IsNonNull { get; }

    public TypeKind Kind { get; }

    /// <summary>What completing the items of a list takes; null when this is no list.</summary>
    public Completion? Item { get; }

    /// <summary>The named type; null when this is a list.</summary>
    public NamedType? Leaf { get; }
}
