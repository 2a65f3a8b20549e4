using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>
/// A valid schema (spec 3): everything that can be asked. Immutable and thread-safe. Made by <see cref="SchemaBuilder"/>,
/// which checks every rule of the type system first.
/// </summary>
public sealed class Schema
{
    private readonly FrozenDictionary<string, NamedType> typesByName;
    private readonly FrozenDictionary<string, DirectiveDefinition> directivesByName;
    private readonly FrozenDictionary<NamedType, PossibleTypeSet> possibleTypes;

    internal Schema(
        string? description,
        IReadOnlyList<DirectiveNode> appliedDirectives,
        (ObjectType? Query, ObjectType? Mutation, ObjectType? Subscription) roots,
        ImmutableArray<NamedType> types,
        ImmutableArray<DirectiveDefinition> directives)
    {
        Description = description;
        AppliedDirectives = appliedDirectives;
        // A schema without a query type never leaves the builder.
        QueryType = roots.Query!;
        MutationType = roots.Mutation;
        SubscriptionType = roots.Subscription;
        Types = types;
        Directives = directives;
        typesByName = types.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        directivesByName = directives.ToFrozenDictionary(directive => directive.Name, StringComparer.Ordinal);
        possibleTypes = FindPossibleTypes(types);
        SchemaField = Introspection.CreateSchemaField(this);
        TypeField = Introspection.CreateTypeField(this);
    }

    /// <summary>What clients read about the schema; null when there is nothing to say.</summary>
    public string? Description { get; }

    /// <summary>The directives applied to the schema itself.</summary>
    public IReadOnlyList<DirectiveNode> AppliedDirectives { get; }

    /// <summary>Where queries start.</summary>
    public ObjectType QueryType { get; }

    /// <summary>Where mutations start; null when there are none.</summary>
    public ObjectType? MutationType { get; }

    /// <summary>Where subscriptions start; null when there are none.</summary>
    public ObjectType? SubscriptionType { get; }

    /// <summary>All named types in the order they were added, those of introspection last.</summary>
    public ImmutableArray<NamedType> Types { get; }

    /// <summary>All directives that may be applied, the specified ones first.</summary>
    public ImmutableArray<DirectiveDefinition> Directives { get; }

    /// <summary>The meta-field <c>__schema</c> of the query type (spec 4.1).</summary>
    public FieldDefinition SchemaField { get; }

    /// <summary>The meta-field <c>__type</c> of the query type (spec 4.1).</summary>
    public FieldDefinition TypeField { get; }

    /// <summary>The meta-field <c>__typename</c> of every composite type (spec 4.3); the executor knows its answer.</summary>
    public static FieldDefinition TypeNameField => Introspection.TypeNameField;

    /// <summary>Builds a schema from SDL.</summary>
    /// <param name="sdl">One or more type-system definitions and extensions.</param>
    /// <param name="configure">Attaches resolvers and whatever else SDL cannot say; null for nothing.</param>
    /// <exception cref="SyntaxException">The text does not follow the grammar.</exception>
    /// <exception cref="SchemaException">The schema breaks rules of the type system.</exception>
    public static Schema FromSdl(string sdl, Action<SchemaBuilder>? configure = null)
    {
        var builder = new SchemaBuilder().AddSdl(sdl);
        configure?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>Finds a type by its name.</summary>
    public bool TryGetType(string name, [NotNullWhen(true)] out NamedType? type) => typesByName.TryGetValue(name, out type);

    /// <summary>The type of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public NamedType GetType(string name) => TryGetType(name, out var type)
        ? type
        : throw new KeyNotFoundException($"The schema has no type \"{name}\".");

    /// <summary>The type of this name, as what it is known to be.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    /// <exception cref="InvalidCastException">It is another kind of type.</exception>
    public T GetType<T>(string name)
        where T : NamedType => (T)GetType(name);

    /// <summary>Finds a directive by its name.</summary>
    public bool TryGetDirective(string name, [NotNullWhen(true)] out DirectiveDefinition? directive) =>
        directivesByName.TryGetValue(name, out directive);

    /// <summary>The type that a reference means; null when it names none of this schema.</summary>
    public GraphQLType? Resolve(TypeNode reference) => reference switch
    {
        NamedTypeNode named => typesByName.GetValueOrDefault(named.Name),
        ListTypeNode list => Resolve(list.Item)?.AsList(),
        NonNullTypeNode required => Resolve(required.Nullable)?.AsNonNull(),
        _ => throw new ArgumentNullException(nameof(reference)),
    };

    /// <summary>Where operations of this kind start; null when there are none.</summary>
    public ObjectType? RootType(OperationKind operation) => operation switch
    {
        OperationKind.Query => QueryType,
        OperationKind.Mutation => MutationType,
        _ => SubscriptionType,
    };

    /// <summary>A field of a composite type, meta-fields included; null when there is none of this name.</summary>
    public FieldDefinition? FindField(NamedType parent, string name)
    {
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(name);
        if (name.StartsWith("__", StringComparison.Ordinal))
        {
            switch (name)
            {
                case "__typename" when parent.IsComposite: return TypeNameField;
                case "__schema" when parent == QueryType: return SchemaField;
                case "__type" when parent == QueryType: return TypeField;
            }
        }

        return parent is ComplexType complex && complex.Fields.TryGet(name, out var field) ? field : null;
    }

    /// <summary>The object types that a value of the type may have: an object type itself, else those of the abstract type.</summary>
    public ImmutableArray<ObjectType> PossibleTypes(NamedType type) => type switch
    {
        ObjectType single => [single],
        not null => possibleTypes.TryGetValue(type, out var set) ? set.InOrder : [],
        _ => throw new ArgumentNullException(nameof(type)),
    };

    /// <summary>Whether a value of the abstract type may be of the object type.</summary>
    public bool IsPossibleType(NamedType abstractType, ObjectType type)
    {
        ArgumentNullException.ThrowIfNull(abstractType);
        return possibleTypes.TryGetValue(abstractType, out var set) && set.All.Contains(type);
    }

    /// <summary>Whether every value of one type is one of the other as well (spec 3.6.1, IsSubType).</summary>
    public bool IsSubtype(GraphQLType subtype, GraphQLType supertype)
    {
        while (true)
        {
            switch (subtype, supertype)
            {
                case var (same, other) when same == other:
                    return true;
                case (NonNullType one, NonNullType two):
                    (subtype, supertype) = (one.Nullable, two.Nullable);
                    break;
                case (_, NonNullType):
                    return false;
                case (NonNullType one, _):
                    subtype = one.Nullable;
                    break;
                case (ListType one, ListType two):
                    (subtype, supertype) = (one.Item, two.Item);
                    break;
                case (ObjectType type, UnionType union):
                    return IsPossibleType(union, type);
                case (ComplexType type, InterfaceType @interface):
                    return type.Implements(@interface);
                default:
                    return false;
            }
        }
    }

    /// <summary>Whether some value could be of both composite types (spec 5.5.2.3).</summary>
    public bool Overlap(NamedType one, NamedType two)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(two);
        if (one == two) return true;
        return (one, two) switch
        {
            (ObjectType, ObjectType) => false,
            (ObjectType type, _) => IsPossibleType(two, type),
            (_, ObjectType type) => IsPossibleType(one, type),
            _ => possibleTypes.TryGetValue(one, out var ones)
                && possibleTypes.TryGetValue(two, out var twos)
                && ones.All.Overlaps(twos.All),
        };
    }

    /// <summary>
    /// The schema as SDL that reads as the same schema. Specified scalars and directives, introspection and internal
    /// directives are left out.
    /// </summary>
    public string ToSdl() => SdlPrinter.Print(this);

    /// <summary>The definitions of some types only, as SDL.</summary>
    /// <param name="includes">Which types to print.</param>
    public string ToSdl(Func<NamedType, bool> includes)
    {
        ArgumentNullException.ThrowIfNull(includes);
        return SdlPrinter.Print(this, includes);
    }

    private static FrozenDictionary<NamedType, PossibleTypeSet> FindPossibleTypes(ImmutableArray<NamedType> types)
    {
        var found = new Dictionary<NamedType, List<ObjectType>>();
        foreach (var type in types)
        {
            switch (type)
            {
                case UnionType union:
                    found[union] = [.. union.Members.Distinct()];
                    break;
                case InterfaceType @interface:
                    found.TryAdd(@interface, []);
                    break;
                case ObjectType @object:
                    foreach (var @interface in @object.Interfaces.Distinct())
                    {
                        if (!found.TryGetValue(@interface, out var implementers)) found[@interface] = implementers = [];
                        implementers.Add(@object);
                    }

                    break;
            }
        }

        return found.ToFrozenDictionary(
            each => each.Key,
            each => new PossibleTypeSet([.. each.Value], each.Value.ToFrozenSet()));
    }

    private sealed record PossibleTypeSet(ImmutableArray<ObjectType> InOrder, FrozenSet<ObjectType> All);
}
