namespace Metro.GraphQL.Annotations;

/// <summary>The parameter is the object whose field is resolved. On a method's parameter; it is no argument.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentAttribute : Attribute
{
    /// <summary>The parameter is the parent.</summary>
    public ParentAttribute()
    {
    }

    /// <summary>The parameter is the parent, and a projection must have read these of its properties.</summary>
    /// <param name="requires">Property names, separated by spaces.</param>
    public ParentAttribute(string requires) => Requires = requires;

    /// <summary>The properties of the parent that the resolver needs, separated by spaces; null when it does not say.</summary>
    public string? Requires { get; }
}

/// <summary>The parameter is a service. Registered services are recognised without it.</summary>
/// <param name="key">The key of a keyed service; null for one without.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceAttribute(string? key = null) : Attribute
{
    /// <summary>The key of a keyed service; null for one without.</summary>
    public string? Key { get; } = key;
}

/// <summary>The parameter is read from the state that the whole request shares; absent state is the type's default.</summary>
/// <param name="key">The key; null for the parameter's name.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class GlobalStateAttribute(string? key = null) : Attribute
{
    /// <summary>The key; null for the parameter's name.</summary>
    public string? Key { get; } = key;
}

/// <summary>The parameter is read from the state that fields hand down; absent state is the type's default.</summary>
/// <param name="key">The key; null for the parameter's name.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ScopedStateAttribute(string? key = null) : Attribute
{
    /// <summary>The key; null for the parameter's name.</summary>
    public string? Key { get; } = key;
}

/// <summary>The parameter is read from the state of this field's own middlewares; absent state is the type's default.</summary>
/// <param name="key">The key; null for the parameter's name.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class LocalStateAttribute(string? key = null) : Attribute
{
    /// <summary>The key; null for the parameter's name.</summary>
    public string? Key { get; } = key;
}

/// <summary>The parameter is the event that a subscription answers.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EventMessageAttribute : Attribute;
