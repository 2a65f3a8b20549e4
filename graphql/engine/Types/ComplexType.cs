using System.Collections.Frozen;
using System.Collections.Immutable;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>A type with fields: an object or an interface.</summary>
public abstract class ComplexType : NamedType
{
    private readonly List<NamedTypeNode> interfaceReferences = [];
    private FrozenSet<string> interfaceNames = [];

    private protected ComplexType(string name, SyntaxNode? syntax)
        : base(name, syntax) =>
        Fields = new MemberList<FieldDefinition>(field => field.DeclaringType = this);

    /// <summary>The fields in order.</summary>
    public MemberList<FieldDefinition> Fields { get; }

    /// <summary>The interfaces that the type says it implements, in order; complete once the schema is built.</summary>
    public ImmutableArray<InterfaceType> Interfaces { get; private set; } = [];

    /// <summary>The names of the interfaces that the type says it implements, as they were given.</summary>
    public IReadOnlyList<NamedTypeNode> InterfaceReferences => interfaceReferences;

    /// <summary>Says that the type implements an interface.</summary>
    /// <exception cref="InvalidOperationException">A schema has been built with the type.</exception>
    public void Implement(NamedTypeNode reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        RequireOpen();
        interfaceReferences.Add(reference);
    }

    /// <summary>Says that the type implements the interface of this name.</summary>
    /// <exception cref="InvalidOperationException">A schema has been built with the type.</exception>
    public void Implement(string interfaceName) => Implement(new NamedTypeNode { Name = interfaceName });

    /// <summary>Whether the type says it implements the interface.</summary>
    public bool Implements(InterfaceType @interface)
    {
        ArgumentNullException.ThrowIfNull(@interface);
        return interfaceNames.Contains(@interface.Name);
    }

    internal void Resolve(ImmutableArray<InterfaceType> interfaces)
    {
        Interfaces = interfaces;
        interfaceNames = interfaces.Select(each => each.Name).ToFrozenSet(StringComparer.Ordinal);
    }

    internal override void Complete()
    {
        base.Complete();
        Fields.Complete();
        foreach (var field in Fields) field.Arguments.Complete();
    }
}

/// <summary>An object type (spec 3.6).</summary>
/// <param name="name">The type's name.</param>
/// <param name="syntax">Where SDL defines it; null when code does.</param>
public sealed class ObjectType(string name, SyntaxNode? syntax = null) : ComplexType(name, syntax)
{
    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Object;

    /// <summary>
    /// Whether a C# value is one of this type, when an interface or union asks; null to go by the C# type. Must be
    /// thread-safe.
    /// </summary>
    public Func<object, bool>? IsInstance
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }
}

/// <summary>Names the object type of a C# value behind an interface or union; null when it is none. Thread-safe.</summary>
/// <param name="context">The field that answers with the value.</param>
/// <param name="value">The value, never null.</param>
public delegate string? TypeResolver(IResolverContext context, object value);

/// <summary>An interface type (spec 3.7).</summary>
/// <param name="name">The type's name.</param>
/// <param name="syntax">Where SDL defines it; null when code does.</param>
public sealed class InterfaceType(string name, SyntaxNode? syntax = null) : ComplexType(name, syntax)
{
    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Interface;

    /// <summary>How to tell a value's object type; null to ask the possible types one by one.</summary>
    public TypeResolver? ResolveType
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }
}
