using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Metro.GraphQL.Annotations;

/// <summary>
/// The schema while it is made of C# classes: which GraphQL type stands for which class, and what is in it so far. Used by
/// one thread.
/// </summary>
public sealed class DescriptorContext
{
    private readonly SchemaAssembler _assembler;

    internal DescriptorContext(SchemaAssembler assembler) => _assembler = assembler;

    /// <summary>How the schema is made.</summary>
    public SchemaOptions Options => _assembler.Setup.SchemaOptions;

    /// <summary>Further settings, kept by those who brought them; one object of each type.</summary>
    public IDictionary<Type, object> Settings => _assembler.Setup.Settings;

    /// <summary>The type of a field that answers with this C# type; lists, tasks and nullability are seen through.</summary>
    /// <param name="type">The C# type. What it names comes into the schema.</param>
    /// <param name="isNullable">Whether the outermost level may be null.</param>
    public TypeNode OutputType(Type type, bool isNullable = false)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _assembler.Reference(ClrShape.Of(type, isNullable), isInput: false);
    }

    /// <summary>The type of an argument or input field of this C# type.</summary>
    /// <param name="type">The C# type. What it names comes into the schema.</param>
    /// <param name="isNullable">Whether the outermost level may be null.</param>
    public TypeNode InputType(Type type, bool isNullable = false)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _assembler.Reference(ClrShape.Of(type, isNullable), isInput: true);
    }

    /// <summary>The type of the items of a member that answers with a list, with their own nullability; null when it is no list.</summary>
    /// <param name="member">The property or method.</param>
    public TypeNode? ItemType(MemberInfo member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return ClrShape.OfResult(member).Item is { } item ? _assembler.Reference(item, isInput: false) : null;
    }

    /// <summary>The type of an input made of a property, with its own nullability.</summary>
    /// <param name="property">The property.</param>
    public TypeNode InputType(PropertyInfo property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return _assembler.Reference(ClrShape.Of(property), isInput: true);
    }

    /// <summary>The C# type of the items of a member that answers with a list, seen through tasks; null when it is no list.</summary>
    /// <param name="member">The property or method.</param>
    public static Type? ItemClrType(MemberInfo member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return ClrShape.OfResult(member).Item?.Type;
    }

    /// <summary>The name of the GraphQL type that stands for a class; the class need not be in the schema.</summary>
    /// <param name="type">The class, struct, enum or interface.</param>
    /// <param name="isInput">Whether the input type is meant.</param>
    public string NameOf(Type type, bool isInput = false)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _assembler.NameOf(type, isInput);
    }

    /// <summary>The properties of a class that are fields of its GraphQL type, with the fields' names, in order.</summary>
    /// <param name="type">The class.</param>
    public IEnumerable<(PropertyInfo Property, string FieldName)> FieldsOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _assembler.FieldsOf(type);
    }

    /// <summary>What is said of a property from outside of its class; null when nothing is.</summary>
    internal MemberDescription? SaidOf(PropertyInfo property) => _assembler.SaidOf(property);

    /// <summary>Whether the fields of a class are named one by one.</summary>
    internal bool IsExplicit(Type type) => _assembler.Setup.Described.GetValueOrDefault(type)?.IsExplicit is true;

    /// <summary>A member's description: what its attribute or doc-comment says; null when neither does.</summary>
    /// <param name="member">The type, property or method.</param>
    public string? DescriptionOf(MemberInfo member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return _assembler.Describe(member);
    }

    /// <summary>Adds a type; nothing happens when there is one of its name.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Whether it was added.</returns>
    public bool TryAdd(NamedType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (_assembler.Builder.TryGetType(type.Name, out _)) return false;
        _assembler.Builder.Add(type);
        return true;
    }

    /// <summary>Finds a type that is in the schema so far.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type.</param>
    public bool TryGetType(string name, [NotNullWhen(true)] out NamedType? type) => _assembler.Builder.TryGetType(name, out type);

    /// <summary>Adds a directive; nothing happens when it was added before.</summary>
    /// <param name="directive">The directive.</param>
    public void TryAdd(DirectiveDefinition directive)
    {
        ArgumentNullException.ThrowIfNull(directive);
        _assembler.TryAddDirective(directive);
    }

    /// <summary>Does something when all types are there, before the schema is checked.</summary>
    /// <param name="complete">What to do.</param>
    public void OnComplete(Action complete)
    {
        ArgumentNullException.ThrowIfNull(complete);
        _assembler.Completions.Add(complete);
    }

    /// <summary>Whether a C# type is registered as a service.</summary>
    /// <param name="type">The type.</param>
    public bool IsService(Type type) => _assembler.Setup.IsService(type, out _);
}

/// <summary>What a schema is made of, as the set-up of the server collects it.</summary>
internal sealed class SchemaSetup(IServiceCollection? services)
{
    private readonly Dictionary<Type, ServiceLifetime?> _lifetimes = [];

    public SchemaOptions SchemaOptions { get; } = new();

    public Dictionary<Type, object> Settings { get; } = [];

    public HashSet<Type> Types { get; } = [];

    public List<(OperationKind Operation, Type Class)> Roots { get; } = [];

    public Dictionary<Type, string> ScalarNames { get; } = [];

    public Dictionary<Type, TypeDescription> Described { get; } = [];

    public List<Action<SchemaBuilder>> Configurations { get; } = [];

    public List<Action<DescriptorContext>> Descriptions { get; } = [];

    public MutationConventionOptions? MutationConventions { get; set; }

    public bool HasNodes { get; set; }

    public Type? ErrorInterface { get; set; }

    /// <summary>What is said of a type from outside; begun when nothing was.</summary>
    public TypeDescription Describe(Type type)
    {
        if (!Described.TryGetValue(type, out var known)) Described.Add(type, known = new());
        return known;
    }

    public bool IsService(Type type, out ServiceLifetime lifetime)
    {
        if (!_lifetimes.TryGetValue(type, out var known))
        {
            var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
            known = services?.LastOrDefault(each => !each.IsKeyedService && (each.ServiceType == type || each.ServiceType == definition))?.Lifetime;
            _lifetimes[type] = known;
        }

        lifetime = known ?? ServiceLifetime.Singleton;
        return known is not null;
    }
}

/// <summary>How mutations take their input and tell their errors.</summary>
public sealed record MutationConventionOptions
{
    /// <summary>The input argument's name.</summary>
    public string InputArgumentName { get; init; } = "input";

    /// <summary>The input type's name; <c>{MutationName}</c> stands for the field's name.</summary>
    public string InputTypeNamePattern { get; init; } = "{MutationName}Input";

    /// <summary>The payload type's name; <c>{MutationName}</c> stands for the field's name.</summary>
    public string PayloadTypeNamePattern { get; init; } = "{MutationName}Payload";

    /// <summary>The error union's name; <c>{MutationName}</c> stands for the field's name.</summary>
    public string PayloadErrorTypeNamePattern { get; init; } = "{MutationName}Error";

    /// <summary>The name of the payload's list of errors.</summary>
    public string PayloadErrorsFieldName { get; init; } = "errors";

    /// <summary>Whether all mutations follow the conventions, or only those with the attribute.</summary>
    public bool ApplyToAllMutations { get; init; } = true;
}
