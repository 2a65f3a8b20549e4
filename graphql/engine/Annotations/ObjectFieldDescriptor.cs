using System.Reflection;
using System.Runtime.CompilerServices;
using Metro.GraphQL.Execution;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Annotations;

/// <summary>
/// A field of an object type while the schema is put together: its definition, and what lies around its resolver. Used by
/// one thread.
/// </summary>
public sealed class ObjectFieldDescriptor
{
    private readonly List<(MiddlewareStage Stage, FieldMiddleware Middleware)> _middlewares = [];

    internal ObjectFieldDescriptor(FieldDefinition definition, MemberInfo? member, Type? resultType, Type? parentType, Type? extension)
    {
        Extension = extension;
        Definition = definition;
        Member = member;
        ResultType = resultType;
        ParentType = parentType;
    }

    /// <summary>The field as the schema will have it: change its type, add arguments, apply directives, keep features.</summary>
    public FieldDefinition Definition { get; }

    /// <summary>The C# property or method behind the field; null for a field that the engine adds.</summary>
    public MemberInfo? Member { get; }

    /// <summary>The C# type the resolver answers with, seen through tasks; null when nothing is known of it.</summary>
    public Type? ResultType { get; }

    /// <summary>The C# type of the parent; null for root fields.</summary>
    public Type? ParentType { get; }

    /// <summary>The class the member belongs to when it only adds to the parent's; null when it is the parent's own.</summary>
    internal Type? Extension { get; }

    /// <summary>The stages of the middlewares so far, from the outside in.</summary>
    public IEnumerable<MiddlewareStage> Stages => _middlewares.Select(each => each.Stage);

    internal IReadOnlyList<(MiddlewareStage Stage, FieldMiddleware Middleware)> Middlewares => _middlewares;

    /// <summary>Puts a middleware around the resolver, inside of those that are there.</summary>
    /// <param name="middleware">Called once, when the schema is built; what it returns must be thread-safe.</param>
    /// <param name="stage">Where it belongs.</param>
    /// <exception cref="InvalidOperationException">It belongs outside of one that is there already.</exception>
    public ObjectFieldDescriptor Use(FieldMiddleware middleware, MiddlewareStage stage = MiddlewareStage.Any)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        var outer = _middlewares.Count == 0 ? MiddlewareStage.Any : _middlewares.Max(each => each.Stage);
        if (stage is not MiddlewareStage.Any && stage < outer)
        {
            throw new InvalidOperationException(
                $"{Definition.Coordinate}: {stage} belongs before {outer}; the order is paging, projection, filtering, sorting.");
        }

        _middlewares.Add((stage, middleware));
        return this;
    }

    /// <summary>Puts a middleware around everything that is there.</summary>
    /// <param name="middleware">Called once, when the schema is built; what it returns must be thread-safe.</param>
    public ObjectFieldDescriptor UseOutermost(FieldMiddleware middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        _middlewares.Insert(0, (MiddlewareStage.Any, middleware));
        return this;
    }
}

/// <summary>
/// An attribute that changes a field: adds arguments, replaces its type, puts a middleware around its resolver. Several
/// on one member apply in the order in which they are written, the first one outermost.
/// </summary>
/// <param name="order">The line it stands on; the compiler fills it in.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method, AllowMultiple = true)]
public abstract class ObjectFieldDescriptorAttribute([CallerLineNumber] int order = 0) : Attribute
{
    /// <summary>The place among the member's attributes: lower ones lie outside.</summary>
    public int Order { get; set; } = order;

    /// <summary>Changes the field. Called once, when the schema is put together.</summary>
    /// <param name="context">The schema so far.</param>
    /// <param name="field">The field.</param>
    protected internal abstract void OnConfigure(DescriptorContext context, ObjectFieldDescriptor field);
}

/// <summary>An attribute of a class, struct or enum that changes the GraphQL type made of it.</summary>
public interface ITypeAnnotation
{
    /// <summary>Changes the type. Called once, when the schema is put together.</summary>
    /// <param name="context">The schema so far.</param>
    /// <param name="type">The type.</param>
    void OnConfigure(DescriptorContext context, NamedType type);
}

/// <summary>An attribute of a parameter or property that changes the argument or input field made of it.</summary>
public interface IInputValueAnnotation
{
    /// <summary>Changes the argument or input field. Called once, when the schema is put together.</summary>
    /// <param name="context">The schema so far.</param>
    /// <param name="input">The argument or input field.</param>
    void OnConfigure(DescriptorContext context, InputValueDefinition input);
}
