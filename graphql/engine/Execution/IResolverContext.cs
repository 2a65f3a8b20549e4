using System.Collections.Immutable;
using System.Security.Claims;
using Metro.GraphQL.DataLoaders;
using Metro.GraphQL.Execution.Coercion;
using Metro.GraphQL.Execution.Planning;
using Metro.GraphQL.Language;
using Metro.GraphQL.Types;

namespace Metro.GraphQL.Execution;

/// <summary>
/// What a resolver knows of the field it answers (specification 6.4.2). It is valid until the resolver has answered:
/// do not keep it.
/// </summary>
public interface IResolverContext
{
    /// <summary>The schema.</summary>
    Schema Schema { get; }

    /// <summary>The operation.</summary>
    OperationPlan Operation { get; }

    /// <summary>The operation's coerced variables.</summary>
    VariableValues Variables { get; }

    /// <summary>The field with its place in the document; also says what is selected below it.</summary>
    Selection Selection { get; }

    /// <summary>The services of the request, or of this resolver when it was given a scope of its own.</summary>
    IServiceProvider Services { get; }

    /// <summary>Who asks; an identity without claims when nobody signed in.</summary>
    ClaimsPrincipal User { get; }

    /// <summary>Fires when the client leaves, the request takes too long or the host stops.</summary>
    CancellationToken RequestAborted { get; }

    /// <summary>The field's name in the response: its alias, else its name.</summary>
    string ResponseName { get; }

    /// <summary>Where the field stands in the response.</summary>
    Path Path { get; }

    /// <summary>State that the whole request shares. Safe for use by several threads at once.</summary>
    IDictionary<string, object?> ContextData { get; }

    /// <summary>State that this field hands down to the fields below it.</summary>
    IImmutableDictionary<string, object?> ScopedContextData { get; set; }

    /// <summary>State that the middlewares and the resolver of this one field share.</summary>
    IImmutableDictionary<string, object?> LocalContextData { get; set; }

    /// <summary>The object whose field this is.</summary>
    /// <typeparam name="T">What it is taken for.</typeparam>
    /// <exception cref="InvalidCastException">The parent is something else.</exception>
    T Parent<T>();

    /// <summary>An argument's coerced value; the type's default when it is absent or null.</summary>
    /// <typeparam name="T">The argument's C# type.</typeparam>
    /// <param name="name">The argument's name.</param>
    /// <exception cref="GraphQLException">The value cannot be converted (HC0001).</exception>
    /// <exception cref="ArgumentException">The field has no such argument.</exception>
    T ArgumentValue<T>(string name);

    /// <summary>An argument's coerced value, telling "not given" from "given as null".</summary>
    /// <typeparam name="T">The argument's C# type.</typeparam>
    /// <param name="name">The argument's name.</param>
    /// <exception cref="GraphQLException">The value cannot be converted (HC0001).</exception>
    /// <exception cref="ArgumentException">The field has no such argument.</exception>
    Optional<T> ArgumentOptional<T>(string name);

    /// <summary>An argument as the document writes it; null when it is not given.</summary>
    /// <param name="name">The argument's name.</param>
    /// <exception cref="ArgumentException">The field has no such argument.</exception>
    ValueNode? ArgumentLiteral(string name);

    /// <summary>A registered service.</summary>
    /// <typeparam name="T">Which.</typeparam>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    T Service<T>()
        where T : notnull;

    /// <summary>The request's own instance of a DataLoader.</summary>
    /// <typeparam name="T">A class derived from a DataLoader base class, or <c>IDataLoader&lt;TKey, TValue&gt;</c>.</typeparam>
    /// <param name="name">The loader's name, where several load the same kind of value by the same kind of key.</param>
    /// <exception cref="InvalidOperationException">No loader, or more than one, fits.</exception>
    T DataLoader<T>(string? name = null)
        where T : IDataLoader;

    /// <summary>Adds an error to the response without making this field null.</summary>
    /// <param name="error">The error; without a path it gets this field's path.</param>
    void ReportError(IError error);

    /// <summary>Adds an error to the response without making this field null.</summary>
    /// <param name="message">What the client reads.</param>
    void ReportError(string message);
}

/// <summary>What a field's middleware knows: the field, and the result that the resolver and inner middlewares made.</summary>
public interface IMiddlewareContext : IResolverContext
{
    /// <summary>The field's result so far. An outer middleware may replace it.</summary>
    object? Result { get; set; }

    /// <summary>The services that this field's resolver sees; a middleware may give it a scope of its own.</summary>
    new IServiceProvider Services { get; set; }
}

/// <summary>The rest of a field's middlewares with the resolver at the end.</summary>
/// <param name="context">The field; its <see cref="IMiddlewareContext.Result"/> is set afterwards.</param>
public delegate ValueTask FieldDelegate(IMiddlewareContext context);

/// <summary>Puts something around a field's resolver. Called once, when the schema is built.</summary>
/// <param name="next">What lies inside.</param>
/// <returns>What runs instead; thread-safe.</returns>
public delegate FieldDelegate FieldMiddleware(FieldDelegate next);
