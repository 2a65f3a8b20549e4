using System.Runtime.CompilerServices;
using Metro.GraphQL.Annotations;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Caching;

/// <summary>
/// How long the answer of a field, or of every field that answers with the type, holds. The answer to a GET says the
/// shortest of all that it selects.
/// </summary>
/// <param name="maxAge">How many seconds it may be kept, 0 for not at all; negative when it is not said.</param>
/// <param name="order">The line it stands on; the compiler fills it in.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class CacheControlAttribute(int maxAge = -1, [CallerLineNumber] int order = 0)
    : ObjectFieldDescriptorAttribute(order), ITypeAnnotation
{
    private int? _maxAge = maxAge < 0 ? null : maxAge;
    private int? _sharedMaxAge;
    private CacheControlScope? _scope;

    /// <summary>How many seconds it may be kept; 0 when it is not said.</summary>
    public int MaxAge
    {
        get => _maxAge ?? 0;
        set => _maxAge = value;
    }

    /// <summary>How many seconds a shared cache may keep it; the same as <see cref="MaxAge"/> when it is not said.</summary>
    public int SharedMaxAge
    {
        get => _sharedMaxAge ?? MaxAge;
        set => _sharedMaxAge = value;
    }

    /// <summary>Whether it takes its age from the field above.</summary>
    public bool InheritMaxAge { get; set; }

    /// <summary>For whom it may be kept; for everybody when it is not said.</summary>
    public CacheControlScope Scope
    {
        get => _scope ?? CacheControlScope.Public;
        set => _scope = value;
    }

    /// <summary>The request headers it depends on.</summary>
    public string[] Vary { get; set; } = [];

    private CacheHint Hint => new()
    {
        MaxAge = _maxAge,
        SharedMaxAge = _sharedMaxAge,
        InheritMaxAge = InheritMaxAge,
        Scope = _scope,
        Vary = Vary,
    };

    /// <inheritdoc/>
    public void OnConfigure(DescriptorContext context, NamedType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        AddDirective(context);
        type.Apply(Hint.ToDirective());
    }

    /// <inheritdoc/>
    protected internal override void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(field);
        AddDirective(context);
        field.Definition.Apply(Hint.ToDirective());
    }

    private static void AddDirective(DescriptorContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var definition in CacheHint.Definitions.Definitions)
        {
            if (definition is DirectiveDefinitionNode directive) context.TryAdd(SdlReader.Directive(directive));
            else if (definition is TypeDefinitionNode type) context.TryAdd(SdlReader.Type(type, false));
        }
    }
}
