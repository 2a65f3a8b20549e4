using Metro.GraphQL.Language;

namespace Metro.GraphQL.Types;

/// <summary>Makes the C# object of an input object; must be thread-safe.</summary>
/// <param name="fields">
/// The coerced values of the fields that were given or have a default; fields that were left out are absent.
/// </param>
/// <exception cref="CoercionException">The fields make no object; the message goes to the client.</exception>
public delegate object InputObjectFactory(IReadOnlyDictionary<string, object?> fields);

/// <summary>An input object type (spec 3.10).</summary>
public sealed class InputObjectType : NamedType
{
    /// <summary>Begins an input object without fields.</summary>
    /// <param name="name">The type's name.</param>
    /// <param name="syntax">Where SDL defines it; null when code does.</param>
    public InputObjectType(string name, SyntaxNode? syntax = null)
        : base(name, syntax) =>
        Fields = new MemberList<InputFieldDefinition>(field => field.DeclaringType = this);

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.InputObject;

    /// <summary>The input fields in order.</summary>
    public MemberList<InputFieldDefinition> Fields { get; }

    /// <summary>Whether exactly one field must be given, and not as null (spec 3.10.1).</summary>
    public bool IsOneOf
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    /// <summary>How to make the C# object; null when resolvers read the dictionary of the fields itself.</summary>
    public InputObjectFactory? Factory
    {
        get;
        set
        {
            RequireOpen();
            field = value;
        }
    }

    internal override void Complete()
    {
        base.Complete();
        Fields.Complete();
    }
}
